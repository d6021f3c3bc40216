#include "core/base/reader.h"
#include "core/chain/bitcoin/psbt.h"
#include "core/crypto/secp.h"
#include "core/keys/path.h"

typedef enum err check_fn(struct span);

/* One field that we know: what its key and its value must look like. */
struct field {
	enum psbt_side	 side;
	uint8_t		 type;
	uint8_t		 versions;	/* bits V0, V2 */
	const char	*name;
	uint8_t		 key_n;		/* key data: bytes, or ANY */
	uint8_t		 value_n;	/* value: bytes, or ANY */
	check_fn	*key;
	check_fn	*value;
};

#define V0 1
#define V2 2
#define BOTH 3
#define ANY 0xff
#define PUB_SIZE 33

static enum err
key_pub(struct span s)
{
	struct pubkey p;

	return pub_of_span(s, &p);
}

static enum err
key_xonly(struct span s)
{
	struct xonly x;

	if (s.n != sizeof(x.b))
		return ERR_FORM;
	memcpy(x.b, s.p, sizeof(x.b));
	return xonly_check(&x);
}

/* BIP341: a leaf version, an internal key, a path of at most 128 hashes. */
static enum err
key_control(struct span s)
{
	return s.n < 33 || (s.n - 33) % 32 != 0 || s.n > 33 + 128 * 32 ?
	    ERR_FORM : ERR_NONE;
}

static enum err
value_ecdsa(struct span s)
{
	struct sig64 sig;

	if (s.n < 1)
		return ERR_FORM;
	return ecdsa_of_der(span_of(s.p, s.n - 1), &sig);
}

static enum err
value_schnorr(struct span s)
{
	return s.n == 64 || s.n == 65 ? ERR_NONE : ERR_FORM;
}

static enum err
value_utxo(struct span s)
{
	struct reader r = reader_of(s);

	(void)read_u64le(&r);
	(void)read_compact_span(&r);
	return reader_done(&r);
}

static enum err
value_witness(struct span s)
{
	size_t n;

	return witness_read(s, NULL, 0, &n);
}

static enum err
origin_check(struct span s, bool taproot)
{
	struct origin o;
	enum err e;

	if ((e = origin_read(s, taproot, &o)) != 0)
		return e;
	return o.words.n / 4 > PATH_DEPTH ? ERR_RANGE : ERR_NONE;
}

static enum err
value_origin(struct span s)
{
	return origin_check(s, false);
}

static enum err
value_tap_origin(struct span s)
{
	return origin_check(s, true);
}

/* A script and, last, its leaf version. */
static enum err
value_leaf(struct span s)
{
	return s.n < 1 || (s.p[s.n - 1] & 1) != 0 ? ERR_FORM : ERR_NONE;
}

/* BIP371: depth, leaf version and script of each leaf, in order. */
static enum err
value_tree(struct span s)
{
	struct reader r = reader_of(s);

	if (s.n == 0)
		return ERR_FORM;
	while (reader_left(&r) > 0) {
		if (read_u8(&r) > 128 || (read_u8(&r) & 1) != 0)
			reader_fail(&r, ERR_FORM);
		(void)read_compact_span(&r);
	}
	return reader_done(&r);
}

/* BIP373: the aggregate key; then whole keys, each of one participant. */
static enum err
value_keys(struct span s)
{
	struct reader r = reader_of(s);
	enum err e;

	if (s.n == 0)
		return ERR_FORM;
	while (reader_left(&r) > 0)
		if ((e = key_pub(read_span(&r, PUB_SIZE))) != 0)
			return e;
	return reader_done(&r);
}

/* BIP373: a participant's key, the aggregate one, perhaps a leaf's hash. */
static enum err
key_musig(struct span s)
{
	enum err e;

	if (s.n != 2 * PUB_SIZE && s.n != 2 * PUB_SIZE + 32)
		return ERR_FORM;
	if ((e = key_pub(span_of(s.p, PUB_SIZE))) != 0)
		return e;
	return key_pub(span_of(s.p + PUB_SIZE, PUB_SIZE));
}

static enum err
value_compact(struct span s)
{
	struct reader r = reader_of(s);

	(void)read_compact(&r);
	return reader_done(&r);
}

