#include "core/crypto/entropy.h"
#include "core/crypto/hash.h"

#define MOMENT_MS 8	/* keyboards are asked as seldom as that */

static const struct {
	uint8_t		letter;
	uint8_t		size;		/* bytes of an event */
	uint32_t	bits;		/* thousandths; a card's depend */
} kind[SOURCES] = {
	[SOURCE_DICE] = { 'd', 1, 2584 },
	[SOURCE_COINS] = { 'c', 1, 1000 },
	[SOURCE_CARDS] = { 'k', 2, 0 },
	[SOURCE_KEYS] = { 't', 6, 1000 },
};

/* floor(1000 log2(52 - i)): what the next card tells after i of them. */
static const uint16_t card_bits[ENTROPY_DECK] = {
	5700, 5672, 5643, 5614, 5584, 5554, 5523, 5491, 5459, 5426, 5392, 5357,
	5321, 5285, 5247, 5209, 5169, 5129, 5087, 5044, 5000, 4954, 4906, 4857,
	4807, 4754, 4700, 4643, 4584, 4523, 4459, 4392, 4321, 4247, 4169, 4087,
	4000, 3906, 3807, 3700, 3584, 3459, 3321, 3169, 3000, 2807, 2584, 2321,
	2000, 1584, 1000, 0,
};

enum err
entropy_begin(struct entropy *e, enum entropy_mode mode, unsigned words)
{
	if (mode >= ENTROPY_MODES || (words != 12 &&
	    words != 24 && words != 25))
		return ERR_RANGE;
	wipe(e, sizeof(*e));
	e->mode = mode;
	e->words = words;
	return 0;
}

/* One more than the place of c in a list of faces; 0 when it is not there. */
static uint32_t
place(const char *faces, uint8_t c)
{
	uint32_t i, at = 0;

	for (i = 0; faces[i] != '\0'; i++)
		at |= ct_zero((uint32_t)((uint8_t)faces[i] ^ c)) & (i + 1);
	return at;
}

static uint32_t
card(const uint8_t *p)
{
	uint32_t rank = place("A23456789TJQK", p[0]);
	uint32_t suit = place("SHDC", p[1]);

	/* 0 unless both are there */
	return ((suit - 1) * 13 + rank) & ~ct_zero(rank) & ~ct_zero(suit);
}

static uint32_t
moment(const uint8_t *p)
{
	uint32_t m = (p[4] | (uint32_t)p[5] << 8) / MOMENT_MS;
	uint32_t over = 0u - ((ENTROPY_MOMENTS - 1 - m) >> 31);

	return 1 + ((m & ~over) | ((ENTROPY_MOMENTS - 1) & over));
}

/* From 1; 0 for what the source does not have. */
static uint32_t
face_of(enum entropy_source s, const uint8_t *p)
{
	switch (s) {
	case SOURCE_DICE: return place("123456", p[0]);
	case SOURCE_COINS: return place("HT", p[0]);
	case SOURCE_CARDS: return card(p);
	case SOURCE_KEYS: return moment(p);
	case SOURCES: break;
	}
	return 0;
}

static size_t
events_of(const struct entropy *e, enum entropy_source s)
{
	size_t i, n = 0;

	for (i = 0; i < e->n; i++)
		n += e->source[i] == s;
	return n;
}

/* Was this card dealt since the last shuffle? */
static uint32_t
dealt(const struct entropy *e, uint32_t face)
{
	size_t i, k = 0, n = events_of(e, SOURCE_CARDS);
	uint32_t hit = 0;

	for (i = 0; i < e->n; i++) {
		if (e->source[i] != SOURCE_CARDS)
			continue;
		if (k++ >= n - n % ENTROPY_DECK)
			hit |= ct_zero(e->face[i] ^ face);
	}
	return hit;
}

/* The same key as in the press before this one. */
static uint32_t
held(const struct entropy *e, const uint8_t *p)
{
	const uint8_t *last;
	uint32_t diff = 0;
	size_t i;

	if (e->n == 0 || e->source[e->n - 1] != SOURCE_KEYS)
		return 0;
	last = e->text + e->ntext - 6;
	for (i = 0; i < 4; i++)
		diff |= (uint32_t)(last[i] ^ p[i]);
	return ct_zero(diff);
}

