#include <string.h>

#include "core/keys/seedxor.h"

enum err
seedxor_join(const struct mnemonic *part, size_t n, struct mnemonic *out)
{
	struct secret32 sum = { { 0 } }, one;
	size_t i, k, bytes = 0;
	bool twice = false;
	enum err e;

	if (n < 2 || n > SEEDXOR_PARTS || part[0].n % 6 != 0)
		return ERR_RANGE;
	for (i = 0; i < n; i++) {
		if (part[i].n != part[0].n)
			return ERR_RANGE;
		for (k = 0; k < i; k++)
			twice |= ct_equal(part[i].w, part[k].w,
			    sizeof(part[i].w));
		bytes = bip39_entropy(&part[i], &one);
		for (k = 0; k < bytes; k++)
			sum.b[k] ^= one.b[k];
	}
	ct_public(&twice, sizeof(twice));	/* the owner is told */
	e = twice ? ERR_DUPLICATE : bip39_of_entropy(span_of(sum.b, bytes),
	    out);
	wipe(&sum, sizeof(sum));
	wipe(&one, sizeof(one));
	return e;
}
