#include "core/base/reader.h"
#include "core/chain/bitcoin/request.h"

/* A one-key script's signature commits to this in the script's place. */
static struct key_script
code_of(const struct coin_in *in)
{
	struct key_script code;
	struct hash20 h;

	memcpy(h.b, in->hash.p, sizeof(h.b));
	script_code(&h, &code);
	return code;
}

enum err
sig_digest(const struct request *q, size_t i, uint32_t type,
    struct hash32 *out)
{
	const struct coin_in *in = &q->in[i];
	struct sighash *h = &q->review->sighash;
	struct key_script code;

	if (!sighash_known(type, in->spend == SPEND_TR))
		return ERR_RANGE;
	switch (in->spend) {
	case SPEND_PKH:
		if (type == SIGHASH_ALL)
			sighash_legacy_all(h, i, q->coin[i].script, out);
		else
			sighash_legacy(&q->psbt.tx, i, q->coin[i].script,
			    type, out);
		return 0;
	case SPEND_WPKH:
	case SPEND_SH_WPKH:
		code = code_of(in);
		sighash_segwit(h, i, key_script_span(&code), type, out);
		return 0;
	case SPEND_SH:
		sighash_legacy(&q->psbt.tx, i, in->code, type, out);
		return 0;
	case SPEND_SH_WSH:
	case SPEND_WSH:
		sighash_segwit(h, i, in->code, type, out);
		return 0;
	case SPEND_TR:
		if (!q->review->all_coins)
			return ERR_MISSING;
		return sighash_taproot(h, i, type, out);
	case SPEND_NONE:
		break;
	}
	return ERR_FORM;
}

enum err
sig_leaf_digest(const struct request *q, size_t i, uint32_t type,
    const struct tap_leaf *leaf, struct hash32 *out)
{
	if (leaf == NULL)
		return sig_digest(q, i, type, out);
	if (!q->review->all_coins)
		return ERR_MISSING;
	return sighash_tapscript(&q->review->sighash, i, type, &leaf->hash,
	    out);
}

/* BIP174: the input's kind of signature, if it names one, binds all. */
static bool
other_type(const struct coin_in *in, uint32_t type)
{
	return in->has_type && type != in->type;
}

/* leaf NULL: by the key path. */
enum err
sig_leaf_verify(const struct request *q, size_t i,
    const struct tap_leaf *leaf, struct span by, struct span value)
{
	uint32_t type = value.n == 65 ? value.p[64] : SIGHASH_DEFAULT;
	struct hash32 digest;
	struct xonly key;
	struct sig64 sig;
	enum err e;

	/* BIP341: DEFAULT is said by leaving the byte out. */
	if (value.n < 64 || value.n > 65 || by.n != sizeof(key.b) ||
	    (value.n == 65 && type == SIGHASH_DEFAULT))
		return ERR_FORM;
	if (other_type(&q->in[i], type))
		return ERR_MISMATCH;
	if ((e = sig_leaf_digest(q, i, type, leaf, &digest)) != 0)
		return e;
	memcpy(key.b, by.p, sizeof(key.b));
	memcpy(sig.b, value.p, sizeof(sig.b));
	return schnorr_verify(&key, &digest, &sig);
}

/* Is it a key that the script asks for? */
static bool
is_of(const struct coin_in *in, struct span key)
{
	struct hash20 h;

	if (spend_is_script(in->spend))
		return script_holds(in->code, key);
	hash160(key, &h);
	return span_eq(SPAN_OF(h.b), in->hash);
}

enum err
sig_verify(const struct request *q, size_t i, struct span key,
    struct span value)
{
	const struct coin_in *in = &q->in[i];
	struct hash32 digest;
	struct pubkey pub;
	struct sig64 sig;
	enum err e;

	if (in->spend == SPEND_TR)
		return sig_leaf_verify(q, i, NULL, in->hash, value);
	if (in->spend == SPEND_NONE || value.n < 1)
		return ERR_FORM;
	if (!is_of(in, key) || other_type(in, value.p[value.n - 1]))
		return ERR_MISMATCH;
	/* BIP143: segwit takes compressed keys only. */
	if (in->spend != SPEND_PKH && in->spend != SPEND_SH &&
	    key.n != sizeof(pub.b))
		return ERR_KEY;
	if ((e = pub_of_span(key, &pub)) != 0 ||
	    (e = ecdsa_of_der(span_of(value.p, value.n - 1), &sig)) != 0 ||
	    (e = sig_digest(q, i, value.p[value.n - 1], &digest)) != 0)
		return e;
	return ecdsa_verify(&pub, &digest, &sig);
}

/* A direct push of 1 to 75 bytes. */
static struct span
read_push(struct reader *r)
{
	uint8_t n = read_u8(r);

	if (n < 1 || n > 75)
		reader_fail(r, ERR_FORM);
	return read_span(r, n);
}

enum err
sig_of_final(enum spend how, struct span script, struct span witness,
    struct span *key, struct span *value)
{
	struct span item[2] = { { 0 } };
	struct reader r = reader_of(script);
	size_t n, want = how == SPEND_TR ? 1 : 2;
	enum err e;

	if (how == SPEND_PKH) {
		*value = read_push(&r);
		*key = read_push(&r);
		if (witness.n > 1)
			reader_fail(&r, ERR_FORM);
		return reader_done(&r);
	}
	if ((e = witness_read(witness, item, 2, &n)) != 0)
		return e;
	if (n != want)
		return ERR_FORM;
	*value = item[0];
	*key = item[1];
	return 0;
}

/* By a leaf, then; what runs a script is the node. */
static bool
by_leaf(const struct coin_in *in)
{
	size_t n;

	return in->spend == SPEND_TR &&
	    witness_read(in->final_witness, NULL, 0, &n) == 0 && n > 1;
}

/* What is final already; of one key's script, it must hold. */
static void
present_final(const struct request *q, size_t i)
{
	struct coin_in *in = &q->in[i];
	struct span key, value;

	in->complete = true;
	if (in->spend == SPEND_NONE || spend_is_script(in->spend) ||
	    by_leaf(in) || !q->review->all_coins)
		return;
	if (sig_of_final(in->spend, in->final_script, in->final_witness,
	    &key, &value) != 0 || sig_verify(q, i, key, value) != 0)
		in->traits |= TRAIT_BIT(SIG_FALSE);
}

static void
present_one(const struct request *q, size_t i, struct span key,
    struct span value)
{
	struct coin_in *in = &q->in[i];

	if (sig_verify(q, i, key, value) != 0) {
		in->traits |= TRAIT_BIT(SIG_FALSE);
		return;
	}
	in->complete = true;
	in->sig = value;
	in->sig_key = key;
}

void
sig_present(const struct request *q, size_t i)
{
	const struct psbt_map *m = &q->psbt.in[i];
	struct coin_in *in = &q->in[i];
	size_t k;

	if (in->final_script.p != NULL || in->final_witness.p != NULL) {
		present_final(q, i);
		return;
	}
	if (in->spend == SPEND_NONE)
		return;
	if (in->spend == SPEND_TR && in->tap_sig.p != NULL)
		present_one(q, i, (struct span){ 0 }, in->tap_sig);
	for (k = 0; k < m->n && in->spend != SPEND_TR &&
	    !spend_is_script(in->spend); k++)
		if (m->e[k].type == IN_PARTIAL_SIG)
			present_one(q, i, m->e[k].data, m->e[k].value);
	if (in->spend == SPEND_TR || spend_is_script(in->spend))
		policy_present(q, i);
}
