#include "core/chain/monero/traits.h"
#include "core/chain/monero/unsigned.h"

#define FLAGS 3				/* RingCT and view tags */
#define RANGE_TYPE 3			/* padded, in one proof */
#define BP_VERSION 4			/* Bulletproofs+ with CLSAG */
#define PAYS_MIN 2

static uint64_t
kind_traits(const struct construction *c)
{
	uint64_t t = 0;

	if ((c->flags & ~FLAGS) != 0 || c->range_type > RANGE_TYPE ||
	    c->bp_version > BP_VERSION)
		t |= XMR_BIT(NEW_KIND);
	if ((c->flags & FLAGS) != FLAGS || c->range_type < RANGE_TYPE ||
	    (c->bp_version > 0 && c->bp_version < BP_VERSION))
		t |= XMR_BIT(OLD_KIND);
	return t;
}

uint64_t
construction_traits(const struct construction *c)
{
	uint64_t t = kind_traits(c);

	if (c->unlock != 0)
		t |= XMR_BIT(UNLOCK);
	if (c->nsource == 0)
		t |= XMR_BIT(NO_INPUTS);
	if (c->ndest < PAYS_MIN || c->ndest > OUTS_MAX)
		t |= XMR_BIT(PAY_COUNT);
	if (c->nselected != c->nsource)
		t |= XMR_BIT(INPUT_COUNT);
	return t;
}

static uint64_t
varint_size(uint64_t v)
{
	struct sink s = sink_to_count();

	put_varint(&s, v);
	return s.total;
}

static uint64_t
inputs_size(const struct construction *c)
{
	uint64_t n = 0;
	size_t i, k;

	for (i = 0; i < c->nsource; i++) {
		const struct source *s = &c->source[i];

		n += 1 + 1 + varint_size(s->ring.n) + 32;
		for (k = 0; k < s->ring.n; k++)
			n += varint_size(k == 0 ? s->member[0] :
			    s->member[k] - s->member[k - 1]);
		/* c1, D, pseudo-output and the responses */
		n += 3 * 32 + 32 * s->ring.n;
	}
	return n;
}

/* A larger range proof is cheap to carry and dear to verify: the network
 * weighs it as four fifths of what single proofs would take. */
static uint64_t
clawback(uint64_t padded, uint64_t rounds)
{
	const uint64_t base = 32 * (6 + 7 * 2) / 2;

	return padded <= 2 ? 0 :
	    (base * padded - 32 * (6 + 2 * rounds)) * 4 / 5;
}

uint64_t
tx_weight(const struct construction *c, const struct extra *x, uint64_t fee)
{
	const struct payees p = payees_of(c);
	uint64_t extra = 33, padded = 1, rounds = 6, n;

	while (padded < c->ndest) {
		padded *= 2;
		rounds++;
	}
	if (payees_need_more(&p))
		extra += 2 + 32 * c->ndest;
	if (id_wanted(c, x))
		extra += 2 + EXTRA_NONCE;
	n = 2 + varint_size(c->nsource) + inputs_size(c) +
	    varint_size(c->ndest) + 35 * c->ndest + varint_size(extra) +
	    extra;
	n += 1 + varint_size(fee) + 40 * c->ndest;
	n += 1 + 6 * 32 + 2 * (1 + 32 * rounds);
	return n + clawback(padded, rounds);
}
