#include "core/base/secret.h"
#include "tui/screen/screen.h"

static void
draw(const struct app *a, struct canvas *c, struct area at)
{
	const struct key_entry *e = &a->entry;
	int x = 4, y = at.y + 2, w = at.w - 8 < 72 ? at.w - 8 : 72;

	(void)canvas_text(c, x, y, STYLE_BOLD, e->asker == SCREEN_BACKUP ?
	    "Passphrase for these shares" : "Passphrase");
	(void)canvas_text(c, x, y + 3, STYLE_PLAIN, "Passphrase");
	input_draw(&e->pass, c, x + 16, y + 3, w - 16, !e->show,
	    !e->in_again);
	if (!e->show) {
		(void)canvas_text(c, x, y + 5, STYLE_PLAIN, "Once more");
		input_draw(&e->again, c, x + 16, y + 5, w - 16, true,
		    e->in_again);
	}
	(void)canvas_wrap(c, x, y + 8, w, 4, 0, STYLE_DIM, e->show ?
	    "It can be seen by whoever stands behind you. Blanks count, also "
	    "at the end." :
	    "Type it twice, or press Tab to see it and type it once. Blanks "
	    "count, also at the end.");
}

static void
enter(struct app *a, struct effects *fx)
{
	struct key_entry *e = &a->entry;

	if (e->pass.n == 0) {
		flow_note(a, STYLE_BANG, e->asker == SCREEN_FINGERPRINT ?
		    "Nothing was typed. Esc goes back, the key without a "
		    "passphrase stays loaded." : "Nothing was typed. Esc goes "
		    "back.");
	} else if (e->show || typed_twice(a)) {
		if (e->asker == SCREEN_BACKUP)
			flow_backup_make(a, fx);
		else
			flow_unlock(a, fx);
	}
}

static void
back(struct app *a, struct effects *fx)
{
	input_clear(&a->entry.pass);
	input_clear(&a->entry.again);
	a->entry.in_again = a->entry.show = false;
	flow_go(a, a->entry.asker, fx);
}

static const struct binding keys[] = {
	{ K_ENTER, K_NONE, "Enter", "go on", NULL, enter },
	{ K_TAB, K_NONE, "Tab", "show or hide", NULL, typed_show },
	{ K_F1, K_NONE, "F1", "help", NULL, flow_help },
	{ K_ESC, K_NONE, "Esc", "back", NULL, back },
	{ 0 }
};

const struct screen passphrase_screen = {
	.title = "passphrase",
	.help = "The passphrase of BIP39, sometimes called the 25th word, or "
	    "that of shares of SLIP-39, which is of plain ASCII. Any text is a "
	    "valid passphrase and gives a key of its own, so the "
	    "fingerprint is shown again afterwards: compare it.\n\nAccents "
	    "and composed letters are normalised (NFKD), as the standard "
	    "wants it.",
	.keys = keys,
	.draw = draw,
	.text = typed_text,
};
