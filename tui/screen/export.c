#include <stdio.h>
#include <string.h>

#include "tui/screen/screen.h"

/* One field of a line "name|what it asks|who reads it". */
static void
field(const char *line, int k, char *out, size_t cap)
{
	size_t n;

	for (; k > 0 && *line != '\0' && *line != '\n'; line++)
		k -= *line == '|';
	n = strcspn(line, "|\n");
	(void)snprintf(out, cap, "%.*s", (int)n, line);
}

static const char *
line_at(const char *p, size_t i)
{
	for (; i > 0 && *p != '\0'; i--)
		p += strcspn(p, "\n") + (p[strcspn(p, "\n")] == '\n');
	return p;
}

static size_t
lines(const char *p)
{
	size_t n = 0;

	while (*p != '\0') {
		n++;
		p = line_at(p, 1);
	}
	return n;
}

static void
draw_choice(struct canvas *c, int y, int w, bool here, const char *name,
    const char *says)
{
	if (here)
		canvas_fill(c, 2, y, w - 4, STYLE_SELECT, ' ');
	(void)canvas_textf(c, 2, y, here ? STYLE_SELECT : STYLE_PLAIN,
	    "%s %-17s %s", here ? ">" : " ", name, says);
}

static void
draw_formats(const struct app *a, struct canvas *c, struct area at)
{
	const struct exporting *x = &a->out;
	char name[32], says[80];
	size_t i, n = lines(x->formats);

	if (x->of == OF_INVITATION)
		(void)canvas_text(c, 2, at.y + 1, STYLE_BOLD, "An invitation "
		    "to the signers of a new wallet: which?");
	else if (x->of == OF_JOINED)
		(void)canvas_text(c, 2, at.y + 1, STYLE_BOLD, "The new wallet "
		    "for its signers: for whom?");
	else if (x->of == OF_WALLET)
		(void)canvas_text(c, 2, at.y + 1, STYLE_BOLD, "The wallet "
		    "for another program or signer: in which form?");
	else
		(void)canvas_textf(c, 2, at.y + 1, STYLE_BOLD, "A wallet "
		    "that watches account %u from the online computer: in "
		    "which form?", a->addr.ask.account);
	if (x->err != 0)
		(void)canvas_textf(c, 2, at.y + 3, STYLE_MINUS, "None: %s; "
		    "%s.", err_text(x->err), err_advice(x->err));
	for (i = 0; i < n; i++) {
		field(line_at(x->formats, i), 0, name, sizeof(name));
		field(line_at(x->formats, i), 2, says, sizeof(says));
		draw_choice(c, at.y + 3 + (int)i, at.w, i == x->at, name,
		    says);
	}
}

static void
draw_sticks(const struct app *a, struct canvas *c, struct area at)
{
	size_t i;
	int y = at.y + 3;

	(void)canvas_textf(c, 2, at.y + 1, STYLE_BOLD, "%s is made. Where "
	    "shall it be written?", a->out.about.file);
	for (i = 0; i < a->nstick; i++, y++)
		draw_choice(c, y, at.w, i == a->out.at, a->stick[i].label,
		    a->stick[i].writable ? "" : a->stick[i].advice[0] != '\0' ?
		    a->stick[i].advice : "read-only: choose another");
	if (a->nstick == 0)
		(void)canvas_text(c, 2, y, STYLE_BANG,
		    "There is no stick. Plug one in.");
}

static void
draw(const struct app *a, struct canvas *c, struct area at)
{
	const struct exporting *x = &a->out;

	switch (x->step) {
	case EXPORT_CHOOSE:
		draw_formats(a, c, at);
		return;
	case EXPORT_ASK:
		(void)canvas_textf(c, 2, at.y + 1, STYLE_BOLD, "%s:", x->asks);
		input_draw(&x->with, c, 2, at.y + 3, 32, false, true);
		(void)canvas_wrap(c, 2, at.y + 5, at.w - 4, 3, 0, STYLE_DIM,
		    "Nothing typed: from the month in which polyseed words "
		    "were made; for any other wallet from the beginning, which "
		    "is always right and takes longest.");
		return;
	case EXPORT_WARN:
		(void)canvas_text(c, 2, at.y + 1, STYLE_BANG,
		    "Before it leaves:");
		(void)canvas_wrap(c, 2, at.y + 3, at.w - 4, 8, 0, STYLE_PLAIN,
		    x->about.warning);
		return;
	case EXPORT_WHERE:
		draw_sticks(a, c, at);
		return;
	case EXPORT_DONE:
		(void)canvas_textf(c, 2, at.y + 1, STYLE_PLUS, "Written as "
		    "%s, read back and compared.", x->name);
		(void)canvas_text(c, 2, at.y + 3, x->safe ? STYLE_PLAIN :
		    STYLE_BANG, x->safe ? "The stick is free: it is safe to "
		    "remove." : "The stick is still in use: wait before you "
		    "pull it.");
		return;
	}
}

