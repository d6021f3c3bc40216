#include <string.h>

#include "tui/screen/screen.h"

static bool
is_final(const struct review *r)
{
	size_t i;

	for (i = 0; i < r->nanswer; i++)
		if (strstr(r->suffix[i], "-final") != NULL)
			return true;
	return false;
}

/* The answer to a request to sign words is words. */
static bool
is_message(const struct review *r)
{
	return r->nanswer == 1 && strstr(r->suffix[0], ".txt") != NULL;
}

/* What a wallet takes back whole, by the name that it looks for. */
static const char *
for_wallet(const struct review *r)
{
	if (r->nanswer != 1)
		return NULL;
	if (strcmp(r->suffix[0], "_keyImages") == 0)
		return "On the online computer, import this file into the "
		    "wallet that exported the outputs. It then knows what is "
		    "spent, and can prepare a payment.";
	if (strcmp(r->suffix[0], "signed_monero_tx") == 0)
		return "It is complete. On the online computer, load this file "
		    "into the wallet that made the unsigned one, and let it "
		    "broadcast. Afterwards export the outputs again.";
	if (strncmp(r->suffix[0], "-key.", 5) == 0)
		return "Give this file to whoever invited you. What comes back "
		    "is the wallet: look at the invitation and at it, compare "
		    "its first address with the other signers, and agree.";
	return NULL;
}

static const char *
what_next(const struct review *r)
{
	if (for_wallet(r) != NULL)
		return for_wallet(r);
	if (is_message(r))
		return "The signed message is a text file. Give it to whoever "
		    "asked for it: anybody can check it by the address that "
		    "stands in it.";
	if (is_final(r))
		return "It is complete. On the online computer, open the "
		    "signed file in the wallet that made it and send it, or "
		    "broadcast the -final file as it is.";
	return "Other signatures are still missing. Give the signed file to "
	    "the next signer, or open it in the wallet that made it.";
}

static void
draw(const struct app *a, struct canvas *c, struct area at)
{
	const struct review *r = &a->review;
	const struct stick *s = flow_stick(a, r->target);
	int x = 4, y = at.y + 2, w = at.w - 8 < 72 ? at.w - 8 : 72;
	size_t i;

	y = canvas_textf(c, x, y, STYLE_PLUS, "Signed, and written to %s",
	    s != NULL ? s->label : "the stick") > 0 ? y + 2 : y;
	for (i = 0; i < r->nanswer; i++)
		(void)canvas_cut(c, x + 2, y++, w - 2, STYLE_BOLD,
		    r->name[i]);
	y += 1 + canvas_wrap(c, x, y + 1, w, 3, 0, STYLE_PLAIN,
	    "It was read back from the stick and is what you agreed to. The "
	    "unsigned file was not touched.");
	if (r->safe)
		(void)canvas_text(c, x, y + 1, STYLE_PLUS,
		    "It is safe to remove the stick.");
	(void)canvas_text(c, x, y + 3, STYLE_ACCENT, "What to do next");
	(void)canvas_wrap(c, x, y + 4, w, 4, 0, STYLE_PLAIN, what_next(r));
}

static void
go_on(struct app *a, struct effects *fx)
{
	a->review = (struct review){ 0 };
	if (a->vault.sealed)
		flow_vault_ask(a, VAULT_AGAIN, fx);
	else
		flow_home(a, fx);
}

static const struct binding keys[] = {
	{ K_ENTER, K_ESC, "Enter", "to the files", NULL, go_on },
	{ '?', K_F1, "?", "help", NULL, flow_help },
	{ 0 }
};

const struct screen done_screen = {
	.title = "done",
	.help = "The signature cannot be taken back once the transaction is "
	    "sent from the online computer. Until then, nothing has moved: "
	    "destroying the signed file undoes it. A signed message moves "
	    "nothing, ever, but whoever has it can show it.",
	.keys = keys,
	.draw = draw,
};
