#include <string.h>

#include "core/encode/bech32.h"

#define LAST_BECH32 1u			/* BIP173 */
#define LAST_BECH32M 0x2bc830a3u	/* BIP350 */
#define CHECK 6				/* characters of the checksum */

static const char alphabet[] = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

static uint32_t
polymod(uint32_t c, uint8_t v)
{
	static const uint32_t gen[5] = { 0x3b6a57b2, 0x26508e6d, 0x1ea119fa,
	    0x3d4233dd, 0x2a1462b3 };
	uint32_t top = c >> 25;
	size_t i;

	c = (c & 0x1ffffff) << 5 ^ v;
	for (i = 0; i < 5; i++)
		if ((top >> i & 1) != 0)
			c ^= gen[i];
	return c;
}

static uint32_t
polymod_hrp(const char *hrp, size_t n)
{
	uint32_t c = 1;
	size_t i;

	for (i = 0; i < n; i++)
		c = polymod(c, (uint8_t)hrp[i] >> 5);
	c = polymod(c, 0);
	for (i = 0; i < n; i++)
		c = polymod(c, hrp[i] & 31);
	return c;
}

/* Checks the characters and folds the case; mixed case is no address. */
static enum err
fold(struct span text, char *out)
{
	bool upper = false, lower = false;
	size_t i;

	if (text.n >= BECH32_TEXT_MAX)
		return ERR_FORM;
	for (i = 0; i < text.n; i++) {
		uint8_t c = text.p[i];

		if (c < 33 || c > 126)
			return ERR_FORM;
		if (c >= 'A' && c <= 'Z') {
			upper = true;
			c = (uint8_t)(c - 'A' + 'a');
		} else if (c >= 'a' && c <= 'z') {
			lower = true;
		}
		out[i] = (char)c;
	}
	out[text.n] = '\0';
	return upper && lower ? ERR_FORM : 0;
}

enum err
bech32_split(struct span text, struct bech32 *out)
{
	struct bech32 b = { 0 };
	char s[BECH32_TEXT_MAX], *one;
	uint32_t c;
	size_t i;
	enum err e;

	if ((e = fold(text, s)) != 0)
		return e;
	one = strrchr(s, '1');
	if (one == NULL || one == s)
		return ERR_FORM;
	b.n = text.n - (size_t)(one - s) - 1;
	if (b.n < CHECK)
		return ERR_FORM;
	memcpy(b.hrp, s, (size_t)(one - s));
	c = polymod_hrp(b.hrp, (size_t)(one - s));
	for (i = 0; i < b.n; i++) {
		const char *at = strchr(alphabet, one[1 + i]);

		if (at == NULL)
			return ERR_FORM;
		b.v[i] = (uint8_t)(at - alphabet);
		c = polymod(c, b.v[i]);
	}
	if (c != LAST_BECH32 && c != LAST_BECH32M)
		return ERR_CHECKSUM;
	b.m = c == LAST_BECH32M;
	b.n -= CHECK;
	*out = b;
	return 0;
}

static bool
length_ok(unsigned version, size_t n)
{
	return n >= 2 && n <= 40 && (version != 0 || n == 20 || n == 32);
}

/* Five-bit values to bytes; what is left over must be less than one value
 * and zero. */
static enum err
regroup(const uint8_t *v, size_t nv, uint8_t out[40], size_t *n)
{
	uint32_t bits = 0;
	unsigned have = 0;
	size_t i, o = 0;

	if (nv * 5 / 8 > 40)
		return ERR_RANGE;
	for (i = 0; i < nv; i++) {
		bits = (bits << 5 | v[i]) & 0xfff;
		have += 5;
		if (have >= 8) {
			have -= 8;
			out[o++] = (uint8_t)(bits >> have);
		}
	}
	if (have >= 5 || (bits & ((1u << have) - 1)) != 0)
		return ERR_FORM;
	*n = o;
	return 0;
}

enum err
segwit_bytes(const char *hrp, struct span text, unsigned *version,
    uint8_t program[40], size_t *n)
{
	struct bech32 b;
	uint8_t prog[40] = { 0 };
	size_t len;
	enum err e;

	if ((e = bech32_split(text, &b)) != 0)
		return e;
	if (strcmp(b.hrp, hrp) != 0 || b.n == 0)
		return ERR_FORM;
	if (b.v[0] > 16)
		return ERR_RANGE;
	if (b.m != (b.v[0] != 0))
		return ERR_CHECKSUM;
	if ((e = regroup(b.v + 1, b.n - 1, prog, &len)) != 0)
		return e;
	if (!length_ok(b.v[0], len))
		return ERR_RANGE;
	*version = b.v[0];
	memcpy(program, prog, len);
	*n = len;
	return 0;
}

/* Where characters go, and the checksum they have so far. */
struct tail {
	char	 out[BECH32_TEXT_MAX];
	size_t	 n;
	uint32_t check;
};

static void
tail_put(struct tail *t, uint8_t v)
{
	t->check = polymod(t->check, v);
	t->out[t->n++] = alphabet[v];
}

static void
tail_end(struct tail *t, uint32_t last)
{
	uint32_t c = t->check;
	size_t i;

	for (i = 0; i < CHECK; i++)
		c = polymod(c, 0);
	c ^= last;
	for (i = 0; i < CHECK; i++)
		t->out[t->n++] = alphabet[c >> (25 - 5 * i) & 31];
	t->out[t->n] = '\0';
}

enum err
segwit_text(const char *hrp, unsigned version, struct span program, char *out,
    size_t cap)
{
	struct tail t = { .n = strlen(hrp) + 1 };
	uint32_t bits = 0;
	unsigned have = 0;
	size_t i;

	if (version > 16 || !length_ok(version, program.n))
		return ERR_RANGE;
	if (t.n + 1 + (program.n * 8 + 4) / 5 + CHECK >= BECH32_TEXT_MAX)
		return ERR_SPACE;
	memcpy(t.out, hrp, t.n - 1);
	t.out[t.n - 1] = '1';
	t.check = polymod_hrp(hrp, t.n - 1);
	tail_put(&t, (uint8_t)version);
	for (i = 0; i < program.n; i++) {
		bits = (bits << 8 | program.p[i]) & 0xfff;
		for (have += 8; have >= 5; have -= 5)
			tail_put(&t, bits >> (have - 5) & 31);
	}
	if (have > 0)
		tail_put(&t, bits << (5 - have) & 31);
	tail_end(&t, version == 0 ? LAST_BECH32 : LAST_BECH32M);
	if (t.n >= cap)
		return ERR_SPACE;
	memcpy(out, t.out, t.n + 1);
	return 0;
}
