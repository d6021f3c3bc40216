#include <stdio.h>
#include <string.h>

#include "core/review/page_draw.h"

/* Columns, not bytes: every character that we draw is one column wide. */
size_t
draw_columns(const char *s)
{
	size_t n = 0;

	for (; *s != '\0'; s++)
		n += ((unsigned char)*s & 0xc0) != 0x80;
	return n;
}

void
draw_line(struct draw *d, enum line_kind kind, const char *text)
{
	struct page_line *bigger;
	size_t cap;

	if (d->err == 0 && text == NULL)
		d->err = ERR_SPACE;
	if (d->err != 0)
		return;
	if (d->n == d->cap) {
		cap = d->cap == 0 ? 64 : 2 * d->cap;
		bigger = arena_new(d->arena, struct page_line, cap);
		if (bigger == NULL) {
			d->err = ERR_SPACE;
			return;
		}
		if (d->n > 0)
			memcpy(bigger, d->line, d->n * sizeof(*bigger));
		d->line = bigger;
		d->cap = cap;
	}
	d->line[d->n++] = (struct page_line){ .kind = kind,
	    .known = KNOWN_PROVEN, .text = text };
}

/* Left text, and a margin flush right; the margin has its own colour. */
void
draw_margin(struct draw *d, enum line_kind kind, const char *left,
    enum known known, const char *margin)
{
	size_t l, m = draw_columns(margin);

	if (left == NULL) {
		d->err = ERR_SPACE;
		return;
	}
	l = draw_columns(left);
	if (m == 0 || l + 1 + m > d->width) {
		draw_line(d, kind, left);
		return;
	}
	draw_line(d, kind, arena_text(d->arena, "%s%*s%s", left,
	    (int)(d->width - l - m), "", margin));
	if (d->err != 0)
		return;
	d->line[d->n - 1].known = known;
	d->line[d->n - 1].margin = (unsigned)(d->width - m);
}

/* Up to room columns of text, broken at a space if there is one. */
static size_t
fit(const char *text, size_t room)
{
	size_t n = strlen(text), i;

	if (n <= room)
		return n;
	for (i = room; i > room / 2; i--)
		if (text[i] == ' ')
			return i;
	return room;
}

void
draw_wrapped(struct draw *d, enum line_kind kind, const char *first,
    size_t indent, const char *text)
{
	size_t room = d->width > indent + 8 ? d->width - indent : 8, n;

	do {
		n = fit(text, room);
		draw_line(d, kind, arena_text(d->arena, "%s%.*s", first,
		    (int)n, text));
		text += n;
		while (*text == ' ')
			text++;
		first = arena_text(d->arena, "%*s", (int)indent, "");
		if (first == NULL)
			d->err = ERR_SPACE;
	} while (*text != '\0' && d->err == 0);
}

static const char *
fingerprints(const struct page *p, struct arena *a)
{
	char all[FPR_MAX * 10 + 1] = "", one[9];
	size_t i, n = 0;

	for (i = 0; i < p->nfpr; i++) {
		fpr_text(&p->fpr[i], one);
		n += (size_t)snprintf(all + n, sizeof(all) - n, "%s%s",
		    i > 0 ? " " : "", one);
	}
	return arena_text(a, "%s%s", p->nfpr > 1 ? "keys " :
	    p->nfpr == 1 ? "key " : "no key", all);
}

/* A long file name is context: its middle may go. */
static const char *
shorten(struct arena *a, const char *s, size_t room)
{
	size_t n = strlen(s), tail = room / 3;

	if (n <= room)
		return s;
	return arena_text(a, "%.*s…%s", (int)(room - tail - 1), s,
	    s + n - tail);
}

static void
head(struct draw *d, const struct page *p, const char *title)
{
	const char *fpr = fingerprints(p, d->arena);
	const char *where = arena_text(d->arena, "%s %s", p->ledger,
	    p->network);
	const char *name;
	size_t used, gap;

	if (fpr == NULL || where == NULL) {
		d->err = ERR_SPACE;
		return;
	}
	used = strlen(p->title) + strlen(where) + strlen(fpr) + 9;
	name = shorten(d->arena, title, d->width > used + 12 ?
	    d->width - used : 12);
	if (name == NULL) {
		d->err = ERR_SPACE;
		return;
	}
	gap = used + draw_columns(name) < d->width ?
	    d->width - used - draw_columns(name) : 0;
	draw_line(d, LINE_HEAD, arena_text(d->arena, " %s  %s%*s  %s   %s",
	    p->title, name, (int)gap, "", where, fpr));
}

