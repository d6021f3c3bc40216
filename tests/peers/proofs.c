/*
 * Own proofs as lines of hexadecimal, for tests/peers/monero_check.py:
 *
 *	range COMMIT,... A A1 B r1 s1 d1 L,... R,...
 *	clsag MESSAGE IMAGE PSEUDO D8 c1 P,... C,... s,...
 */
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

/* n times 32 bytes, with commas. */
static void
show(const void *p, size_t n)
{
	const uint8_t *b = p;
	size_t i;

	(void)putchar(' ');
	for (i = 0; i < 32 * n; i++)
		printf("%s%02x", i > 0 && i % 32 == 0 ? "," : "", b[i]);
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
	uint64_t amount[BPP_AMOUNTS];
	struct scalar mask[BPP_AMOUNTS];
	struct point commit[BPP_AMOUNTS];
	struct bpp p;
	size_t i;

	for (i = 0; i < n; i++) {
		noise_bytes(&noise, &amount[i], sizeof(amount[i]));
		commit_to(amount[i], &mask[i], &commit[i]);
	}
	must(bpp_prove(amount, mask, n, &noise, &scratch, &p));
	printf("range");
	show(commit, n);
	show(&p.a, 1);
	show(&p.a1, 1);
	show(&p.b, 1);
	show(&p.r1, 1);
	show(&p.s1, 1);
	show(&p.d1, 1);
	show(p.l, p.rounds);
	show(p.r, p.rounds);
	printf("\n");
}

static void
ring_signature(size_t n, size_t real)
{
	struct ring ring = { .n = n, .real = real };
	struct clsag_ask ask = { .ring = &ring };
	struct scalar x = { { 0 } }, k, mask, alpha, e, t;
	struct clsag sig;
	struct point hp;
	size_t i;

	for (i = 0; i < n; i++) {
		commit_to(0, &k, &ring.key[i]);		/* k G */
		commit_to(i == real ? 70 : i, &mask, &ring.commit[i]);
		if (i == real) {
			x = k;
			ask.z = mask;
		}
	}
	commit_to(70, &mask, &ask.pseudo);
	sc_sub(&ask.z, &mask, &ask.z);
	noise_bytes(&noise, ask.message.b, 32);
	noise_scalar(&noise, &alpha);
	must(hash_to_point(&ring.key[real], &hp));
	must(ed_mul(&x, &hp, &ask.image));
	must(ed_base(&alpha, &ask.nonce_g));
	must(ed_mul(&alpha, &hp, &ask.nonce_hp));
	must(clsag_prepare(&ask, &noise, &scratch, &sig, &e, &t));
	sc_mul(&e, &x, &e);
	sc_add(&e, &t, &e);
	sc_sub(&alpha, &e, &sig.s[real]);
	printf("clsag");
	show(&ask.message, 1);
	show(&ask.image, 1);
	show(&ask.pseudo, 1);
	show(&sig.d8, 1);
	show(&sig.c1, 1);
	show(ring.key, n);
	show(ring.commit, n);
	show(sig.s, n);
	printf("\n");
}

int
main(void)
{
	static const size_t sizes[] = { 1, 2, 3, 16 };
	struct secret32 seed;
	size_t i;

	if (fread(seed.b, sizeof(seed.b), 1, stdin) != 1)
		return 1;
	noise_begin(&noise, &seed, span_text("peers"), span_text("proofs"));
	for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
		range_proof(sizes[i]);
	ring_signature(1, 0);
	ring_signature(16, 0);
	ring_signature(16, 9);
	ring_signature(16, 15);
	return 0;
}
