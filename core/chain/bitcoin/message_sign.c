#include "core/chain/bitcoin/message.h"
#include "core/chain/bitcoin/request.h"
#include "core/encode/base64.h"

#define WITNESS_MAX 128
#define SCRIPT_MAX 128

static struct span
script_span(const struct message *m)
{
	return key_script_span(&m->review->script);
}

enum err
message_digest(const struct message *m, struct hash32 *out)
{
	struct message_tx t;

	if (m->form == MESSAGE_BIP137) {
		message_digest_bip137(m->text, out);
		return 0;
	}
	message_to_sign(m->text, script_span(m), &t);
	return message_tx_digest(&t.tx, m->how, script_span(m),
	    &m->review->pub, out);
}

/* BIP137: 27 and the number that gives the key back; 4 more for a compressed
 * key, 8 and 12 for one in segwit. */
static enum err
put_bip137(const struct message *m, const struct sig64 *sig, struct sink *s)
{
	uint8_t first = m->how == SPEND_WPKH ? 39 :
	    m->how == SPEND_SH_WPKH ? 35 : 31;
	struct hash32 digest;
	struct pubkey pub;
	unsigned i;

	message_digest_bip137(m->text, &digest);
	for (i = 0; i < 4; i++) {
		if (ecdsa_recover(&digest, sig, i, &pub) != 0 ||
		    memcmp(&pub, &m->review->pub, sizeof(pub)) != 0)
			continue;
		put_u8(s, (uint8_t)(first + i));
		put_span(s, SPAN_OF(sig->b));
		return s->err;
	}
	return ERR_MISMATCH;
}

/* As it stands in an input: DER or 64 bytes, and its kind, ALL. */
static struct span
sig_value(const struct message *m, const struct sig64 *sig,
    uint8_t out[SIG_VALUE_MAX])
{
	size_t n = sizeof(sig->b);

	if (m->how == SPEND_TR)
		memcpy(out, sig->b, n);
	else
		n = ecdsa_to_der(sig, out);
	out[n++] = SIGHASH_ALL;
	return span_of(out, n);
}

static void
put_witness(const struct message *m, struct span sig, struct sink *s)
{
	put_u8(s, m->how == SPEND_TR ? 1 : 2);
	put_compact_span(s, sig);
	if (m->how != SPEND_TR)
		put_compact_span(s, SPAN_OF(m->review->pub.b));
}

static enum err
put_script(const struct message *m, struct span sig, struct sink *s)
{
	struct key_script redeem;
	enum err e;

	if (m->how == SPEND_PKH) {
		final_push(s, sig);
		final_push(s, SPAN_OF(m->review->pub.b));
	} else if (m->how == SPEND_SH_WPKH) {
		if ((e = script_of_key(SPEND_WPKH, &m->review->pub,
		    &redeem)) != 0)
			return e;
		final_push(s, key_script_span(&redeem));
	}
	return s->err;
}

static enum err
put_full(const struct message *m, struct span sig, struct sink *s)
{
	uint8_t witness[WITNESS_MAX + SIG_VALUE_MAX], script[SCRIPT_MAX +
	    SIG_VALUE_MAX];
	struct sink w = sink_to_buf(witness, sizeof(witness));
	struct sink c = sink_to_buf(script, sizeof(script));
	struct message_tx t;
	enum err e;

	message_to_sign(m->text, script_span(m), &t);
	if ((e = put_script(m, sig, &c)) != 0)
		return e;
	t.in.script = span_of(script, c.total);
	if (m->how != SPEND_PKH) {
		put_witness(m, sig, &w);
		t.in.witness = span_of(witness, w.total);
	}
	tx_put_whole(s, &t.tx);
	return w.err != 0 ? w.err : s->err;
}

enum err
message_encode(const struct message *m, const struct sig64 *sig,
    char out[MESSAGE_SIG_MAX])
{
	static const struct base64_shape one_line = { .wrap = 0 };
	uint8_t raw[MESSAGE_SIG_MAX / 4 * 3], value[SIG_VALUE_MAX];
	struct sink s = sink_to_buf(raw, sizeof(raw));
	struct sink t = sink_to_buf((uint8_t *)out, MESSAGE_SIG_MAX - 1);
	enum err e = 0;

	if (m->form == MESSAGE_BIP137)
		e = put_bip137(m, sig, &s);
	else if (m->form == MESSAGE_SIMPLE)
		put_witness(m, sig_value(m, sig, value), &s);
	else
		e = put_full(m, sig_value(m, sig, value), &s);
	if (e != 0 || s.err != 0)
		return e != 0 ? e : s.err;
	if (m->form != MESSAGE_BIP137)
		put_text(&t, m->form == MESSAGE_SIMPLE ? "smp" : "ful");
	base64_put(&t, span_of(raw, s.total), &one_line);
	if (t.err != 0)
		return t.err;
	out[t.total] = '\0';
	return 0;
}
