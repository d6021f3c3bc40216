#include "tui/screen/screen.h"
#include "tui/utf8.h"

static enum style
line_style(enum line_kind k)
{
	static const enum style of[] = {
		[LINE_HEAD] = STYLE_BOLD,
		[LINE_BEFORE] = STYLE_MINUS,
		[LINE_AFTER] = STYLE_PLUS,
		[LINE_HUNK] = STYLE_ACCENT,
		[LINE_MINUS] = STYLE_MINUS,
		[LINE_PLUS] = STYLE_PLUS,
		[LINE_BANG] = STYLE_BANG,
		[LINE_CONTEXT] = STYLE_PLAIN,
		[LINE_RULE] = STYLE_DIM,
		[LINE_TOTAL] = STYLE_BOLD,
		[LINE_NOTE] = STYLE_PLAIN,
		[LINE_WARN] = STYLE_BANG,
		[LINE_REFUSE] = STYLE_REFUSE,
	};

	return of[k];
}

static enum style
known_style(enum known k)
{
	return k == KNOWN_PROVEN ? STYLE_DIM : k == KNOWN_CLAIMED ?
	    STYLE_BANG : STYLE_REFUSE;
}

static enum style
margin_style(const struct page *p, const struct page_line *l)
{
	if (l->kind != LINE_TOTAL)
		return known_style(l->known);
	return p->verdict == VERDICT_ALLOW ? STYLE_PLUS :
	    p->verdict == VERDICT_WARN ? STYLE_BANG : STYLE_REFUSE;
}

static void
draw_line(struct canvas *c, int y, const struct page *page,
    const struct page_line *l)
{
	const char *p = l->text;
	unsigned x;
	uint32_t ch;

	for (x = 0; (ch = utf8_next(&p)) != 0; x++)
		canvas_put(c, (int)x, y, l->margin > 0 && x >= l->margin ?
		    margin_style(page, l) : line_style(l->kind), ch);
}

static void
draw(const struct app *a, struct canvas *c, struct area at)
{
	const struct review *r = &a->review;
	size_t i, n = flow_rows(a), last = r->top + n;
	int x;

	if (r->page == NULL)
		return;
	last = last < r->nline ? last : r->nline;
	for (i = r->top; i < last; i++)
		draw_line(c, at.y + (int)(i - r->top), r->page,
		    &r->line[i]);
	if (r->nline == 0)
		(void)canvas_text(c, 1, at.y, STYLE_REFUSE,
		    "This page does not fit into memory.");
	x = canvas_textf(c, 1, c->h - 2, STYLE_DIM, "lines %zu-%zu of %zu%s",
	    r->nline > 0 ? r->top + 1 : 0, last, r->nline,
	    last == r->nline ? ", end" : "");
	if (page_waits(r->page))
		(void)canvas_text(c, x + 2, c->h - 2, STYLE_BANG,
		    "it waits for another file; the reason says which");
	else if (r->page->verdict == VERDICT_REFUSE)
		(void)canvas_text(c, x + 2, c->h - 2, STYLE_REFUSE,
		    " refused: there is no way to sign this ");
	else if (!r->seen_end)
		(void)canvas_text(c, x + 2, c->h - 2, STYLE_BANG,
		    "read to the end to agree");
}

static struct scroll
scroll(struct app *a)
{
	size_t n = a->review.nline, h = flow_rows(a);

	return (struct scroll){ &a->review.top, n > h ? n - h : 0,
	    h > 1 ? h - 1 : 1 };
}

static bool
more(const struct app *a)
{
	return a->review.nline > flow_rows(a);
}

static bool
may_agree(const struct app *a)
{
	return a->review.page != NULL && a->review.seen_end &&
	    a->review.page->verdict != VERDICT_REFUSE;
}

static bool
refused(const struct app *a)
{
	return a->review.page == NULL ||
	    a->review.page->verdict == VERDICT_REFUSE;
}

static bool
allowed(const struct app *a)
{
	return !refused(a);
}

static void
agree(struct app *a, struct effects *fx)
{
	a->review.warn = a->review.ncode = 0;
	flow_accept(a, fx);
}

static const struct binding keys[] = {
	{ 'a', K_NONE, "a", "agree", may_agree, agree },
	{ K_PGDN, K_SPACE, "Space", "a page down", more, scroll_pgdn },
	{ K_HOME, 'r', "r", "review again", more, scroll_first },
	{ K_ESC, K_NONE, "Esc", "do not sign", allowed, flow_leave_review },
	{ K_ESC, K_NONE, "Esc", "back", refused, flow_leave_review },
	{ '?', K_F1, "?", "help", NULL, flow_help },
	{ K_DOWN, 'j', "Up Down", "a line", more, scroll_down },
	{ K_UP, 'k', "", NULL, NULL, scroll_up },
	{ K_PGUP, 'b', "PgUp b", "a page up", more, scroll_pgup },
	{ K_END, 'G', "End", "to the end", more, scroll_last },
	{ 0 }
};

const struct screen review_screen = {
	.title = "review",
	.help = "The page is a difference, as between two texts: what you own "
	    "before, and after.\n\n"
	    "-  leaves you    +  stays or returns to you\n"
	    "!  goes to somebody else    (blank)  is context\n\n"
	    "At the right stands how each line is known. Proven: derived or "
	    "verified here. Claimed: the file says so and nothing contradicts "
	    "it. Unknown: cannot be told from this file.\n\n"
	    "Compare the address after ! with the one that you were given, by "
	    "another way than the computer that made this file. You can agree "
	    "once the end was on the screen; Space moves a page down.",
	.keys = keys,
	.draw = draw,
	.scroll = scroll,
};
