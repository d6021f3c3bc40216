#include <stdio.h>
#include <string.h>

#include "core/review/page_draw.h"

#define GROUP 4		/* characters of an address that stand together */
#define PATHS_MAX 28	/* a longer path pushes what follows to the right */

static const char *const hunks[FACT_KINDS] = {
	[FACT_SPEND] = " @@ spend @@",
	[FACT_PAY] = " @@ pay @@",
	[FACT_CHANGE] = " @@ change @@",
	[FACT_FEE] = " @@ fee @@",
	[FACT_DATA] = " @@ data @@",
	[FACT_GRANT] = " @@ grant @@",
	[FACT_TIMING] = " @@ time @@",
	[FACT_MESSAGE] = " @@ message @@",
	[FACT_IMPORT] = " @@ import @@",
	[FACT_WALLET] = " @@ wallet @@",
};

static enum line_kind
kind_of(char mark)
{
	switch (mark) {
	case '-':
		return LINE_MINUS;
	case '+':
		return LINE_PLUS;
	case '!':
		return LINE_BANG;
	default:
		return LINE_CONTEXT;
	}
}

/* "4a5e…afdeda:1": an outpoint is context, its ends are enough. */
static const char *
outpoint(struct arena *a, const char *s)
{
	const char *colon = strchr(s, ':');
	size_t n = colon != NULL ? (size_t)(colon - s) : 0;

	if (n <= 12)
		return s;
	return arena_text(a, "%.4s…%s", s, colon - 6);
}

static bool
is_signer(const struct page_row *r)
{
	return r->kind == FACT_MESSAGE && r->path[0] != '\0';
}

/* Groups of four from text[at]; up to room columns; returns characters
 * taken. */
static size_t
groups(struct arena *a, const char *text, size_t room, const char **out)
{
	size_t n, i, o = 0, take;
	char *s;

	take = (room + 1) / (GROUP + 1) * GROUP;
	if (take == 0)
		take = GROUP;
	if ((n = strnlen(text, take)) < take)
		take = n;
	if ((s = arena_new(a, char, take + take / GROUP + 2)) == NULL) {
		*out = NULL;
		return take;
	}
	for (i = 0; i < take; i++) {
		if (i > 0 && i % GROUP == 0)
			s[o++] = ' ';
		s[o++] = text[i];
	}
	*out = s;
	return take;
}

/* What a row says on its right, in full or, where that does not fit, with
 * the one word that matters. */
static const char *
margin_of(struct draw *d, const struct page_row *r, const char *left)
{
	const char *full = r->how[0] != '\0' ? arena_text(d->arena, "%s: %s",
	    known_name(r->known), r->how) : known_name(r->known);

	if (full == NULL) {
		d->err = ERR_SPACE;
		return "";
	}
	if (left != NULL &&
	    draw_columns(left) + 2 + draw_columns(full) <= d->width)
		return full;
	return known_name(r->known);
}

static void
last_line(struct draw *d, const struct page_row *r, const char *left)
{
	const char *m = margin_of(d, r, left);

	if (left != NULL &&
	    draw_columns(left) + 1 + draw_columns(m) > d->width) {
		draw_line(d, kind_of(r->mark), left);
		left = "";
		m = margin_of(d, r, left);
	}
	draw_margin(d, kind_of(r->mark), left, r->known, m);
}

/* Every character of an address, in groups, below one another behind lead. */
static void
whole_address(struct draw *d, const struct page_row *r, const char *lead)
{
	size_t indent, room;
	const char *at = r->to, *part, *line = lead;

	if (line == NULL) {
		d->err = ERR_SPACE;
		return;
	}
	indent = draw_columns(line);
	room = d->width > indent + GROUP ? d->width - indent : GROUP;
	while (d->err == 0) {
		at += groups(d->arena, at, room, &part);
		line = part == NULL ? NULL :
		    arena_text(d->arena, "%s%s", line, part);
		if (line == NULL)
			d->err = ERR_SPACE;
		else if (*at == '\0')
			break;
		draw_line(d, kind_of(r->mark), line);
		line = arena_text(d->arena, "%*s", (int)indent, "");
	}
	/* Of what is signed nothing is in doubt: no line for that alone. */
	if (r->known == KNOWN_PROVEN && line != NULL && draw_columns(line) +
	    1 + strlen(known_name(r->known)) > d->width)
		draw_line(d, kind_of(r->mark), line);
	else
		last_line(d, r, line);
}

