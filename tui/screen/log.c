#include "tui/screen/screen.h"

#define FRONT 6			/* rows above the entries */
#define LOG_W(w) ((w) - 4 < 92 ? (w) - 4 : 92)

static void
draw(const struct app *a, struct canvas *c, struct area at)
{
	(void)canvas_text(c, 2, at.y + 1, STYLE_BOLD, "What was done with "
	    "this vault open");
	if (a->vault.log == NULL || a->vault.log[0] == '\0') {
		(void)canvas_text(c, 2, at.y + 3, STYLE_PLAIN,
		    "Nothing yet.");
		return;
	}
	(void)canvas_text(c, 2, at.y + 2, STYLE_DIM, "SHA-256 of its last "
	    "line; keep it, for an older file of the vault lacks it:");
	(void)canvas_text(c, 2, at.y + 3, STYLE_DIM, a->vault.last);
	(void)canvas_wrap(c, 2, at.y + FRONT - 1, LOG_W(at.w), at.h - FRONT,
	    (int)a->scroll, STYLE_PLAIN, a->vault.log);
}

static struct scroll
scroll(struct app *a)
{
	struct area at = screen_area(a);
	int rows = a->vault.log == NULL ? 0 : canvas_wrap(NULL, 0, 0,
	    LOG_W(at.w), 0, 0, STYLE_PLAIN, a->vault.log);
	int over = rows - (at.h - FRONT);

	return (struct scroll){ &a->scroll, over > 0 ? (size_t)over : 0,
	    (size_t)at.h - FRONT - 1 };
}

static bool
any(const struct app *a)
{
	return a->vault.nline > 0;
}

static void
export(struct app *a, struct effects *fx)
{
	flow_vault_stick(a, VAULT_FOR_LOG, fx);
}

static void
back(struct app *a, struct effects *fx)
{
	a->vault.log = NULL;
	arena_clear(a->arena);
	flow_go(a, SCREEN_VAULT, fx);
}

static const struct binding keys[] = {
	{ 'e', K_NONE, "e", "write it to a stick", any, export },
	SCROLL_KEYS,
	{ '?', K_F1, "?", "help", NULL, flow_help },
	{ K_ESC, K_NONE, "Esc", "back", NULL, back },
	{ 0 }
};

const struct screen log_screen = {
	.title = "log",
	.help = "An entry for each answer that was written, each wallet "
	    "that was agreed to and each change of the vault: when, by this "
	    "machine's clock, which nobody vouches for; the file and the page "
	    "by their SHA-256; what was paid, and to whom; the verdict, and "
	    "the warnings that you accepted.\n\nEach line says the SHA-256 of "
	    "the line before it, so that one that is changed or missing is "
	    "found. This checks the copy that you wrote to a stick, in any "
	    "shell, and prints the digest of its last line:\n\n"
	    "p=$(printf %064d 0); while IFS= read -r l || [ \"$l\" ]; do set "
	    "-f; set -- $l; [ \"$2\" = \"$p\" ] || [ \"$1\" = \"$first\" ] "
	    "|| { echo \"broken at line $1\"; break; }; p=$(printf '%s\\n' "
	    "\"$l\" | sha256sum | cut -c1-64); done <" VAULT_LOG_FILE
	    "; echo \"$p\"",
	.keys = keys,
	.draw = draw,
	.scroll = scroll,
};