static void
begin(struct app *a, struct effects *fx)
{
	struct exporting *x = &a->out;

	if (x->step == EXPORT_CHOOSE) {
		const char *line = line_at(x->formats, x->at);

		field(line, 0, x->format, sizeof(x->format));
		field(line, 1, x->asks, sizeof(x->asks));
		x->with = input_in(x->typed, sizeof(x->typed));
	}
	if (x->step == EXPORT_CHOOSE && x->asks[0] != '\0')
		x->step = EXPORT_ASK;
	else
		flow_effect(fx, FX_EXPORT, 0);
}

static void
enter(struct app *a, struct effects *fx)
{
	struct exporting *x = &a->out;

	switch (x->step) {
	case EXPORT_CHOOSE:
	case EXPORT_ASK:
		begin(a, fx);
		return;
	case EXPORT_WARN:
		x->step = EXPORT_WHERE;
		return;
	case EXPORT_WHERE:
		if (x->at >= a->nstick || !a->stick[x->at].writable)
			return;
		flow_busy(a, PHASE_SAVE);
		flow_effect(fx, FX_STORE, x->at);
		return;
	case EXPORT_DONE:
		flow_export_end(a, fx);
		return;
	}
}

static bool
text(struct app *a, uint32_t key, struct effects *fx)
{
	(void)fx;
	return a->out.step == EXPORT_ASK && input_key(&a->out.with, key);
}

static void
show_qr(struct app *a, struct effects *fx)
{
	(void)a;
	flow_effect(fx, FX_SHOW, 0);
}

static void
look(struct app *a, struct effects *fx)
{
	(void)a;
	flow_effect(fx, FX_STICKS, 0);
}

static struct scroll
scroll(struct app *a)
{
	size_t n = a->out.step == EXPORT_CHOOSE ? lines(a->out.formats) :
	    a->out.step == EXPORT_WHERE ? a->nstick : 0;

	return (struct scroll){ &a->out.at, n > 0 ? n - 1 : 0, 1 };
}

static bool
choosing(const struct app *a)
{
	return a->out.step == EXPORT_CHOOSE && a->out.formats[0] != '\0';
}

static bool
asking(const struct app *a)
{
	return a->out.step == EXPORT_ASK;
}

static bool
warned(const struct app *a)
{
	return a->out.step == EXPORT_WARN;
}

static bool
where(const struct app *a)
{
	return a->out.step == EXPORT_WHERE;
}

static bool
done(const struct app *a)
{
	return a->out.step == EXPORT_DONE;
}

static const struct binding keys[] = {
	{ K_ENTER, K_NONE, "Enter", "choose", choosing, enter },
	{ K_ENTER, K_NONE, "Enter", "go on", asking, enter },
	{ K_ENTER, K_NONE, "Enter", "I know; go on", warned, enter },
	{ K_ENTER, K_NONE, "Enter", "write here", where, enter },
	{ K_ENTER, K_NONE, "Enter", "back", done, enter },
	{ 'q', K_NONE, "q", "as a QR code", where, show_qr },
	{ 'r', K_NONE, "r", "look for sticks", where, look },
	{ K_UP, K_NONE, "Up Down", "move", NULL, scroll_up },
	{ K_DOWN, K_NONE, "", NULL, NULL, scroll_down },
	{ K_ESC, K_NONE, "Esc", "leave", NULL, flow_export_end },
	{ K_F1, K_NONE, "F1", "help", NULL, flow_help },
	{ 0 }
};

const struct screen export_screen = {
	.title = "export",
	.help = "Public keys alone, or for Monero a view key: with them a "
	    "program on the online computer shows your balance, makes "
	    "addresses and prepares what is signed here. It cannot spend.\n\n"
	    "The file is written under a name that is free, read back and "
	    "compared. As a QR code a short one needs no stick.",
	.keys = keys,
	.draw = draw,
	.text = text,
	.scroll = scroll,
};
