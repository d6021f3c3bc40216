#include "core/chain/monero/traits.h"

static const struct trait_row rows[XMR_COUNT] = {
#define X(name, what, lvl, words)					\
	[XMR_##name] = { .code = what, .text = words, .level = LEVEL_##lvl },
	XMR_LIST(X)
#undef X
};

const struct trait_table monero_traits = { .chain = "xmr", .row = rows,
    .n = XMR_COUNT };