static const struct field fields[] = {
	{ PSBT_GLOBAL, GLOBAL_TX, V0, "unsigned tx", 0, ANY, NULL, NULL },
	{ PSBT_GLOBAL, GLOBAL_XPUB, BOTH, "extended key", 78, ANY, NULL,
	    value_origin },
	{ PSBT_GLOBAL, GLOBAL_TX_VERSION, V2, "tx version", 0, 4, NULL, NULL },
	{ PSBT_GLOBAL, GLOBAL_LOCKTIME, V2, "fallback lock time", 0, 4, NULL,
	    NULL },
	{ PSBT_GLOBAL, GLOBAL_INPUTS, V2, "input count", 0, ANY, NULL,
	    value_compact },
	{ PSBT_GLOBAL, GLOBAL_OUTPUTS, V2, "output count", 0, ANY, NULL,
	    value_compact },
	{ PSBT_GLOBAL, GLOBAL_MODIFIABLE, V2, "modifiable flags", 0, 1, NULL,
	    NULL },
	{ PSBT_GLOBAL, GLOBAL_SILENT_SHARE, V2, "silent payment share",
	    PUB_SIZE, PUB_SIZE, key_pub, key_pub },
	{ PSBT_GLOBAL, GLOBAL_SILENT_PROOF, V2, "silent payment proof",
	    PUB_SIZE, 64, key_pub, NULL },
	{ PSBT_GLOBAL, GLOBAL_VERSION, BOTH, "version", 0, 4, NULL, NULL },

	{ PSBT_IN, IN_PREVTX, BOTH, "previous tx", 0, ANY, NULL, tx_check },
	{ PSBT_IN, IN_UTXO, BOTH, "witness utxo", 0, ANY, NULL, value_utxo },
	{ PSBT_IN, IN_PARTIAL_SIG, BOTH, "partial signature", ANY, ANY,
	    key_pub, value_ecdsa },
	{ PSBT_IN, IN_SIGHASH, BOTH, "sighash type", 0, 4, NULL, NULL },
	{ PSBT_IN, IN_REDEEM, BOTH, "redeem script", 0, ANY, NULL, NULL },
	{ PSBT_IN, IN_WITNESS_SCRIPT, BOTH, "witness script", 0, ANY, NULL,
	    NULL },
	{ PSBT_IN, IN_BIP32, BOTH, "derivation", ANY, ANY, key_pub,
	    value_origin },
	{ PSBT_IN, IN_FINAL_SCRIPT, BOTH, "final script", 0, ANY, NULL, NULL },
	{ PSBT_IN, IN_FINAL_WITNESS, BOTH, "final witness", 0, ANY, NULL,
	    value_witness },
	{ PSBT_IN, IN_RIPEMD160, BOTH, "preimage", 20, ANY, NULL, NULL },
	{ PSBT_IN, IN_SHA256, BOTH, "preimage", 32, ANY, NULL, NULL },
	{ PSBT_IN, IN_HASH160, BOTH, "preimage", 20, ANY, NULL, NULL },
	{ PSBT_IN, IN_HASH256, BOTH, "preimage", 32, ANY, NULL, NULL },
	{ PSBT_IN, IN_TXID, V2, "previous txid", 0, 32, NULL, NULL },
	{ PSBT_IN, IN_INDEX, V2, "output index", 0, 4, NULL, NULL },
	{ PSBT_IN, IN_SEQUENCE, V2, "sequence", 0, 4, NULL, NULL },
	{ PSBT_IN, IN_MIN_TIME, V2, "required time", 0, 4, NULL, NULL },
	{ PSBT_IN, IN_MIN_HEIGHT, V2, "required height", 0, 4, NULL, NULL },
	{ PSBT_IN, IN_TAP_SIG, BOTH, "taproot signature", 0, ANY, NULL,
	    value_schnorr },
	{ PSBT_IN, IN_TAP_SCRIPT_SIG, BOTH, "taproot script signature", 64,
	    ANY, NULL, value_schnorr },
	{ PSBT_IN, IN_TAP_LEAF, BOTH, "taproot leaf", ANY, ANY, key_control,
	    value_leaf },
	{ PSBT_IN, IN_TAP_BIP32, BOTH, "taproot derivation", 32, ANY,
	    key_xonly, value_tap_origin },
	{ PSBT_IN, IN_TAP_INTERNAL, BOTH, "taproot internal key", 0, 32, NULL,
	    key_xonly },
	{ PSBT_IN, IN_TAP_ROOT, BOTH, "taproot merkle root", 0, 32, NULL,
	    NULL },
	{ PSBT_IN, IN_MUSIG_KEYS, BOTH, "musig keys", PUB_SIZE, ANY, key_pub,
	    value_keys },
	{ PSBT_IN, IN_MUSIG_NONCE, BOTH, "musig nonce", ANY, 2 * PUB_SIZE,
	    key_musig, NULL },
	{ PSBT_IN, IN_MUSIG_SIG, BOTH, "musig partial signature", ANY, 32,
	    key_musig, NULL },
	{ PSBT_IN, IN_SILENT_SHARE, V2, "silent payment share", PUB_SIZE,
	    PUB_SIZE, key_pub, key_pub },
	{ PSBT_IN, IN_SILENT_PROOF, V2, "silent payment proof", PUB_SIZE, 64,
	    key_pub, NULL },

	{ PSBT_OUT, OUT_REDEEM, BOTH, "redeem script", 0, ANY, NULL, NULL },
	{ PSBT_OUT, OUT_WITNESS_SCRIPT, BOTH, "witness script", 0, ANY, NULL,
	    NULL },
	{ PSBT_OUT, OUT_BIP32, BOTH, "derivation", ANY, ANY, key_pub,
	    value_origin },
	{ PSBT_OUT, OUT_AMOUNT, V2, "amount", 0, 8, NULL, NULL },
	{ PSBT_OUT, OUT_SCRIPT, V2, "script", 0, ANY, NULL, NULL },
	{ PSBT_OUT, OUT_TAP_INTERNAL, BOTH, "taproot internal key", 0, 32,
	    NULL, key_xonly },
	{ PSBT_OUT, OUT_TAP_TREE, BOTH, "taproot tree", 0, ANY, NULL,
	    value_tree },
	{ PSBT_OUT, OUT_TAP_BIP32, BOTH, "taproot derivation", 32, ANY,
	    key_xonly, value_tap_origin },
	{ PSBT_OUT, OUT_MUSIG_KEYS, BOTH, "musig keys", PUB_SIZE, ANY, key_pub,
	    value_keys },
	{ PSBT_OUT, OUT_SILENT, V2, "silent payment keys", 0, 2 * PUB_SIZE,
	    NULL, NULL },
	{ PSBT_OUT, OUT_SILENT_LABEL, V2, "silent payment label", 0, 4, NULL,
	    NULL },
};

