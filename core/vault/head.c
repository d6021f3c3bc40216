#include "core/crypto/hash.h"
#include "core/vault/vault.h"

#define CHECKED 80			/* bytes that the check covers */
#define SUMMED 96			/* bytes that SHA-256 covers */

enum err
vault_cost_ok(struct cost c)
{
	if (c.kib < VAULT_KIB_MIN || c.kib > LIMIT_VAULT_MEMORY ||
	    c.passes < VAULT_PASSES_MIN || c.passes > LIMIT_VAULT_PASSES ||
	    (uint64_t)c.kib * c.passes > LIMIT_VAULT_WORK)
		return ERR_RANGE;
	return 0;
}

static void
check_of(struct span head, const struct secret32 *key, uint8_t out[16])
{
	struct hash32 h;

	keyed_hash(key, span_of(head.p, CHECKED), &h);
	ct_public(&h, sizeof(h));
	memcpy(out, h.b, 16);
}

bool
vault_head_fits(struct span head, const struct secret32 *key)
{
	uint8_t want[16];

	check_of(head, key, want);
	return ct_equal(want, head.p + CHECKED, sizeof(want));	/* told */
}

static enum err
whole(struct span head)
{
	struct hash32 sum;

	if (head.n != VAULT_HEAD)
		return ERR_SHORT;
	if (!kept_marked(head))
		return ERR_FORM;
	sha256(span_of(head.p, SUMMED), &sum);
	return span_eq(span_of(head.p + SUMMED, sizeof(sum.b)),
	    SPAN_OF(sum.b)) ? ERR_NONE : ERR_DAMAGED;
}

enum err
vault_head_read(struct span head, struct vault_head *h)
{
	struct reader r = reader_of(head);
	uint32_t slot;
	enum err e;

	if ((e = whole(head)) != 0)
		return e;
	(void)read_span(&r, KEPT_MARK_SIZE);
	h->version = read_u32le(&r);
	slot = read_u32le(&r);
	h->cost.passes = read_u32le(&r);
	h->cost.kib = read_u32le(&r);
	h->sequence = read_u64le(&r);
	read_bytes(&r, h->salt, sizeof(h->salt));
	read_bytes(&r, h->nonce, sizeof(h->nonce));
	read_bytes(&r, h->check, sizeof(h->check));
	if (r.err != 0)
		return r.err;
	if (h->version != VAULT_VERSION || slot != VAULT_SLOT)
		return ERR_VERSION;
	return vault_cost_ok(h->cost);
}

void
vault_head_put(const struct vault_head *h, const struct secret32 *key,
    uint8_t out[VAULT_HEAD])
{
	struct sink s = sink_to_buf(out, VAULT_HEAD);
	struct hash32 sum;
	uint8_t check[16];

	put_text(&s, KEPT_MARK);
	put_u32le(&s, VAULT_VERSION);
	put_u32le(&s, (uint32_t)VAULT_SLOT);
	put_u32le(&s, h->cost.passes);
	put_u32le(&s, h->cost.kib);
	put_u64le(&s, h->sequence);
	put_span(&s, SPAN_OF(h->salt));
	put_span(&s, SPAN_OF(h->nonce));
	check_of(span_of(out, CHECKED), key, check);
	put_span(&s, SPAN_OF(check));
	sha256(span_of(out, SUMMED), &sum);
	put_span(&s, SPAN_OF(sum.b));
}
