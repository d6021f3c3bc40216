#include <string.h>

#include "core/crypto/keccak.h"
#include "core/encode/base58_monero.h"
#include "core/keys/monero.h"

#define PAYLOAD_MAX (1 + 32 + 32 + 8 + 4)
#define SUM 4			/* bytes of Keccak at an address's end */

/* Where Monero knows no network of that name, it is mainnet's. */
static const uint8_t net_byte[NET_COUNT][3] = {
	[NET_MAIN] = { 18, 19, 42 },
	[NET_TEST] = { 53, 54, 63 },
	[NET_SIGNET] = { 18, 19, 42 },
	[NET_REGTEST] = { 18, 19, 42 },
	[NET_STAGENET] = { 24, 25, 36 },
};

/* Scalars that are secrets have their own type; the bytes are the same. */
static void
scalar_of_secret(const struct secret32 *s, struct scalar *r)
{
	memcpy(r->b, s->b, sizeof(r->b));
}

/* From the spend secret in place to all the rest. */
static enum err
complete(struct monero_keys *k)
{
	struct viewer *v = &k->viewer;
	struct scalar spend, view;
	struct keccak h;
	struct hash32 id;
	enum err e;

	scalar_of_secret(&k->spend, &spend);
	hash_to_scalar(SPAN_OF(spend.b), &view);
	memcpy(v->view.b, view.b, sizeof(v->view.b));
	e = sc_is_zero(&spend) ? ERR_KEY : ERR_NONE;
	ct_public(&e, sizeof(e));
	if (e == 0 && (e = ed_base(&spend, &v->spend_pub)) == 0)
		e = ed_base(&view, &v->view_pub);
	ct_public(&v->spend_pub, sizeof(v->spend_pub));
	ct_public(&v->view_pub, sizeof(v->view_pub));
	keccak_begin(&h);
	keccak_put(&h, SPAN_OF(v->spend_pub.b));
	keccak_put(&h, SPAN_OF(v->view_pub.b));
	keccak_end(&h, &id);
	memcpy(v->fpr.b, id.b, sizeof(v->fpr.b));
	wipe(&spend, sizeof(spend));
	wipe(&view, sizeof(view));
	return e;
}

enum err
monero_keys_of_seed(const struct secret32 *seed, struct monero_keys *out)
{
	struct monero_keys k = { 0 };
	struct scalar spend;
	enum err e;

	sc_reduce(seed->b, &spend);
	memcpy(k.spend.b, spend.b, sizeof(k.spend.b));
	if ((e = complete(&k)) == 0)
		*out = k;
	wipe(&k, sizeof(k));
	wipe(&spend, sizeof(spend));
	return e;
}

enum err
monero_keys_of_pair(const struct secret32 *spend, const struct secret32 *view,
    struct monero_keys *out)
{
	struct monero_keys k = { .spend = *spend };
	struct scalar s;
	bool same;
	enum err e;

	scalar_of_secret(spend, &s);
	if ((e = sc_reduced(&s)) == 0 && (e = complete(&k)) == 0) {
		same = ct_equal(k.viewer.view.b, view->b, sizeof(view->b));
		ct_public(&same, sizeof(same));
		e = same ? ERR_NONE : ERR_MISMATCH;
	}
	if (e == 0)
		*out = k;
	wipe(&k, sizeof(k));
	wipe(&s, sizeof(s));
	return e;
}

/* Hs("SubAddr" 0 || a || account || index), and nothing for the main one. */
void
monero_sub_secret(const struct viewer *v, uint32_t account, uint32_t index,
    struct scalar *m)
{
	static const uint8_t label[8] = "SubAddr";
	uint8_t text[8 + 32 + 4 + 4];
	struct sink s = sink_to_buf(text, sizeof(text));

	*m = sc_zero;
	if (account == 0 && index == 0)
		return;
	put_span(&s, SPAN_OF(label));
	put_span(&s, SPAN_OF(v->view.b));
	put_u32le(&s, account);
	put_u32le(&s, index);
	hash_to_scalar(SPAN_OF(text), m);
	wipe(text, sizeof(text));
}

enum err
monero_sub_keys(const struct viewer *v, uint32_t account, uint32_t index,
    struct point *spend, struct point *view)
{
	struct scalar m, a;
	struct point d, c;
	enum err e;

	if (account == 0 && index == 0) {
		*spend = v->spend_pub;
		*view = v->view_pub;
		return 0;
	}
	monero_sub_secret(v, account, index, &m);
	scalar_of_secret(&v->view, &a);
	if ((e = ed_base(&m, &d)) == 0 &&
	    (e = ed_add(&d, &v->spend_pub, &d)) == 0 &&
	    (e = ed_mul(&a, &d, &c)) == 0) {
		*spend = d;
		*view = c;
	}
	wipe(&m, sizeof(m));
	wipe(&a, sizeof(a));
	return e;
}

void
monero_address_text(enum network net, const struct monero_address *a,
    char out[MONERO_ADDRESS_MAX])
{
	uint8_t raw[PAYLOAD_MAX];
	struct sink s = sink_to_buf(raw, sizeof(raw));
	struct hash32 h;

	put_u8(&s, net_byte[net][a->kind]);
	put_span(&s, SPAN_OF(a->spend.b));
	put_span(&s, SPAN_OF(a->view.b));
	if (a->kind == MONERO_INTEGRATED)
		put_span(&s, SPAN_OF(a->id));
	keccak256(span_of(raw, s.total), &h);
	put_span(&s, span_of(h.b, SUM));
	if (base58_monero_text(span_of(raw, s.total), out,
	    MONERO_ADDRESS_MAX) != 0)
		out[0] = '\0';		/* cannot be: it holds the longest */
}

/* Which kind that first byte says, on this network or on another. */
static enum err
kind_of(enum network net, uint8_t byte, enum monero_kind *kind)
{
	enum err e = ERR_FORM;
	size_t n, k;

	for (n = 0; n < NET_COUNT; n++) {
		for (k = 0; k < 3; k++) {
			if (net_byte[n][k] != byte)
				continue;
			if (net_byte[net][k] != byte) {
				e = ERR_NETWORK;
				continue;
			}
			*kind = (enum monero_kind)k;
			return 0;
		}
	}
	return e;
}

enum err
monero_address_read(enum network net, struct span text,
    struct monero_address *out)
{
	struct monero_address a = { 0 };
	uint8_t raw[PAYLOAD_MAX];
	struct hash32 h;
	size_t n, want;
	enum err e;

	if (base58_monero_bytes(text, raw, sizeof(raw), &n) != 0 || n <= SUM)
		return ERR_FORM;
	keccak256(span_of(raw, n - SUM), &h);
	if (memcmp(h.b, raw + n - SUM, SUM) != 0)
		return ERR_CHECKSUM;
	if ((e = kind_of(net, raw[0], &a.kind)) != 0)
		return e;
	want = PAYLOAD_MAX - (a.kind == MONERO_INTEGRATED ? 0 : sizeof(a.id));
	if (n != want)
		return ERR_FORM;
	memcpy(a.spend.b, raw + 1, 32);
	memcpy(a.view.b, raw + 33, 32);
	if (a.kind == MONERO_INTEGRATED)
		memcpy(a.id, raw + 65, sizeof(a.id));
	if ((e = ed_decodes(&a.spend)) != 0 || (e = ed_decodes(&a.view)) != 0)
		return e;
	*out = a;
	return 0;
}
