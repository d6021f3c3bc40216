#include <string.h>

#include <utf8proc.h>

#include "core/crypto/hash.h"
#include "core/crypto/kdf.h"
#include "core/keys/bip39.h"

/* U+FDFA, three bytes, decomposes into 18 characters, the most there is. */
#define NFKD_MAX (PASSPHRASE_MAX / 3 * 18 + 18)

static bool
count_ok(size_t n)
{
	return n >= 12 && n <= 24 && n % 3 == 0;
}

static const struct wordlist list = { bip39_english_table[0],
    sizeof(bip39_english_table[0]), BIP39_WORDS, 0 };

int
bip39_index(struct span word)
{
	return wordlist_index(&list, word);
}

size_t
bip39_complete(struct span prefix, size_t *first)
{
	return wordlist_complete(&list, prefix, first);
}

/* n words as bits, most significant first: entropy, then the checksum. */
static void
pack(const uint16_t *w, size_t n, uint8_t out[33])
{
	uint32_t bits = 0;
	unsigned have = 0;
	size_t i, o = 0;

	for (i = 0; i < n; i++) {
		bits = bits << 11 | w[i];
		for (have += 11; have >= 8; have -= 8)
			out[o++] = (uint8_t)(bits >> (have - 8));
	}
	if (have > 0)
		out[o] = (uint8_t)(bits << (8 - have));
	wipe(&bits, sizeof(bits));
}

/* The checksum that belongs to the entropy of n words, in its n/3 bits. */
static unsigned
checksum(const uint16_t *w, size_t n)
{
	uint8_t raw[33] = { 0 };
	struct hash32 h;
	unsigned sum;

	pack(w, n, raw);
	sha256(span_of(raw, n / 3 * 4), &h);
	sum = (unsigned)h.b[0] >> (8 - n / 3);
	wipe(raw, sizeof(raw));
	wipe(&h, sizeof(h));
	return sum;
}

/* One word, in lower case, to its number. */
static int
look_up(struct span word)
{
	uint8_t low[BIP39_WORD_MAX];
	int index;

	if (word.n > sizeof(low))
		return -1;
	wordlist_lower(word, low);
	index = bip39_index(span_of(low, word.n));
	wipe(low, sizeof(low));
	return index;
}

static enum err
split(struct span text, struct mnemonic *m, size_t *bad)
{
	struct span word;
	bool known;
	int index;

	while ((word = wordlist_cut(&text)).n > 0) {
		if (m->n == 24)
			return ERR_RANGE;
		index = look_up(word);
		known = index >= 0;
		ct_public(&known, sizeof(known));	/* the owner is told */
		if (!known) {
			*bad = m->n;
			return ERR_WORD;
		}
		m->w[m->n++] = (uint16_t)index;
	}
	return count_ok(m->n) ? ERR_NONE : ERR_RANGE;
}

enum err
bip39_parse(struct span text, struct mnemonic *out, size_t *bad)
{
	struct mnemonic m = { 0 };
	uint32_t differ;
	enum err e;

	if ((e = split(text, &m, bad)) == 0) {
		differ = checksum(m.w, m.n) ^
		    (m.w[m.n - 1] & ((1u << m.n / 3) - 1));
		ct_public(&differ, sizeof(differ));
		e = differ != 0 ? ERR_CHECKSUM : ERR_NONE;
	}
	if (e == 0)
		*out = m;
	wipe(&m, sizeof(m));
	return e;
}

enum err
bip39_of_entropy(struct span entropy, struct mnemonic *m)
{
	uint32_t bits = 0;
	unsigned have = 0;
	size_t i, o = 0;

	if (entropy.n < 16 || entropy.n > 32 || entropy.n % 4 != 0)
		return ERR_RANGE;
	*m = (struct mnemonic){ .n = entropy.n / 4 * 3 };
	for (i = 0; i < entropy.n; i++) {
		bits = bits << 8 | entropy.p[i];
		if ((have += 8) < 11)
			continue;
		have -= 11;
		m->w[o++] = (uint16_t)(bits >> have & (BIP39_WORDS - 1));
	}
	m->w[o] = (uint16_t)(bits << (11 - have) & (BIP39_WORDS - 1));
	m->w[o] = (uint16_t)(m->w[o] | checksum(m->w, m->n));
	wipe(&bits, sizeof(bits));
	return 0;
}

