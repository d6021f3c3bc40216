#include <string.h>

#include "core/job/wallet.h"

extern const struct wallet bitcoin_wallet;

const struct wallet *const wallet_table[] = {
	&bitcoin_wallet,
	NULL
};

const struct wallet *
wallet_find(const char *chain)
{
	const struct wallet *const *w;

	for (w = wallet_table; *w != NULL; w++)
		if (strcmp((*w)->chain, chain) == 0)
			return *w;
	return NULL;
}
