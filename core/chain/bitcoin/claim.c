#include "core/chain/bitcoin/request.h"

/* Is the key in the field the one that our own derivation gives? */
bool
claim_same_key(const struct psbt_entry *e, bool taproot,
    const struct pubkey *ours)
{
	struct xonly x = xonly_of_pub(ours);

	/* Keys derived by BIP32 are used in their compressed form only. */
	return span_eq(e->data, taproot ? SPAN_OF(x.b) : SPAN_OF(ours->b));
}

static enum err
try_key(const struct psbt_entry *e, struct pubring *ring, struct claimed *c,
    bool *same)
{
	enum err err = pubring_key(ring, &c->ref, &c->pub);

	*same = false;
	if (err == ERR_KEY)		/* no such child: then not ours */
		return 0;
	if (err != 0)
		return err;
	*same = claim_same_key(e, c->taproot, &c->pub);
	return 0;
}

/* 00000000: some coordinators know the key, but not whose it is. */
static enum err
try_all(const struct psbt_entry *e, struct pubring *ring, struct claimed *c,
    enum claim *out)
{
	bool same = false;
	enum err err;
	size_t i;

	c->absent = true;
	for (i = 0; i < ring->nfpr && !same; i++) {
		c->ref.fpr = ring->fpr[i];
		if ((err = try_key(e, ring, c, &same)) != 0)
			return err;
	}
	*out = same ? CLAIM_OURS : CLAIM_NONE;
	return 0;
}

enum err
claim_check(const struct psbt_entry *e, bool taproot, struct pubring *ring,
    struct claimed *c, enum claim *out)
{
	static const struct fpr absent;
	struct origin o;
	enum err err;
	bool same;

	*c = (struct claimed){ .taproot = taproot };
	*out = CLAIM_NONE;
	if ((err = origin_read(e->value, taproot, &o)) != 0 ||
	    (err = path_of_words(o.words, &c->ref.path)) != 0)
		return err;
	memcpy(c->ref.fpr.b, o.fpr.p, sizeof(c->ref.fpr.b));
	c->leaves = o.leaves;
	c->hashes = o.hashes;
	if (!pubring_ours(ring, &c->ref.fpr))
		return fpr_eq(&c->ref.fpr, &absent) ?
		    try_all(e, ring, c, out) : ERR_NONE;
	if ((err = try_key(e, ring, c, &same)) != 0)
		return err;
	*out = same ? CLAIM_OURS : CLAIM_FALSE;
	return 0;
}
