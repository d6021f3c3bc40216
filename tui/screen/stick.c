#include "tui/screen/screen.h"

/* On which stick: a new vault, a copy of it, its log; a backup file. */
static const char *
heading(const struct app *a)
{
	static const char *const text[] = {
		[VAULT_FOR_NEW] = "On which stick shall the vault be made?",
		[VAULT_FOR_COPY] = "To which stick shall the vault be copied?",
		[VAULT_FOR_LOG] = "To which stick shall the log be written?",
		[STICK_FOR_AGE] = "To which stick shall the backup go?",
		[STICK_FOR_SHEET] = "To which stick shall the sheet go?",
		[VAULT_FOR_LABELS] = ("To which stick shall the labels be "
		    "written?"),
	};

	return text[a->vault.stick];
}

static const char *
about(const struct app *a)
{
	static const char *const text[] = {
		[VAULT_FOR_NEW] = "The file has 2 MiB, whatever is in it. A "
		    "stick of its own is best: one that never sees the "
		    "online computer. The stick that this machine was started "
		    "from is not among them.",
		[VAULT_FOR_COPY] = "The file is copied as it is: the same "
		    "passphrase opens it. Later changes go into one of the "
		    "two only: copy again after them.",
		[VAULT_FOR_LOG] = "A text, a line an entry. It says what you "
		    "paid, when, and to whom: think of who reads the stick. "
		    "? beside the log says how to verify its chain.",
		[STICK_FOR_AGE] = "A backup belongs on a stick of its own, "
		    "kept in another place than this machine and the vault. "
		    "Sticks forget after some years: make it anew now and "
		    "then.",
		[STICK_FOR_SHEET] = ("A text of 80 columns, to be printed by "
		    "any computer. It spends nothing; it says what you own."),
		[VAULT_FOR_LABELS] = ("A text, a line a label, as other "
		    "wallets read them (BIP329). It says what your addresses "
		    "are for: think of who reads the stick."),
	};

	return text[a->vault.stick];
}

static bool
for_new(const struct app *a)
{
	return a->vault.stick == VAULT_FOR_NEW;
}

static void
draw(const struct app *a, struct canvas *c, struct area at)
{
	int x = 4, y = at.y + 2, w = at.w - 8 < 72 ? at.w - 8 : 72;
	size_t i;

	(void)canvas_text(c, x, y, STYLE_BOLD, heading(a));
	y += 2;
	for (i = 0; i < a->nstick; i++, y++) {
		const struct stick *s = &a->stick[i];
		bool here = i == a->vault.at_stick;

		if (here)
			canvas_fill(c, x - 2, y, at.w - 4, STYLE_SELECT, ' ');
		(void)canvas_textf(c, x - 2, y, here ? STYLE_SELECT :
		    s->writable ? STYLE_PLAIN : STYLE_DIM, "%s %s  %s",
		    here ? ">" : " ", s->label, s->writable ? "" :
		    s->advice[0] != '\0' ? s->advice :
		    "read-only: choose another");
	}
	if (a->nstick == 0)
		(void)canvas_text(c, x, y, STYLE_BANG,
		    "There is no stick. Plug one in.");
	if (for_new(a))
		(void)canvas_textf(c, x, ++y, STYLE_PLAIN, "Its name: %s",
		    a->vault.file[0] != '\0' ? a->vault.file : VAULT_FILE);
	(void)canvas_wrap(c, x, y + 2, w, 4, 0, STYLE_DIM, about(a));
}

static struct scroll
scroll(struct app *a)
{
	return (struct scroll){ &a->vault.at_stick, a->nstick > 0 ?
	    a->nstick - 1 : 0, STICKS_MAX };
}

static bool
can(const struct app *a)
{
	return a->vault.at_stick < a->nstick &&
	    a->stick[a->vault.at_stick].writable;
}

static void
enter(struct app *a, struct effects *fx)
{
	struct vaulting *v = &a->vault;

	if (v->stick == VAULT_FOR_NEW)
		flow_vault_ask(a, VAULT_NEW, fx);
	else if (v->stick == STICK_FOR_AGE)
		flow_vault_ask(a, BACKUP_NEW, fx);
	else if (v->stick == STICK_FOR_SHEET)
		flow_vault_change(a, FX_SHEET_WRITE, v->at_stick, fx);
	else if (v->stick == VAULT_FOR_COPY &&
	    a->stick[v->at_stick].id == v->at.stick)
		flow_note(a, STYLE_BANG, "The vault lies on that one. Choose "
		    "another, so that one may be lost.");
	else
		flow_vault_change(a, v->stick == VAULT_FOR_COPY ?
		    FX_VAULT_COPY : v->stick == VAULT_FOR_LABELS ?
		    FX_VAULT_LABELS : FX_VAULT_WRITE, v->at_stick, fx);
}

static void
look(struct app *a, struct effects *fx)
{
	(void)a;
	flow_effect(fx, FX_STICKS, 0);
}

static void
back(struct app *a, struct effects *fx)
{
	static const enum screen_id from[] = {
		[VAULT_FOR_NEW] = SCREEN_KEYS,
		[VAULT_FOR_COPY] = SCREEN_VAULT,
		[VAULT_FOR_LOG] = SCREEN_LOG,
		[STICK_FOR_AGE] = SCREEN_AGE,
		[STICK_FOR_SHEET] = SCREEN_SHEET,
		[VAULT_FOR_LABELS] = SCREEN_THINGS,
	};

	flow_go(a, from[a->vault.stick], fx);
}

static const struct binding keys[] = {
	{ K_ENTER, K_NONE, "Enter", "this one", can, enter },
	{ K_UP, K_NONE, "Up Down", "choose", NULL, scroll_up },
	{ K_DOWN, K_NONE, "Down", NULL, NULL, scroll_down },
	{ 'n', K_NONE, "n", "name", for_new, flow_file },
	{ 'r', K_NONE, "r", "look for sticks", NULL, look },
	{ '?', K_F1, "?", "help", NULL, flow_help },
	{ K_ESC, K_NONE, "Esc", "back", NULL, back },
	{ 0 }
};

const struct screen stick_screen = {
	.title = "which stick",
	.help = "Written under a name that is free, let go, mounted anew, "
	    "read back and compared; nothing on the stick is overwritten.",
	.keys = keys,
	.draw = draw,
	.scroll = scroll,
};
