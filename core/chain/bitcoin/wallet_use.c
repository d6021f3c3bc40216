#include "core/chain/bitcoin/request.h"

/* Can it be met by this transaction, if everybody signs who may?  With a
 * signature of ours in it? */
struct use {
	bool	can, ours;
};

static struct use
both(struct use x, struct use y)
{
	bool can = x.can && y.can;

	return (struct use){ can, can && (x.ours || y.ours) };
}

static struct use
either(struct use x, struct use y)
{
	return (struct use){ x.can || y.can, x.ours || y.ours };
}

bool
wallet_own_key(const struct coin_in *in, const struct pubkey *k)
{
	const struct own_sig *s;

	for (s = in->own; s != NULL; s = s->next)
		if (memcmp(s->pub.b + 1, k->b + 1, sizeof(k->b) - 1) == 0)
			return true;
	return false;
}

static struct use
of_keys(const struct coin_in *in, const struct ms *m)
{
	size_t i, n = m->kind == MS_PK_K || m->kind == MS_PK_H ? 1 : m->n;
	struct use u = { true, false };

	for (i = 0; i < n; i++)
		u.ours = u.ours || wallet_own_key(in,
		    &in->spot->built.key[m->key[i]]);
	return u;
}

static struct use use_of(const struct request *, size_t i, const struct ms *);

static struct use
of_thresh(const struct request *q, size_t i, const struct ms *m)
{
	struct use u = { false, false }, one;
	size_t k, can = 0;

	for (k = 0; k < m->n; k++) {
		one = use_of(q, i, m->sub[k]);
		can += one.can;
		u.ours = u.ours || one.ours;
	}
	u.can = can >= m->k;
	u.ours = u.ours && u.can;
	return u;
}

static struct use
use_of(const struct request *q, size_t i, const struct ms *m)
{
	switch (m->kind) {
	case MS_FALSE:
		return (struct use){ false, false };
	case MS_TRUE: case MS_SHA256: case MS_HASH256: case MS_RIPEMD160:
	case MS_HASH160:
		return (struct use){ true, false };
	case MS_PK_K: case MS_PK_H: case MS_MULTI: case MS_MULTI_A:
		return of_keys(&q->in[i], m);
	case MS_OLDER: case MS_AFTER:
		return (struct use){ wallet_lock_met(q, i, m), false };
	case MS_THRESH:
		return of_thresh(q, i, m);
	case MS_ANDOR:
		return either(both(use_of(q, i, m->sub[0]),
		    use_of(q, i, m->sub[1])), use_of(q, i, m->sub[2]));
	case MS_AND_V: case MS_AND_B:
		return both(use_of(q, i, m->sub[0]), use_of(q, i, m->sub[1]));
	case MS_OR_B: case MS_OR_C: case MS_OR_D: case MS_OR_I:
		return either(use_of(q, i, m->sub[0]),
		    use_of(q, i, m->sub[1]));
	case MS_WRAP_A: case MS_WRAP_S: case MS_WRAP_C: case MS_WRAP_D:
	case MS_WRAP_V: case MS_WRAP_J: case MS_WRAP_N:
		break;
	}
	return use_of(q, i, m->sub[0]);
}

bool
wallet_counts(const struct request *q, size_t i)
{
	const struct coin_in *in = &q->in[i];
	const struct descriptor *d = &in->spot->wallet->d;
	const struct own_sig *s;
	size_t k;

	for (s = in->own; s != NULL; s = s->next)
		if (s->kind == SIGN_TAPROOT_ROOT)
			return true;
	if (d->code != NULL)
		return use_of(q, i, d->code).ours;
	for (k = 0; k < d->nleaf; k++)
		if (use_of(q, i, d->leaf[k].ms).ours)
			return true;
	return d->nleaf == 0;
}