size_t
bip39_entropy(const struct mnemonic *m, struct secret32 *out)
{
	uint8_t raw[33] = { 0 };
	size_t n = m->n / 3 * 4;

	pack(m->w, m->n, raw);
	memcpy(out->b, raw, n);
	wipe(raw, sizeof(raw));
	return n;
}

enum err
bip39_last(const uint16_t *w, size_t n, uint16_t out[128], size_t *count)
{
	struct mnemonic m = { 0 };
	uint32_t over = 0;
	size_t i, all;

	if (!count_ok(n))
		return ERR_RANGE;
	for (i = 0; i < n - 1; i++) {
		over |= (uint32_t)w[i] / BIP39_WORDS;
		m.w[i] = w[i] & (BIP39_WORDS - 1);
	}
	ct_public(&over, sizeof(over));
	if (over != 0) {
		wipe(&m, sizeof(m));
		return ERR_RANGE;
	}
	all = (size_t)BIP39_WORDS >> n / 3;
	for (i = 0; i < all; i++) {
		m.w[n - 1] = (uint16_t)(i << n / 3);
		out[i] = (uint16_t)(m.w[n - 1] | checksum(m.w, n));
	}
	*count = all;
	wipe(&m, sizeof(m));
	return 0;
}

void
bip39_text(const struct mnemonic *m, char out[BIP39_TEXT_MAX])
{
	out[wordlist_text(&list, m, out)] = '\0';
}

/* ASCII is its own normal form, so it need not pass through the tables of
 * the library; that it is ASCII is not held to be secret. */
static bool
ascii(struct span s)
{
	uint8_t high = 0;
	size_t i;

	for (i = 0; i < s.n; i++)
		high |= s.p[i] & 0x80;
	ct_public(&high, sizeof(high));
	return high == 0;
}

/* "mnemonic" and the passphrase in normal form, into out. */
static enum err
salt(struct span passphrase, int32_t *out, size_t *n)
{
	static const int32_t word[8] = { 'm', 'n', 'e', 'm', 'o', 'n', 'i',
	    'c' };
	const int how = UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT;
	utf8proc_ssize_t len = 0;

	if (passphrase.n > PASSPHRASE_MAX)
		return ERR_SPACE;
	if (ascii(passphrase)) {
		memcpy((uint8_t *)out, "mnemonic", 8);
		if (passphrase.n > 0)
			memcpy((uint8_t *)out + 8, passphrase.p, passphrase.n);
		*n = 8 + passphrase.n;
		return 0;
	}
	memcpy(out, word, sizeof(word));
	len = utf8proc_decompose(passphrase.p, (utf8proc_ssize_t)passphrase.n,
	    out + 8, NFKD_MAX, how);
	if (len == UTF8PROC_ERROR_INVALIDUTF8)
		return ERR_FORM;
	if (len < 0 || len > NFKD_MAX)
		return ERR_SPACE;
	len = utf8proc_reencode(out, len + 8, how);
	if (len < 0)
		return ERR_FORM;
	*n = (size_t)len;
	return 0;
}

enum err
bip39_seed(const struct mnemonic *m, struct span passphrase,
    struct secret64 *seed)
{
	char words[BIP39_TEXT_MAX];
	int32_t text[8 + NFKD_MAX + 1];	/* reencode() needs one to spare */
	size_t n, nsalt;
	enum err e;

	if (!count_ok(m->n))
		return ERR_RANGE;
	n = wordlist_text(&list, m, words);
	if ((e = salt(passphrase, text, &nsalt)) == 0)
		pbkdf2_sha512(span_of(words, n), span_of(text, nsalt), 2048,
		    seed);
	wipe(words, sizeof(words));
	wipe(text, sizeof(text));
	return e;
}
