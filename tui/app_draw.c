#include <stdio.h>

#include "core/base/pace.h"
#include "tui/pieces_says.h"
#include "tui/screen/screen.h"
#include "tui/utf8.h"

#define LEAST_W 80
#define LEAST_H 24
#define LARGE_FILE (4u << 20)	/* takes a slow stick about a second */

bool
app_fits(const struct app *a)
{
	return a->w >= LEAST_W && a->h >= LEAST_H;
}

/* What takes over half a second, or is bound to. */
bool
app_is_long(const struct app *a)
{
	const struct busy *b = &a->busy;

	if (b->phase == PHASE_IDLE)
		return false;
	if (b->phase == PHASE_SAVE || b->phase == PHASE_VAULT ||
	    b->phase == PHASE_KEEP || a->now - b->since >= LONG_MS)
		return true;
	return b->phase == PHASE_IMPORT && b->at < a->shelf.n &&
	    a->shelf.item[b->at].size >= LARGE_FILE;
}

struct area
screen_area(const struct app *a)
{
	int top = a->banner != NULL ? 2 : 1;

	return (struct area){ 0, top, a->w, a->h - top - 2 };
}

/* A test network must not be taken for money, nor money for a test. */
static int
draw_network(const struct app *a, struct canvas *c, int x)
{
	if (a->network == NET_MAIN)
		return canvas_textf(c, x, 0, STYLE_BAR, "%s",
		    network_name(a->network));
	return canvas_textf(c, x, 0, STYLE_BAR_TEST, " %s: no real value ",
	    network_name(a->network));
}

/* What is typed here is tried, and not loaded. */
static bool
rehearses(const struct app *a)
{
	return a->entry.rehearse && a->screen != SCREEN_HELP &&
	    a->screen != SCREEN_LEAVE && a->screen != SCREEN_DIED;
}

static void
draw_header(const struct app *a, struct canvas *c)
{
	char fpr[9];
	size_t i;
	int x;

	canvas_fill(c, 0, 0, c->w, STYLE_BAR, ' ');
	x = canvas_text(c, 1, 0, STYLE_BAR, "Coldseal");
	x = draw_network(a, c, x + 2);
	x = canvas_text(c, x + 2, 0, STYLE_BAR,
	    a->nfpr == 0 ? "no key" : a->nfpr == 1 ? "key" : "keys");
	for (i = 0; i < a->nfpr && x + 10 < c->w - 18; i++) {
		fpr_text(&a->fpr[i], fpr);
		x = canvas_textf(c, x, 0, STYLE_BAR, " %s", fpr);
	}
	if (i < a->nfpr)
		x = canvas_textf(c, x, 0, STYLE_BAR, " +%zu", a->nfpr - i);
	canvas_right(c, c->w - 1, 0, STYLE_BAR, rehearses(a) ? "rehearsal" :
	    screen_table[a->screen]->title);
	if (a->banner != NULL)
		(void)canvas_cut(c, 1, 1, c->w - 2, STYLE_BANG, a->banner);
}

static bool
can_stop(enum phase p)
{
	return p != PHASE_AGREE && p != PHASE_SAVE && p != PHASE_TEXT &&
	    p != PHASE_VAULT && p != PHASE_KEEP;
}

/* While something runs, no other key does anything. */
static void
draw_stop_key(const struct app *a, struct canvas *c, int y)
{
	if (!can_stop(a->busy.phase))
		return;
	(void)canvas_text(c, 1, y, STYLE_BAR_KEY, "Esc");
	(void)canvas_text(c, 5, y, STYLE_BAR, "stop");
}

static void
draw_footer(const struct app *a, struct canvas *c)
{
	const struct binding *b;
	int x = 1, y = c->h - 1, need;

	canvas_fill(c, 0, y, c->w, STYLE_BAR, ' ');
	if (app_is_long(a)) {
		draw_stop_key(a, c, y);
		return;
	}
	for (b = screen_table[a->screen]->keys; b->key != K_NONE; b++) {
		if (b->label == NULL || (b->when != NULL && !b->when(a)))
			continue;
		need = (int)(utf8_columns(b->shown) + utf8_columns(b->label));
		if (x + need + 1 > c->w)
			return;
		x = canvas_text(c, x, y, STYLE_BAR_KEY, b->shown);
		x = canvas_textf(c, x, y, STYLE_BAR, " %s", b->label) + 2;
	}
}

