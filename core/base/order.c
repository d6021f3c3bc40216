#include "core/base/order.h"

static void
sift(uint32_t *v, size_t i, size_t n, order_fn *cmp, const void *ctx)
{
	uint32_t x = v[i];
	size_t child;

	while ((child = 2 * i + 1) < n) {
		if (child + 1 < n && cmp(ctx, v[child], v[child + 1]) < 0)
			child++;
		if (cmp(ctx, x, v[child]) >= 0)
			break;
		v[i] = v[child];
		i = child;
	}
	v[i] = x;
}

void
order_sort(uint32_t *v, size_t n, order_fn *cmp, const void *ctx)
{
	uint32_t top;
	size_t i;

	for (i = n / 2; i-- > 0;)
		sift(v, i, n, cmp, ctx);
	for (i = n; i-- > 1;) {
		top = v[0];
		v[0] = v[i];
		v[i] = top;
		sift(v, 0, i, cmp, ctx);
	}
}