/*
 * Text in words: wrapped, its margin on the last line if there is room.  The
 * words can be a stranger's: what goes on below stands behind a bar that no
 * foreign text can hold, so that it is not taken for a row of its own.
 */
static void
words(struct draw *d, const struct page_row *r, const char *first)
{
	size_t indent = draw_columns(first), n = strnlen(r->to, d->width);
	size_t at = d->n;

	if (n + indent <= d->width) {
		last_line(d, r, arena_text(d->arena, "%s%s", first, r->to));
		return;
	}
	draw_wrapped(d, kind_of(r->mark), first, "    │ ", r->to);
	if (d->err == 0 && d->n > at) {
		d->n--;
		last_line(d, r, d->line[d->n].text);
	}
}

/* "bc1q 2xk5 … 9u0p": our own address, beside the path that makes it. */
static const char *
own_address(struct arena *a, const char *s)
{
	size_t n = strlen(s);

	if (n < 16)
		return s;
	return arena_text(a, "%.4s %.4s … %s", s, s + 4, s + n - 4);
}

/*
 * Our path; of which key, where the head of the page leaves that open.  Of a
 * coin without an amount nothing is known, so neither is its owner.
 */
static void
whose(const struct page *p, const struct page_row *r,
    char out[PATH_TEXT_MAX + 8])
{
	const char *s = r->path[0] != '\0' ? r->path :
	    r->has_amount ? "not yours" : "owner unknown";

	if (r->path[0] == 'm' && (p->nfpr != 1 ||
	    !fpr_eq(&p->fpr[0], &r->fpr))) {
		fpr_text(&r->fpr, out);
		out += strlen(out);
		s++;
	}
	memcpy(out, s, strnlen(s, PATH_TEXT_MAX - 1) + 1);
}

static void
own(struct draw *d, const struct page *p, const struct page_row *r,
    const char *first)
{
	char who[PATH_TEXT_MAX + 8];
	const char *what = r->kind == FACT_SPEND ?
	    outpoint(d->arena, r->ref) : own_address(d->arena, r->to);
	const char *left;

	if (what == NULL) {
		d->err = ERR_SPACE;
		return;
	}
	whose(p, r, who);
	left = arena_text(d->arena, "%s%-*s  %s", first, d->paths, who, what);
	last_line(d, r, left);
}

/* What is signed is what is read, whole: nothing about it is in doubt.  Only
 * the words themselves stand behind the bar. */
static void
said(struct draw *d, const struct page_row *r)
{
	const char *lead = r->index == 0 ? "    │ " : "    ";

	draw_wrapped(d, kind_of(r->mark), lead, lead, r->to);
}

/* Who says it: the address whole, for others check the signature by it. */
static void
signer(struct draw *d, const struct page_row *r)
{
	draw_line(d, kind_of(r->mark), arena_text(d->arena, "    %s",
	    r->path));
	if (strchr(r->to, ' ') == NULL)
		whole_address(d, r, "    ");
	else
		last_line(d, r, arena_text(d->arena, "    %s", r->to));
}

/* Rows of other kinds move nothing unless they say how much; data that
 * carries no money is not drawn with a row of zeros. */
static bool
shows_amount(const struct page_row *r)
{
	if (r->kind == FACT_DATA)
		return r->has_amount && !num_is_zero(&r->amount);
	return r->has_amount || r->kind == FACT_SPEND ||
	    r->kind == FACT_PAY || r->kind == FACT_CHANGE ||
	    r->kind == FACT_FEE || r->kind == FACT_GRANT;
}

#define NUMBER_MAX 12