static const char *
phase_text(enum phase p)
{
	static const char *const text[] = {
		[PHASE_IDLE] = "",
		[PHASE_LIST] = "Looking at the stick",
		[PHASE_IMPORT] = "Reading files into memory",
		[PHASE_RELEASE] = "Letting the stick go",
		[PHASE_JUDGE] = "Looking into the files",
		[PHASE_OPEN] = "Drawing up the page",
		[PHASE_AGREE] = "Agreeing",
		[PHASE_MAKE] = "Signing",
		[PHASE_SAVE] = "Writing, and reading it back",
		[PHASE_VAULT] = "The passphrase at work",
		[PHASE_KEEP] = "Storing the vault, and reading it back",
		[PHASE_TEXT] = "Searching",
		[PHASE_STRETCH] = "The passphrase of the shares at work",
		[PHASE_MEDIUM] = "Reading the stick that this came from",
	};

	return text[p];
}

static void
draw_wait(const struct app *a, struct canvas *c, int x, int y)
{
	char text[64];

	pieces_wait(a->busy.done, a->busy.total, a->now - a->busy.since, text,
	    sizeof(text));
	(void)canvas_text(c, x, y, STYLE_PLAIN, text);
}

static void
draw_progress(const struct app *a, struct canvas *c)
{
	const struct busy *b = &a->busy;
	int w = 56, h = 7, x = (c->w - w) / 2, y = (c->h - h) / 2, done;

	canvas_box(c, x, y, w, h, phase_text(b->phase));
	if (b->phase == PHASE_VAULT) {
		(void)canvas_wrap(c, x + 3, y + 2, w - 6, 4, 0, STYLE_PLAIN,
		    "Every try takes memory and some seconds of work. It is "
		    "what a thief of the stick has to pay for each guess.");
		if (a->now - b->since >= 1000)
			(void)canvas_textf(c, x + 3, y + 5, STYLE_DIM,
			    "For %u s so far.",
			    (unsigned)((a->now - b->since) / 1000));
		canvas_cursor(c, -1, -1);
		return;
	}
	canvas_fill(c, x + 3, y + 2, w - 6, STYLE_DIM, 0x2500);
	if (b->total > 0) {
		done = (int)((uint64_t)b->done * (uint64_t)(w - 6) /
		    b->total);
		canvas_fill(c, x + 3, y + 2, done < w - 6 ? done : w - 6,
		    STYLE_PLUS, '#');
		if (b->phase == PHASE_STRETCH)
			draw_wait(a, c, x + 3, y + 3);
		else if (b->total == PACE_WHOLE && b->phase != PHASE_MAKE)
			(void)canvas_textf(c, x + 3, y + 3, STYLE_PLAIN,
			    "%u %%", b->done / (PACE_WHOLE / 100));
		else
			(void)canvas_textf(c, x + 3, y + 3, STYLE_PLAIN,
			    "%u of %u", b->done, b->total);
	}
	if (b->slow && !b->stopping) {
		(void)canvas_text(c, x + 3, y + 4, STYLE_BANG,
		    "The stick answers slowly.");
		(void)canvas_text(c, x + 3, y + 5, STYLE_BANG,
		    can_stop(b->phase) ? "Esc, or pulling it out, gives it up."
		    : "Pulling it out gives it up. Nothing is lost.");
		return;
	}
	(void)canvas_text(c, x + 3, y + 5, STYLE_DIM, b->stopping ?
	    "Stopping" : can_stop(b->phase) ? "Esc stops. Nothing is lost." :
	    "Please leave the stick in.");
	canvas_cursor(c, -1, -1);
}

static void
draw_too_small(const struct app *a, struct canvas *c)
{
	char text[128];

	(void)snprintf(text, sizeof(text), "Coldseal needs %d columns and %d "
	    "rows to show a page in full. This terminal has %d by %d: please "
	    "enlarge it.", LEAST_W, LEAST_H, a->w, a->h);
	(void)canvas_wrap(c, 0, 0, c->w, c->h, 0, STYLE_PLAIN, text);
}

/* Above the footer, as many rows as it takes. */
static void
draw_note(const struct app *a, struct canvas *c)
{
	int i, w = c->w - 2;
	int rows = canvas_wrap(c, 1, 0, w, 0, 0, a->note_style, a->note);

	for (i = 0; i < rows; i++)
		canvas_fill(c, 0, c->h - 2 - i, c->w, STYLE_PLAIN, ' ');
	(void)canvas_wrap(c, 1, c->h - 1 - rows, w, rows, 0, a->note_style,
	    a->note);
}

void
app_draw(const struct app *a, struct canvas *c)
{
	canvas_clear(c);
	if (!app_fits(a)) {
		draw_too_small(a, c);
		return;
	}
	draw_header(a, c);
	if (rehearses(a))
		(void)canvas_text(c, 4, screen_area(a).y, STYLE_ACCENT,
		    "A rehearsal: nothing of what you enter is kept.");
	screen_table[a->screen]->draw(a, c, screen_area(a));
	draw_note(a, c);
	draw_footer(a, c);
	if (app_is_long(a))
		draw_progress(a, c);
}
