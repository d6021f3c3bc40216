#include <stdio.h>
#include <string.h>

#include "core/review/notes.h"
#include "core/review/page_draw.h"

#define TITLE_MIN 16

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

/* Columns of the character that begins here: "\\x1b" and "\\\\" are one. */
static size_t
escape_at(const char *s)
{
	size_t n = s[0] != '\\' ? 1 : s[1] == 'x' ? 4 : 2;

	return strnlen(s, n);
}

/* A long file name is context: its middle may go, in whole characters. */
static const char *
shorten(struct arena *a, const char *s, size_t room)
{
	size_t n = strlen(s), tail = room / 3, head = 0, from = 0;

	if (n <= room)
		return s;
	while (from < n - tail) {
		from += escape_at(s + from);
		if (from < room - tail)
			head = from;
	}
	return arena_text(a, "%.*s…%s", (int)head, s, s + from);
}

/* File, network and keys; where there are many keys, a line for each part. */
static void
head(struct draw *d, const struct page *p, const char *title)
{
	const char *fpr = fingerprints(p, d->arena);
	const char *right, *left;
	size_t used;

	right = fpr == NULL ? NULL : arena_text(d->arena, "%s %s   %s",
	    p->ledger, p->network, fpr);
	if (right == NULL) {
		d->err = ERR_SPACE;
		return;
	}
	used = strlen(p->title) + 6;
	if (used + TITLE_MIN + strlen(right) <= d->width)
		used += strlen(right);
	left = shorten(d->arena, title, d->width - used);
	left = left == NULL ? NULL : arena_text(d->arena, " %s  %s",
	    p->title, left);
	if (left == NULL) {
		d->err = ERR_SPACE;
		return;
	}
	used = draw_columns(left) + strlen(right);
	if (used + 2 <= d->width) {
		draw_line(d, LINE_HEAD, arena_text(d->arena, "%s%*s%s", left,
		    (int)(d->width - used), "", right));
		return;
	}
	draw_line(d, LINE_HEAD, left);
	draw_line(d, LINE_HEAD, arena_text(d->arena, " %s", right));
}

/* By what names the owner knows them. */
static void
names(struct draw *d, const struct page *p)
{
	const char *quoted, *text;
	char fpr[9];
	size_t i;

	for (i = 0; i < p->nfpr && d->err == 0; i++) {
		if (p->name[i] == NULL || p->name[i][0] == '\0')
			continue;
		fpr_text(&p->fpr[i], fpr);
		quoted = note_quoted(d->arena, p->name[i]);
		text = quoted == NULL ? NULL : arena_text(d->arena,
		    "key %s is your %s", fpr, quoted);
		if (text == NULL)
			d->err = ERR_SPACE;
		else
			draw_wrapped(d, LINE_CONTEXT, "    │ ", "    │ ",
			    text);
	}
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

/* What the owner no longer has, payment and fee together; false where that
 * cannot be told. */
static bool
difference(const struct page *p, bool *gain, struct total *out)
{
	const struct total *in = &p->total[TOTAL_IN];
	const struct total *back = &p->total[TOTAL_CHANGE];
	struct num less;

	if (!in->has || !back->has)
		return false;
	*gain = num_cmp(&in->amount, &back->amount) < 0;
	*out = *in;
	out->amount = *gain ? back->amount : in->amount;
	less = *gain ? in->amount : back->amount;
	if (back->known < out->known)
		out->known = back->known;
	return num_sub(&out->amount, &less) == 0;
}

/* A message, a list of outputs: what moves no coins, and why it does not. */
static const char *
moves_nothing(const struct page *p)
{
	enum fact_kind kind = p->nrow > 0 ? p->row[0].kind : FACT_SPEND;
	size_t i;

	for (i = 0; i < p->nrow; i++)
		if (p->row[i].kind != kind)
			return NULL;
	return kind == FACT_MESSAGE ?
	    " nothing is spent: a message moves no coins" :
	    kind == FACT_IMPORT ? " nothing is spent by this" : NULL;
}

/* What all transactions of a set come to. */
static void
set_total(struct draw *d, const struct page *p)
{
	const struct total *pay = &p->total[TOTAL_PAY];
	const struct total *fee = &p->total[TOTAL_FEE];
	char paid[NUM_TEXT_MAX] = "unknown", fees[NUM_TEXT_MAX] = "unknown";

	if (page_parts(p) == 1)
		return;
	if (pay->has)
		num_text_units(&pay->amount, p->decimals, paid);
	if (fee->has)
		num_text_units(&fee->amount, p->decimals, fees);
	draw_line(d, LINE_HUNK, arena_text(d->arena,
	    " @@ all %u transactions @@", (unsigned)page_parts(p)));
	draw_margin(d, LINE_CONTEXT, arena_text(d->arena,
	    "    pay %s %s", paid, p->coin), pay->known,
	    known_name(pay->known));
	draw_margin(d, LINE_CONTEXT, arena_text(d->arena,
	    "    fees %s %s%s%s", fees, p->coin, p->rate[0] != '\0' ?
	    "  ≈ " : "", p->rate), fee->known, known_name(fee->known));
}

static void
leaves(struct draw *d, const struct page *p)
{
	/* The verdict has the colours of the margin. */
	static const enum known colour[] = { KNOWN_PROVEN, KNOWN_CLAIMED,
	    KNOWN_UNKNOWN };
	char amount[NUM_TEXT_MAX];
	const char *left = " leaves you: unknown";
	struct total t;
	bool gain;

	if (moves_nothing(p) != NULL) {
		left = moves_nothing(p);
	} else if (difference(p, &gain, &t)) {
		num_text_units(&t.amount, p->decimals, amount);
		left = arena_text(d->arena, " %s: %s %s%s%s",
		    gain ? "comes to you" : "leaves you", amount, p->coin,
		    t.known == KNOWN_PROVEN ? "" : ", ",
		    t.known == KNOWN_PROVEN ? "" : known_name(t.known));
	}
	draw_margin(d, LINE_TOTAL, left, colour[p->verdict],
	    verdict_name(p->verdict));
}

static void
findings(struct draw *d, const struct page *p)
{
	static const enum line_kind kinds[] = { LINE_NOTE, LINE_WARN,
	    LINE_REFUSE };
	static const char *const words[] = { "note", "WARN", "REFUSE" };
	size_t i;

	for (i = 0; i < p->nfinding && d->err == 0; i++) {
		const struct finding *f = &p->finding[i];

		draw_line(d, kinds[f->level], arena_text(d->arena, " %s %s",
		    words[f->level], f->code));
		draw_wrapped(d, kinds[f->level], "    ", "    ", f->text);
	}
}

enum err
page_lines(const struct page *p, const char *title, unsigned width,
    struct arena *a, struct page_line **out, size_t *n)
{
	struct draw d = { .arena = a, .row = ROW_NONE,
	    .width = width < PAGE_WIDTH ? PAGE_WIDTH : width };
	char *rule;
	size_t i;

	head(&d, p, title);
	names(&d, p);
	before_after(&d, p);
	draw_rows(&d, p);
	set_total(&d, p);
	if ((rule = arena_new(a, char, 3 * d.width + 1)) == NULL)
		return ERR_SPACE;
	for (i = 0; i < d.width - 2; i++)
		memcpy(rule + 1 + 3 * i, "─", 3);
	rule[0] = ' ';
	draw_line(&d, LINE_RULE, rule);
	leaves(&d, p);
	findings(&d, p);
	if (d.err != 0)
		return d.err;
	*out = d.line;
	*n = d.n;
	return 0;
}
