/*
 * Scalars, points, keys and the key of files, all from marked bytes: valgrind
 * reports every branch and every address that depends on them.  CryptoNight's
 * scratchpad is the one exception, and named in its source.
 *
 *	monero_ct		TAP, one test a kind of work
 *	monero_ct NAME		a control, which valgrind must report
 */
#include <string.h>

#include <valgrind/memcheck.h>

#include "core/crypto/cryptonight.h"
#include "core/crypto/noise.h"
#include "core/keys/monero.h"
#include "core/keys/monero_words.h"
#include "core/keys/polyseed.h"
#include "tests/ct/tap.h"

static uint8_t memory[CRYPTONIGHT_SCRATCH + 64];

static struct scalar
secret_scalar(uint8_t seed)
{
	struct scalar s = { { seed, 2, 3 } };

	memset(s.b + 8, seed, 20);
	ct_secret(&s, sizeof(s));
	return s;
}

static void
scalars(void)
{
	struct scalar a = secret_scalar(1), b = secret_scalar(2), r;
	unsigned before = reports();
	uint8_t wide[64];
	bool good;

	memset(wide, 0xa5, sizeof(wide));
	ct_secret(wide, sizeof(wide));
	sc_add(&a, &b, &r);
	sc_sub(&r, &a, &r);
	sc_mul(&r, &b, &r);
	sc_muladd(&r, &a, &b, &r);
	sc_neg(&r, &r);
	sc_invert(&r, &r);
	good = marked(&r, sizeof(r));
	sc_reduce_wide(wide, &a);
	sc_reduce(wide, &b);
	hash_to_scalar(SPAN_OF(a.b), &b);
	good &= marked(&b, sizeof(b));
	sc_add(&a, &b, &r);
	good &= sc_reduced(&r) == 0;
	tell("scalars", good && reports() == before);
}

static void
points(void)
{
	struct ed_term t[2] = { { secret_scalar(3), ed_g },
	    { secret_scalar(4), ed_h } };
	unsigned before = reports();
	struct point p, q;
	bool good;

	good = ed_base(&t[0].k, &p) == 0 && marked(p.b, 31);
	good &= ed_mul(&t[1].k, &p, &q) == 0 && ed_mul8(&q, &q) == 0;
	good &= ed_add(&p, &q, &p) == 0 && ed_sub(&p, &q, &p) == 0;
	good &= ed_sum(t, 2, &q) == 0 && marked(q.b, 31);
	good &= ed_commit(&t[0].k, &t[1].k, &q) == 0;
	good &= hash_to_point(&q, &q) == 0;
	tell("points", good && reports() == before);
}

static void
draws(void)
{
	struct secret32 seed = { { 5 } };
	unsigned before = reports();
	struct scalar s;
	struct noise n;
	uint32_t v;

	ct_secret(&seed, sizeof(seed));
	noise_begin(&n, &seed, SPAN_OF(seed.b), span_text("ct"));
	noise_scalar(&n, &s);
	v = noise_below(&n, 16);
	tell("noise", marked(&s, 31) && marked(&v, 1) && reports() == before);
	noise_end(&n);
}

static void
keys(void)
{
	struct secret32 seed = { { 6, 7 } };
	struct monero_keys k, again;
	unsigned before = reports();
	struct point spend, view;
	struct scalar m;
	bool good;

	memset(seed.b + 2, 0xc3, 30);
	ct_secret(&seed, sizeof(seed));
	good = monero_keys_of_seed(&seed, &k) == 0;
	good &= marked(&k.spend, 31) && marked(&k.viewer.view, 31);
	good &= monero_keys_of_pair(&k.spend, &k.viewer.view, &again) == 0;
	monero_sub_secret(&k.viewer, 1, 2, &m);
	good &= marked(&m, 31);
	good &= monero_sub_keys(&k.viewer, 1, 2, &spend, &view) == 0;
	(void)VALGRIND_CHECK_MEM_IS_DEFINED(&k.viewer.fpr, 4);
	tell("keys of a wallet", good && reports() == before);
}

/* Letters marked, and so the blanks: where words end becomes public. */
static void
words(void)
{
	char poly[] = "raven tail swear infant grief assist regu lamp duck "
	    "valid someone little HARSH puppy airport language";
	char text[MONERO_WORDS_TEXT_MAX];
	struct secret32 seed, again;
	struct mnemonic m;
	unsigned before = reports();
	uint64_t born = 0;
	size_t bad, n = sizeof(poly) - 1;
	bool good;

	ct_secret(poly, n);
	good = polyseed_read(span_of(poly, n), &seed, &born, &bad) == 0;
	good &= marked(&seed, sizeof(seed)) && born != 0;
	monero_words_of_seed(&seed, &m);
	monero_words_text(&m, text);
	ct_public(text, sizeof(text));		/* the owner reads it */
	n = strlen(text);
	ct_secret(text, n);
	good &= monero_words_read(span_of(text, n), &again, &bad) == 0;
	good &= marked(&again, sizeof(again));
	tell("words of both kinds", good && reports() == before);
}

static void
file_key(void)
{
	struct arena a = { memory, sizeof(memory), 0 };
	struct secret32 view = { { 8, 9 } }, out;
	unsigned before = reports();
	bool good;

	ct_secret(&view, sizeof(view));
	good = cryptonight(SPAN_OF(view.b), &a, &out) == 0;
	tell("the key of files, but for where its scratch is read",
	    good && marked(&out, sizeof(out)) && reports() == before);
}

static bool
everything(void)
{
	scalars();
	points();
	draws();
	keys();
	words();
	file_key();
	return true;
}

int
main(int argc, char **argv)
{
	return ct_main(argc, argv, everything);
}
