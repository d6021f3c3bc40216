#include <string.h>

#include "core/base/limits.h"
#include "core/base/reader.h"
#include "core/base/text.h"
#include "core/review/page.h"

/*
 * A page as bytes: what a consent names.  All numbers little-endian, all
 * texts with a u32 length in front and printable ASCII.
 *
 *	"page2"; job, title, ledger, network, unit, coin, rate;
 *	u8 decimals, u8 verdict, u8 keys: 4 bytes, name;
 *	u32 rows: u8 mark, u8 kind, u8 flags (1 ours, 2 amount), u8 known,
 *	    u32 index, u32 part, 32 bytes amount, 4 bytes key, to, path,
 *	    ref, how, note;
 *	u32 findings: u8 level, code, text;
 *	4 totals: u8 has, u8 known, 32 bytes amount;
 *	plan: u32 rows: keyref, u32 count; 32 bytes session; u32 agree row
 */
static const char magic[] = "page2";

#define ROW_MIN (4 + 4 + 4 + 32 + 4 + 5 * 4)
#define FINDING_MIN 9

static void
put_num(struct sink *s, const struct num *v)
{
	size_t i;

	for (i = 0; i < 4; i++)
		put_u64le(s, v->w[i]);
}

static struct span
or_nothing(const char *s)
{
	return span_text(s != NULL ? s : "");
}

static void
put_row(struct sink *s, const struct page_row *r)
{
	put_u8(s, (uint8_t)r->mark);
	put_u8(s, (uint8_t)r->kind);
	put_u8(s, (uint8_t)((r->ours ? 1 : 0) | (r->has_amount ? 2 : 0)));
	put_u8(s, (uint8_t)r->known);
	put_u32le(s, r->index);
	put_u32le(s, r->part);
	put_num(s, &r->amount);
	put_span(s, SPAN_OF(r->fpr.b));
	put_block(s, span_text(r->to));
	put_block(s, span_text(r->path));
	put_block(s, span_text(r->ref));
	put_block(s, span_text(r->how));
	put_block(s, or_nothing(r->note));
}

static void
put_head(struct sink *s, const struct page *p)
{
	size_t i;

	put_text(s, magic);
	put_block(s, span_text(p->job));
	put_block(s, span_text(p->title));
	put_block(s, span_text(p->ledger));
	put_block(s, span_text(p->network));
	put_block(s, span_text(p->unit));
	put_block(s, span_text(p->coin));
	put_block(s, span_text(p->rate));
	put_u8(s, (uint8_t)p->decimals);
	put_u8(s, (uint8_t)p->verdict);
	put_u8(s, (uint8_t)p->nfpr);
	for (i = 0; i < p->nfpr; i++) {
		put_span(s, SPAN_OF(p->fpr[i].b));
		put_block(s, or_nothing(p->name[i]));
	}
}

void
page_put(const struct page *p, struct sink *s)
{
	size_t i;

	put_head(s, p);
	put_u32le(s, (uint32_t)p->nrow);
	for (i = 0; i < p->nrow; i++)
		put_row(s, &p->row[i]);
	put_u32le(s, (uint32_t)p->nfinding);
	for (i = 0; i < p->nfinding; i++) {
		put_u8(s, (uint8_t)p->finding[i].level);
		put_block(s, span_text(p->finding[i].code));
		put_block(s, span_text(p->finding[i].text));
	}
	for (i = 0; i < TOTAL_KINDS; i++) {
		put_u8(s, p->total[i].has);
		put_u8(s, (uint8_t)p->total[i].known);
		put_num(s, &p->total[i].amount);
	}
	put_plan(s, &p->plan);
	put_span(s, SPAN_OF(p->session.b));
	put_u32le(s, (uint32_t)p->agree_row);
}

/* Reading: everything is checked, for the clerk may have been taken over. */

static const char *
text(struct reader *r, struct arena *a)
{
	struct span s = read_block(r);
	char *p;

	if (r->err != 0)
		return "";
	if (!text_is_printable(s)) {
		reader_fail(r, ERR_FORM);
		return "";
	}
	if ((p = arena_new(a, char, s.n + 1)) == NULL) {
		reader_fail(r, ERR_SPACE);
		return "";
	}
	if (s.n > 0)
		memcpy(p, s.p, s.n);
	return p;
}

static unsigned
below(struct reader *r, unsigned limit)
{
	unsigned v = read_u8(r);

	if (v < limit)
		return v;
	reader_fail(r, ERR_RANGE);
	return 0;
}

/* What is not known is written as nothing. */
static struct num
read_amount(struct reader *r, bool has)
{
	struct num v;
	size_t i;

	for (i = 0; i < 4; i++)
		v.w[i] = read_u64le(r);
	if (!has && !num_is_zero(&v))
		reader_fail(r, ERR_FORM);
	return v;
}

