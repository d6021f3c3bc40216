#include "core/chain/bitcoin/message.h"
#include "core/chain/bitcoin/sighash.h"

/* The prefix that no transaction begins with. */
void
message_digest_bip137(struct span text, struct hash32 *out)
{
	static const char prefix[] = "Bitcoin Signed Message:\n";
	struct sha256 h;
	struct sink s = sink_to_sha256(&h);

	sha256_begin(&h);
	put_compact_span(&s, span_text(prefix));
	put_compact_span(&s, text);
	hash256_end(&h, out);
}

static struct hash32
message_hash(struct span text)
{
	struct hash32 out;
	struct sha256 h;

	tagged_begin(&h, "BIP0322-signed-message");
	sha256_put(&h, text);
	sha256_end(&h, &out);
	return out;
}

/* It spends output 2^32 - 1 of nothing, so that no block can hold it. */
void
message_to_spend(struct span text, struct span script, struct hash32 *txid)
{
	static const uint8_t nowhere[OUTPOINT_SIZE] = {
		[32] = 0xff, [33] = 0xff, [34] = 0xff, [35] = 0xff };
	struct hash32 hash = message_hash(text);
	uint8_t push[2 + sizeof(hash.b)] = { 0x00, sizeof(hash.b) };
	struct tx_in in = { .outpoint = nowhere, .script = SPAN_OF(push) };
	struct tx_out out = { .script = script };
	struct tx tx = { .nin = 1, .nout = 1, .in = &in, .out = &out };

	memcpy(push + 2, hash.b, sizeof(hash.b));
	tx_name(&tx, false, txid);
}

void
message_to_sign(struct span text, struct span script, struct message_tx *t)
{
	static const uint8_t op_return[] = { 0x6a };
	struct hash32 txid;

	message_to_spend(text, script, &txid);
	memset(t, 0, sizeof(*t));
	memcpy(t->outpoint, txid.b, sizeof(txid.b));
	t->in.outpoint = t->outpoint;
	t->out.script = SPAN_OF(op_return);
	t->tx = (struct tx){ .nin = 1, .nout = 1, .in = &t->in,
	    .out = &t->out };
}

enum err
message_tx_digest(const struct tx *tx, enum spend how, struct span script,
    const struct pubkey *pub, struct hash32 *out)
{
	struct tx_out coin = { .script = script };
	struct key_script code;
	struct sighash h;
	struct hash20 id;

	sighash_begin(&h, tx, &coin);
	if (how == SPEND_TR)
		return sighash_taproot(&h, 0, SIGHASH_ALL, out);
	hash160(SPAN_OF(pub->b), &id);
	script_code(&id, &code);
	if (how == SPEND_PKH)
		sighash_legacy(tx, 0, script, SIGHASH_ALL, out);
	else
		sighash_segwit(&h, 0, key_script_span(&code), SIGHASH_ALL,
		    out);
	return 0;
}
