#include <stdio.h>
#include <string.h>

#include "tui/screen/screen.h"

static const struct {
	const char	*name, *says;
} scripts[] = {
	{ "P2WSH", "native segwit, the usual one" },
	{ "P2SH-P2WSH", "nested segwit, for old wallets" },
	{ "P2TR", "taproot, by its script alone" },
};
#define SCRIPTS (sizeof(scripts) / sizeof(scripts[0]))

static uint32_t
count(const struct app *a)
{
	const char *p;
	uint32_t n = 0;

	for (p = a->wallets.keys; *p != '\0'; p++)
		n += *p == '\n';
	return n;
}

/* As many as are needed, of those that there are: most of them at first. */
static uint32_t
need(const struct app *a)
{
	uint32_t n = count(a);

	return a->wallets.need == 0 ? n / 2 + 1 : a->wallets.need > n ? n :
	    a->wallets.need;
}

static void
draw(const struct app *a, struct canvas *c, struct area at)
{
	const char *p = a->wallets.keys;
	int y = at.y + 3, end = at.y + at.h - 5;
	char text[256];
	uint32_t left = count(a);

	(void)canvas_text(c, 2, at.y + 1, STYLE_BOLD,
	    "A new wallet of these keys");
	if (p[0] == '\0') {
		(void)canvas_wrap(c, 2, y, at.w - 4, 8, 0, STYLE_PLAIN,
		    "None has come yet. Write an invitation (i on the screen "
		    "before this), let every signer agree to it, then look at "
		    "the keys that come back, and agree to each.");
		return;
	}
	for (; *p != '\0' && y < end; y++, left--) {
		size_t n = strcspn(p, "\n"), bar = strcspn(p, "|\n");

		(void)snprintf(text, sizeof(text), "%.*s", (int)bar, p);
		(void)canvas_cut(c, 4, y, 36, STYLE_PLAIN, text);
		(void)snprintf(text, sizeof(text), "%.*s", bar < n ?
		    (int)(n - bar - 1) : 0, p + bar + 1);
		(void)canvas_cut(c, 42, y, at.w - 44, STYLE_DIM, text);
		p += n + (p[n] == '\n');
	}
	if (left > 0)
		(void)canvas_textf(c, 4, y++, STYLE_DIM, "and %u more", left);
	(void)canvas_textf(c, 2, y + 1, STYLE_BOLD, "any %u of these %u can "
	    "spend", need(a), count(a));
	(void)canvas_textf(c, 2, y + 2, STYLE_BOLD, "%s: %s",
	    scripts[a->wallets.script % SCRIPTS].name,
	    scripts[a->wallets.script % SCRIPTS].says);
}

static bool
any(const struct app *a)
{
	return a->wallets.keys[0] != '\0';
}

static void
next_need(struct app *a, struct effects *fx)
{
	(void)fx;
	a->wallets.need = need(a) % count(a) + 1;
}

static void
next_script(struct app *a, struct effects *fx)
{
	(void)fx;
	a->wallets.script = (a->wallets.script + 1) % SCRIPTS;
}

static void
make(struct app *a, struct effects *fx)
{
	a->wallets.need = need(a);
	a->wallets.script_name = scripts[a->wallets.script].name;
	flow_export_joined(a, fx);
}

static const struct binding keys[] = {
	{ K_ENTER, K_NONE, "Enter", "make it", any, make },
	{ 'm', K_NONE, "m", "how many sign", any, next_need },
	{ 't', K_TAB, "t", "type", any, next_script },
	{ K_ESC, K_NONE, "Esc", "back", NULL, flow_wallets },
	{ '?', K_F1, "?", "help", NULL, flow_help },
	{ 0 }
};

const struct screen join_screen = {
	.title = "join",
	.help = "Each of these keys signed the record that it came in. Who "
	    "sent it only its owner can tell you: compare the fingerprints "
	    "with every signer.\n\n"
	    "What is made is written for each signer as he can open it, or "
	    "plain for all. It is registered nowhere by that: every signer, "
	    "here too, looks at it as at any wallet's file and agrees.",
	.keys = keys,
	.draw = draw,
};
