#include <string.h>

#include "core/crypto/shamir.h"
#include "core/keys/codex32.h"

__extension__ typedef unsigned __int128 u128;

#define PREFIX 3			/* "ms1" */
#define HEAD (1 + CODEX32_ID + 1)	/* threshold, identifier, index */
#define CHECK_SHORT 13
#define CHECK_LONG 15
#define SHORT_MAX 93			/* values, checksum included */
#define LONG_MIN 96
#define AT_SECRET 16			/* the value of 's' */
#define PADDING_MAX 4			/* bits */

/* 's' is the secret's. */
static const char alphabet[] = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
static const char indices[] = "acdefghjklmnpqrtuvwxyz023456789";

struct code {
	size_t		n;		/* values of the checksum */
	u128		gen[5], last;
};

#define WIDE(high, low) ((u128)(high) << 64 | (low))

static const struct code codes[2] = {
	{ CHECK_SHORT, {
	    WIDE(0x1, 0x9dc500ce73fde210), WIDE(0x1, 0xbfae00def77fe529),
	    WIDE(0x1, 0xfbd920fffe7bee52), WIDE(0x1, 0x739640bdeee3fdad),
	    WIDE(0x0, 0x7729a039cfc75f5a) }, WIDE(0x1, 0x0ce0795c2fd1e62a) },
	{ CHECK_LONG, {
	    WIDE(0x3d5, 0x9d273535ea62d897), WIDE(0x7a9, 0xbecb6361c6c51507),
	    WIDE(0x543, 0xf9b7e6c38d8a2a0e), WIDE(0x0c5, 0x77eaeccf1990d13c),
	    WIDE(0x188, 0x7f74f8dc71b10651) },
	    WIDE(0x433, 0x81e570bf4798ab26) },
};

static u128
mask(uint32_t bit)
{
	uint64_t m = (uint64_t)0 - ct_opaque(bit & 1);

	return WIDE(m, m);
}

/* A BCH code over GF(32), without a branch on what goes in. */
static u128
step(const struct code *c, u128 r, uint8_t v)
{
	unsigned top = 5 * ((unsigned)c->n - 1);
	uint32_t high = (uint32_t)(r >> top);
	size_t k;

	r = (r & (((u128)1 << top) - 1)) << 5 ^ v;
	for (k = 0; k < 5; k++)
		r ^= c->gen[k] & mask(high >> k);
	return r;
}

static u128
residue(const struct code *c, const uint8_t *v, size_t n)
{
	u128 r = 0x23181b3;
	size_t i;

	for (i = 0; i < n; i++)
		r = step(c, r, v[i]);
	return r;
}

/* The place where one other character would make the checksum right, or
 * SIZE_MAX: of what is left over, which is public by now, for the code is
 * linear. */
static size_t
slip(const struct code *c, u128 left, size_t n)
{
	u128 basis[5], sum;
	uint32_t v;
	size_t i, b;

	for (b = 0; b < 5; b++)
		basis[b] = (u128)1 << b;
	for (i = n; i-- > 0;) {
		for (v = 1, sum = 0; v < 32; v++) {
			sum ^= basis[__builtin_ctz(v)];
			if (sum == left)
				return i;
		}
		for (b = 0; b < 5; b++)
			basis[b] = step(c, basis[b], 0);
	}
	return SIZE_MAX;
}

static void
seal(struct codex32 *s)
{
	const struct code *c = &codes[s->n + CHECK_SHORT > SHORT_MAX];
	uint8_t v[CODEX32_VALUES] = { 0 };
	u128 r;
	size_t i;

	memcpy(v, s->v, s->n);
	r = residue(c, v, s->n + c->n) ^ c->last;
	for (i = 0; i < c->n; i++)
		s->v[s->n++] = (uint8_t)(r >> 5 * (c->n - 1 - i) & 31);
	wipe(v, sizeof(v));
	wipe(&r, sizeof(r));
}

/* The value of a character in small letters, 32 for none; all are compared. */
static uint32_t
value_of(uint8_t c)
{
	uint32_t i, v = 0;

	for (i = 0; i < 32; i++)
		v |= (i + 1) & ct_zero((uint32_t)(uint8_t)alphabet[i] ^ c);
	return v - 1;
}

static char
char_of(uint8_t v)
{
	uint32_t i, c = 0;

	for (i = 0; i < 32; i++)
		c |= (uint8_t)alphabet[i] & ct_zero(i ^ v);
	return (char)c;
}

static uint8_t
lower(uint8_t c)
{
	return (uint8_t)(c | (uint32_t)((uint8_t)(c - 'A') < 26) << 5);
}

