#include "core/chain/bitcoin/request.h"

/* What an input has, for the scripts of a registered wallet. */
struct hand {
	const struct request	*q;
	size_t			 i;
	const struct tap_leaf	*leaf;
	bool			 all;	/* foretold: others will sign, too */
};

static struct span
sig_at(const void *ctx, const struct pubkey *k)
{
	const struct hand *h = ctx;

	return policy_sig(h->q, h->i, h->leaf == NULL ? SPAN_OF(k->b) :
	    span_of(k->b + 1, 32), h->leaf);
}

/* As long as one will be: the size of a transaction is foretold with it. */
static struct span
any_sig(const void *ctx, const struct pubkey *k)
{
	static const uint8_t sig[72];
	const struct hand *h = ctx;
	const struct coin_in *in = &h->q->in[h->i];

	if (!h->all && !wallet_own_key(in, k) && sig_at(ctx, k).n == 0)
		return (struct span){ 0 };
	return span_of(sig, in->spend != SPEND_TR ? 71 :
	    in->type == SIGHASH_DEFAULT ? 64 : 65);
}

static bool
hashes_to(enum ms_kind kind, struct span value, struct span want)
{
	struct hash32 long_hash;
	struct hash20 short_hash;

	if (kind == MS_SHA256)
		sha256(value, &long_hash);
	else if (kind == MS_HASH256)
		hash256(value, &long_hash);
	else if (kind == MS_RIPEMD160)
		ripemd160(value, &short_hash);
	else
		hash160(value, &short_hash);
	return span_eq(want, want.n == sizeof(long_hash.b) ?
	    SPAN_OF(long_hash.b) : SPAN_OF(short_hash.b));
}

/* BIP174 has a field for each kind; a script takes 32 bytes, no more. */
static struct span
preimage_at(const void *ctx, enum ms_kind kind, struct span hash)
{
	static const uint64_t field[] = { IN_SHA256, IN_HASH256,
	    IN_RIPEMD160, IN_HASH160 };
	const struct hand *h = ctx;
	const struct psbt_map *m = &h->q->psbt.in[h->i];
	size_t k;

	for (k = 0; k < m->n; k++)
		if (m->e[k].type == field[kind - MS_SHA256] &&
		    span_eq(m->e[k].data, hash) && m->e[k].value.n == 32 &&
		    hashes_to(kind, m->e[k].value, hash))
			return m->e[k].value;
	return (struct span){ 0 };
}

/* BIP68, BIP112. */
static bool
is_older(const void *ctx, uint32_t want)
{
	const struct hand *h = ctx;
	const struct tx *tx = &h->q->psbt.tx;
	uint32_t s = tx->in[h->i].sequence, clock = 1u << 22;

	return tx->version >= 2 && (s & 1u << 31) == 0 &&
	    (s & clock) == (want & clock) && (s & 0xffff) >= (want & 0xffff);
}

/* BIP65. */
static bool
is_after(const void *ctx, uint32_t want)
{
	const struct hand *h = ctx;
	const struct tx *tx = &h->q->psbt.tx;

	return tx->in[h->i].sequence != SEQUENCE_FINAL &&
	    (tx->locktime < 500000000) == (want < 500000000) &&
	    tx->locktime >= want;
}

bool
wallet_lock_met(const struct request *q, size_t i, const struct ms *m)
{
	const struct hand h = { .q = q, .i = i };

	return m->kind == MS_OLDER ? is_older(&h, m->k) : is_after(&h, m->k);
}

/* The leaf that costs least. */
static enum err
cheapest(struct hand *h, const struct ms_hand *hand, struct arena *a,
    struct ms_witness *out, const struct built_leaf **leaf)
{
	const struct spot_in *at = h->q->in[h->i].spot;
	struct ms_witness w;
	size_t k, size = SIZE_MAX, n;
	enum err e;

	for (k = 0; k < at->wallet->d.nleaf; k++) {
		const struct built_leaf *l = &at->built.leaf[k];

		h->leaf = leaf_find(&h->q->in[h->i], SPAN_OF(l->hash.b));
		if (h->leaf == NULL)
			continue;
		e = ms_satisfy(at->wallet->d.leaf[k].ms, at->built.key, hand,
		    a, &w);
		if (e == ERR_MISSING)
			continue;
		if (e != 0)
			return e;
		n = w.size + l->script.n + l->control.n;
		if (n >= size)
			continue;
		size = n;
		*out = w;
		*leaf = l;
	}
	return size == SIZE_MAX ? ERR_MISSING : ERR_NONE;
}

static enum err
satisfy(const struct request *q, size_t i, bool foretell, struct arena *a,
    struct ms_witness *out, const struct built_leaf **leaf)
{
	const struct spot_in *at = q->in[i].spot;
	struct hand h = { .q = q, .i = i };
	struct ms_hand hand = { &h, foretell ? any_sig : sig_at, preimage_at,
	    is_older, is_after };
	enum err e;

	for (;; h.all = true) {
		*leaf = NULL;
		e = at->wallet->d.spend == SPEND_TR ?
		    cheapest(&h, &hand, a, out, leaf) :
		    ms_satisfy(at->wallet->d.code, at->built.key, &hand, a,
		    out);
		if (e != ERR_MISSING || !foretell || h.all)
			return e;
	}
}

enum err
wallet_satisfy(const struct request *q, size_t i, struct arena *a,
    struct ms_witness *out, const struct built_leaf **leaf)
{
	return satisfy(q, i, false, a, out, leaf);
}

static uint64_t
counted(struct span s)
{
	return s.n + (s.n < 0xfd ? 1 : 3);
}

uint64_t
wallet_size(const struct request *q, size_t i)
{
	struct arena scratch = *q->review->arena;
	const struct coin_in *in = &q->in[i];
	const struct built_leaf *leaf;
	const struct own_sig *s;
	struct ms_witness w;

	/* Our key alone, by the key path, is least of all. */
	for (s = in->own; s != NULL; s = s->next)
		if (s->kind == SIGN_TAPROOT_ROOT)
			return 0;
	if (in->spend == SPEND_SH ||
	    satisfy(q, i, true, &scratch, &w, &leaf) != 0)
		return 0;
	return 1 + w.size + (leaf == NULL ? counted(in->code) :
	    counted(leaf->script) + counted(leaf->control));
}
