#include <string.h>

#include "core/review/page.h"
#include "core/review/rules/rule.h"

const char *
known_name(enum known k)
{
	static const char *const names[] = { "unknown", "claimed", "proven" };

	return names[k];
}

const char *
fact_name(enum fact_kind k)
{
	static const char *const names[FACT_KINDS] = { "spend", "pay",
	    "change", "fee", "data", "grant", "timing", "message", "import",
	    "wallet" };

	return k < FACT_KINDS ? names[k] : "unknown";
}

char
page_mark(const struct page_row *r)
{
	switch (r->kind) {
	case FACT_SPEND:
		return r->ours ? '-' : ' ';
	case FACT_CHANGE:
		return '+';
	case FACT_PAY:
	case FACT_GRANT:
		return '!';
	case FACT_DATA:
		return num_is_zero(&r->amount) ? ' ' : '!';
	case FACT_FEE:
	case FACT_TIMING:
	case FACT_MESSAGE:
	case FACT_IMPORT:
	case FACT_WALLET:
	case FACT_KINDS:
		break;
	}
	return ' ';
}

static enum err
row_of(const struct fact *f, struct arena *a, struct page_row *r)
{
	char path[PATH_TEXT_MAX];

	*r = (struct page_row){ .kind = f->kind, .ours = f->ours,
	    .has_amount = f->has_amount, .known = f->known,
	    .index = f->index, .part = f->part, .to = f->to, .path = "",
	    .ref = f->ref, .how = f->how, .note = f->note };
	if (f->has_amount)
		r->amount = f->amount;
	r->mark = page_mark(r);
	if (!f->has_key)
		return 0;
	r->fpr = f->key.fpr;
	path_text(&f->key.path, path);
	r->path = arena_text(a, "%s", path);
	return r->path == NULL ? ERR_SPACE : ERR_NONE;
}

/* The order in which a reader asks: what goes in, who gets it, what comes
 * back, what it costs, when; of a set one transaction after the other. */
static const enum fact_kind order[] = { FACT_IMPORT, FACT_MESSAGE,
    FACT_SPEND, FACT_WALLET, FACT_PAY, FACT_GRANT, FACT_DATA, FACT_CHANGE,
    FACT_FEE, FACT_TIMING };

static enum err
rows_of(const struct intent *in, uint32_t part, struct arena *a,
    struct page *p)
{
	size_t i, k;
	enum err e;

	for (k = 0; k < sizeof(order) / sizeof(order[0]); k++)
		for (i = 0; i < in->nfact; i++)
			if (in->fact[i].kind == order[k] &&
			    in->fact[i].part == part && (e = row_of(
			    &in->fact[i], a, &p->row[p->nrow++])) != 0)
				return e;
	return 0;
}

static enum err
rows(const struct intent *in, struct arena *a, struct page *p)
{
	uint32_t part = 0;
	enum err e;

	if ((p->row = arena_new(a, struct page_row, in->nfact)) == NULL)
		return ERR_SPACE;
	do {
		if ((e = rows_of(in, part, a, p)) != 0)
			return e;
	} while (++part < in->parts);
	return p->nrow == in->nfact ? ERR_NONE : ERR_INTERNAL;
}

uint32_t
page_parts(const struct page *p)
{
	return p->nrow == 0 ? 1 : p->row[p->nrow - 1].part + 1;
}

/* Somebody else at an address: it has no spaces, what is said in words about
 * a script does. */
static bool
is_foreign_address(const struct page_row *r)
{
	return (r->kind == FACT_PAY || r->kind == FACT_GRANT) &&
	    strlen(r->to) >= 4 && strchr(r->to, ' ') == NULL;
}

size_t
page_agree_row(const struct page *p)
{
	size_t i, best = p->nrow;

	for (i = 0; i < p->nrow; i++) {
		const struct page_row *r = &p->row[i];

		if (is_foreign_address(r) && (best == p->nrow ||
		    num_cmp(&r->amount, &p->row[best].amount) > 0))
			best = i;
	}
	return best;
}

enum err
page_make(const struct intent *in, const struct judgement *j,
    const struct hash32 *session, struct arena *a, struct page *out)
{
	struct page p = { .job = in->job, .title = in->title,
	    .ledger = in->ledger, .network = in->network, .unit = in->unit,
	    .coin = in->coin, .decimals = in->decimals,
	    .verdict = j->verdict, .finding = j->finding, .nfinding = j->n,
	    .plan = in->plan, .session = *session };
	enum err e;

	memcpy(p.fpr, in->fpr, sizeof(p.fpr));
	p.nfpr = in->nfpr;
	memcpy(p.name, in->name, sizeof(p.name));
	memcpy(p.total, j->total, sizeof(p.total));
	if ((e = rows(in, a, &p)) != 0 ||
	    (e = fee_rate_text(in, j->total, a, &p.rate)) != 0)
		return e;
	p.agree_row = page_agree_row(&p);
	*out = p;
	return 0;
}

enum err
page_agree_word(const struct page *p, char out[16])
{
	const char *s = "agree";

	if (p->agree_row < p->nrow) {
		s = p->row[p->agree_row].to;
		if (strlen(s) < 4)
			return ERR_INTERNAL;
		s += strlen(s) - 4;
	}
	memcpy(out, s, strlen(s) + 1);
	return 0;
}

/* Several may receive the same: then it is the first that is meant. */
static bool
is_one_of_several(const struct page *p, const struct page_row *r)
{
	size_t i;

	for (i = 0; i < p->nrow; i++) {
		const struct page_row *o = &p->row[i];

		if (o != r && is_foreign_address(o) &&
		    o->has_amount == r->has_amount &&
		    num_cmp(&o->amount, &r->amount) == 0)
			return true;
	}
	return false;
}

enum err
page_agree_prompt(const struct page *p, struct arena *a, const char **out)
{
	char amount[NUM_TEXT_MAX] = "an unknown amount of";
	const struct page_row *r;

	if (p->agree_row >= p->nrow) {
		*out = "Type the word agree.";
		return 0;
	}
	r = &p->row[p->agree_row];
	if (r->has_amount)
		num_text_units(&r->amount, p->decimals, amount);
	*out = arena_text(a, "Type the last 4 characters of the %saddress "
	    "that receives %s %s.", is_one_of_several(p, r) ? "first " : "",
	    amount, p->coin);
	return *out == NULL ? ERR_SPACE : ERR_NONE;
}

/* Does the code end so?  ".outputs.gap" of whatever chain. */
static bool
code_ends(const char *code, const char *end)
{
	size_t n = strlen(code), m = strlen(end);

	return n >= m && strcmp(code + n - m, end) == 0;
}

bool
page_waits(const struct page *p)
{
	bool waits = false;
	size_t i;

	for (i = 0; i < p->nfinding; i++) {
		if (p->finding[i].level != LEVEL_REFUSE)
			continue;
		if (!code_ends(p->finding[i].code, ".outputs.gap"))
			return false;
		waits = true;
	}
	return waits;
}

void
page_in_base(struct page *p)
{
	if (p->unit[0] == '\0')
		return;
	p->decimals = 0;
	p->coin = p->unit;
}
