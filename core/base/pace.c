#include "core/base/pace.h"

static enum err
tick(void *ctx, uint32_t done, uint32_t total)
{
	const struct pace_part *p = ctx;
	uint64_t width = p->to - p->from;

	if (total > 0)
		width = width * (done < total ? done : total) / total;
	return pace_tick(p->whole, p->from + (uint32_t)width, PACE_WHOLE);
}

struct pace
pace_of_part(struct pace_part *p)
{
	return (struct pace){ .tick = tick, .ctx = p };
}
