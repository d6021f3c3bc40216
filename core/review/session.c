#include "core/base/order.h"
#include "core/crypto/hash.h"
#include "core/review/session.h"

static int
by_key(const struct session_record *x, const struct session_record *y)
{
	return memcmp(x->key, y->key, sizeof(x->key));
}

static int
by_rank(const void *ctx, uint32_t a, uint32_t b)
{
	const struct session_record *rec = ctx;

	return by_key(&rec[a], &rec[b]);
}

const struct session_record *
session_find(const struct session *s, const uint8_t key[36])
{
	size_t lo = 0, hi = s->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		int c = memcmp(key, s->rec[mid].key, 36);

		if (c == 0)
			return &s->rec[mid];
		if (c < 0)
			hi = mid;
		else
			lo = mid + 1;
	}
	return NULL;
}

/* The old and the new, both sorted, into one list; a coin that is known
 * better than before takes its new record. */
static size_t
merge(struct session_record *out, const struct session *s,
    const struct session_record *add, size_t n)
{
	size_t i = 0, j = 0, o = 0;

	while (i < s->n || j < n) {
		int c = i == s->n ? 1 : j == n ? -1 :
		    by_key(&s->rec[i], &add[j]);

		if (c < 0) {
			out[o++] = s->rec[i++];
		} else if (c > 0) {
			if (o > 0 && by_key(&out[o - 1], &add[j]) == 0)
				j++;
			else
				out[o++] = add[j++];
		} else {
			out[o] = s->rec[i++];
			if (add[j].known > out[o].known)
				out[o] = add[j];
			o++;
			j++;
		}
	}
	return o;
}

enum err
session_learn(struct session *s, const struct session_record *rec, size_t n)
{
	struct session_record *add, *all;
	struct arena *a = s->arena;
	uint32_t *rank;
	size_t i;

	if (n == 0)
		return 0;
	if ((add = arena_new(a, struct session_record, n)) == NULL ||
	    (rank = arena_new(a, uint32_t, n)) == NULL ||
	    (all = arena_new(a, struct session_record, s->n + n)) == NULL)
		return ERR_SPACE;
	for (i = 0; i < n; i++)
		rank[i] = (uint32_t)i;
	order_sort(rank, n, by_rank, rec);
	for (i = 0; i < n; i++)
		add[i] = rec[rank[i]];
	s->n = merge(all, s, add, n);
	s->rec = all;
	s->cap = s->n;
	return 0;
}

void
session_digest(const struct session *s, struct hash32 *out)
{
	struct sha256 h;
	struct sink k;
	size_t i, w;

	sha256_begin(&h);
	k = sink_to_sha256(&h);
	put_block(&k, span_text("coldseal-session-1"));
	put_u32le(&k, (uint32_t)s->n);
	for (i = 0; i < s->n; i++) {
		put_span(&k, SPAN_OF(s->rec[i].key));
		for (w = 0; w < 4; w++)
			put_u64le(&k, s->rec[i].amount.w[w]);
		put_u8(&k, (uint8_t)s->rec[i].known);
	}
	sha256_end(&h, out);
}
