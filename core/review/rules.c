#include <stdio.h>

#include "core/review/rules/rule.h"

const char *
verdict_name(enum verdict v)
{
	static const char *const names[] = { "allow", "warn", "refuse" };

	return names[v];
}

const char *
level_name(enum level l)
{
	static const char *const names[] = { "note", "warn", "refuse" };

	return names[l];
}

void
code_sentence(const struct code_help *h, char out[FAULT_TEXT_MAX])
{
	(void)snprintf(out, FAULT_TEXT_MAX, "%s%s%s", h->text,
	    h->advice[0] != '\0' ? "; " : "", h->advice);
}

/* "btc.fee.negative", as a finding has it. */
void
code_whole(const struct code_help *h, char out[CODE_MAX])
{
	(void)snprintf(out, CODE_MAX, "%s%s%s", h->chain,
	    h->chain[0] != '\0' ? "." : "", h->code);
}

static void
place(struct places *p, const struct fact *f)
{
	if (p->n < PLACES_SHOWN)
		p->first[p->n] = (struct spot){ f->part, f->index };
	p->n++;
}

void
strike_fact(struct strike *s, const struct fact *f)
{
	switch (f->kind) {
	case FACT_SPEND:
		place(&s->in, f);
		break;
	case FACT_PAY:
	case FACT_CHANGE:
	case FACT_DATA:
		place(&s->out, f);
		break;
	case FACT_FEE:
	case FACT_GRANT:
	case FACT_TIMING:
	case FACT_MESSAGE:
	case FACT_IMPORT:
	case FACT_WALLET:
	case FACT_KINDS:
		s->file = true;
		break;
	}
	if (f->why[0] != '\0' && s->why == NULL)
		s->why = f->why;
}

/* "3", or of a set "3 (transaction 2)". */
static const char *
place_text(const struct intent *in, struct arena *a, const struct spot *p)
{
	return in->parts <= 1 ? arena_text(a, "%u", p->index) :
	    arena_text(a, "%u (transaction %u)", p->index, p->part + 1);
}

/* "input 3", "inputs 0, 2 and 5", "inputs 0, 1, 2 and 997 more". */
static enum err
places_text(const struct intent *in, struct arena *a, const char *word,
    const struct places *p, const char **out)
{
	const char *n[PLACES_SHOWN] = { "", "", "" };
	size_t i;
	char *s;

	for (i = 0; i < PLACES_SHOWN && i < p->n; i++)
		if ((n[i] = place_text(in, a, &p->first[i])) == NULL)
			return ERR_SPACE;
	if (p->n == 1)
		s = arena_text(a, "%s %s", word, n[0]);
	else if (p->n == 2)
		s = arena_text(a, "%ss %s and %s", word, n[0], n[1]);
	else if (p->n == 3)
		s = arena_text(a, "%ss %s, %s and %s", word, n[0], n[1],
		    n[2]);
	else
		s = arena_text(a, "%ss %s, %s, %s and %u more", word, n[0],
		    n[1], n[2], p->n - PLACES_SHOWN);
	*out = s;
	return s == NULL ? ERR_SPACE : ERR_NONE;
}

static const char *
subject(const struct intent *in)
{
	enum fact_kind only = in->nfact > 0 ? in->fact[0].kind : FACT_SPEND;
	size_t i;

	for (i = 1; i < in->nfact; i++)
		if (in->fact[i].kind != only)
			only = FACT_SPEND;
	return only == FACT_MESSAGE ? "this message" :
	    only == FACT_IMPORT ? "this file" :
	    in->parts > 1 ? "this set" : "this transaction";
}

static enum err
where_text(const struct intent *i, struct arena *a, const struct strike *s,
    const char **out)
{
	const char *in = NULL, *to = NULL;
	enum err e;

	*out = subject(i);
	if (s->in.n > 0 &&
	    (e = places_text(i, a, "input", &s->in, &in)) != 0)
		return e;
	if (s->out.n > 0 &&
	    (e = places_text(i, a, "output", &s->out, &to)) != 0)
		return e;
	if (in != NULL && to != NULL)
		*out = arena_text(a, "%s, %s", in, to);
	else if (in != NULL || to != NULL)
		*out = in != NULL ? in : to;
	return *out == NULL ? ERR_SPACE : ERR_NONE;
}

/* Numbers below TRAITS_MAX are the chain's own. */
static const struct trait_row *
row_of(const struct trait_table *t, size_t rule)
{
	if (rule >= TRAITS_MAX)
		return &computed_rules[rule - TRAITS_MAX];
	return t != NULL && rule < t->n ? &t->row[rule] : NULL;
}

