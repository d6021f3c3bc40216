/* Miniscript, of keys that are single letters.  The first byte: P2WSH or a
 * leaf; the second: which keys sign; the third: which locks have passed and
 * which preimages are known.  What is read has a script of the size that was
 * foretold, words, and, where it is sane, no witness larger than foretold; with
 * all there is at hand, what can be satisfied is. */
#include "core/chain/bitcoin/miniscript.h"
#include "tests/fuzz/fuzz.h"

#define KEYS 26
#define SIG 72

static uint8_t work[1 << 24], script[1 << 20];
static struct pubkey key[KEYS];

struct at_hand { uint8_t signs, rest; };

static enum err
read_key(void *ctx, struct span text, uint32_t *number)
{
	(void)ctx;
	if (text.n != 1 || text.p[0] < 'A' || text.p[0] > 'Z')
		return ERR_KEY;
	*number = text.p[0] - 'A';
	return 0;
}

static void
name(void *ctx, uint32_t n, struct sink *s)
{
	(void)ctx;
	put_u8(s, (uint8_t)('A' + n % KEYS));
}

static bool
same(const void *keys, uint32_t a, uint32_t b)
{
	(void)keys;
	return a == b;
}

static struct span
sig(const void *ctx, const struct pubkey *k)
{
	static const uint8_t one[SIG] = { 0x30 };
	const struct at_hand *h = ctx;

	return span_of(one, (h->signs >> (k - key) % 8 & 1) != 0 ? SIG : 0);
}

static struct span
preimage(const void *ctx, enum ms_kind kind, struct span hash)
{
	static const uint8_t one[32];
	const struct at_hand *h = ctx;

	must(hash.n == (kind == MS_RIPEMD160 || kind == MS_HASH160 ? 20 : 32));
	return span_of(one, (h->rest & 1) != 0 ? sizeof(one) : 0);
}

static bool
older(const void *ctx, uint32_t v)
{
	must(v > 0 && v < 1u << 31);
	return (((const struct at_hand *)ctx)->rest & 2) != 0;
}

static bool
after(const void *ctx, uint32_t v)
{
	must(v > 0 && v < 1u << 31);
	return (((const struct at_hand *)ctx)->rest & 4) != 0;
}

static enum err
satisfy(const struct ms *m, const struct at_hand *h, struct arena a,
    struct ms_witness *w)
{
	const struct ms_hand hand = { h, sig, preimage, older, after };

	return ms_satisfy(m, key, &hand, &a, w);
}

static void
judge(const struct ms *m, const struct at_hand *h, struct arena *a)
{
	static const struct at_hand all = { 0xff, 0xff };
	const struct ms_who who = { .name = name, .same = same };
	const struct ms_cost c = ms_cost(m);
	struct sink s = sink_to_buf(script, sizeof(script));
	enum ms_fault f = ms_sane(m);
	struct ms_witness w;
	const char *words;
	enum err e;

	must(m->type == ms_type(m) && m->type != 0);
	ms_put(&s, m, key);
	must(s.err == 0 && s.total == c.script);
	must(ms_fault_text(f)[0] != '\0' || f == MS_FINE);
	if (ms_words(m, &who, a, &words) == 0)
		must(words[0] != '\0');
	if ((e = satisfy(m, h, *a, &w)) == 0)
		must(c.can && w.n <= c.items);
	must(e == 0 || e == ERR_MISSING || e == ERR_SPACE);
	if (f == MS_FINE)
		must(satisfy(m, &all, *a, &w) != ERR_MISSING);
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct arena a = { work, sizeof(work), 0 };
	struct ms_keys keys = { .read = read_key };
	struct at_hand h;
	struct scan s;
	struct ms *m;
	size_t i;

	if (n < 4)
		return 0;
	for (i = 0; i < KEYS; i++) {
		key[i].b[0] = 2;
		memset(key[i].b + 1, (int)(i * 37 % 251 + 1), 32);
	}
	keys.tap = (p[0] & 1) != 0;
	h = (struct at_hand){ p[1], p[2] };
	s = (struct scan){ span_of(p + 3, n - 3), 0 };
	if (ms_read(&s, &keys, &a, &m) == 0 && scan_end(&s))
		judge(m, &h, &a);
	must(s.at <= s.text.n);
	return 0;
}
