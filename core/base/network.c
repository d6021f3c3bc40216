#include <string.h>

#include "core/base/network.h"

static const struct {
	const char *word, *name;
} networks[NET_COUNT] = {
	[NET_MAIN] = { "main", "mainnet" },
	[NET_TEST] = { "test", "testnet" },
	[NET_SIGNET] = { "signet", "signet" },
	[NET_REGTEST] = { "regtest", "regtest" },
	[NET_STAGENET] = { "stagenet", "stagenet" },
};

const char *
network_name(enum network n)
{
	return n < NET_COUNT ? networks[n].name : "no network";
}

const char *
network_word(enum network n)
{
	return n < NET_COUNT ? networks[n].word : "";
}

enum err
network_of_word(const char *s, enum network *out)
{
	size_t i;

	for (i = 0; i < NET_COUNT; i++) {
		if (strcmp(s, networks[i].word) == 0 ||
		    strcmp(s, networks[i].name) == 0) {
			*out = (enum network)i;
			return 0;
		}
	}
	return ERR_UNKNOWN;
}
