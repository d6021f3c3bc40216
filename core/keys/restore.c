#include "core/encode/hex.h"
#include "core/keys/gather.h"
#include "core/keys/monero_words.h"
#include "core/keys/polyseed.h"
#include "core/keys/wordlist.h"

#define HEX_DIGITS 64

enum form { FORM_BIP39, FORM_MONERO, FORM_POLYSEED, FORM_KEYS };

/* How many words, and are all as long as a key in hexadecimal digits? */
static enum form
form_of(struct span text)
{
	size_t n = 0, keys = 0;
	struct span w;

	while ((w = wordlist_cut(&text)).n > 0) {
		n++;
		keys += w.n == HEX_DIGITS;
	}
	if (n == MONERO_SEED_WORDS)
		return FORM_MONERO;
	if (n == POLYSEED_WORDS)
		return FORM_POLYSEED;
	return n > 0 && n <= 2 && keys == n ? FORM_KEYS : FORM_BIP39;
}

size_t
restore_complete(enum word_list list, struct span prefix, const char **first,
    bool *whole)
{
	size_t at = 0, n;

	if (list == LIST_MONERO) {
		*whole = monero_word_index(prefix) >= 0;
		n = monero_words_complete(prefix, &at);
		ct_public(&at, sizeof(at));
		*first = monero_english_table[at];
	} else if (list == LIST_SLIP39) {
		*whole = slip39_word_index(prefix) >= 0;
		n = slip39_complete(prefix, &at);
		ct_public(&at, sizeof(at));
		*first = slip39_words_table[at];
	} else {
		*whole = bip39_index(prefix) >= 0;
		n = bip39_complete(prefix, &at);
		ct_public(&at, sizeof(at));
		*first = bip39_english_table[at];
	}
	/* The answer, which the owner sees. */
	ct_public(&n, sizeof(n));
	ct_public(whole, sizeof(*whole));
	if (n == 0)
		*first = "";
	return n;
}

static enum err
say(enum err e, size_t bad, const char *what, struct fault *f)
{
	if (e == ERR_WORD)
		fault_set(f, bad, "word %zu", bad + 1);
	else if (e != 0)
		fault_set(f, 0, "%s", what);
	return e;
}

enum err
restore_seed(const struct seed *seed, struct seedkey *out, struct fault *f)
{
	struct xpub pub;
	enum err e;

	out->kind = KEY_BIP32;
	out->seed = *seed;
	out->words.n = 0;
	if ((e = xprv_of_seed(span_of(seed->b, seed->n),
	    &out->u.master)) != 0 ||
	    (e = xprv_neuter(&out->u.master, &pub)) != 0)
		fault_set(f, 0, "the seed");
	else
		out->fpr = fpr_of_pub(&pub.key);
	return e;
}

static enum err
to_bip32(const struct mnemonic *m, struct span passphrase,
    struct seedkey *out, struct fault *f)
{
	struct secret64 raw;
	struct seed seed = { .n = sizeof(raw.b) };
	enum err e;

	if ((e = bip39_seed(m, passphrase, &raw)) != 0)
		fault_set(f, 0, "the passphrase");
	memcpy(seed.b, raw.b, sizeof(raw.b));
	if (e == 0 && (e = restore_seed(&seed, out, f)) == 0)
		out->words = *m;
	wipe(&raw, sizeof(raw));
	wipe(&seed, sizeof(seed));
	return e;
}

static enum err
to_monero(const struct secret32 *seed, struct seedkey *out, struct fault *f)
{
	enum err e = monero_keys_of_seed(seed, &out->u.monero);

	out->kind = KEY_MONERO;
	out->seed.n = out->words.n = 0;
	if (e != 0)
		fault_set(f, 0, "the seed");
	else
		out->fpr = out->u.monero.viewer.fpr;
	return e;
}

static enum err
no_passphrase(struct span passphrase, struct fault *f)
{
	if (passphrase.n == 0)
		return 0;
	fault_set(f, 0, "a passphrase, for a Monero wallet");
	return ERR_REFUSED;
}

enum err
restore_mnemonic(const struct mnemonic *m, struct span passphrase,
    struct seedkey *out, struct fault *f)
{
	struct secret32 seed;
	size_t bad = 0;
	enum err e;

