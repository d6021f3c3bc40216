/*
 * What Monero's proofs take: microseconds of CPU, the best of some runs.
 *
 *	proofs		one line each: name, make, verify (- for none)
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "core/chain/monero/bpp.h"
#include "core/chain/monero/clsag.h"
#include "core/crypto/cryptonight.h"

#define RUNS 7

static uint8_t memory[BPP_SCRATCH];
static struct arena scratch = { memory, sizeof(memory), 0 };
static struct noise noise;

static void
must(enum err e)
{
	if (e != 0) {
		(void)fprintf(stderr, "proofs: %s\n", err_text(e));
		exit(1);
	}
}

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
commit_to(uint64_t amount, struct scalar *mask, struct point *out)
{
	struct scalar v;

	noise_scalar(&noise, mask);
	sc_of_u64(amount, &v);
	must(ed_commit(mask, &v, out));
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
	struct clsag_ask ask = { .ring = &ring };
	struct scalar x, mask, real_mask = { { 0 } }, alpha, e, t;
	struct clsag sig;
	struct point hp;
	size_t i;

	for (i = 0; i < ring.n; i++) {
		commit_to(i, &x, &ring.key[i]);
		commit_to(70, &mask, &ring.commit[i]);
		if (i == ring.real)
			real_mask = mask;
	}
	noise_scalar(&noise, &x);
	must(ed_base(&x, &ring.key[ring.real]));
	must(hash_to_point(&ring.key[ring.real], &hp));
	must(ed_mul(&x, &hp, &ask.image));
	commit_to(70, &mask, &ask.pseudo);
	sc_sub(&real_mask, &mask, &ask.z);
	noise_scalar(&noise, &alpha);
	must(ed_base(&alpha, &ask.nonce_g));
	must(ed_mul(&alpha, &hp, &ask.nonce_hp));
	for (i = 0; i < RUNS; i++) {
		start(&prove);
		must(clsag_prepare(&ask, &noise, &scratch, &sig, &e, &t));
		stop(&prove);
		sc_mul(&e, &x, &e);
		sc_add(&e, &t, &e);
		sc_sub(&alpha, &e, &sig.s[ring.real]);
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