bool
codex32_looks_so(struct span t)
{
	uint32_t differ;

	if (t.n <= PREFIX)
		return false;
	differ = (uint32_t)(lower(t.p[0]) ^ 'm') |
	    (uint32_t)(lower(t.p[1]) ^ 's') | (uint32_t)(t.p[2] ^ '1');
	ct_public(&differ, sizeof(differ));
	return differ == 0;
}

/* Characters to values; one case only. */
static enum err
fold(struct span text, struct codex32 *s)
{
	uint32_t up = 0, low = 0, none = 0, v;
	size_t i;

	for (i = 0; i < text.n; i++) {
		uint8_t c = text.p[i];

		up |= (uint32_t)((uint8_t)(c - 'A') < 26);
		low |= (uint32_t)((uint8_t)(c - 'a') < 26);
		if (i < PREFIX)
			continue;
		v = value_of(lower(c));
		none |= v >> 5;
		s->v[s->n++] = (uint8_t)(v & 31);
	}
	ct_public(&up, sizeof(up));
	ct_public(&low, sizeof(low));
	ct_public(&none, sizeof(none));
	return (up != 0 && low != 0) || none != 0 ? ERR_FORM : ERR_NONE;
}

static size_t
payload(const struct codex32 *s)
{
	return s->n - HEAD - codes[s->n > SHORT_MAX].n;
}

/* Whole bytes of a seed, and at most four bits over. */
static bool
length_ok(const struct codex32 *s)
{
	size_t bits;

	if (s->n <= HEAD + CHECK_SHORT ||
	    (s->n > SHORT_MAX && s->n < LONG_MIN))
		return false;
	bits = payload(s) * 5;
	return bits / 8 >= 16 && bits / 8 <= SEED_MAX &&
	    bits % 8 <= PADDING_MAX;
}

unsigned
codex32_need(const struct codex32 *s)
{
	return (unsigned)(char_of(s->v[0]) - '0');
}

char
codex32_index(const struct codex32 *s)
{
	return char_of(s->v[HEAD - 1]);
}

static enum err
check(struct codex32 *s, size_t *bad)
{
	const struct code *c = &codes[s->n > SHORT_MAX];
	u128 r = residue(c, s->v, s->n) ^ c->last;
	unsigned need;

	ct_public(&r, sizeof(r));
	if (r != 0) {
		*bad = slip(c, r, s->n);
		*bad += *bad != SIZE_MAX ? PREFIX : 0;
		return ERR_CHECKSUM;
	}
	ct_public(s->v, HEAD);
	need = codex32_need(s);
	if (need > 9 || need == 1 || (need == 0 && codex32_index(s) != 's'))
		return ERR_RANGE;
	return 0;
}

enum err
codex32_read(struct span text, struct codex32 *out, size_t *bad)
{
	struct codex32 s = { 0 };
	enum err e;

	if (!codex32_looks_so(text))
		return ERR_FORM;
	if (text.n - PREFIX > CODEX32_VALUES)
		return ERR_RANGE;
	if ((e = fold(text, &s)) == 0 && !length_ok(&s))
		e = ERR_RANGE;
	if (e == 0 && (e = check(&s, bad)) == 0)
		*out = s;
	wipe(&s, sizeof(s));
	return e;
}

void
codex32_text(const struct codex32 *s, char out[CODEX32_TEXT_MAX])
{
	size_t i;

	memcpy(out, "ms1", PREFIX);
	for (i = 0; i < s->n; i++)
		out[PREFIX + i] = char_of(s->v[i]);
	out[PREFIX + i] = '\0';
}

enum err
codex32_add(struct codex32_set *set, const struct codex32 *s)
{
	const struct codex32 *first = &set->share[0];
	size_t i;

	if (set->n > 0 && (s->n != first->n ||
	    memcmp(s->v, first->v, HEAD - 1) != 0))
		return ERR_MIXED;
	for (i = 0; i < set->n; i++)
		if (set->share[i].v[HEAD - 1] == s->v[HEAD - 1])
			return ERR_DUPLICATE;
	if (set->n == CODEX32_SHARES)
		return ERR_SPACE;
	set->share[set->n++] = *s;
	return 0;
}

/* The checksum is linear: the row of it is its own. */
static enum err
at(const struct codex32_set *set, uint8_t x, struct codex32 *out)
{
	size_t i, need = codex32_need(&set->share[0]);
	struct shamir_row row[CODEX32_SHARES];

	for (i = 0; i < need; i++)
		row[i] = (struct shamir_row){ set->share[i].v[HEAD - 1],
		    set->share[i].v };
	out->n = set->share[0].n;
	return shamir_at(FIELD_32, row, need, x, out->v, out->n);
}