	if (m->n != MONERO_SEED_WORDS)
		return to_bip32(m, passphrase, out, f);
	if ((e = no_passphrase(passphrase, f)) == 0 &&
	    (e = monero_words_seed(m, &seed, &bad)) == 0)
		e = to_monero(&seed, out, f);
	wipe(&seed, sizeof(seed));
	return e;
}

static enum err
of_bip39(struct span words, struct span passphrase, struct seedkey *out,
    struct fault *f)
{
	struct mnemonic m;
	size_t bad = 0;
	enum err e = bip39_parse(words, &m, &bad);

	if (say(e, bad, "the words", f) == 0)
		e = to_bip32(&m, passphrase, out, f);
	wipe(&m, sizeof(m));
	return e;
}

static enum err
of_monero(struct span words, struct seedkey *out, struct fault *f)
{
	struct secret32 seed;
	size_t bad = 0;
	enum err e = monero_words_read(words, &seed, &bad);

	if (e == ERR_CHECKSUM)
		fault_set(f, bad, "the words: after these 24, the last must be "
		    "word %zu once more", bad + 1);
	else if (say(e, bad, "the words", f) == 0)
		e = to_monero(&seed, out, f);
	wipe(&seed, sizeof(seed));
	return e;
}

static enum err
of_polyseed(struct span words, struct seedkey *out, struct fault *f)
{
	struct secret32 seed;
	uint64_t born = 0;
	size_t bad = 0;
	enum err e = polyseed_read(words, &seed, &born, &bad);

	if (e == ERR_REFUSED)
		fault_set(f, 0, "polyseed words encrypted with a passphrase: "
		    "decrypt them where they were made");
	else if (say(e, bad, "the polyseed words", f) == 0 &&
	    (e = to_monero(&seed, out, f)) == 0)
		out->u.monero.viewer.born = born;
	wipe(&seed, sizeof(seed));
	return e;
}

static enum err
key_of_hex(struct span word, struct secret32 *out)
{
	size_t n = 0;
	enum err e = hex_bytes(word, out->b, sizeof(out->b), &n);

	return e == 0 && n != sizeof(out->b) ? ERR_FORM : e;
}

static enum err
of_spend_key(const struct secret32 *spend, struct monero_keys *out)
{
	struct scalar b;
	enum err e;

	memcpy(b.b, spend->b, sizeof(b.b));
	if ((e = sc_reduced(&b)) == 0)
		e = monero_keys_of_seed(spend, out);
	wipe(&b, sizeof(b));
	return e;
}

/* The spend key, and the view key after it if it is given. */
static enum err
of_keys(struct span text, struct seedkey *key, struct fault *f)
{
	struct monero_keys *out = &key->u.monero;
	struct span first = wordlist_cut(&text), second = wordlist_cut(&text);
	struct secret32 spend, view;
	enum err e;

	if ((e = key_of_hex(first, &spend)) != 0)
		fault_set(f, 0, "the spend key");
	else if (second.n > 0 && (e = key_of_hex(second, &view)) != 0)
		fault_set(f, 0, "the view key");
	else if ((e = second.n > 0 ? monero_keys_of_pair(&spend, &view, out) :
	    of_spend_key(&spend, out)) != 0)
		fault_set(f, 0, "the keys");
	if (e == 0)
		key->fpr = out->viewer.fpr;
	wipe(&spend, sizeof(spend));
	wipe(&view, sizeof(view));
	return e;
}

static enum err
of_words(struct span words, struct span passphrase, struct seedkey *out,
    struct fault *f)
{
	enum form form = form_of(words);
	enum err e;

	if (form == FORM_BIP39)
		return of_bip39(words, passphrase, out, f);
	if ((e = no_passphrase(passphrase, f)) != 0)
		return e;
	out->kind = KEY_MONERO;
	out->seed.n = out->words.n = 0;
	return form == FORM_KEYS ? of_keys(words, out, f) :
	    form == FORM_POLYSEED ? of_polyseed(words, out, f) :
	    of_monero(words, out, f);
}

/* Where lines end is public; what stands in them is not. */
static bool
is(uint8_t c, char end)
{
	uint32_t hit = ct_zero((uint32_t)c ^ (uint8_t)end);

	ct_public(&hit, sizeof(hit));
	return hit != 0;
}

