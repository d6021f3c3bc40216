#include <string.h>

#include "core/chain/bitcoin/known.h"

struct naming {
	const struct descriptor	*d;
	const struct pubring	*ring;
};

static void
by_fingerprint(void *ctx, uint32_t number, struct sink *s)
{
	const struct naming *n = ctx;
	const struct desc_key *k = &n->d->key[number];
	char fpr[9];

	if (!k->has_origin) {
		put_text(s, desc_key_nobody(k) ? "nobody" : "key ");
		if (!desc_key_nobody(k))
			put_u8(s, (uint8_t)('A' +
			    descriptor_letter(n->d, number) % 26));
		return;
	}
	fpr_text(&k->origin.fpr, fpr);
	put_text(s, fpr);
	if (pubring_ours(n->ring, &k->origin.fpr))
		put_text(s, " (yours)");
}

enum err
knowns_of(const struct session *s, const struct pubring *ring,
    struct arena *a, struct knowns *out)
{
	struct knowns k = { .w = arena_new(a, struct own_wallet, s->nwallet) };
	size_t i, at;
	enum err e;

	if (k.w == NULL)
		return ERR_SPACE;
	for (i = 0; i < s->nwallet; i++) {
		const struct session_wallet *w = &s->wallet[i];
		struct own_wallet *to = &k.w[k.n];
		struct naming n = { &to->d, ring };

		if (w->network != s->network || strcmp(w->chain, "btc") != 0)
			continue;
		e = descriptor_read(span_text(w->text), a, &to->d, &at);
		if (e != 0)
			return e == ERR_SPACE ? e : ERR_INTERNAL;
		if ((e = descriptor_words(&to->d, by_fingerprint, &n, a,
		    &to->words)) != 0)
			return e;
		to->name = w->name;
		k.n++;
	}
	*out = k;
	return 0;
}

/* Is this path key k's, on this branch?  Then which index? */
static bool
follows(const struct desc_key *k, uint32_t branch, const struct keyref *ref,
    uint32_t *index)
{
	const struct path *up = &k->origin.path, *p = &ref->path;
	uint32_t i;

	if (!k->has_origin || !fpr_eq(&k->origin.fpr, &ref->fpr) ||
	    p->n != up->n + k->nstep + k->ranged ||
	    memcmp(p->e, up->e, up->n * sizeof(p->e[0])) != 0)
		return false;
	for (i = 0; i < k->nstep; i++)
		if (p->e[up->n + i] != (k->nalt > 0 && i == k->at ?
		    k->alt[branch] : k->step[i]))
			return false;
	*index = k->ranged ? p->e[p->n - 1] : 0;
	return *index < HARDENED;
}

/* The next place from this one on: first all keys of a branch. */
static bool
next_place(const struct own_wallet *w, const struct keyref *ref, size_t *n,
    struct spot_in *at)
{
	for (; *n < w->d.nbranch * w->d.nkey; (*n)++) {
		at->branch = (uint32_t)(*n / w->d.nkey);
		at->wallet = w;
		if (follows(&w->d.key[*n % w->d.nkey], at->branch, ref,
		    &at->index))
			return true;
	}
	return false;
}

bool
known_claims(const struct own_wallet *w, const struct keyref *ref,
    struct spot_in *at)
{
	size_t n = 0;

	return next_place(w, ref, &n, at);
}

enum err
known_find(const struct knowns *all, const struct keyref *ref,
    struct span script, struct arena *a, struct spot_in *out, bool *claimed)
{
	struct spot_in at = { 0 };
	enum err e;
	size_t i, n;

	*claimed = false;
	*out = at;
	for (i = 0; i < all->n; i++)
		for (n = 0; next_place(&all->w[i], ref, &n, &at); n++) {
			size_t used = a->used;

			*claimed = true;
			if ((e = descriptor_build(&all->w[i].d, at.branch,
			    at.index, a, &at.built)) != 0)
				return e;
			if (span_eq(at.built.script, script)) {
				*out = at;
				return 0;
			}
			a->used = used;
		}
	return 0;
}
