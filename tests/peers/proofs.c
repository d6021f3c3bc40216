/*
 * Own proofs as lines of hexadecimal, for tests/peers/monero_check.py:
 *
 *	range COMMIT,... A A1 B r1 s1 d1 L,... R,...
 *	clsag MESSAGE IMAGE PSEUDO D8 c1 P,... C,... s,...
 */
#include "tests/peers/proofs.h"

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
	struct clsag_ask ask;
	struct scalar x, alpha, e, t;
	struct clsag sig;

	make_ring(&ask, &ring, &x, &alpha);
	must(clsag_prepare(&ask, &noise, &scratch, &sig, &e, &t));
	respond(&alpha, &x, &e, &t, &sig.s[real]);
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
