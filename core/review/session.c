#include <stdio.h>
#include <string.h>

#include "core/base/limits.h"
#include "core/base/order.h"
#include "core/crypto/hash.h"
#include "core/review/session.h"

static int
key_cmp(const struct session_record *a, const struct session_record *b)
{
	return memcmp(a->key, b->key, sizeof(a->key));
}

static int
record_cmp(const void *ctx, uint32_t a, uint32_t b)
{
	const struct session_record *rec = ctx;
	int c = key_cmp(&rec[a], &rec[b]);

	if (c == 0 && rec[a].known != rec[b].known)
		return rec[a].known > rec[b].known ? -1 : 1;
	return c != 0 ? c : (a > b) - (a < b);
}

static struct session_record *
find(const struct session *s, const uint8_t key[36])
{
	size_t lo = 0, hi = s->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		int c = memcmp(key, s->rec[mid].key, sizeof(s->rec[mid].key));

		if (c == 0)
			return &s->rec[mid];
		if (c < 0)
			hi = mid;
		else
			lo = mid + 1;
	}
	return NULL;
}

const struct session_record *
session_find(const struct session *s, const uint8_t key[36])
{
	return find(s, key);
}

/* Room for n more.  It doubles, so that many files cost no more memory than
 * twice what they teach: the arena takes nothing back. */
static enum err
grow(struct session *s, size_t n)
{
	size_t cap = s->cap > n ? 2 * s->cap : s->cap + n;
	struct session_record *rec;

	if (s->cap - s->n >= n)
		return 0;
	if ((rec = arena_new(s->arena, struct session_record, cap)) == NULL)
		return ERR_SPACE;
	if (s->n > 0)
		memcpy(rec, s->rec, s->n * sizeof(*rec));
	s->rec = rec;
	s->cap = cap;
	return 0;
}

/* Nothing overwrites what is known better, or as well but with another
 * amount; of the same amount the note may be newer. */
static bool
replaces(const struct session_record *r, const struct session_record *old)
{
	return r->known > old->known || (r->known == old->known &&
	    num_cmp(&r->amount, &old->amount) == 0);
}

/*
 * Coins seen before keep a record that is known better; what is left are
 * the new ones, each once, in order.
 */
static size_t
only_new(struct session *s, const struct session_record *rec, uint32_t *index,
    size_t n)
{
	struct session_record *old;
	size_t i, o = 0;

	for (i = 0; i < n; i++) {
		const struct session_record *r = &rec[index[i]];

		if (i > 0 && key_cmp(&rec[index[i - 1]], r) == 0)
			continue;
		if ((old = find(s, r->key)) == NULL)
			index[o++] = index[i];
		else if (replaces(r, old))
			*old = *r;
	}
	return o;
}

/* From behind, so that it needs no room but its own. */
static void
merge(struct session *s, const struct session_record *rec,
    const uint32_t *index, size_t n)
{
	size_t i = s->n, o = s->n + n;

	s->n = o;
	while (n > 0) {
		const struct session_record *r = &rec[index[n - 1]];

		if (i > 0 && key_cmp(&s->rec[i - 1], r) > 0) {
			s->rec[--o] = s->rec[--i];
		} else {
			s->rec[--o] = *r;
			n--;
		}
	}
}

enum err
session_learn(struct session *s, const struct session_record *rec, size_t n)
{
	uint32_t *index;
	size_t i, used;
	enum err e;

	if (n > UINT32_MAX)
		return ERR_RANGE;
	if ((e = grow(s, n)) != 0)
		return e;
	used = s->arena->used;
	if ((index = arena_new(s->arena, uint32_t, n)) == NULL)
		return ERR_SPACE;
	for (i = 0; i < n; i++)
		index[i] = (uint32_t)i;
	order_sort(index, n, record_cmp, rec);
	merge(s, rec, index, only_new(s, rec, index, n));
	s->arena->used = used;
	return 0;
}

const struct session_label *
session_label(const struct session *s, const char *kind, struct span ref)
{
	char key[SESSION_KEY_MAX];
	size_t lo = 0, hi = s->nlabel, mid, n = strlen(kind) + 1;
	int c;

	if (ref.n == 0 || n + ref.n >= sizeof(key))
		return NULL;
	(void)snprintf(key, sizeof(key), "%s %.*s", kind, (int)ref.n,
	    (const char *)ref.p);
	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if ((c = strcmp(key, s->label[mid].key)) == 0)
			return &s->label[mid];
		if (c < 0)
			hi = mid;
		else
			lo = mid + 1;
	}
	return NULL;
}

