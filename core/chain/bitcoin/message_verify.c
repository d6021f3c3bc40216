#include "core/chain/bitcoin/message.h"
#include "core/chain/bitcoin/request.h"
#include "core/encode/base64.h"

#define RAW_MAX (MESSAGE_SIG_MAX / 4 * 3 + 3)
#define COMPACT_SIZE 65			/* of BIP137 */
#define FIRST 27
#define LAST 42

/* What is to be checked: text, and the script of the address. */
struct check {
	struct span		 text, script;
	enum spend		 how;
};

static enum spend
spend_of_script(struct span script)
{
	switch (script_of(script).kind) {
	case SCRIPT_PKH:
		return SPEND_PKH;
	case SCRIPT_SH:
		return SPEND_SH_WPKH;
	case SCRIPT_WPKH:
		return SPEND_WPKH;
	case SCRIPT_TR:
		return SPEND_TR;
	case SCRIPT_OTHER:
	case SCRIPT_WSH:
	case SCRIPT_ANCHOR:
	case SCRIPT_WITNESS:
	case SCRIPT_DATA:
		break;
	}
	return SPEND_NONE;
}

static bool
builds(const struct check *c, const struct pubkey *pub)
{
	struct key_script s;

	return script_of_key(c->how, pub, &s) == 0 &&
	    span_eq(key_script_span(&s), c->script);
}

/* The header says which kind of address it is for; wallets that are older
 * than BIP137 write that of a legacy one for all, and it is read so. */
static enum err
check_bip137(const struct check *c, struct span raw)
{
	uint8_t kind = (uint8_t)((raw.p[0] - FIRST) / 4);
	struct hash32 digest;
	struct pubkey pub;
	struct sig64 sig;
	enum err e;

	if (kind == 0)		/* a key that is not compressed */
		return ERR_VERSION;
	if ((kind == 2 && c->how != SPEND_SH_WPKH) ||
	    (kind == 3 && c->how != SPEND_WPKH) || c->how == SPEND_TR)
		return ERR_MISMATCH;
	memcpy(sig.b, raw.p + 1, sizeof(sig.b));
	message_digest_bip137(c->text, &digest);
	if ((e = ecdsa_recover(&digest, &sig, (raw.p[0] - FIRST) % 4u,
	    &pub)) != 0)
		return e;
	if (!builds(c, &pub))
		return ERR_MISMATCH;
	return ecdsa_verify(&pub, &digest, &sig);
}

static enum err
check_schnorr(const struct check *c, const struct tx *tx, struct span value)
{
	struct tx_out coin = { .script = c->script };
	uint32_t type = SIGHASH_DEFAULT;
	struct hash32 digest;
	struct xonly key;
	struct sighash h;
	struct sig64 sig;
	enum err e;

	if (value.n == sizeof(sig.b) + 1 &&
	    value.p[sizeof(sig.b)] == SIGHASH_ALL)
		type = SIGHASH_ALL;
	else if (value.n != sizeof(sig.b))
		return ERR_FORM;
	sighash_begin(&h, tx, &coin);
	if ((e = sighash_taproot(&h, 0, type, &digest)) != 0)
		return e;
	memcpy(sig.b, value.p, sizeof(sig.b));
	memcpy(key.b, script_of(c->script).hash.p, sizeof(key.b));
	return schnorr_verify(&key, &digest, &sig);
}

static enum err
check_ecdsa(const struct check *c, const struct tx *tx, struct span by,
    struct span value)
{
	struct hash32 digest;
	struct pubkey pub;
	struct sig64 sig;
	enum err e;

	/* BIP322: ALL is the only kind. */
	if (by.n != sizeof(pub.b) || value.n < 2 ||
	    value.p[value.n - 1] != SIGHASH_ALL)
		return ERR_FORM;
	if ((e = pub_of_span(by, &pub)) != 0 ||
	    (e = ecdsa_of_der(span_of(value.p, value.n - 1), &sig)) != 0)
		return e;
	if (!builds(c, &pub))
		return ERR_MISMATCH;
	if ((e = message_tx_digest(tx, c->how, c->script, &pub,
	    &digest)) != 0)
		return e;
	return ecdsa_verify(&pub, &digest, &sig);
}

