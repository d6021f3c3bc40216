/*
 * Monero's proofs on marked amounts, masks, noise and places in the ring:
 * valgrind reports every branch and every address that depends on them.
 * What comes out must be good, and hold nothing that is still marked.
 *
 *	proofs_ct		TAP, one test a proof
 *	proofs_ct NAME		a control, which valgrind must report
 */
#include <string.h>

#include <valgrind/memcheck.h>

#include "core/chain/monero/bpp.h"
#include "core/chain/monero/clsag.h"
#include "core/crypto/aes.h"
#include "tests/ct/tap.h"

static uint8_t memory[BPP_SCRATCH];
static struct arena scratch = { memory, sizeof(memory), 0 };

static void
marked_noise(struct noise *n, uint8_t seed)
{
	struct secret32 s = { { seed } };

	ct_secret(&s, sizeof(s));
	noise_begin(n, &s, span_text("ct"), span_text("proofs"));
}

/* Drawn from marked noise, and so marked. */
static bool
commit_to(struct noise *n, uint64_t amount, struct scalar *mask,
    struct point *out)
{
	struct scalar v;

	noise_scalar(n, mask);
	sc_of_u64(amount, &v);
	if (ed_commit(mask, &v, out) != 0)
		return false;
	ct_public(out, sizeof(*out));
	return true;
}

static void
range_proof(const char *what, size_t n)
{
	uint64_t amount[BPP_AMOUNTS] = { 0, UINT64_MAX, 7 };
	struct point commit[BPP_AMOUNTS];
	struct scalar mask[BPP_AMOUNTS];
	unsigned before = reports();
	struct noise noise;
	struct bpp p = { 0 };
	bool good = true;
	enum err e;
	size_t i;

	marked_noise(&noise, 1);
	ct_secret(amount, sizeof(amount));
	for (i = 0; i < n; i++)
		good &= commit_to(&noise, amount[i], &mask[i], &commit[i]);
	good &= marked(amount, sizeof(amount[0])) &&
	    marked(&mask[n - 1], sizeof(mask[0]));
	e = bpp_prove(amount, mask, n, &noise, &scratch, &p);
	(void)VALGRIND_CHECK_MEM_IS_DEFINED(&e, sizeof(e));
	(void)VALGRIND_CHECK_MEM_IS_DEFINED(&p, sizeof(p));
	good &= e == 0 && bpp_verify(&p, commit, n, &scratch) == 0;
	tell(what, good && reports() == before);
}

static bool
make_ask(struct clsag_ask *ask, struct ring *r, size_t real,
    struct noise *n, struct scalar *x, struct scalar *alpha)
{
	struct scalar mask, key;
	struct point hp;
	size_t i;

	*ask = (struct clsag_ask){ .ring = r };
	r->n = RING_MAX;
	for (i = 0; i < r->n; i++) {
		if (!commit_to(n, i, &key, &r->key[i]) ||
		    !commit_to(n, 9, &mask, &r->commit[i]))
			return false;
		if (i == real)
			ask->z = mask;
	}
	noise_scalar(n, x);
	noise_scalar(n, alpha);
	if (ed_base(x, &r->key[real]) != 0)
		return false;
	ct_public(&r->key[real], sizeof(r->key[real]));
	if (!commit_to(n, 9, &mask, &ask->pseudo) ||
	    hash_to_point(&r->key[real], &hp) != 0 ||
	    ed_mul(x, &hp, &ask->image) != 0 ||
	    ed_base(alpha, &ask->nonce_g) != 0 ||
	    ed_mul(alpha, &hp, &ask->nonce_hp) != 0)
		return false;
	ct_public(&ask->image, sizeof(ask->image));
	sc_sub(&ask->z, &mask, &ask->z);
	r->real = real;
	ct_secret(&r->real, sizeof(r->real));
	return true;
}

static void
ring_signature(const char *what, size_t real)
{
	unsigned before = reports();
	struct scalar x, alpha, e, t;
	struct clsag_ask ask;
	struct clsag sig;
	struct noise noise;
	struct ring ring;
	bool good;
	enum err err;

	marked_noise(&noise, 2);
	good = make_ask(&ask, &ring, real, &noise, &x, &alpha);
	good &= marked(&ask.z, sizeof(ask.z)) &&
	    marked(&ring.real, sizeof(ring.real));
	err = clsag_prepare(&ask, &noise, &scratch, &sig, &e, &t);
	(void)VALGRIND_CHECK_MEM_IS_DEFINED(&err, sizeof(err));
	(void)VALGRIND_CHECK_MEM_IS_DEFINED(&sig, sizeof(sig));
	sc_mul(&e, &x, &e);
	sc_add(&e, &t, &e);
	sc_sub(&alpha, &e, &sig.s[real]);
	ct_public(&sig.s[real], sizeof(sig.s[real]));
	good &= err == 0 && clsag_verify(&ring, &ask.image, &ask.pseudo,
	    &ask.message, &sig, &scratch) == 0;
	tell(what, good && reports() == before);
}

/* What the parties of a new wallet seal with a token. */
static void
counter_mode(void)
{
	static const char text[] = "more than the 64 bytes that are made of "
	    "the key at a time, and not a multiple of them";
	static const uint8_t counter[16] = { [15] = 0xff };
	uint8_t key[32] = { 1 }, sealed[sizeof(text)], open[sizeof(text)];
	unsigned before = reports();
	bool good;

	ct_secret(key, sizeof(key));
	aes256_ctr(key, counter, (const uint8_t *)text, sizeof(text), sealed);
	good = marked(sealed, 64);
	aes256_ctr(key, counter, sealed, sizeof(text), open);
	ct_public(open, sizeof(open));
	tell("AES in counter mode", good && memcmp(open, text, sizeof(text)) ==
	    0 && reports() == before);
}

static bool
everything(void)
{
	counter_mode();
	range_proof("a range proof of one amount", 1);
	range_proof("a range proof of three amounts", 3);
	ring_signature("a ring signature, the real one first", 0);
	ring_signature("a ring signature, the real one within", 7);
	ring_signature("a ring signature, the real one last", RING_MAX - 1);
	return true;
}

int
main(int argc, char **argv)
{
	return ct_main(argc, argv, everything);
}