static void
read_head(struct reader *r, struct arena *a, struct page *p)
{
	size_t i;

	if (!span_eq(read_span(r, sizeof(magic) - 1), span_text(magic)))
		reader_fail(r, ERR_FORM);
	p->job = text(r, a);
	p->title = text(r, a);
	p->ledger = text(r, a);
	p->network = text(r, a);
	p->unit = text(r, a);
	p->coin = text(r, a);
	p->rate = text(r, a);
	p->decimals = below(r, 31);
	p->verdict = (enum verdict)below(r, VERDICT_REFUSE + 1);
	p->nfpr = below(r, FPR_MAX + 1);
	for (i = 0; i < p->nfpr; i++) {
		read_bytes(r, p->fpr[i].b, sizeof(p->fpr[i].b));
		p->name[i] = text(r, a);
	}
}

static void
read_row(struct reader *r, struct arena *a, struct page_row *row)
{
	unsigned flags;

	row->mark = (char)read_u8(r);
	row->kind = (enum fact_kind)below(r, FACT_KINDS);
	flags = below(r, 4);
	row->ours = (flags & 1) != 0;
	row->has_amount = (flags & 2) != 0;
	row->known = (enum known)below(r, KNOWN_PROVEN + 1);
	row->index = read_u32le(r);
	row->part = read_u32le(r);
	row->amount = read_amount(r, row->has_amount);
	if (r->err == 0 && row->mark != page_mark(row))
		reader_fail(r, ERR_FORM);
	read_bytes(r, row->fpr.b, sizeof(row->fpr.b));
	row->to = text(r, a);
	row->path = text(r, a);
	row->ref = text(r, a);
	row->how = text(r, a);
	row->note = text(r, a);
}

static void
read_rows(struct reader *r, struct arena *a, struct page *p)
{
	size_t i;

	p->nrow = read_count(r, ROW_MIN, LIMIT_PAGE_ROWS);
	if ((p->row = arena_new(a, struct page_row, p->nrow)) == NULL)
		reader_fail(r, ERR_SPACE);
	for (i = 0; i < p->nrow && r->err == 0; i++)
		read_row(r, a, &p->row[i]);
	p->nfinding = read_count(r, FINDING_MIN, LIMIT_FINDINGS);
	p->finding = arena_new(a, struct finding, p->nfinding);
	if (p->finding == NULL)
		reader_fail(r, ERR_SPACE);
	for (i = 0; i < p->nfinding && r->err == 0; i++) {
		p->finding[i].level = (enum level)below(r, LEVEL_REFUSE + 1);
		p->finding[i].code = text(r, a);
		p->finding[i].text = text(r, a);
	}
}

/* Findings in the judge's order: worst first, then by code, no code twice. */
static bool
in_order(const struct finding *a, const struct finding *b)
{
	return a->level != b->level ? a->level > b->level :
	    strcmp(a->code, b->code) < 0;
}

/* The verdict is the worst finding's; the row to agree by is the one that
 * every reader would choose. */
static void
check(struct reader *r, const struct page *p)
{
	enum level worst = LEVEL_NOTE;
	size_t i;

	for (i = 0; i < p->nfinding && r->err == 0; i++) {
		if (p->finding[i].level > worst)
			worst = p->finding[i].level;
		if (i > 0 && !in_order(&p->finding[i - 1], &p->finding[i]))
			reader_fail(r, ERR_FORM);
	}
	if (r->err == 0 && (unsigned)p->verdict != (unsigned)worst)
		reader_fail(r, ERR_FORM);
	if (r->err == 0 && p->agree_row != page_agree_row(p))
		reader_fail(r, ERR_FORM);
}

enum err
page_read(struct span bytes, struct arena *a, struct page *out)
{
	struct reader r = reader_of(bytes);
	struct page p = { 0 };
	enum err e;
	size_t i;

	read_head(&r, a, &p);
	read_rows(&r, a, &p);
	for (i = 0; i < TOTAL_KINDS; i++) {
		p.total[i].has = below(&r, 2) != 0;
		p.total[i].known = (enum known)below(&r, KNOWN_PROVEN + 1);
		p.total[i].amount = read_amount(&r, p.total[i].has);
	}
	if (read_plan(&r, a, &p.plan) != 0)
		return r.err;
	read_bytes(&r, p.session.b, sizeof(p.session.b));
	p.agree_row = read_u32le(&r);
	check(&r, &p);
	if ((e = reader_done(&r)) != 0)
		return e;
	*out = p;
	return 0;
}