static void
sum_line(struct draw *d, enum line_kind kind, const char *what,
    const struct page *p, const struct total *t)
{
	char amount[NUM_TEXT_MAX] = "unknown";
	const char *left;
	size_t n = strlen(what), room = d->width - 20;

	if (t->has)
		num_text_units(&t->amount, p->decimals, amount);
	left = arena_text(d->arena, "%s%*s%s %s", what,
	    (int)(n + strlen(amount) < room ? room - n - strlen(amount) : 1),
	    "", amount, p->coin);
	draw_margin(d, kind, left, t->known, known_name(t->known));
}

static void
before_after(struct draw *d, const struct page *p)
{
	size_t i, coins = 0;
	char what[48];

	for (i = 0; i < p->nrow; i++)
		coins += p->row[i].kind == FACT_SPEND && p->row[i].ours;
	if (coins == 0)
		return;
	(void)snprintf(what, sizeof(what), " --- before    %zu coin%s",
	    coins, coins == 1 ? "" : "s");
	sum_line(d, LINE_BEFORE, what, p, &p->total[TOTAL_IN]);
	sum_line(d, LINE_AFTER, " +++ after", p, &p->total[TOTAL_CHANGE]);
}

/* What the owner no longer has, payment and fee together. */
static void
leaves(struct draw *d, const struct page *p)
{
	struct total t = p->total[TOTAL_IN];
	const struct total *back = &p->total[TOTAL_CHANGE];
	char amount[NUM_TEXT_MAX] = "unknown";
	bool gain = num_cmp(&t.amount, &back->amount) < 0;
	struct num less = gain ? t.amount : back->amount;
	const char *left;

	if (gain)
		t.amount = back->amount;
	if (t.has && back->has && num_sub(&t.amount, &less) == 0)
		num_text_units(&t.amount, p->decimals, amount);
	if (back->known < t.known)
		t.known = back->known;
	left = arena_text(d->arena, " %s: %s %s%s%s",
	    gain ? "comes to you" : "leaves you", amount, p->coin,
	    t.known == KNOWN_PROVEN ? "" : ", ",
	    t.known == KNOWN_PROVEN ? "" : known_name(t.known));
	draw_margin(d, LINE_TOTAL, left, KNOWN_PROVEN,
	    verdict_name(p->verdict));
}

static void
findings(struct draw *d, const struct page *p)
{
	static const enum line_kind kinds[] = { LINE_NOTE, LINE_WARN,
	    LINE_REFUSE };
	static const char *const words[] = { "note", "WARN", "REFUSE" };
	const char *first;
	size_t i;

	for (i = 0; i < p->nfinding && d->err == 0; i++) {
		const struct finding *f = &p->finding[i];

		draw_line(d, kinds[f->level], arena_text(d->arena, " %s %s",
		    words[f->level], f->code));
		first = "    ";
		draw_wrapped(d, kinds[f->level], first, 4, f->text);
	}
}

enum err
page_lines(const struct page *p, const char *title, unsigned width,
    struct arena *a, struct page_line **out, size_t *n)
{
	struct draw d = { .arena = a, .width = width < PAGE_WIDTH ?
	    PAGE_WIDTH : width };
	char *rule;
	size_t i;

	head(&d, p, title);
	before_after(&d, p);
	draw_rows(&d, p);
	if ((rule = arena_new(a, char, 3 * d.width + 1)) == NULL)
		return ERR_SPACE;
	for (i = 0; i < d.width - 2; i++)
		memcpy(rule + 1 + 3 * i, "─", 3);
	rule[0] = ' ';
	draw_line(&d, LINE_RULE, rule);
	if (p->total[TOTAL_IN].has || p->nrow > 0)
		leaves(&d, p);
	findings(&d, p);
	if (d.err != 0)
		return d.err;
	*out = d.line;
	*n = d.n;
	return 0;
}
