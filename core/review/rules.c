#include <stdio.h>

#include "core/review/rules/rule.h"

static const struct {
	const char	*code, *text;
	enum level	 level;
} rules[RULES] = {
#define X(name, what, lvl, words)					\
	[TRAIT_##name] = { .code = what, .text = words, .level = LEVEL_##lvl },
	TRAIT_LIST(X)
#undef X
	[RULE_FEE_HIGH] = { "fee.high",
	    "the fee is high; check that this is what you want", LEVEL_WARN },
	[RULE_FEE_ABSURD] = { "fee.absurd",
	    "the fee is absurd; make the transaction again with a lower one",
	    LEVEL_REFUSE },
	[RULE_PATH_ACCOUNT] = { "path.account",
	    "it goes to another account of yours than the coins came from; "
	    "check that you meant it", LEVEL_WARN },
	[RULE_PATH_GAP] = { "path.gap",
	    "the index is far beyond those your coins show; a wallet may not "
	    "look that far", LEVEL_WARN },
};

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

bool
code_help(size_t i, struct code_help *out)
{
	enum err e = (enum err)(i - RULES + 1);

	if (i < RULES) {
		*out = (struct code_help){ .code = rules[i].code,
		    .text = rules[i].text, .advice = "",
		    .level = rules[i].level };
		return true;
	}
	if (i - RULES + 1 >= ERR_COUNT)
		return false;
	*out = (struct code_help){ .code = err_code(e), .text = err_text(e),
	    .advice = err_advice(e), .level = LEVEL_REFUSE };
	return true;
}

void
code_sentence(const struct code_help *h, char out[FAULT_TEXT_MAX])
{
	(void)snprintf(out, FAULT_TEXT_MAX, "%s%s%s", h->text,
	    h->advice[0] != '\0' ? "; " : "", h->advice);
}

static void
place(struct places *p, uint32_t index)
{
	if (p->n < PLACES_SHOWN)
		p->first[p->n] = index;
	p->n++;
}

void
strike_fact(struct strike *s, const struct fact *f)
{
	switch (f->kind) {
	case FACT_SPEND:
		place(&s->in, f->index);
		break;
	case FACT_PAY:
	case FACT_CHANGE:
	case FACT_DATA:
		place(&s->out, f->index);
		break;
	case FACT_FEE:
	case FACT_GRANT:
	case FACT_TIMING:
	case FACT_MESSAGE:
	case FACT_IMPORT:
	case FACT_KINDS:
		s->file = true;
		break;
	}
	if (f->why[0] != '\0' && s->why == NULL)
		s->why = f->why;
}

/* "input 3", "inputs 0, 2 and 5", "inputs 0, 1, 2 and 997 more". */
static enum err
places_text(struct arena *a, const char *word, const struct places *p,
    const char **out)
{
	const uint32_t *n = p->first;
	char *s;

	if (p->n == 1)
		s = arena_text(a, "%s %u", word, n[0]);
	else if (p->n == 2)
		s = arena_text(a, "%ss %u and %u", word, n[0], n[1]);
	else if (p->n == 3)
		s = arena_text(a, "%ss %u, %u and %u", word, n[0], n[1],
		    n[2]);
	else
		s = arena_text(a, "%ss %u, %u, %u and %u more", word, n[0],
		    n[1], n[2], p->n - PLACES_SHOWN);
	*out = s;
	return s == NULL ? ERR_SPACE : ERR_NONE;
}

static const char *
subject(const struct intent *in)
{
	size_t i;

	for (i = 0; i < in->nfact; i++)
		if (in->fact[i].kind == FACT_MESSAGE)
			return "this message";
	return "this transaction";
}

static enum err
where_text(const struct intent *intent, struct arena *a,
    const struct strike *s, const char **out)
{
	const char *in = NULL, *to = NULL;
	enum err e;

	*out = subject(intent);
	if (s->in.n > 0 && (e = places_text(a, "input", &s->in, &in)) != 0)
		return e;
	if (s->out.n > 0 && (e = places_text(a, "output", &s->out, &to)) != 0)
		return e;
	if (in != NULL && to != NULL)
		*out = arena_text(a, "%s, %s", in, to);
	else if (in != NULL || to != NULL)
		*out = in != NULL ? in : to;
	return *out == NULL ? ERR_SPACE : ERR_NONE;
}

static enum err
find(const struct intent *in, struct arena *a, size_t rule,
    const struct strike *s, struct judgement *j)
{
	struct finding *f = &j->finding[j->n];
	const char *where;
	bool why = s->why != NULL && s->why[0] != '\0';
	enum err e;

	if (s->in.n == 0 && s->out.n == 0 && !s->file)
		return 0;
	if ((e = where_text(in, a, s, &where)) != 0)
		return e;
	f->level = rules[rule].level;
	f->code = arena_text(a, "%s.%s", in->chain, rules[rule].code);
	f->text = arena_text(a, "%s: %s%s%s%s", where, rules[rule].text,
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

		for (t = 0; f->traits != 0 && t < TRAIT_COUNT; t++)
			if ((f->traits >> t & 1) != 0)
				strike_fact(&strike[t], f);
	}
	for (t = 0; t < TRAIT_COUNT; t++)
		if ((in->traits >> t & 1) != 0)
			strike[t].file = true;
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
static void
totals(const struct intent *in, struct total *t)
{
	size_t i;

	for (i = 0; i < TOTAL_KINDS; i++)
		t[i] = (struct total){ .has = true, .known = KNOWN_PROVEN };
	for (i = 0; i < in->nfact; i++) {
		const struct fact *f = &in->fact[i];

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
	totals(in, j.total);
	traits(in, strike);
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