/* "#3": by which findings name an input or an output; "" for other rows. */
static void
number(const struct page_row *r, char out[NUMBER_MAX])
{
	bool has = r->kind == FACT_SPEND || r->kind == FACT_PAY ||
	    r->kind == FACT_CHANGE || (r->kind == FACT_DATA && r->has_amount);

	(void)snprintf(out, NUMBER_MAX, "%s", "");
	if (has)
		(void)snprintf(out, NUMBER_MAX, "#%u", (unsigned)r->index);
}

static void
row(struct draw *d, const struct page *p, const struct page_row *r)
{
	char amount[NUM_TEXT_MAX] = "unknown", count[NUMBER_MAX];
	const char *first;

	if (r->has_amount)
		num_text_units(&r->amount, p->decimals, amount);
	number(r, count);
	if (shows_amount(r))
		first = arena_text(d->arena, " %c %-*s  %*s %s  ", r->mark,
		    d->numbers, count, d->amounts, amount, p->coin);
	else
		first = arena_text(d->arena, " %c %s%s", r->mark, count,
		    count[0] != '\0' ? "  " : " ");
	if (first == NULL) {
		d->err = ERR_SPACE;
		return;
	}
	if (r->kind == FACT_SPEND || r->kind == FACT_CHANGE)
		own(d, p, r, first);
	else if (is_signer(r))
		signer(d, r);
	else if (r->kind == FACT_FEE)
		last_line(d, r, p->rate[0] != '\0' && page_parts(p) == 1 ?
		    arena_text(d->arena, "%s≈ %s", first, p->rate) : first);
	else if (r->mark == '!' && strchr(r->to, ' ') == NULL)
		whole_address(d, r, arena_text(d->arena, "%s→ ", first));
	else if (r->kind == FACT_MESSAGE)
		said(d, r);
	else
		words(d, r, first);
}

/* What the owner noted goes below, behind the bar: it is no row, whatever it
 * says. */
static void
note(struct draw *d, const struct page_row *r)
{
	if (r->note != NULL && r->note[0] != '\0')
		draw_wrapped(d, LINE_CONTEXT, "    │ ", "    │ ", r->note);
}

/* Amounts stand below one another, and so do addresses. */
static void
measure(struct draw *d, const struct page *p)
{
	char amount[NUM_TEXT_MAX], count[NUMBER_MAX];
	char who[PATH_TEXT_MAX + 8];
	size_t i, n;

	d->amounts = (int)strlen("unknown");
	for (i = 0; i < p->nrow; i++) {
		number(&p->row[i], count);
		if ((int)strlen(count) > d->numbers)
			d->numbers = (int)strlen(count);
		if (p->row[i].has_amount) {
			num_text_units(&p->row[i].amount, p->decimals, amount);
			n = strlen(amount);
			if ((int)n > d->amounts)
				d->amounts = (int)n;
		}
		if (p->row[i].kind != FACT_SPEND &&
		    p->row[i].kind != FACT_CHANGE)
			continue;
		whose(p, &p->row[i], who);
		n = strnlen(who, PATHS_MAX);
		if ((int)n > d->paths)
			d->paths = (int)n;
	}
}

/* " @@ pay @@", of a set " @@ transaction 1 of 2: pay @@". */
static void
hunk(struct draw *d, const struct page *p, const struct page_row *r)
{
	const char *s = hunks[r->kind];

	draw_line(d, LINE_HUNK, page_parts(p) == 1 ? s : arena_text(d->arena,
	    " @@ transaction %u of %u: %s", (unsigned)r->part + 1,
	    (unsigned)page_parts(p), s + 4));
}

void
draw_rows(struct draw *d, const struct page *p)
{
	size_t i;

	measure(d, p);
	for (i = 0; i < p->nrow && d->err == 0; i++) {
		if (i == 0 || p->row[i].kind != p->row[i - 1].kind ||
		    p->row[i].part != p->row[i - 1].part)
			hunk(d, p, &p->row[i]);
		else if (is_signer(&p->row[i]))
			draw_line(d, LINE_HUNK, " @@ signed by @@");
		d->row = i;
		row(d, p, &p->row[i]);
		note(d, &p->row[i]);
		d->row = ROW_NONE;
	}
}