static int
label_cmp(const void *ctx, uint32_t a, uint32_t b)
{
	const struct session_label *l = ctx;
	int c = strcmp(l[a].key, l[b].key);

	return c != 0 ? c : (a > b) - (a < b);
}

/* Of two under one key the later one stays. */
enum err
session_set_labels(struct session *s, struct arena *a,
    const struct session_label *l, size_t n)
{
	struct session_label *to = arena_new(a, struct session_label, n);
	uint32_t *index = arena_new(a, uint32_t, n);
	size_t i, o = 0;

	s->nlabel = 0;
	if (to == NULL || index == NULL)
		return ERR_SPACE;
	for (i = 0; i < n; i++)
		index[i] = (uint32_t)i;
	order_sort(index, n, label_cmp, l);
	for (i = 0; i < n; i++) {
		o += i > 0 && strcmp(l[index[i]].key,
		    l[index[i - 1]].key) != 0;
		to[o] = l[index[i]];
	}
	s->label = to;
	s->nlabel = n > 0 ? o + 1 : 0;
	return 0;
}

static struct session_wallet *
known(struct session *s, const struct session_wallet *w)
{
	size_t i;

	for (i = 0; i < s->nwallet; i++)
		if (s->wallet[i].network == w->network &&
		    strcmp(s->wallet[i].chain, w->chain) == 0 &&
		    strcmp(s->wallet[i].text, w->text) == 0)
			return &s->wallet[i];
	return NULL;
}

enum err
session_add_wallet(struct session *s, const struct session_wallet *w)
{
	struct session_wallet *to = known(s, w);

	if (to != NULL && strcmp(to->name, w->name) != 0 && w->kept &&
	    (to->name = arena_text(s->arena, "%s", w->name)) == NULL)
		return ERR_SPACE;
	if (to != NULL)
		return 0;
	if (s->nwallet == LIMIT_WALLETS)
		return ERR_RANGE;
	if (s->wallet == NULL && (s->wallet = arena_new(s->arena,
	    struct session_wallet, LIMIT_WALLETS)) == NULL)
		return ERR_SPACE;
	to = &s->wallet[s->nwallet];
	*to = *w;
	if ((to->name = arena_text(s->arena, "%s", w->name)) == NULL ||
	    (to->text = arena_text(s->arena, "%s", w->text)) == NULL)
		return ERR_SPACE;
	s->nwallet++;
	return 0;
}

enum err
session_keep(struct session *s, struct session_list *l, struct span text)
{
	size_t i;
	char *p;

	for (i = 0; i < l->n; i++)
		if (span_eq(l->v[i], text))
			return 0;
	if (l->n == LIMIT_PIECES)
		return ERR_RANGE;
	if (l->v == NULL && (l->v = arena_new(s->arena, struct span,
	    LIMIT_PIECES)) == NULL)
		return ERR_SPACE;
	if ((p = arena_text(s->arena, "%.*s", (int)text.n,
	    (const char *)text.p)) == NULL)
		return ERR_SPACE;
	l->v[l->n++] = span_text(p);
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
	put_u64le(&k, s->n);
	for (i = 0; i < s->n; i++) {
		put_span(&k, SPAN_OF(s->rec[i].key));
		for (w = 0; w < 4; w++)
			put_u64le(&k, s->rec[i].amount.w[w]);
		put_u8(&k, (uint8_t)s->rec[i].known);
		put_span(&k, SPAN_OF(s->rec[i].note));
	}
	for (i = 0; i < s->nwallet; i++) {
		put_block(&k, span_text(s->wallet[i].chain));
		put_u8(&k, (uint8_t)s->wallet[i].network);
		put_block(&k, span_text(s->wallet[i].name));
		put_block(&k, span_text(s->wallet[i].text));
	}
	for (i = 0; i < s->opener.n; i++)
		put_block(&k, s->opener.v[i]);
	for (i = 0; i < s->piece.n; i++)
		put_block(&k, s->piece.v[i]);
	sha256_end(&h, out);
}
