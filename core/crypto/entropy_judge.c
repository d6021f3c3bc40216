/*
 * Refuses what no fair source gives.
 *
 * Counts: chi-square, Sum (seen - n/faces)^2 / (n/faces).  At the limits here
 * a fair die or coin is refused with a chance of less than 1e-6, whatever the
 * number of throws (the multinomial law summed up exactly, 1 to 512 throws).
 * Missing: at the number of throws from which it is asked, two given faces
 * are missing with (4/6)^42, any two with less than 15 times that: 6.1e-7.
 * Distance: what is fair is equal to what stands L before it with a chance of
 * 1/faces, each time anew.  k or more of m pairs are equal with a chance of at
 * most C(m,k) / faces^k; refused from where that is below 2^-31, for every L
 * and once more for the steps from each to the next: below 2 * 512 * 2^-31.
 */
#include "core/crypto/entropy.h"

#define RARE (1.0 / (1u << 31))

struct law {
	uint32_t	faces;		/* values of a face */
	uint32_t	odds;		/* one in so many is alike */
	uint32_t	chi;		/* 0: counts are not judged */
	uint32_t	missing_from;	/* 0: nor these */
	bool		half;		/* at most half may be alike */
	const char	*name;
};

/* Cards are dealt from a deck, so their counts are even by themselves.  The
 * moments of key presses are not fair: one bit a press is all they count. */
static const struct law laws[SOURCES] = {
	[SOURCE_DICE] = { 6, 6, 42, 42, false, "dice" },
	[SOURCE_COINS] = { 2, 2, 26, 0, false, "coins" },
	[SOURCE_CARDS] = { ENTROPY_DECK, ENTROPY_DECK, 0, 0, false, "cards" },
	[SOURCE_KEYS] = { ENTROPY_MOMENTS, 2, 0, 0, true, "key presses" },
};

/* The faces of one source alone. */
struct run {
	uint8_t		face[ENTROPY_EVENTS];
	uint32_t	n;
};

/* 1 when equal, else 0, without a branch. */
static uint32_t
equal(uint32_t a, uint32_t b)
{
	return ct_zero(a ^ b) & 1;
}

/* 1 when a >= b, both below 2^31. */
static uint32_t
at_least(uint32_t a, uint32_t b)
{
	return ct_opaque(1 ^ ((a - b) >> 31));
}

static void
run_of(const struct entropy *e, enum entropy_source s, struct run *r)
{
	size_t i;

	r->n = 0;
	for (i = 0; i < e->n; i++)
		if (e->source[i] == s)
			r->face[r->n++] = e->face[i];
}

/* From each face to the next, round the circle of faces. */
static void
steps_of(const struct run *r, uint32_t faces, struct run *out)
{
	uint32_t i;

	out->n = r->n > 0 ? r->n - 1 : 0;
	for (i = 0; i < out->n; i++) {
		uint32_t d = r->face[i + 1] + faces - r->face[i];

		out->face[i] = (uint8_t)(d - faces * at_least(d, faces));
	}
}

/* The least k of m pairs, equal with one chance in odds each, that is rare;
 * m + 1 when even all of them are not. */
static uint32_t
too_many(uint32_t m, uint32_t odds)
{
	double p = 1;
	uint32_t k;

	for (k = 1; k <= m; k++) {
		p = p * (m - k + 1) / k / odds;
		if (p < RARE)
			return k;
	}
	return m + 1;
}

static uint32_t
comes_again(const struct run *r, uint32_t odds)
{
	uint32_t lag, i, hits, found = 0;

	for (lag = 1; lag < r->n; lag++) {
		for (hits = 0, i = 0; i + lag < r->n; i++)
			hits += equal(r->face[i], r->face[i + lag]);
		found |= at_least(hits, too_many(r->n - lag, odds));
	}
	return found;
}

struct shape {
	uint32_t uneven, missing, alike;
};

static struct shape
counts(const struct run *r, const struct law *l)
{
	uint32_t f, i, squares = 0, none = 0;
	struct shape s = { 0 };

	for (f = 0; f < l->faces; f++) {
		uint32_t c = 0;

		for (i = 0; i < r->n; i++)
			c += equal(r->face[i], f);
		squares += c * c;
		none += equal(c, 0);
		s.alike |= at_least(2 * c, r->n + 1);
	}
	/* faces * squares / n - n >= chi, without a division */
	s.uneven = at_least(l->faces * squares, r->n * (r->n + l->chi));
	s.missing = at_least(none, 2);
	return s;
}

/* A handful alike means nothing; what is asked of counts begins here. */
#define HANDFUL 16

static const char *
why_not(const struct run *r, const struct law *l)
{
	struct run steps;
	struct shape s = counts(r, l);
	uint32_t again = comes_again(r, l->odds);

	steps_of(r, l->faces, &steps);
	again |= comes_again(&steps, l->odds);
	wipe(&steps, sizeof(steps));
	ct_public(&again, sizeof(again));	/* the owner is told */
	ct_public(&s, sizeof(s));
	if (l->missing_from > 0 && r->n >= l->missing_from && s.missing)
		return "two or more faces never came";
	if (l->chi > 0 && r->n > 0 && s.uneven)
		return "some come far too often";
	if (l->half && r->n >= HANDFUL && s.alike)
		return "they come at one beat";
	return again != 0 ? "they follow a pattern" : NULL;
}

enum err
entropy_judge(const struct entropy *e, struct fault *f)
{
	struct entropy_tally t = entropy_tally(e);
	const char *why = NULL;
	struct run r;
	int s;

	for (s = 0; s < SOURCES && why == NULL; s++) {
		run_of(e, (enum entropy_source)s, &r);
		why = why_not(&r, &laws[s]);
		if (why != NULL)
			fault_set(f, (size_t)s, "%s: %s", laws[s].name, why);
	}
	wipe(&r, sizeof(r));
	if (why != NULL)
		return ERR_REFUSED;
	if (t.have < t.need) {
		fault_set(f, 0, "not enough yet");
		return ERR_RANGE;
	}
	return 0;
}
