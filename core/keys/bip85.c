#include <string.h>

#include "core/crypto/kdf.h"
#include "core/crypto/keccak.h"
#include "core/encode/base58.h"
#include "core/encode/hex.h"
#include "core/keys/bip39.h"
#include "core/keys/bip85.h"

#define PURPOSE 83696968u
#define WIF_VERSION 0x80
#define SHAKE_RATE 136

static const uint32_t app[CHILD_KINDS] = {
	[CHILD_WORDS] = 39,
	[CHILD_WIF] = 2,
	[CHILD_XPRV] = 32,
	[CHILD_HEX] = 128169,
	[CHILD_BASE64] = 707764,
	[CHILD_BASE85] = 707785,
	[CHILD_DICE] = 89101,
};

static void
down(struct path *p, uint32_t e)
{
	p->e[p->n++] = e | HARDENED;
}

enum err
bip85_path(const struct child *c, struct path *out)
{
	struct path p = { 0 };
	const struct child_form *form = child_form(c->kind);

	if (form == NULL || c->index >= HARDENED ||
	    c->size < form->least || c->size > form->most ||
	    (c->size - form->least) % form->step != 0 ||
	    (c->kind == CHILD_DICE && (c->sides < 2 || c->sides > 1000)))
		return ERR_RANGE;
	down(&p, PURPOSE);
	down(&p, app[c->kind]);
	if (c->kind == CHILD_WORDS)
		down(&p, 0);			/* English */
	if (c->kind == CHILD_DICE)
		down(&p, c->sides);
	if (form->most > 0)
		down(&p, c->size);
	down(&p, c->index);
	*out = p;
	return 0;
}

enum err
bip85_entropy(const struct xprv *master, const struct path *path,
    struct secret64 *out)
{
	struct xprv x;
	enum err e;

	if ((e = xprv_derive(master, path, &x)) == 0)
		hmac_sha512(span_text("bip-entropy-from-k"),
		    SPAN_OF(x.key.b), out);
	wipe(&x, sizeof(x));
	return e;
}

/* The digit of an alphabet, all of which is read. */
static char
digit(const char *alphabet, uint32_t n, uint32_t value)
{
	uint32_t i, c = 0;

	for (i = 0; i < n; i++)
		c |= (uint8_t)alphabet[i] & ct_zero(i ^ value);
	return (char)c;
}

