#include "core/chain/bitcoin/request.h"

static bool
hash160_is(struct span of, struct span want)
{
	struct hash20 h;

	hash160(of, &h);
	return span_eq(SPAN_OF(h.b), want);
}

static bool
sha256_is(struct span of, struct span want)
{
	struct hash32 h;

	sha256(of, &h);
	return span_eq(SPAN_OF(h.b), want);
}

static void
take_code(struct coin_in *in, enum spend how, struct span program)
{
	if (in->wscript.p == NULL || !sha256_is(in->wscript, program) ||
	    !script_sane(in->wscript, false))
		return;
	in->spend = how;
	in->code = in->wscript;
}

/* Behind a bare script hash only the template of several keys is signed: of
 * the old kind of signature nothing else is in use. */
void
policy_form(struct coin_in *in)
{
	struct script inner = script_of(in->redeem);
	struct multi m;

	if (in->script.kind == SCRIPT_WSH) {
		take_code(in, SPEND_WSH, in->script.hash);
		return;
	}
	if (in->script.kind != SCRIPT_SH || in->redeem.p == NULL ||
	    !hash160_is(in->redeem, in->script.hash))
		return;
	if (inner.kind == SCRIPT_WSH) {
		take_code(in, SPEND_SH_WSH, inner.hash);
	} else if (in->redeem.n <= REDEEM_SIZE_MAX &&
	    multi_read(in->redeem, &m)) {
		in->spend = SPEND_SH;
		in->code = in->redeem;
	}
}

/* Why there is no script that could be signed. */
static uint64_t
why_no_code(const struct coin_in *in)
{
	struct script inner = script_of(in->redeem);
	struct span program = in->script.hash;

	if (in->script.kind == SCRIPT_SH) {
		if (in->redeem.p == NULL ||
		    !hash160_is(in->redeem, in->script.hash))
			return TRAIT_BIT(SCRIPT_MISSING);
		if (inner.kind == SCRIPT_WPKH)
			return TRAIT_BIT(INPUT_FALSE);
		if (inner.kind != SCRIPT_WSH)
			return TRAIT_BIT(SCRIPT_UNSUPPORTED);
		program = inner.hash;
	}
	if (in->wscript.p == NULL || !sha256_is(in->wscript, program))
		return TRAIT_BIT(SCRIPT_MISSING);
	return TRAIT_BIT(SCRIPT_UNSUPPORTED);
}

static enum err
add(const struct request *q, struct coin_in *in, const struct claimed *c,
    enum sign_kind kind, const struct tap_leaf *leaf)
{
	struct xonly x = xonly_of_pub(&c->pub);
	struct own_sig *s;

	for (s = in->own; s != NULL; s = s->next)
		if (s->leaf == leaf &&
		    memcmp(&s->pub, &c->pub, sizeof(s->pub)) == 0)
			return 0;
	if (in->nown == LIMIT_OWN_SIGS) {
		in->traits |= TRAIT_BIT(SCRIPT_UNSUPPORTED);
		return 0;
	}
	if ((s = arena_new(q->review->arena, struct own_sig, 1)) == NULL)
		return ERR_SPACE;
	*s = (struct own_sig){ .next = in->own, .key = c->ref,
	    .pub = c->pub, .kind = kind, .leaf = leaf };
	if (leaf != NULL) {
		memcpy(s->id, x.b, sizeof(x.b));
		memcpy(s->id + sizeof(x.b), leaf->hash.b,
		    sizeof(leaf->hash.b));
	}
	if (!in->ours)
		in->key = c->ref;
	in->own = s;
	in->nown++;
	in->ours = true;
	in->traits |= TRAIT_BIT(WALLET_UNREGISTERED) |
	    own_path_network(&c->ref.path, q->review->network);
	return 0;
}

static enum err
take_script(const struct request *q, struct coin_in *in,
    const struct claimed *c)
{
	if (!spend_is_script(in->spend)) {
		in->traits |= why_no_code(in);
		return 0;
	}
	if (c->taproot || !script_holds(in->code, SPAN_OF(c->pub.b))) {
		in->traits |= TRAIT_BIT(INPUT_FALSE);
		return 0;
	}
	return add(q, in, c, SIGN_ECDSA, NULL);
}

