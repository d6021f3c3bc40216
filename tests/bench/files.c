/*
 * files KIND N FILE: a PSBT to measure with, for the seed "abandon ... about"
 * on regtest.
 *
 * N coins of m/P'/1'/0'/0/0 up to N-1, each from a previous transaction of
 * its own with two outputs; a payment, and change.  Fields are those that a
 * Bitcoin node writes: the previous transaction except for taproot, the coin
 * except for P2PKH.  No chain stands behind it; a signer cannot tell.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/chain/bitcoin/psbt.h"
#include "core/chain/bitcoin/script.h"
#include "core/chain/bitcoin/tx.h"
#include "core/keys/bip32.h"
#include "core/keys/bip39.h"

#define AMOUNT 100000u
#define FEE 300u			/* an input */

struct coin {
	struct pubkey		pub;
	struct key_script	script;
	uint8_t			outpoint[OUTPOINT_SIZE];
	uint8_t			from[32];	/* of the previous tx */
};

static enum spend how;
static struct fpr fpr;
static struct xprv account;

static void
must(bool ok, const char *what)
{
	if (ok)
		return;
	(void)fprintf(stderr, "files: %s\n", what);
	exit(1);
}

static void
unlock(void)
{
	static const char words[] = "abandon abandon abandon abandon abandon "
	    "abandon abandon abandon abandon abandon abandon about";
	struct path p = { .n = 3, .e = { spend_purpose(how) | HARDENED,
	    1 | HARDENED, HARDENED } };
	struct mnemonic m;
	struct secret64 seed;
	struct xprv master;
	struct xpub pub;
	size_t bad;

	must(secp_init(NULL) == 0 &&
	    bip39_parse(span_text(words), &m, &bad) == 0 &&
	    bip39_seed(&m, span_of(NULL, 0), &seed) == 0 &&
	    xprv_of_seed(SPAN_OF(seed.b), &master) == 0 &&
	    xprv_neuter(&master, &pub) == 0 &&
	    xprv_derive(&master, &p, &account) == 0, "the seed");
	fpr = fpr_of_pub(&pub.key);
}

static void
derive(const struct xpub *branch, uint32_t index, struct coin *c)
{
	struct xpub x;

	must(xpub_child(branch, index, &x) == 0 &&
	    script_of_key(how, &x.key, &c->script) == 0, "a key");
	c->pub = x.key;
}

static void
branch_of(uint32_t change, struct xpub *out)
{
	struct xprv x;

	must(xprv_child(&account, change, &x) == 0 &&
	    xprv_neuter(&x, out) == 0, "a branch");
}

static const struct key_script stranger = { .n = 22, .b = { 0, 20, 0x11 } };

static void
put_out(struct sink *s, uint64_t amount, const struct key_script *k)
{
	put_u64le(s, amount);
	put_compact_span(s, key_script_span(k));
}

static void
put_previous(struct sink *s, const struct coin *c)
{
	put_u32le(s, 2);
	put_compact(s, 1);
	put_span(s, SPAN_OF(c->from));
	put_u32le(s, 0);
	put_compact(s, 0);
	put_u32le(s, 0xfffffffd);
	put_compact(s, 2);
	put_out(s, 50000, &stranger);
	put_out(s, AMOUNT, &c->script);
	put_u32le(s, 0);
}

static void
name_coin(struct coin *c, uint32_t i)
{
	uint8_t raw[256];
	struct sink s = sink_to_buf(raw, sizeof(raw));
	struct hash32 txid;

	sha256(span_of(&i, sizeof(i)), &txid);
	memcpy(c->from, txid.b, sizeof(c->from));
	put_previous(&s, c);
	must(s.err == 0, "a transaction");
	hash256(span_of(raw, s.total), &txid);
	memcpy(c->outpoint, txid.b, sizeof(txid.b));
	memcpy(c->outpoint + 32, "\1\0\0\0", 4);
}

static void
put_field(struct sink *s, uint8_t type, struct span data, struct span value)
{
	put_compact(s, 1 + data.n);
	put_u8(s, type);
	put_span(s, data);
	put_compact_span(s, value);
}

