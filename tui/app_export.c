#include <stdio.h>
#include <string.h>

#include "core/base/secret.h"
#include "media/save.h"
#include "tui/flow.h"

static void
begin(struct app *a, enum export_of of, struct effects *fx)
{
	a->out = (struct exporting){ .step = EXPORT_CHOOSE, .of = of };
	a->addr.ask.network = a->network;
	flow_go(a, SCREEN_EXPORT, fx);
	flow_effect(fx, FX_FORMATS, 0);
}

/* From the address screen: what there is for the key that it shows. */
void
flow_export(struct app *a, struct effects *fx)
{
	begin(a, OF_KEY, fx);
}

void
flow_export_wallet(struct app *a, struct effects *fx)
{
	begin(a, OF_WALLET, fx);
}

void
flow_export_invitation(struct app *a, struct effects *fx)
{
	begin(a, OF_INVITATION, fx);
}

void
flow_export_joined(struct app *a, struct effects *fx)
{
	begin(a, OF_JOINED, fx);
}

/* Whatever was made is forgotten, and what of it was on the screen. */
void
flow_export_end(struct app *a, struct effects *fx)
{
	static const enum screen_id back[] = { [OF_KEY] = SCREEN_ADDRESS,
	    [OF_WALLET] = SCREEN_WALLET, [OF_INVITATION] = SCREEN_WALLETS,
	    [OF_JOINED] = SCREEN_JOIN };
	enum export_of of = a->out.of;

	wipe(&a->out, sizeof(a->out));
	wipe(&a->qr, sizeof(a->qr));
	flow_effect(fx, FX_DISCARD, 0);
	flow_go(a, back[of], fx);
}

static void
exported(struct app *a, const struct event *ev, struct effects *fx)
{
	struct exporting *x = &a->out;

	if (ev->err != 0) {
		x->step = x->asks[0] != '\0' ? EXPORT_ASK : EXPORT_CHOOSE;
		if (x->step == EXPORT_ASK)
			flow_note(a, STYLE_MINUS, "Not exported. What is asked "
			    "for is: %s.", x->asks);
		else
			flow_note(a, STYLE_MINUS, "Not exported: %s.",
			    err_text(ev->err));
		return;
	}
	x->step = x->about.warning[0] != '\0' ? EXPORT_WARN : EXPORT_WHERE;
	x->at = 0;
	flow_effect(fx, FX_STICKS, 0);
}

static void
stored(struct app *a, const struct event *ev, struct effects *fx)
{
	flow_idle(a);
	a->stale = true;
	if (ev->err != 0) {
		flow_note(a, STYLE_MINUS, "%s", save_advice(ev->err));
		flow_effect(fx, FX_STICKS, 0);
		return;
	}
	a->out.step = EXPORT_DONE;
	a->out.safe = ev->whole;
}

void
flow_export_event(struct app *a, const struct event *ev, struct effects *fx)
{
	if (a->screen != SCREEN_EXPORT)
		return;
	if (ev->kind == EV_FORMATS) {
		a->out.err = ev->err;
	} else if (ev->kind == EV_EXPORTED) {
		exported(a, ev, fx);
	} else if (ev->kind == EV_STORED) {
		stored(a, ev, fx);
	} else if (ev->kind == EV_SHOWN && ev->err != 0) {
		flow_note(a, STYLE_MINUS, "Too long for a QR code: write it "
		    "to a stick.");
	} else if (ev->kind == EV_SHOWN) {
		(void)snprintf(a->qr.what, sizeof(a->qr.what), "%s",
		    a->out.format);
		a->qr.back = SCREEN_EXPORT;
		flow_go(a, SCREEN_QR, fx);
	}
}
