/*
 * What Monero's proofs take: microseconds of CPU, the best of some runs.
 *
 *	proofs		one line each: name, make, verify (- for none)
 */
#include <time.h>

#include "tests/peers/proofs.h"

#include "core/crypto/cryptonight.h"

#define RUNS 7

static double
now(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

struct best { double from, us; };

static void
start(struct best *b)
{
	b->from = now();
}

static void
stop(struct best *b)
{
	double us = now() - b->from;

	if (b->us <= 0 || us < b->us)
		b->us = us;
}

static void
range_proof(size_t n)
{
	struct best prove = { 0, 0 }, verify = { 0, 0 };
	uint64_t amount[BPP_AMOUNTS];
	struct scalar mask[BPP_AMOUNTS];
	struct point commit[BPP_AMOUNTS];
	struct bpp p;
	size_t i;

	for (i = 0; i < n; i++) {
		amount[i] = 1000000000000 * (i + 1);
		commit_to(amount[i], &mask[i], &commit[i]);
	}
	for (i = 0; i < RUNS; i++) {
		start(&prove);
		must(bpp_prove(amount, mask, n, &noise, &scratch, &p));
		stop(&prove);
		start(&verify);
		must(bpp_verify(&p, commit, n, &scratch));
		stop(&verify);
	}
	printf("range proof, %zu outputs %.0f %.0f\n", n, prove.us, verify.us);
}

static void
ring_of_16(void)
{
	struct best prove = { 0, 0 }, verify = { 0, 0 };
	struct ring ring = { .n = RING_MAX, .real = 5 };
	struct clsag_ask ask;
	struct scalar x, alpha, e, t;
	struct clsag sig;
	size_t i;

	make_ring(&ask, &ring, &x, &alpha);
	for (i = 0; i < RUNS; i++) {
		start(&prove);
		must(clsag_prepare(&ask, &noise, &scratch, &sig, &e, &t));
		stop(&prove);
		respond(&alpha, &x, &e, &t, &sig.s[ring.real]);
		start(&verify);
		must(clsag_verify(&ring, &ask.image, &ask.pseudo, &ask.message,
		    &sig, &scratch));
		stop(&verify);
	}
	printf("ring signature, one input %.0f %.0f\n", prove.us, verify.us);
}

static void
file_key(void)
{
	struct best make = { 0, 0 };
	struct secret32 view = { { 7 } }, key;
	size_t i;

	for (i = 0; i < RUNS; i++) {
		start(&make);
		must(cryptonight(SPAN_OF(view.b), &scratch, &key));
		stop(&make);
	}
	printf("key of the files (CryptoNight) %.0f -\n", make.us);
}

static void
key_image(void)
{
	struct best make = { 0, 0 };
	struct point key, image;
	struct scalar x;
	size_t i;

	for (i = 0; i < RUNS; i++) {
		noise_scalar(&noise, &x);
		start(&make);
		must(ed_base(&x, &key));
		must(hash_to_point(&key, &image));
		must(ed_mul(&x, &image, &image));
		stop(&make);
	}
	printf("key image %.0f -\n", make.us);
}

int
main(void)
{
	struct secret32 seed = { { 1 } };

	noise_begin(&noise, &seed, span_text("bench"), span_text("proofs"));
	range_proof(2);
	range_proof(16);
	ring_of_16();
	file_key();
	key_image();
	return 0;
}
