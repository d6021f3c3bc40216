#include <string.h>

#include "core/keys/pubring.h"

#define ROWS_FIRST 16			/* grows by doubling */
#define BRANCHES 1024			/* a power of two */
#define PROBES 8			/* places where a branch may lie */

enum err
wants_add(struct wants *w, const struct keyref *ref)
{
	struct keyref k = { .fpr = ref->fpr };
	size_t i;

	k.path = path_prefix(&ref->path, path_hardened(&ref->path));
	/* A file's paths mostly repeat the one before. */
	for (i = w->n; i-- > 0;)
		if (keyref_cmp(&w->ref[i], &k) == 0)
			return 0;
	if (w->n == WANTS_MAX)
		return ERR_RANGE;
	w->ref[w->n++] = k;
	return 0;
}

struct pubring
pubring_in(struct arena *a)
{
	return (struct pubring){ .arena = a };
}

bool
pubring_ours(const struct pubring *r, const struct fpr *f)
{
	size_t i;

	for (i = 0; i < r->nfpr; i++)
		if (fpr_eq(&r->fpr[i], f))
			return true;
	return false;
}

/* The first row that is not less than k. */
static size_t
row_at(const struct pubring *r, const struct keyref *k)
{
	size_t lo = 0, hi = r->nrow;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (keyref_cmp(&r->row[mid].ref, k) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

static enum err
grow(struct pubring *r)
{
	size_t cap = r->cap == 0 ? ROWS_FIRST : r->cap * 2;
	struct pubring_row *row = arena_new(r->arena, struct pubring_row, cap);

	if (row == NULL)
		return ERR_SPACE;
	if (r->nrow > 0)
		memcpy(row, r->row, r->nrow * sizeof(*row));
	r->row = row;
	r->cap = cap;
	return 0;
}

static bool
xpub_eq(const struct xpub *a, const struct xpub *b)
{
	return memcmp(a->key.b, b->key.b, sizeof(a->key.b)) == 0 &&
	    memcmp(a->chain.b, b->chain.b, sizeof(a->chain.b)) == 0;
}

/* The same row twice is no fault; two keys for one path are. */
enum err
pubring_add(struct pubring *r, const struct keyref *ref,
    const struct xpub *xpub)
{
	size_t at = row_at(r, ref);
	enum err e;

	if (at < r->nrow && keyref_cmp(&r->row[at].ref, ref) == 0)
		return xpub_eq(&r->row[at].xpub, xpub) ? 0 : ERR_KEY;
	if (r->nrow == r->cap && (e = grow(r)) != 0)
		return e;
	memmove(r->row + at + 1, r->row + at,
	    (r->nrow - at) * sizeof(r->row[0]));
	r->row[at].ref = *ref;
	r->row[at].xpub = *xpub;
	r->nrow++;
	return 0;
}

/* The row with the longest path from which only public steps are left. */
static const struct pubring_row *
nearest(const struct pubring *r, const struct keyref *k)
{
	struct keyref up = *k;
	uint32_t least = path_hardened(&k->path);
	size_t at;

	for (;; up.path.n--) {
		at = row_at(r, &up);
		if (at < r->nrow && keyref_cmp(&r->row[at].ref, &up) == 0)
			return &r->row[at];
		if (up.path.n == least)
			return NULL;
	}
}

static enum err
descend(const struct pubring_row *row, const struct path *p, uint32_t n,
    struct xpub *out)
{
	struct xpub x = row->xpub;
	enum err e;
	uint32_t i;

	for (i = row->ref.path.n; i < n; i++)
		if ((e = xpub_child(&x, p->e[i], &x)) != 0)
			return e;
	*out = x;
	return 0;
}

/* FNV-1a over the elements.  Who makes two branches meet gains nothing: what
 * is not remembered is derived again. */
static size_t
place(const struct keyref *k)
{
	uint32_t h = 2166136261u;
	uint32_t i;

	for (i = 0; i < sizeof(k->fpr.b); i++)
		h = (h ^ k->fpr.b[i]) * 16777619u;
	for (i = 0; i < k->path.n; i++) {
		h = (h ^ k->path.e[i]) * 16777619u;
		h ^= h >> 15;
	}
	return h;
}

/* Where the branch lies, or where it may be put.  NULL when the arena has no
 * room for remembering, which costs time and nothing else. */
static struct pubring_branch *
branch_slot(struct pubring *r, const struct keyref *k)
{
	size_t i, at = place(k);
	struct pubring_branch *b;

	if (r->branch == NULL) {
		r->branch = arena_new(r->arena, struct pubring_branch,
		    BRANCHES);
		if (r->branch == NULL)
			return NULL;
		r->cap_branch = BRANCHES;
	}
	for (i = 0; i < PROBES; i++) {
		b = &r->branch[(at + i) & (r->cap_branch - 1)];
		/* No branch has an empty path: that would be a row. */
		if (b->ref.path.n == 0 || keyref_cmp(&b->ref, k) == 0)
			return b;
	}
	return &r->branch[at & (r->cap_branch - 1)];
}

/* All but the last element of a path that goes on below its row. */
static enum err
branch_of(struct pubring *r, const struct pubring_row *row,
    const struct keyref *k, struct pubring_branch *out)
{
	struct pubring_branch made = { .ref = { .fpr = k->fpr } };
	struct pubring_branch *b = NULL;
	enum err e;

	made.ref.path = path_prefix(&k->path, k->path.n - 1);
	if (made.ref.path.n > row->ref.path.n) {
		b = branch_slot(r, &made.ref);
		if (b != NULL && keyref_cmp(&b->ref, &made.ref) == 0) {
			*out = *b;
			return 0;
		}
	}
	if ((e = descend(row, &made.ref.path, made.ref.path.n,
	    &made.xpub)) != 0 ||
	    (e = pub_point(&made.xpub.key, &made.point)) != 0)
		return e;
	if (b != NULL) {
		r->nbranch += b->ref.path.n == 0;
		*b = made;
	}
	*out = made;
	return 0;
}

enum err
pubring_xpub(struct pubring *r, const struct keyref *k, struct xpub *out)
{
	const struct pubring_row *row;
	struct pubring_branch up;
	enum err e;

	if (k->path.n > PATH_DEPTH || (row = nearest(r, k)) == NULL)
		return ERR_NO_KEY;
	if (row->ref.path.n == k->path.n) {
		*out = row->xpub;
		return 0;
	}
	if ((e = branch_of(r, row, k, &up)) != 0)
		return e;
	return xpub_child_of(&up.xpub, &up.point, k->path.e[k->path.n - 1],
	    out);
}

enum err
pubring_key(struct pubring *r, const struct keyref *k, struct pubkey *out)
{
	struct xpub x;
	enum err e;

	if ((e = pubring_xpub(r, k, &x)) != 0)
		return e;
	*out = x.key;
	return 0;
}
