#include "core/chain/bitcoin/desc.h"
#include "core/encode/base58.h"
#include "core/encode/hex.h"

/* "73c5da0a/48h/1h/0h/2h" */
static enum err
read_origin(struct span s, struct keyref *out)
{
	char path[PATH_TEXT_MAX];
	size_t n;
	enum err e;

	if (s.n < 8 || s.n - 8 + 2 > sizeof(path))
		return ERR_FORM;
	if ((e = hex_bytes(span_of(s.p, 8), out->fpr.b, sizeof(out->fpr.b),
	    &n)) != 0)
		return e;
	path[0] = 'm';
	memcpy(path + 1, s.p + 8, s.n - 8);
	return path_of_text(span_of(path, s.n - 8 + 1), &out->path);
}

static enum err
read_plain(struct span s, bool tap, struct desc_key *k)
{
	struct xonly x;
	size_t n;
	enum err e;

	k->xpub = (struct xpub){ .depth = 0 };
	if (s.n == 64 && tap) {
		k->xpub.key.b[0] = 2;
		if ((e = hex_bytes(s, k->xpub.key.b + 1, 32, &n)) != 0)
			return e;
		memcpy(x.b, k->xpub.key.b + 1, sizeof(x.b));
		return xonly_check(&x);
	}
	if (s.n != 66)			/* 65 bytes are never used here */
		return ERR_KEY;
	if ((e = hex_bytes(s, k->xpub.key.b, 33, &n)) != 0 ||
	    (e = pub_check(&k->xpub.key)) != 0)
		return e;
	if (tap)			/* BIP341: both of one x are one key */
		k->xpub.key.b[0] = 2;
	return 0;
}

#define XKEY_CHARS_MIN 100
#define WIF_MAIN 0x80
#define WIF_TEST 0xef

/* SLIP-132 has other first letters than x and t. */
bool
desc_key_private(struct span w)
{
	uint8_t b[BASE58_MAX];
	size_t n;

	if (w.n >= XKEY_CHARS_MIN && memcmp(w.p + 1, "prv", 3) == 0)
		return true;
	return (w.n == 51 || w.n == 52) &&
	    base58check_bytes(w, b, sizeof(b), &n) == 0 && n >= 33 &&
	    (b[0] == WIF_MAIN || b[0] == WIF_TEST);
}

static enum err
read_body(struct span s, bool tap, struct desc_key *k)
{
	uint8_t b[BASE58_MAX];
	size_t n;
	enum err e;

	if (s.n == 64 || s.n == 66)
		return read_plain(s, tap, k);
	if (desc_key_private(s))
		return ERR_PRIVATE;
	if ((e = base58check_bytes(s, b, sizeof(b), &n)) != 0)
		return e;
	if ((e = xpub_of_bytes(span_of(b, n), &k->version, &k->xpub)) != 0)
		return ERR_KEY;
	k->extended = true;
	return k->version == XPUB_VERSION_MAIN ||
	    k->version == XPUB_VERSION_TEST ? ERR_NONE : ERR_KEY;
}

/* <0;1>: each once, two or more (BIP389). */
static enum err
read_alternatives(struct scan *s, struct desc_key *k)
{
	enum err e;
	uint32_t i;

	if (k->nalt > 0)
		return ERR_FORM;
	k->at = k->nstep;
	do {
		if (k->nalt == DESC_BRANCHES_MAX)
			return ERR_RANGE;
		if ((e = scan_number(s, HARDENED - 1, &k->alt[k->nalt])) != 0)
			return e;
		for (i = 0; i < k->nalt; i++)
			if (k->alt[i] == k->alt[k->nalt])
				return ERR_DUPLICATE;
		k->nalt++;
	} while (scan_take(s, ';'));
	return scan_take(s, '>') && k->nalt > 1 ? ERR_NONE : ERR_FORM;
}

/* What is below the key: no step of it may be hardened. */
static enum err
read_steps(struct scan *s, struct desc_key *k)
{
	enum err e;

	while (scan_take(s, '/')) {
		if (scan_take(s, '*')) {
			k->ranged = true;
			break;
		}
		if (k->nstep == LIMIT_PATH_DEPTH)
			return ERR_RANGE;
		e = scan_take(s, '<') ? read_alternatives(s, k) :
		    scan_number(s, HARDENED - 1, &k->step[k->nstep]);
		if (e != 0)
			return e;
		k->nstep++;
	}
	return scan_end(s) ? ERR_NONE : ERR_FORM;
}

enum err
desc_key_read(struct span text, bool tap, struct desc_key *out)
{
	struct desc_key k = { .text = text };
	struct scan s = { text, 0 };
	enum err e;

	if (scan_take(&s, '[')) {
		if ((e = read_origin(scan_until(&s, "]"), &k.origin)) != 0)
			return e;
		if (!scan_take(&s, ']'))
			return ERR_FORM;
		k.has_origin = true;
	}
	if ((e = read_body(scan_until(&s, "/"), tap, &k)) != 0 ||
	    (e = read_steps(&s, &k)) != 0)
		return e;
	if (!k.extended && (k.nstep > 0 || k.ranged))
		return ERR_FORM;
	*out = k;
	return 0;
}

enum err
desc_key_parent(const struct desc_key *k, uint32_t branch, struct xpub *out)
{
	struct xpub x = k->xpub;
	enum err e;
	uint32_t i;

	for (i = 0; i < k->nstep; i++)
		if ((e = xpub_child(&x, k->nalt > 0 && i == k->at ?
		    k->alt[branch] : k->step[i], &x)) != 0)
			return e;
	*out = x;
	return 0;
}

bool
desc_key_nobody(const struct desc_key *k)
{
	static const uint8_t nobody[32] = { 0x50, 0x92, 0x9b, 0x74, 0xc1,
	    0xa0, 0x49, 0x54, 0xb7, 0x8b, 0x4b, 0x60, 0x35, 0xe9, 0x7a, 0x5e,
	    0x07, 0x8a, 0x5a, 0x0f, 0x28, 0xec, 0x96, 0xd5, 0x47, 0xbf, 0xee,
	    0x9a, 0xce, 0x80, 0x3a, 0xc0 };

	return span_eq(span_of(k->xpub.key.b + 1, 32), SPAN_OF(nobody));
}