enum err
codex32_at(const struct codex32_set *set, char index, struct codex32 *out)
{
	uint32_t x = value_of((uint8_t)index);

	if (set->n == 0 || codex32_need(&set->share[0]) == 0 ||
	    set->n < codex32_need(&set->share[0]))
		return ERR_MISSING;
	return x > 31 ? ERR_RANGE : at(set, (uint8_t)x, out);
}

static void
seed_of(const struct codex32 *s, struct seed *out)
{
	uint32_t bits = 0;
	unsigned have = 0;
	size_t i;

	out->n = 0;
	for (i = 0; i < payload(s); i++) {
		bits = bits << 5 | s->v[HEAD + i];
		if ((have += 5) >= 8) {
			have -= 8;
			out->b[out->n++] = (uint8_t)(bits >> have);
		}
	}
	wipe(&bits, sizeof(bits));
}

/* Those beyond what is needed must lie where the others say. */
static enum err
rest_fits(const struct codex32_set *set)
{
	size_t i, need = codex32_need(&set->share[0]);
	struct codex32 other;
	bool same = true;
	enum err e = 0;

	for (i = need; e == 0 && i < set->n; i++) {
		e = at(set, set->share[i].v[HEAD - 1], &other);
		same &= ct_equal(other.v, set->share[i].v, other.n);
	}
	wipe(&other, sizeof(other));
	ct_public(&same, sizeof(same));		/* the owner is told */
	return e == 0 && !same ? ERR_MISMATCH : e;
}

enum err
codex32_join(const struct codex32_set *set, struct seed *out)
{
	struct codex32 secret;
	enum err e = 0;
	size_t i;

	if (set->n == 0)
		return ERR_MISSING;
	if (codex32_need(&set->share[0]) > 0 &&
	    set->n >= codex32_need(&set->share[0])) {
		if ((e = rest_fits(set)) == 0 &&
		    (e = at(set, AT_SECRET, &secret)) == 0)
			seed_of(&secret, out);
		wipe(&secret, sizeof(secret));
		return e;
	}
	for (i = 0; i < set->n; i++)
		if (codex32_index(&set->share[i]) == 's') {
			seed_of(&set->share[i], out);
			return 0;
		}
	return ERR_MISSING;
}

static void
head(struct codex32 *s, const uint8_t id[CODEX32_ID], unsigned need,
    uint8_t index)
{
	size_t i;

	s->n = HEAD;
	s->v[0] = (uint8_t)value_of((uint8_t)('0' + need));
	for (i = 0; i < CODEX32_ID; i++)
		s->v[1 + i] = id[i] & 31;
	s->v[HEAD - 1] = index;
}

/* The seed's bits, zeros after the last. */
static void
of_seed(const struct seed *seed, struct codex32 *s)
{
	uint32_t bits = 0;
	unsigned have = 0;
	size_t i;

	for (i = 0; i < seed->n; i++) {
		bits = bits << 8 | seed->b[i];
		for (have += 8; have >= 5; have -= 5)
			s->v[s->n++] = bits >> (have - 5) & 31;
	}
	if (have > 0)
		s->v[s->n++] = (uint8_t)(bits << (5 - have) & 31);
	wipe(&bits, sizeof(bits));
}

/* A share that is chance alone. */
static void
of_chance(size_t n, fill_random *fill, struct codex32 *s)
{
	size_t i;

	fill(s->v + HEAD, n);
	for (i = 0; i < n; i++)
		s->v[HEAD + i] &= 31;
	s->n += n;
}

enum err
codex32_split(const struct seed *seed, const uint8_t id[CODEX32_ID],
    unsigned need, size_t n, fill_random *fill, struct codex32_set *out)
{
	struct codex32_set base = { 0 };
	struct codex32 *s = &base.share[0];
	size_t i;
	enum err e = 0;

	if (seed->n < 16 || seed->n > SEED_MAX || need == 1 || need > 9 ||
	    n > CODEX32_SHARES || n < need || (need == 0 && n != 1))
		return ERR_RANGE;
	head(s, id, need, AT_SECRET);
	of_seed(seed, s);
	for (i = 1; i < need; i++) {
		head(&base.share[i], id, need,
		    (uint8_t)value_of((uint8_t)indices[i - 1]));
		of_chance(s->n - HEAD, fill, &base.share[i]);
		seal(&base.share[i]);
	}
	seal(s);
	base.n = need > 0 ? need : 1;
	*out = base;
	for (i = 0; e == 0 && need > 0 && i < n; i++)
		e = at(&base, (uint8_t)value_of((uint8_t)indices[i]),
		    &out->share[i]);
	out->n = n;
	wipe(&base, sizeof(base));
	return e;
}
