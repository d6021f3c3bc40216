#include <stdio.h>
#include <string.h>

#include "tui/flow.h"

void
flow_wallets(struct app *a, struct effects *fx)
{
	a->wallets.which = 0;
	flow_go(a, SCREEN_WALLETS, fx);
	flow_effect(fx, FX_WALLETS, 0);
}

/* The keys that came for a new one. */
void
flow_join(struct app *a, struct effects *fx)
{
	flow_go(a, SCREEN_JOIN, fx);
	flow_effect(fx, FX_JOINED, 0);
}

/* The addresses of the one at hand. */
void
flow_wallet(struct app *a, struct effects *fx)
{
	(void)a;
	flow_effect(fx, FX_WALLET, 0);
}

/* Of the one under the cursor: a line is "what|name". */
void
flow_wallet_name(const struct app *a, char *name, size_t cap)
{
	const char *p = a->wallets.list;
	size_t i, skip;

	for (i = 0; i < a->wallets.at && *p != '\0'; i++)
		p += strcspn(p, "\n") + (p[strcspn(p, "\n")] == '\n');
	skip = strcspn(p, "|\n");
	p += skip + (p[skip] == '|');
	(void)snprintf(name, cap, "%.*s", (int)strcspn(p, "\n"), p);
}

void
flow_wallet_event(struct app *a, const struct event *ev, struct effects *fx)
{
	(void)fx;
	if (ev->kind == EV_JOINED) {
		a->wallets.keys_err = ev->err;
		if (ev->err != 0)
			a->wallets.keys[0] = '\0';
		return;
	}
	a->wallets.err = ev->err;
	if (ev->kind == EV_WALLETS && ev->err != 0)
		a->wallets.list[0] = '\0';
	if (ev->kind == EV_WALLET && ev->err != 0)
		a->wallets.text[0] = '\0';
}
