/*
 * tui_play_wallet.h - the clerk of the made-up world, as far as it knows
 * wallets: two, the second without change; or none.
 *
 *	source	none
 *	shapes	effects in, events out
 *	units	none
 *	owns	nothing
 *	errors	ERR_RANGE for the change of the second
 *	secrets	none
 *	tests	used by tui_play.h
 */
#ifndef TESTS_UNIT_TUI_PLAY_WALLET_H
#define TESTS_UNIT_TUI_PLAY_WALLET_H

#include <stdio.h>

#include "tests/unit/tui_pages.h"
#include "tui/app.h"

static inline struct event
play_wallet(struct app *a, const struct effect *fx, bool none)
{
	struct wallets *w = &a->wallets;
	struct event ev = { .kind = fx->kind == FX_WALLETS ? EV_WALLETS :
	    fx->kind == FX_JOINED ? EV_JOINED : EV_WALLET };
	size_t i, n = 0;

	if (fx->kind == FX_JOINED)
		(void)snprintf(w->keys, sizeof(w->keys), "%s", none ? "" :
		    "[73c5da0a/48'/1'/0'/2']|Anna\n"
		    "[3f635a63/48'/1'/0'/2']|Ben, at the office\n"
		    "[b8688df1/48'/1'/0'/2']|Coldseal b8688df1\n");
	else if (fx->kind == FX_WALLETS)
		(void)snprintf(w->list, sizeof(w->list), "%s", none ? "" :
		    "P2WSH: any 2 of 73c5da0a, 3f635a63, b8688df1|Family\n"
		    "P2WSH: both 73c5da0a and 3f635a63 now, or 3f635a63 alone "
		    "after 52,560 blocks (about 1 year)|26zmqnm3\n");
	else if (w->which == 2 && w->change)
		ev.err = ERR_RANGE;
	else
		for (i = 0; i < ADDRESSES_SHOWN; i++)
			n += (size_t)snprintf(w->text + n,
			    sizeof(w->text) - n, "%d/%zu %s\n", w->change,
			    w->from + i, pay_to);
	return ev;
}

#endif
