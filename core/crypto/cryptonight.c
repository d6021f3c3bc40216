#include <string.h>

#include "core/crypto/aes_cpu.h"
#include "core/crypto/cryptonight.h"
#include "core/crypto/finalists.h"
#include "core/crypto/keccak.h"

#define WORDS (CRYPTONIGHT_SCRATCH / sizeof(uint64_t))
#define TURNS (1u << 19)
#define LANES 25
#define TEXT 8			/* first of the sixteen lanes that fill it */
#define TEXT_WORDS 16

__extension__ typedef unsigned __int128 u128;

/* Sixteen words are two times four blocks, which no round mixes. */
struct text {
	uint64_t w[TEXT_WORDS];
	struct planes key[AES_ROUNDS];
	uint64_t flat[AES_ROUNDS][2];		/* the same for the processor */
	bool cpu;
};

static void
text_begin(struct text *t, const uint64_t key[4], const uint64_t *lane,
    bool cpu)
{
	uint64_t all[8];
	size_t r;

	t->cpu = cpu;
	memcpy(t->w, lane + TEXT, sizeof(t->w));
	aes_keys(key, t->key);
	for (r = 0; r < AES_ROUNDS; r++) {
		planes_words(&t->key[r], all);
		memcpy(t->flat[r], all, sizeof(t->flat[r]));
	}
	wipe(all, sizeof(all));
}

static void
ten_rounds(struct text *t)
{
	struct planes p;
	size_t h, r;

	if (t->cpu) {
		aes_cpu_ten(t->flat, t->w);
		return;
	}
	for (h = 0; h < 2; h++) {
		planes_of_words(t->w + 8 * h, &p);
		for (r = 0; r < AES_ROUNDS; r++)
			aes_round(&p, &t->key[r]);
		planes_words(&p, t->w + 8 * h);
	}
	wipe(&p, sizeof(p));
}

static void
fill(const uint64_t lane[LANES], bool cpu, uint64_t *pad)
{
	struct text t;
	size_t at;

	text_begin(&t, lane, lane, cpu);
	for (at = 0; at < WORDS; at += TEXT_WORDS) {
		ten_rounds(&t);
		memcpy(pad + at, t.w, sizeof(t.w));
	}
	wipe(&t, sizeof(t));
}

static void
gather(uint64_t lane[LANES], bool cpu, const uint64_t *pad)
{
	struct text t;
	size_t at, i;

	text_begin(&t, lane + 4, lane, cpu);
	for (at = 0; at < WORDS; at += TEXT_WORDS) {
		for (i = 0; i < TEXT_WORDS; i++)
			t.w[i] ^= pad[at + i];
		ten_rounds(&t);
	}
	memcpy(lane + TEXT, t.w, sizeof(t.w));
	wipe(&t, sizeof(t));
}

/* Where a word points: sixteen bytes of the pad.  The one secret address. */
static uint64_t *
spot(uint64_t *pad, uint64_t word)
{
	size_t at = (size_t)(word & 0x1ffff0) / sizeof(*pad);

	ct_public(&at, sizeof(at));
	return pad + at;
}

static void
wander(const uint64_t lane[LANES], bool cpu, uint64_t *pad)
{
	struct { uint64_t a[2], b[2], c[2]; } s = {
	    .a = { lane[0] ^ lane[4], lane[1] ^ lane[5] },
	    .b = { lane[2] ^ lane[6], lane[3] ^ lane[7] } };
	uint64_t *p, d[2];
	uint32_t i;
	u128 m;

	for (i = 0; i < TURNS; i++) {
		p = spot(pad, s.a[0]);
		if (cpu)
			aes_cpu_one(p, s.a, s.c);
		else
			aes_round_one(p, s.a, s.c);
		p[0] = s.b[0] ^ s.c[0];
		p[1] = s.b[1] ^ s.c[1];
		p = spot(pad, s.c[0]);
		d[0] = p[0];
		d[1] = p[1];
		m = (u128)s.c[0] * d[0];
		s.a[0] += (uint64_t)(m >> 64);
		s.a[1] += (uint64_t)m;
		p[0] = s.a[0];
		p[1] = s.a[1];
		s.a[0] ^= d[0];
		s.a[1] ^= d[1];
		s.b[0] = s.c[0];
		s.b[1] = s.c[1];
	}
	wipe(&s, sizeof(s));
	wipe(d, sizeof(d));
}

/* One of four hashes, by two bits: all are computed, one is kept. */
static void
last_hash(const uint64_t lane[LANES], struct secret32 *out)
{
	static void (*const hash[4])(struct span, struct hash32 *) = {
	    blake256, groestl256, jh256, skein512_256 };
	uint8_t state[8 * LANES];
	struct hash32 h;
	uint32_t keep;
	size_t i, k;

	for (i = 0; i < sizeof(state); i++)
		state[i] = (uint8_t)(lane[i / 8] >> 8 * (i % 8));
	wipe(out, sizeof(*out));
	for (k = 0; k < 4; k++) {
		hash[k](SPAN_OF(state), &h);
		keep = ct_opaque(0u - ((((state[0] & 3u) ^ (uint32_t)k) - 1) >>
		    31));
		for (i = 0; i < sizeof(out->b); i++)
			out->b[i] |= h.b[i] & (uint8_t)keep;
	}
	wipe(state, sizeof(state));
	wipe(&h, sizeof(h));
}

enum err
cryptonight_by(bool cpu, struct span in, struct arena *scratch,
    struct secret32 *out)
{
	size_t used = scratch->used, i;
	uint64_t *pad = arena_new(scratch, uint64_t, WORDS);
	uint64_t lane[LANES] = { 0 };
	uint8_t state[8 * LANES];
	struct keccak k;

	if (pad == NULL)
		return ERR_SPACE;
	keccak_begin(&k);
	keccak_put(&k, in);
	keccak_state(&k, state);
	for (i = 0; i < sizeof(state); i++)
		lane[i / 8] |= (uint64_t)state[i] << 8 * (i % 8);
	fill(lane, cpu, pad);
	wander(lane, cpu, pad);
	gather(lane, cpu, pad);
	keccak_f(lane);
	last_hash(lane, out);
	wipe(pad, CRYPTONIGHT_SCRATCH);
	scratch->used = used;
	wipe(lane, sizeof(lane));
	wipe(state, sizeof(state));
	return 0;
}

enum err
cryptonight(struct span in, struct arena *scratch, struct secret32 *out)
{
	return cryptonight_by(aes_cpu(), in, scratch, out);
}