static void
append(struct entropy *e, enum entropy_source s, const uint8_t *p,
    uint32_t face)
{
	if (e->mode == ENTROPY_MIXED)
		e->text[e->ntext++] = kind[s].letter;
	memcpy(e->text + e->ntext, p, kind[s].size);
	e->ntext += kind[s].size;
	e->source[e->n] = (uint8_t)s;
	e->face[e->n++] = (uint8_t)(face - 1);
}

static enum err
take(struct entropy *e, enum entropy_source s, const uint8_t *p,
    struct fault *f)
{
	uint32_t face = face_of(s, p), bad = ct_zero(face), again = 0;

	if (e->n == ENTROPY_EVENTS) {
		fault_set(f, 0, "%d are the most", ENTROPY_EVENTS);
		return ERR_SPACE;
	}
	if (s == SOURCE_CARDS)
		again = dealt(e, face - 1);
	else if (s == SOURCE_KEYS)
		again = held(e, p);
	ct_public(&bad, sizeof(bad));		/* the owner is told */
	ct_public(&again, sizeof(again));
	if (bad != 0) {
		fault_set(f, 0, "no such face");
		return ERR_FORM;
	}
	if (again != 0) {
		fault_set(f, 0, "%s", s == SOURCE_CARDS ?
		    "this card was dealt already" :
		    "the same key twice running does not count");
		return ERR_DUPLICATE;
	}
	append(e, s, p, face);
	return 0;
}

enum err
entropy_feed(struct entropy *e, enum entropy_source s, struct span part,
    struct fault *f)
{
	size_t i, n = e->n;
	enum err err = 0;

	if (s >= SOURCES || (e->mode == ENTROPY_DICE && s != SOURCE_DICE)) {
		fault_set(f, 0, "not a source for this key");
		return ERR_STATE;
	}
	if (part.n % kind[s].size != 0) {
		fault_set(f, part.n, "half an event");
		return ERR_FORM;
	}
	for (i = 0; i < part.n && err == 0; i += kind[s].size)
		err = take(e, s, part.p + i, f);
	while (err != 0 && e->n > n)
		entropy_undo(e);
	return err;
}

void
entropy_undo(struct entropy *e)
{
	size_t size;

	if (e->n == 0)
		return;
	size = kind[e->source[--e->n]].size;
	size += e->mode == ENTROPY_MIXED ? 1 : 0;
	e->ntext -= size;
	wipe(e->text + e->ntext, size);
	e->face[e->n] = 0;
}

struct entropy_tally
entropy_tally(const struct entropy *e)
{
	struct entropy_tally t = { .need = ENTROPY_MIXED_NEED };
	size_t i;

	for (i = 0; i < e->n; i++) {
		enum entropy_source s = (enum entropy_source)e->source[i];

		t.have += s == SOURCE_CARDS ?
		    card_bits[t.events[s] % ENTROPY_DECK] : kind[s].bits;
		t.events[s]++;
	}
	if (e->mode == ENTROPY_DICE) {
		t.have = t.events[SOURCE_DICE];
		t.need = e->words == 12 ? 50 : 99;
	}
	return t;
}

enum err
entropy_end(const struct entropy *e, const struct secret32 *kernel,
    struct secret32 *out, size_t *n, struct fault *f)
{
	struct sha256 h;
	struct hash32 sum;
	enum err err;

	if ((err = entropy_judge(e, f)) != 0)
		return err;
	sha256_begin(&h);
	if (e->mode == ENTROPY_MIXED)
		sha256_put(&h, SPAN_OF(kernel->b));
	sha256_put(&h, span_of(e->text, e->ntext));
	sha256_end(&h, &sum);
	*n = e->words == 12 ? 16 : 32;
	wipe(out, sizeof(*out));
	memcpy(out->b, sum.b, *n);
	wipe(&sum, sizeof(sum));
	wipe(&h, sizeof(h));
	return 0;
}
