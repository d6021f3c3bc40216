#include <string.h>

#include "core/chain/bitcoin/export.h"
#include "core/chain/bitcoin/script.h"
#include "core/encode/base58.h"
#include "core/encode/bech32.h"
#include "core/job/wallet.h"

_Static_assert(ADDRESS_TEXT_MAX <= ADDRESS_MAX, "an address fits");

extern const struct wallet bitcoin_wallet;

static const uint32_t purposes[] = { 84, 86, 49, 44, 0 };

static enum spend
spend_of(uint32_t purpose)
{
	static const enum spend all[] = { SPEND_PKH, SPEND_SH_WPKH,
	    SPEND_WPKH, SPEND_TR };
	size_t i;

	for (i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (spend_purpose(all[i]) == purpose)
			return all[i];
	return SPEND_NONE;
}

/* BIP44: purpose'/coin'/account', coin 0 on mainnet and 1 on all others. */
static enum err
account_path(enum network net, uint32_t purpose, uint32_t account,
    struct path *out)
{
	if (spend_of(purpose) == SPEND_NONE || account >= HARDENED ||
	    net == NET_STAGENET)
		return ERR_RANGE;
	*out = (struct path){ .n = 3, .e = { purpose | HARDENED,
	    (net == NET_MAIN ? 0 : 1) | HARDENED, account | HARDENED } };
	return 0;
}

enum err
bitcoin_address(enum network net, uint32_t purpose, const struct pubkey *key,
    char out[ADDRESS_MAX])
{
	struct key_script ks;
	struct script s;
	enum err e;

	if ((e = script_of_key(spend_of(purpose), key, &ks)) != 0)
		return e;
	s = script_of(key_script_span(&ks));
	return script_address(&s, net, out);
}

static enum err
addresses(const struct account *ac, uint32_t branch, uint32_t from,
    uint32_t to, const struct visit *v)
{
	char text[ADDRESS_MAX];
	struct xpub b, x;
	struct path p;
	enum err e;
	uint32_t i;

	if (ac->with.n > 0)
		return ERR_FORM;
	if ((e = account_path(ac->network, ac->purpose, ac->number,
	    &p)) != 0 || (e = xpub_child(&ac->xpub, branch, &b)) != 0)
		return e;
	p.e[p.n] = branch;
	p.n += 2;
	for (i = from; i <= to && e == 0; i++) {
		p.e[p.n - 1] = i;
		if ((e = xpub_child(&b, i, &x)) == 0 &&
		    (e = bitcoin_address(ac->network, ac->purpose, &x.key,
		    text)) == 0)
			e = v->see(v->ctx, &p, text);
	}
	return e;
}

/* BIP21: what a scanned code says around the address. */
static struct span
bare(struct span typed)
{
	static const char scheme[] = "bitcoin:";
	size_t i, n = sizeof(scheme) - 1;
	const uint8_t *query;

	for (i = 0; i < n && i < typed.n; i++)
		if ((typed.p[i] | 0x20) != (uint8_t)scheme[i] &&
		    typed.p[i] != ':')
			return typed;
	if (typed.n < n || typed.p[n - 1] != ':')
		return typed;
	typed = span_of(typed.p + n, typed.n - n);
	query = typed.n == 0 ? NULL : memchr(typed.p, '?', typed.n);
	return query == NULL ? typed :
	    span_of(typed.p, (size_t)(query - typed.p));
}

/* Spaces that help the eye, and the capitals of QR codes, are no mistake. */
static enum err
tidy(struct span scanned, char out[ADDRESS_MAX])
{
	struct span typed = bare(scanned);
	bool lower = false, upper = false;
	size_t i, n = 0;

	for (i = 0; i < typed.n; i++) {
		char c = (char)typed.p[i];

		if (c == ' ')
			continue;
		if (n == ADDRESS_MAX - 1 || c <= ' ' || c > '~')
			return ERR_FORM;
		lower = lower || (c >= 'a' && c <= 'z');
		upper = upper || (c >= 'A' && c <= 'Z');
		out[n++] = c;
	}
	out[n] = '\0';
	for (i = 0; upper && !lower && i < n; i++)
		if (out[i] >= 'A' && out[i] <= 'Z')
			out[i] = (char)(out[i] - 'A' + 'a');
	return 0;
}

/* Is it of the same kind as one that this purpose makes?  The model is the
 * address of a key that everybody knows. */
static enum err
same_kind(const char *model, const char *text)
{
	char hrp[BECH32_TEXT_MAX];
	uint8_t a[BASE58_MAX], b[BASE58_MAX];
	const char *one;
	unsigned va, vb;
	size_t na, nb;
	enum err e;

	if (strncmp(model, "bc1", 3) != 0 && strncmp(model, "tb1", 3) != 0 &&
	    strncmp(model, "bcrt1", 5) != 0) {
		if ((e = base58check_bytes(span_text(model), a, sizeof(a),
		    &na)) != 0 ||
		    (e = base58check_bytes(span_text(text), b, sizeof(b),
		    &nb)) != 0)
			return e;
		return na == nb && a[0] == b[0] ? ERR_NONE : ERR_MISMATCH;
	}
	one = strchr(model, '1');
	memcpy(hrp, model, (size_t)(one - model));
	hrp[one - model] = '\0';
	if ((e = segwit_bytes(hrp, span_text(model), &va, a, &na)) != 0 ||
	    (e = segwit_bytes(hrp, span_text(text), &vb, b, &nb)) != 0)
		return e;
	return va == vb && na == nb ? ERR_NONE : ERR_MISMATCH;
}

static enum err
recognise(enum network net, struct span typed, uint32_t *purpose,
    char out[ADDRESS_MAX])
{
	static const struct pubkey generator = { { 0x02, 0x79, 0xbe, 0x66,
	    0x7e, 0xf9, 0xdc, 0xbb, 0xac, 0x55, 0xa0, 0x62, 0x95, 0xce, 0x87,
	    0x0b, 0x07, 0x02, 0x9b, 0xfc, 0xdb, 0x2d, 0xce, 0x28, 0xd9, 0x59,
	    0xf2, 0x81, 0x5b, 0x16, 0xf8, 0x17, 0x98 } };
	char model[ADDRESS_MAX];
	enum err e, why = ERR_FORM;
	size_t i;

	if ((e = tidy(typed, out)) != 0)
		return e;
	for (i = 0; purposes[i] != 0; i++) {
		if ((e = bitcoin_address(net, purposes[i], &generator,
		    model)) != 0)
			return e;
		e = same_kind(model, out);
		if (e == 0) {
			*purpose = purposes[i];
			return 0;
		}
		if (e == ERR_CHECKSUM || e == ERR_MISMATCH)
			why = e;
	}
	return why;
}

const struct wallet bitcoin_wallet = {
	.chain = "btc",
	.kind = KEY_BIP32,
	.branches = 2,
	.purposes = purposes,
	.account_path = account_path,
	.addresses = addresses,
	.recognise = recognise,
	.formats = bitcoin_formats,
};
