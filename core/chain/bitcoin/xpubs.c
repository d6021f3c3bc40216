#include "core/chain/bitcoin/request.h"

/* Extended keys of others: no honest file has more signers than this. */
#define COSIGNERS_MAX 256

static enum err
check_ours(const struct xpub *said, const struct keyref *ref,
    struct pubring *ring, struct review *v)
{
	uint8_t a[XPUB_SIZE], b[XPUB_SIZE];
	struct xpub ours;
	enum err err;

	if ((err = pubring_xpub(ring, ref, &ours)) != 0)
		return err;
	xpub_bytes(said, 0, a);
	xpub_bytes(&ours, 0, b);
	if (memcmp(a, b, sizeof(a)) != 0)
		v->traits |= TRAIT_BIT(XPUB_FALSE);
	return 0;
}

static enum err
read_xpub_field(const struct psbt_entry *e, struct pubring *ring,
    struct pubring *others, struct review *v)
{
	static const struct fpr absent;
	bool main_net = v->network == NET_MAIN;
	struct keyref ref;
	struct xpub said;
	struct origin o;
	uint32_t version;
	enum err err;

	if ((err = xpub_of_bytes(e->data, &version, &said)) != 0 ||
	    (err = origin_read(e->value, false, &o)) != 0 ||
	    (err = path_of_words(o.words, &ref.path)) != 0)
		return err;
	if (version == (main_net ? XPUB_VERSION_TEST : XPUB_VERSION_MAIN))
		v->traits |= TRAIT_BIT(XPUB_NETWORK);
	memcpy(ref.fpr.b, o.fpr.p, sizeof(ref.fpr.b));
	if (pubring_ours(ring, &ref.fpr))
		return check_ours(&said, &ref, ring, v);
	if (fpr_eq(&ref.fpr, &absent))
		return 0;
	if (others->nrow == COSIGNERS_MAX)
		return ERR_RANGE;
	err = pubring_add(others, &ref, &said);
	if (err == ERR_KEY)		/* two keys for one path */
		v->traits |= TRAIT_BIT(XPUB_FALSE);
	return err == ERR_KEY ? ERR_NONE : err;
}

/* A key said to come from such an extended key must do so. */
static enum err
check_origin(const struct psbt_entry *e, bool taproot,
    struct pubring *others, struct review *v)
{
	struct keyref ref;
	struct pubkey pub;
	struct origin o;
	enum err err;

	if ((err = origin_read(e->value, taproot, &o)) != 0 ||
	    (err = path_of_words(o.words, &ref.path)) != 0)
		return err;
	memcpy(ref.fpr.b, o.fpr.p, sizeof(ref.fpr.b));
	err = pubring_key(others, &ref, &pub);
	if (err == ERR_KEY || (err == 0 && !claim_same_key(e, taproot, &pub)))
		v->traits |= TRAIT_BIT(XPUB_FALSE);
	return err == ERR_SPACE ? err : ERR_NONE;
}

static enum err
check_map(const struct psbt_map *m, uint64_t plain, uint64_t tap,
    struct pubring *others, struct review *v)
{
	enum err e;
	size_t k;

	for (k = 0; k < m->n; k++)
		if ((m->e[k].type == plain || m->e[k].type == tap) &&
		    (e = check_origin(&m->e[k], m->e[k].type == tap, others,
		    v)) != 0)
			return e;
	return 0;
}

enum err
own_xpubs(const struct request *q, struct pubring *ring)
{
	struct pubring others = pubring_in(q->review->arena);
	const struct psbt *p = &q->psbt;
	enum err e;
	size_t i;

	for (i = 0; i < p->global.n; i++)
		if (p->global.e[i].type == GLOBAL_XPUB &&
		    (e = read_xpub_field(&p->global.e[i], ring, &others,
		    q->review)) != 0)
			return e;
	for (i = 0; i < p->tx.nin && others.nrow > 0; i++)
		if ((e = check_map(&p->in[i], IN_BIP32, IN_TAP_BIP32,
		    &others, q->review)) != 0)
			return e;
	for (i = 0; i < p->tx.nout && others.nrow > 0; i++)
		if ((e = check_map(&p->out[i], OUT_BIP32, OUT_TAP_BIP32,
		    &others, q->review)) != 0)
			return e;
	return 0;
}
