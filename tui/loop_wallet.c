#include <unistd.h>

#include "tui/loop_state.h"

/* Those that are registered, or the addresses of one. */
struct event
loop_do_wallet(struct loop *l, const struct effect *fx)
{
	struct wallets *w = &l->app.wallets;
	const struct wallet_ask q = { .network = l->app.network,
	    .which = w->which, .form = "", .change = w->change,
	    .from = w->from, .to = w->from + ADDRESSES_SHOWN - 1 };
	const struct join_ask j = { .network = l->app.network, .form = "=",
	    .script = "" };
	struct export_about about;
	enum err e;
	int fd;

	if (fx->kind == FX_WALLETS) {
		e = engine_wallets(l->engine, l->app.network, &fd);
		if (e == 0)
			e = loop_lines(fd, w->list, sizeof(w->list));
		return loop_answer(EV_WALLETS, e);
	}
	if (fx->kind == FX_JOINED) {
		if ((e = engine_join(l->engine, &j, &about, &fd)) == 0)
			e = loop_lines(fd, w->keys, sizeof(w->keys));
		return loop_answer(EV_JOINED, e);
	}
	if ((e = engine_wallet(l->engine, &q, &about, &fd)) == 0)
		e = loop_lines(fd, w->text, sizeof(w->text));
	return loop_answer(EV_WALLET, e);
}