static enum err
find(const struct intent *in, struct arena *a, size_t rule,
    const struct strike *s, struct judgement *j)
{
	struct finding *f = &j->finding[j->n];
	const struct trait_row *row = row_of(traits_table(in->chain), rule);
	const char *where;
	bool why = s->why != NULL && s->why[0] != '\0';
	enum err e;

	if (s->in.n == 0 && s->out.n == 0 && !s->file)
		return 0;
	if (row == NULL)
		return ERR_INTERNAL;
	if ((e = where_text(in, a, s, &where)) != 0)
		return e;
	f->level = row->level;
	f->code = arena_text(a, "%s.%s", in->chain, row->code);
	f->text = arena_text(a, "%s: %s%s%s%s", where, row->text,
	    why ? " (" : "", why ? s->why : "", why ? ")" : "");
	if (f->code == NULL || f->text == NULL)
		return ERR_SPACE;
	j->n++;
	if ((unsigned)f->level > (unsigned)j->verdict)
		j->verdict = (enum verdict)f->level;
	return 0;
}

static void
traits(const struct intent *in, struct strike *strike)
{
	size_t i, t;

	for (i = 0; i < in->nfact; i++) {
		const struct fact *f = &in->fact[i];

		for (t = 0; f->traits != 0 && t < TRAITS_MAX; t++)
			if ((f->traits >> t & 1) != 0)
				strike_fact(&strike[t], f);
	}
	for (t = 0; t < TRAITS_MAX; t++)
		if ((in->traits >> t & 1) != 0)
			strike[t].file = true;
}

/* What the owner wanted to keep. */
static void
frozen(const struct intent *in, struct strike *strike)
{
	size_t i;

	for (i = 0; i < in->nfact; i++)
		if (in->fact[i].frozen)
			strike_fact(&strike[RULE_COIN_FROZEN], &in->fact[i]);
}

static void
add(struct total *t, const struct fact *f)
{
	if (!t->has)
		return;
	if (!f->has_amount || num_add(&t->amount, &f->amount) != 0)
		*t = (struct total){ .has = false, .known = KNOWN_UNKNOWN };
	else if (f->known < t->known)
		t->known = f->known;
}

/* As the design's section 7 defines them; the weakest mark is inherited.  A
 * coin without an amount may be ours: then the sum of ours is not known. */
void
totals_of(const struct intent *in, uint32_t part, struct total *t)
{
	size_t i;

	for (i = 0; i < TOTAL_KINDS; i++)
		t[i] = (struct total){ .has = true, .known = KNOWN_PROVEN };
	for (i = 0; i < in->nfact; i++) {
		const struct fact *f = &in->fact[i];

		if (part != PART_ALL && f->part != part)
			continue;
		if (f->kind == FACT_SPEND && (f->ours || !f->has_amount))
			add(&t[TOTAL_IN], f);
		else if (f->kind == FACT_CHANGE)
			add(&t[TOTAL_CHANGE], f);
		else if (f->kind == FACT_PAY ||
		    (f->kind == FACT_DATA && f->has_amount))
			add(&t[TOTAL_PAY], f);
		else if (f->kind == FACT_FEE)
			add(&t[TOTAL_FEE], f);
	}
}

static bool
worse(const struct finding *a, const struct finding *b)
{
	if (a->level != b->level)
		return a->level > b->level;
	return strcmp(a->code, b->code) < 0;
}

/* Worst first, then by code.  A few dozen at most. */
static void
arrange(struct judgement *j)
{
	size_t i, k;

	for (i = 1; i < j->n; i++) {
		struct finding f = j->finding[i];

		for (k = i; k > 0 && worse(&f, &j->finding[k - 1]); k--)
			j->finding[k] = j->finding[k - 1];
		j->finding[k] = f;
	}
}

enum err
judge(const struct intent *in, struct arena *a, struct judgement *out)
{
	struct strike strike[RULES] = { 0 };
	struct judgement j = { .verdict = VERDICT_ALLOW };
	enum err e;
	size_t i;

	if ((j.finding = arena_new(a, struct finding, RULES)) == NULL)
		return ERR_SPACE;
	totals_of(in, PART_ALL, j.total);
	traits(in, strike);
	frozen(in, strike);
	if ((e = rule_fee(in, j.total, a, strike)) != 0 ||
	    (e = rule_path(in, a, strike)) != 0)
		return e;
	for (i = 0; i < RULES; i++)
		if ((e = find(in, a, i, &strike[i], &j)) != 0)
			return e;
	arrange(&j);
	*out = j;
	return 0;
}