/* In base 64 three bytes are four characters, in base 85 four are five. */
static void
in_base64(const struct secret64 *in, uint32_t size, char *out)
{
	static const char set[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789+/";
	uint32_t i, bits, at;

	for (i = 0; i < size; i++) {
		at = i * 6 / 8;
		bits = (uint32_t)in->b[at] << 8 |
		    (at + 1 < sizeof(in->b) ? in->b[at + 1] : 0u);
		out[i] = digit(set, 64, bits >> (10 - i * 6 % 8) & 63);
	}
	out[size] = '\0';
}

static void
in_base85(const struct secret64 *in, uint32_t size, char *out)
{
	static const char set[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~";
	static const uint32_t power[5] = { 52200625, 614125, 7225, 85, 1 };
	const uint8_t *p;
	uint32_t i, v;

	for (i = 0; i < size; i++) {
		p = in->b + i / 5 * 4;
		v = (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
		    (uint32_t)p[2] << 8 | p[3];
		out[i] = digit(set, 85, v / power[i % 5] % 85);
	}
	out[size] = '\0';
}

/* SHAKE256 of the 64 bytes, a byte at a time. */
struct shake {
	uint64_t	lane[25];
	size_t		at;
};

static void
shake_begin(const struct secret64 *in, struct shake *s)
{
	size_t i;

	*s = (struct shake){ 0 };
	for (i = 0; i < sizeof(in->b); i++)
		s->lane[i / 8] ^= (uint64_t)in->b[i] << 8 * (i % 8);
	s->lane[sizeof(in->b) / 8] ^= 0x1f;
	s->lane[SHAKE_RATE / 8 - 1] ^= (uint64_t)0x80 << 56;
	keccak_f(s->lane);
}

static uint32_t
shake_byte(struct shake *s)
{
	if (s->at == SHAKE_RATE) {
		keccak_f(s->lane);
		s->at = 0;
	}
	s->at++;
	return (uint8_t)(s->lane[(s->at - 1) / 8] >> 8 * ((s->at - 1) % 8));
}

/* As many bits as a face needs, from the top; too many, and the next. */
static uint32_t
roll(struct shake *s, uint32_t sides)
{
	uint32_t bits = 1, v, over;

	while (1u << bits < sides)
		bits++;
	do {
		v = shake_byte(s);
		if (bits > 8)
			v = v << 8 | shake_byte(s);
		v >>= (bits > 8 ? 16 : 8) - bits;
		over = (sides - 1 - v) >> 31;
		ct_public(&over, sizeof(over));	/* not a roll, thrown away */
	} while (over != 0);
	return v;
}

/* The figures, which the owner reads; how long they are shows. */
static enum err
in_rolls(const struct secret64 *in, const struct child *c, char *out)
{
	struct shake s;
	uint32_t i, v;
	size_t n = 0;

	shake_begin(in, &s);
	for (i = 0; i < c->size && n + 5 < BIP85_TEXT_MAX; i++) {
		v = roll(&s, c->sides);
		ct_public(&v, sizeof(v));
		if (i > 0)
			out[n++] = ',';
		if (v >= 100)
			out[n++] = (char)('0' + v / 100);
		if (v >= 10)
			out[n++] = (char)('0' + v / 10 % 10);
		out[n++] = (char)('0' + v % 10);
	}
	out[n] = '\0';
	wipe(&s, sizeof(s));
	return i == c->size ? ERR_NONE : ERR_RANGE;
}

/* The version, the key, and that its public key is a compressed one. */
static enum err
in_wif(const struct secret64 *in, char *out)
{
	uint8_t raw[34];
	enum err e;

	raw[0] = WIF_VERSION;
	memcpy(raw + 1, in->b, 32);
	raw[33] = 1;
	ct_public(raw, sizeof(raw));	/* base58 is for the eye */
	e = base58check_text(SPAN_OF(raw), out, BIP85_TEXT_MAX);
	wipe(raw, sizeof(raw));
	return e;
}

/* A master key: the chain code first. */
static enum err
in_xprv(const struct secret64 *in, char *out)
{
	static const uint8_t version[4] = { 0x04, 0x88, 0xad, 0xe4 };
	uint8_t raw[XPUB_SIZE] = { 0 };
	enum err e;

	memcpy(raw, version, sizeof(version));
	memcpy(raw + 13, in->b, 32);
	memcpy(raw + 46, in->b + 32, 32);
	ct_public(raw, sizeof(raw));
	e = base58check_text(SPAN_OF(raw), out, BIP85_TEXT_MAX);
	wipe(raw, sizeof(raw));
	return e;
}

static enum err
in_words(const struct secret64 *in, uint32_t size, char *out)
{
	struct mnemonic m;
	enum err e = bip39_of_entropy(span_of(in->b, size / 3 * 4), &m);

	if (e == 0)
		bip39_text(&m, out);
	wipe(&m, sizeof(m));
	return e;
}

enum err
bip85_child(const struct xprv *master, const struct child *c,
    char out[BIP85_TEXT_MAX])
{
	struct secret64 s;
	struct path p;
	enum err e;

	if ((e = bip85_path(c, &p)) != 0 ||
	    (e = bip85_entropy(master, &p, &s)) != 0)
		return e;
	if (c->kind == CHILD_WORDS)
		e = in_words(&s, c->size, out);
	else if (c->kind == CHILD_WIF)
		e = in_wif(&s, out);
	else if (c->kind == CHILD_XPRV)
		e = in_xprv(&s, out);
	else if (c->kind == CHILD_HEX)
		hex_text(span_of(s.b, c->size), out);
	else if (c->kind == CHILD_BASE64)
		in_base64(&s, c->size, out);
	else if (c->kind == CHILD_BASE85)
		in_base85(&s, c->size, out);
	else
		e = in_rolls(&s, c, out);
	wipe(&s, sizeof(s));
	return e;
}
