/*
 * proofs.h - statements of Monero to prove, for programs that time or print
 * their proofs.
 *
 *	source	core/chain/monero/{bpp,clsag}.h
 *	shapes	commitments, rings
 *	units	atomic units
 *	owns	the scratch memory and the noise
 *	errors	end the program
 *	secrets	random ones, of nobody
 *	tests	this is for them
 */
#ifndef TESTS_PEERS_PROOFS_H
#define TESTS_PEERS_PROOFS_H

#include <stdio.h>
#include <stdlib.h>

#include "core/chain/monero/bpp.h"
#include "core/chain/monero/clsag.h"

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

static void
commit_to(uint64_t amount, struct scalar *mask, struct point *out)
{
	struct scalar v;

	noise_scalar(&noise, mask);
	sc_of_u64(amount, &v);
	must(ed_commit(mask, &v, out));
}

/* A ring whose member at real is ours, with all that its signature wants: our
 * x, and the nonce alpha. */
static void
make_ring(struct clsag_ask *ask, struct ring *ring, struct scalar *x,
    struct scalar *alpha)
{
	struct scalar k, mask;
	struct point hp;
	size_t i;

	*ask = (struct clsag_ask){ .ring = ring };
	for (i = 0; i < ring->n; i++) {
		commit_to(0, &k, &ring->key[i]);		/* k G */
		commit_to(i == ring->real ? 70 : i, &mask, &ring->commit[i]);
		if (i == ring->real) {
			*x = k;
			ask->z = mask;
		}
	}
	commit_to(70, &mask, &ask->pseudo);
	sc_sub(&ask->z, &mask, &ask->z);
	noise_bytes(&noise, ask->message.b, 32);
	noise_scalar(&noise, alpha);
	must(hash_to_point(&ring->key[ring->real], &hp));
	must(ed_mul(x, &hp, &ask->image));
	must(ed_base(alpha, &ask->nonce_g));
	must(ed_mul(alpha, &hp, &ask->nonce_hp));
}

/* The keeper's part. */
static void
respond(const struct scalar *alpha, const struct scalar *x,
    const struct scalar *e, const struct scalar *t, struct scalar *out)
{
	struct scalar ex;

	sc_mul(e, x, &ex);
	sc_add(&ex, t, &ex);
	sc_sub(alpha, &ex, out);
}

#endif