static const struct field *
field_of(enum psbt_side side, uint64_t type)
{
	size_t i;

	for (i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if (fields[i].side == side && fields[i].type == type)
			return &fields[i];
	return NULL;
}

const char *
psbt_field_name(enum psbt_side side, uint64_t type)
{
	const struct field *f = field_of(side, type);

	return f == NULL ? "unknown field" : f->name;
}

enum err
psbt_field_check(enum psbt_side side, uint32_t version,
    const struct psbt_entry *e)
{
	const struct field *f = field_of(side, e->type);
	enum err err;

	if (f == NULL)
		return 0;
	if ((f->versions & (version == 0 ? V0 : V2)) == 0)
		return ERR_MIXED;
	if (f->key_n != ANY && e->data.n != f->key_n)
		return ERR_FORM;
	if (f->value_n != ANY && e->value.n != f->value_n)
		return ERR_FORM;
	if (f->key != NULL && (err = f->key(e->data)) != 0)
		return err;
	return f->value == NULL ? ERR_NONE : f->value(e->value);
}

enum err
origin_read(struct span value, bool taproot, struct origin *out)
{
	struct reader r = reader_of(value);
	struct origin o = { .leaves = 0 };

	if (taproot) {
		o.leaves = read_compact_count(&r, 32, SIZE_MAX / 32);
		o.hashes = read_span(&r, o.leaves * 32);
	}
	o.fpr = read_span(&r, 4);
	o.words = read_span(&r, reader_left(&r));
	if (o.words.n % 4 != 0)
		reader_fail(&r, ERR_FORM);
	if (reader_done(&r) != 0)
		return r.err;
	*out = o;
	return 0;
}