/* The script of an input: the push of its own kind, or nothing. */
static bool
script_fits(const struct check *c, const struct tx_in *in, struct span by)
{
	struct key_script redeem;
	struct pubkey pub;

	if (c->how == SPEND_PKH)
		return true;	/* read whole by sig_of_final */
	if (c->how != SPEND_SH_WPKH)
		return in->script.n == 0;
	return pub_of_span(by, &pub) == 0 &&
	    script_of_key(SPEND_WPKH, &pub, &redeem) == 0 &&
	    in->script.n == redeem.n + 1 && in->script.p[0] == redeem.n &&
	    span_eq(span_of(in->script.p + 1, redeem.n),
	    key_script_span(&redeem));
}

static enum err
check_tx(const struct check *c, const struct tx *tx)
{
	struct span by = { 0 }, value = { 0 };
	enum err e;

	if ((e = sig_of_final(c->how, tx->in[0].script, tx->in[0].witness,
	    &by, &value)) != 0)
		return e;
	if (!script_fits(c, &tx->in[0], by))
		return ERR_MISMATCH;
	return c->how == SPEND_TR ? check_schnorr(c, tx, value) :
	    check_ecdsa(c, tx, by, value);
}

static enum err
check_simple(const struct check *c, struct span raw)
{
	struct message_tx t;

	if (c->how != SPEND_WPKH && c->how != SPEND_TR)
		return ERR_VERSION;
	message_to_sign(c->text, c->script, &t);
	t.in.witness = raw;
	return check_tx(c, &t.tx);
}

/* Version, lock time and sequence are the signer's to choose; the rest must
 * be as BIP322 says.  More inputs would be a proof of funds. */
static enum err
check_full(const struct check *c, struct span raw)
{
	uint8_t memory[1024];
	struct arena a = { .base = memory, .size = sizeof(memory) };
	struct message_tx want;
	struct tx tx;
	enum err e;
	size_t at;

	if ((e = tx_read(raw, true, &a, &tx, &at)) != 0)
		return e;
	message_to_sign(c->text, c->script, &want);
	if (tx.nin != 1 || tx.nout != 1 || tx.out[0].amount != 0 ||
	    (tx.version != 0 && tx.version != 2) ||
	    !span_eq(tx.out[0].script, want.out.script) ||
	    !span_eq(span_of(tx.in[0].outpoint, OUTPOINT_SIZE),
	    SPAN_OF(want.outpoint)))
		return ERR_MISMATCH;
	return check_tx(c, &tx);
}

static bool
begins(struct span s, const char *word)
{
	size_t n = strlen(word);

	return s.n >= n && memcmp(s.p, word, n) == 0;
}

enum err
message_verify(enum network net, struct span address, struct span text,
    struct span sig)
{
	struct check c = { .text = text };
	bool full = begins(sig, "ful"), prefix = full || begins(sig, "smp");
	struct base64_shape shape;
	struct key_script script;
	uint8_t raw[RAW_MAX];
	enum err e;
	size_t n;

	if ((e = script_of_address(net, address, &script)) != 0)
		return e;
	c.script = key_script_span(&script);
	c.how = spend_of_script(c.script);
	if (c.how == SPEND_NONE || begins(sig, "pof"))
		return ERR_VERSION;
	if (prefix)
		sig = span_of(sig.p + 3, sig.n - 3);
	if ((e = base64_bytes(sig, raw, sizeof(raw), &n, &shape)) != 0)
		return e;
	if (full)
		return check_full(&c, span_of(raw, n));
	if (!prefix && n == COMPACT_SIZE && raw[0] >= FIRST &&
	    raw[0] <= LAST)
		return check_bip137(&c, span_of(raw, n));
	return check_simple(&c, span_of(raw, n));
}