/* Do internal key and root, as far as the file has them, give the coin? */
static bool
root_agrees(const struct coin_in *in)
{
	struct xonly internal, key;
	struct hash32 root;
	uint8_t parity;

	if (in->tap_internal.p == NULL || in->tap_root.p == NULL)
		return true;
	memcpy(internal.b, in->tap_internal.p, sizeof(internal.b));
	memcpy(root.b, in->tap_root.p, sizeof(root.b));
	return tap_output(&internal, &root, &key, &parity) == 0 &&
	    span_eq(SPAN_OF(key.b), in->script.hash);
}

/* The leaves that our key is said to be in: it must be, and they must be the
 * coin's. */
static enum err
take_leaves(const struct request *q, struct coin_in *in,
    const struct claimed *c)
{
	struct xonly x = xonly_of_pub(&c->pub);
	size_t k, n = 0;
	enum err e;

	for (k = 0; k < c->leaves; k++) {
		const struct tap_leaf *l = leaf_find(in,
		    span_of(c->hashes.p + 32 * k, 32));

		if (l == NULL)
			continue;
		n++;
		if (!script_sane(l->script, true))
			in->traits |= TRAIT_BIT(SCRIPT_UNSUPPORTED);
		else if (!script_holds(l->script, SPAN_OF(x.b)))
			in->traits |= TRAIT_BIT(TAPROOT_FALSE);
		else if ((e = add(q, in, c, SIGN_SCHNORR, l)) != 0)
			return e;
	}
	if (n == 0)
		in->traits |= in->nleaf == 0 ? TRAIT_BIT(SCRIPT_MISSING) :
		    TRAIT_BIT(TAPROOT_FALSE);
	return 0;
}

/* Key path where the internal key is ours: then no leaf has to be shown. */
static enum err
take_taproot(const struct request *q, size_t i, const struct claimed *c)
{
	struct coin_in *in = &q->in[i];
	struct xonly x = xonly_of_pub(&c->pub);
	bool inside = in->tap_internal.p != NULL &&
	    span_eq(in->tap_internal, SPAN_OF(x.b));
	const struct psbt_map *m = &q->psbt.in[i];
	size_t k;

	for (k = 0; k < m->n; k++)
		if (m->e[k].type == IN_MUSIG_KEYS) {
			in->traits |= TRAIT_BIT(SCRIPT_UNSUPPORTED);
			return 0;
		}
	if (!c->taproot || (inside && in->tap_root.p == NULL) ||
	    (in->tap_internal.p == NULL && c->leaves == 0)) {
		in->traits |= TRAIT_BIT(INPUT_FALSE);
		return 0;
	}
	if (!root_agrees(in) || (!inside && c->leaves == 0)) {
		in->traits |= TRAIT_BIT(TAPROOT_FALSE);
		return 0;
	}
	return inside ? add(q, in, c, SIGN_TAPROOT_ROOT, NULL) :
	    take_leaves(q, in, c);
}

enum err
policy_take(const struct request *q, size_t i, const struct claimed *c)
{
	struct coin_in *in = &q->in[i];

	if (q->psbt.in[i].n > LIMIT_INPUT_FIELDS) {
		in->traits |= TRAIT_BIT(SCRIPT_UNSUPPORTED);
		return 0;
	}
	switch (in->script.kind) {
	case SCRIPT_SH:
	case SCRIPT_WSH:
		return take_script(q, in, c);
	case SCRIPT_TR:
		return take_taproot(q, i, c);
	case SCRIPT_PKH:
	case SCRIPT_WPKH:
		in->traits |= TRAIT_BIT(INPUT_FALSE);
		return 0;
	case SCRIPT_OTHER:
	case SCRIPT_ANCHOR:
	case SCRIPT_WITNESS:
	case SCRIPT_DATA:
		break;
	}
	in->traits |= TRAIT_BIT(SCRIPT_UNSUPPORTED);
	return 0;
}
