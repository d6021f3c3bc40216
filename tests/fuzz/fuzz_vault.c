/* Whatever lies on a stick as a vault.  The header: what is read of it lies in
 * bounds, and only what is whole is read.  A body that opened: whatever is in
 * it, what is listed of it can be read again and holds no box. */
#include "core/crypto/hash.h"
#include "core/vault/vault.h"
#include "tests/fuzz/fuzz.h"

static uint8_t body[VAULT_BODY], image[VAULT_SLOT], list[VAULT_SLOT];
static const struct shield shield;

static void
check_head(struct span in)
{
	struct vault_head h;
	struct secret32 key = { { 1 } };
	uint8_t again[VAULT_HEAD];

	if (vault_head_read(in, &h) != 0)
		return;
	must(in.n == VAULT_HEAD && h.version == VAULT_VERSION);
	must(h.cost.kib >= VAULT_KIB_MIN && h.cost.kib <= LIMIT_VAULT_MEMORY);
	must(h.cost.passes >= VAULT_PASSES_MIN &&
	    h.cost.passes <= LIMIT_VAULT_PASSES);
	must((uint64_t)h.cost.kib * h.cost.passes <= LIMIT_VAULT_WORK);
	vault_head_put(&h, &key, again);
	must(memcmp(again, in.p, 80) == 0);
	must(vault_head_fits(span_of(again, VAULT_HEAD), &key));
}

/* The digest made right, so that the figures are reached, too. */
static void
check_summed(struct span in)
{
	struct vault_head h = { .cost = { VAULT_PASSES_MIN, VAULT_KIB_MIN } };
	struct secret32 key = { { 1 } };
	uint8_t head[VAULT_HEAD];
	struct hash32 sum;

	vault_head_put(&h, &key, head);
	memcpy(head + 16, in.p, in.n < 80 ? in.n : 80);
	sha256(span_of(head, 96), &sum);
	memcpy(head + 96, sum.b, sizeof(sum.b));
	check_head(span_of(head, VAULT_HEAD));
}

static void
check_body(struct span in)
{
	struct vault v = { .body = body, .image = image, .open = true,
	    .has_keys = true, .shield = &shield };
	struct sink s = sink_to_buf(list, sizeof(list));
	struct fault f;
	struct reader r;
	struct seedkey key;
	struct kept k;
	uint32_t id;

	memset(body, 0, sizeof(body));
	memcpy(body, in.p, in.n < VAULT_BODY ? in.n : VAULT_BODY);
	if (vault_check(&v, &f) != 0)
		return;
	vault_list(&v, &s);
	must(s.err == 0);
	r = reader_of(span_of(list, s.total));
	while (read_kept(&r, &k))
		must(vault_load(&v, k.id, &key) != 0);	/* no box is ours */
	must(reader_done(&r) == 0);
	if (vault_log(&v, span_text("a line"), &id) == 0)
		must(vault_find(&v, id, &k) == 0 && k.type == KEPT_LOG);
	vault_cut_log(&v);
	must(v.used >= 16 && v.used <= VAULT_BODY);
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct span in = span_of(p, n);

	check_head(in);
	if (n > 0) {
		check_summed(in);
		check_body(in);
	}
	return 0;
}
