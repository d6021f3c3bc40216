#include <string.h>

#include "core/job/wallet.h"

extern const struct wallet bitcoin_wallet, monero_wallet;

const struct wallet *const wallet_table[] = {
	&bitcoin_wallet,
	&monero_wallet,
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

const struct wallet *
wallet_of_kind(enum key_kind kind)
{
	const struct wallet *const *w;

	for (w = wallet_table; *w != NULL; w++)
		if ((*w)->kind == kind)
			return *w;
	return NULL;
}