/* What stands before the next line end, which may be the last. */
static struct span
line(struct span *rest)
{
	size_t n = 0;
	struct span s;

	while (n < rest->n && !is(rest->p[n], '\n'))
		n++;
	s = span_of(rest->p, n);
	n += n < rest->n;
	*rest = span_of(rest->p + n, rest->n - n);
	if (s.n > 0 && is(s.p[s.n - 1], '\r'))
		s.n--;
	return s;
}

/* Pieces of one kind, each on its line; a line that is none is left. */
static enum err
pieces(struct span first, struct span *rest, struct gather *g,
    struct fault *f)
{
	struct span next = *rest, one;
	enum pieces kind = gather_kind(first);
	enum err e;

	if (kind == PIECES_NONE) {
		one = line(&next);
		if (gather_kind(one) != PIECES_XOR)
			return 0;
		kind = PIECES_XOR;
		e = gather_part(g, first, f);
	} else {
		e = gather_add(g, first, f);
	}
	while (e == 0) {
		next = *rest;
		one = line(&next);
		if (one.n > 0 && gather_kind(one) != kind)
			break;
		if (one.n > 0)
			e = gather_add(g, one, f);
		*rest = next;
		if (next.n == 0)
			break;
	}
	return e;
}

/* After the words, or the pieces, at most one line: the passphrase. */
static enum err
last_line(struct span rest, struct span *passphrase, struct fault *f)
{
	struct span typed;

	if (rest.n == 0)
		return 0;
	typed = line(&rest);
	if (rest.n > 0 || (typed.n > 0 && passphrase->n > 0)) {
		fault_set(f, 0, "a line too many, after the passphrase");
		return ERR_TRAILING;
	}
	if (typed.n > 0)
		*passphrase = typed;
	return 0;
}

enum err
restore_pieces(struct span text, struct gather *g, struct span *passphrase,
    struct fault *f)
{
	struct span first = line(&text);
	enum err e;

	if ((e = pieces(first, &text, g, f)) == 0 && g->kind != PIECES_NONE)
		e = last_line(text, passphrase, f);
	return e;
}

enum err
restore_key(struct span text, struct span passphrase, struct seedkey *out,
    struct fault *f)
{
	struct gather g = { 0 };
	struct span first, rest = text;
	enum err e;

	if ((e = restore_pieces(text, &g, &passphrase, f)) == 0 &&
	    g.kind != PIECES_NONE) {
		e = gather_key(&g, passphrase, out, f);
	} else if (e == 0) {
		first = line(&rest);
		if ((e = last_line(rest, &passphrase, f)) == 0)
			e = of_words(first, passphrase, out, f);
	}
	wipe(&g, sizeof(g));
	return e;
}

/* Shares of SLIP-39 are not stretched for that. */
static enum err
check_pieces(struct gather *g, struct span passphrase, struct fault *f)
{
	struct seedkey key;
	enum err e;

	if (g->kind == PIECES_SLIP39)
		return gather_begin(g, passphrase, f);
	e = gather_key(g, passphrase, &key, f);
	wipe(&key, sizeof(key));
	return e;
}

/* BIP39 words alone: their checksum is all there is to be told. */
static enum err
check_words(struct span text, struct fault *f)
{
	struct span rest = text, first = line(&rest);
	struct mnemonic m;
	struct seedkey key;
	size_t bad = 0;
	enum err e;

	if (rest.n == 0 && form_of(first) == FORM_BIP39) {
		e = bip39_parse(first, &m, &bad);
		wipe(&m, sizeof(m));
		return say(e, bad, "the words", f);
	}
	e = restore_key(text, span_of(NULL, 0), &key, f);
	wipe(&key, sizeof(key));
	return e;
}

enum err
restore_check(struct span text, struct fault *f)
{
	struct span passphrase = span_of(NULL, 0);
	struct gather g = { 0 };
	enum err e;

	if ((e = restore_pieces(text, &g, &passphrase, f)) == 0)
		e = g.kind != PIECES_NONE ? check_pieces(&g, passphrase, f) :
		    check_words(text, f);
	wipe(&g, sizeof(g));
	return e;
}