static void
put_origin(struct sink *s, bool out, const struct coin *c, uint32_t change,
    uint32_t index)
{
	uint8_t raw[64];
	struct sink v = sink_to_buf(raw, sizeof(raw));
	struct xonly x = xonly_of_pub(&c->pub);
	bool tap = how == SPEND_TR;

	if (tap)
		put_u8(&v, 0);		/* no leaves */
	put_span(&v, SPAN_OF(fpr.b));
	put_u32le(&v, spend_purpose(how) | HARDENED);
	put_u32le(&v, 1 | HARDENED);
	put_u32le(&v, HARDENED);
	put_u32le(&v, change);
	put_u32le(&v, index);
	if (!tap) {
		put_field(s, out ? OUT_BIP32 : IN_BIP32, SPAN_OF(c->pub.b),
		    span_of(raw, v.total));
		return;
	}
	/* In the order of their types. */
	if (out)
		put_field(s, OUT_TAP_INTERNAL, span_of(NULL, 0),
		    SPAN_OF(x.b));
	put_field(s, out ? OUT_TAP_BIP32 : IN_TAP_BIP32, SPAN_OF(x.b),
	    span_of(raw, v.total));
	if (!out)
		put_field(s, IN_TAP_INTERNAL, span_of(NULL, 0), SPAN_OF(x.b));
}

static void
put_input(struct sink *s, const struct coin *c, uint32_t index)
{
	uint8_t raw[256];
	struct sink v = sink_to_buf(raw, sizeof(raw));
	struct key_script inner;

	if (how != SPEND_TR) {
		put_previous(&v, c);
		put_field(s, IN_PREVTX, span_of(NULL, 0),
		    span_of(raw, v.total));
	}
	if (how != SPEND_PKH) {
		v = sink_to_buf(raw, sizeof(raw));
		put_out(&v, AMOUNT, &c->script);
		put_field(s, IN_UTXO, span_of(NULL, 0),
		    span_of(raw, v.total));
	}
	if (how == SPEND_SH_WPKH) {
		must(script_of_key(SPEND_WPKH, &c->pub, &inner) == 0,
		    "a script");
		put_field(s, IN_REDEEM, span_of(NULL, 0),
		    key_script_span(&inner));
	}
	put_origin(s, false, c, 0, index);
	put_u8(s, 0);
}

static void
put_transaction(struct sink *s, const struct coin *c, uint32_t n,
    const struct coin *change)
{
	uint64_t all = (uint64_t)n * AMOUNT, pay = all / 2;
	uint32_t i;

	put_u32le(s, 2);
	put_compact(s, n);
	for (i = 0; i < n; i++) {
		put_span(s, SPAN_OF(c[i].outpoint));
		put_compact(s, 0);
		put_u32le(s, 0xfffffffd);
	}
	put_compact(s, 2);
	put_out(s, pay, &stranger);
	put_out(s, all - pay - (uint64_t)n * FEE - FEE, &change->script);
	put_u32le(s, 0);
}

static void
put_file(struct sink *s, const struct coin *c, uint32_t n,
    const struct coin *change)
{
	struct sink size = sink_to_count();
	uint32_t i;

	put_span(s, SPAN_OF(psbt_magic));
	put_transaction(&size, c, n, change);
	put_compact(s, 1);
	put_u8(s, GLOBAL_TX);
	put_compact(s, size.total);
	put_transaction(s, c, n, change);
	put_u8(s, 0);
	for (i = 0; i < n; i++)
		put_input(s, &c[i], i);
	put_u8(s, 0);
	put_origin(s, true, change, 1, 0);
	put_u8(s, 0);
}

static enum spend
kind_of(const char *name)
{
	static const char *const names[] = { [SPEND_PKH] = "pkh",
	    [SPEND_SH_WPKH] = "sh-wpkh", [SPEND_WPKH] = "wpkh",
	    [SPEND_TR] = "tr" };
	size_t i;

	for (i = SPEND_PKH; i <= SPEND_TR; i++)
		if (strcmp(names[i], name) == 0)
			return (enum spend)i;
	must(false, "pkh, sh-wpkh, wpkh or tr");
	return SPEND_NONE;
}

static void
write_file(const char *name, struct span bytes)
{
	FILE *f = fopen(name, "wb");

	must(f != NULL && fwrite(bytes.p, 1, bytes.n, f) == bytes.n &&
	    fclose(f) == 0, name);
}

int
main(int argc, char **argv)
{
	struct coin *c, change;
	struct xpub branch;
	struct sink s;
	uint8_t *bytes;
	uint32_t i, n;

	must(argc == 4, "KIND N FILE");
	how = kind_of(argv[1]);
	n = (uint32_t)strtoul(argv[2], NULL, 10);
	c = calloc(n, sizeof(*c));
	bytes = malloc((size_t)n * 512 + 1024);
	must(n > 0 && c != NULL && bytes != NULL, "memory");
	unlock();
	branch_of(0, &branch);
	for (i = 0; i < n; i++) {
		derive(&branch, i, &c[i]);
		name_coin(&c[i], i);
	}
	branch_of(1, &branch);
	derive(&branch, 0, &change);
	s = sink_to_buf(bytes, (size_t)n * 512 + 1024);
	put_file(&s, c, n, &change);
	must(s.err == 0, "space");
	write_file(argv[3], span_of(bytes, s.total));
	free(bytes);
	free(c);
	return 0;
}
