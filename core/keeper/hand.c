/*
 * Keys at hand.  They lie shielded; what a request needs of them is opened
 * once for it, into .open, and gone when it has been answered.
 */
#include "core/keeper/state.h"
#include "core/proc/random.h"

static void
put_away(struct keeper *k, const void *p, size_t n, uint8_t *box)
{
	uint8_t nonce[SEAL_NONCE];

	random_bytes(nonce, sizeof(nonce));
	shield_close(&k->shield, nonce, span_of(p, n), box);
}

enum err
keeper_room(const struct keeper *k, struct fault *f)
{
	if (k->nkey < FPR_MAX)
		return 0;
	fault_set(f, 0, "%d keys are loaded, which is the most", FPR_MAX);
	return ERR_SPACE;
}

void
keeper_take(struct keeper *k, const struct seedkey *key, struct sink *reply)
{
	struct held *h = &k->key[k->nkey];
	struct source s;

	put_span(reply, SPAN_OF(key->fpr.b));
	if (keeper_find(k, &key->fpr) != NULL)
		return;
	*h = (struct held){ .fpr = key->fpr, .kind = key->kind };
	put_away(k, &key->u, sizeof(key->u), h->box);
	s.seed = key->seed;
	s.words = key->words;
	put_away(k, &s, sizeof(s), h->source);
	wipe(&s, sizeof(s));
	k->nkey++;
}

const struct held *
keeper_find(const struct keeper *k, const struct fpr *fpr)
{
	size_t i;

	for (i = 0; i < k->nkey; i++)
		if (fpr_eq(&k->key[i].fpr, fpr))
			return &k->key[i];
	return NULL;
}

/* What comes out of a box is marked anew; what is public in it never was. */
static void
mark_xprv(struct xprv *x)
{
	ct_secret(&x->key, sizeof(x->key));
	ct_secret(&x->chain, sizeof(x->chain));
}

enum err
keeper_open(struct keeper *k, const struct held *h, const struct seedkey **out)
{
	size_t i = (size_t)(h - k->key);
	struct seedkey *key = &k->open.key[i];
	struct monero_keys *m = &key->u.monero;
	enum err e;

	*out = key;
	if (k->open.is[i])
		return 0;
	if ((e = shield_open(&k->shield, SPAN_OF(h->box), &key->u)) != 0)
		return e;
	key->fpr = h->fpr;
	key->kind = h->kind;
	if (key->kind == KEY_MONERO) {
		ct_secret(&m->spend, sizeof(m->spend));
		ct_secret(&m->viewer.view, sizeof(m->viewer.view));
	} else {
		mark_xprv(&key->u.master);
	}
	k->open.is[i] = true;
	return 0;
}

enum err
keeper_whole(struct keeper *k, const struct held *h,
    const struct seedkey **out)
{
	struct seedkey *key = &k->open.key[h - k->key];
	struct source s;
	enum err e;

	if ((e = keeper_open(k, h, out)) == 0 &&
	    (e = shield_open(&k->shield, SPAN_OF(h->source), &s)) == 0) {
		key->seed = s.seed;
		key->words = s.words;
		ct_secret(key->seed.b, sizeof(key->seed.b));
		ct_secret(key->words.w, sizeof(key->words.w));
	}
	wipe(&s, sizeof(s));
	return e;
}

/* Where the parent in the open is another one than in its box, that is made
 * anew. */
void
keeper_shut(struct keeper *k)
{
	if (k->open.parent == PARENT_NEW)
		put_away(k, &k->open.xprv, sizeof(k->open.xprv),
		    k->branch.box);
	wipe(&k->open, sizeof(k->open));
}

/* --- the private key at a path -------------------------------------------- */

static enum err
reopen(struct keeper *k)
{
	enum err e;

	if (k->open.parent != PARENT_SHUT)
		return 0;
	if ((e = shield_open(&k->shield, SPAN_OF(k->branch.box),
	    &k->open.xprv)) != 0)
		return e;
	mark_xprv(&k->open.xprv);
	k->open.parent = PARENT_OPEN;
	return 0;
}

static enum err
parent(struct keeper *k, const struct held *h, const struct keyref *ref)
{
	struct branch *b = &k->branch;
	struct path up = path_prefix(&ref->path, ref->path.n - 1);
	const struct seedkey *key;
	enum err e;

	if (b->held && fpr_eq(&b->ref.fpr, &ref->fpr) &&
	    path_eq(&b->ref.path, &up))
		return reopen(k);
	b->held = false;
	k->open.parent = PARENT_SHUT;
	if ((e = keeper_open(k, h, &key)) != 0 ||
	    (e = xprv_derive(&key->u.master, &up, &k->open.xprv)) != 0 ||
	    (e = pub_of_secret(&k->open.xprv.key, &b->pub)) != 0)
		return e;
	b->ref.fpr = ref->fpr;
	b->ref.path = up;
	b->held = true;
	k->open.parent = PARENT_NEW;
	return 0;
}

/*
 * Inputs of one wallet share all but the last element of their paths, so the
 * parent is remembered and a thousand keys cost a thousand single steps.
 */
enum err
keeper_derive(struct keeper *k, const struct keyref *ref, struct xprv *out)
{
	const struct held *h = keeper_find(k, &ref->fpr);
	const struct seedkey *key;
	enum err e;

	if (h == NULL || h->kind != KEY_BIP32)
		return ERR_NO_KEY;
	if (ref->path.n == 0) {
		if ((e = keeper_open(k, h, &key)) == 0)
			*out = key->u.master;
		return e;
	}
	if ((e = parent(k, h, ref)) != 0)
		return e;
	return xprv_child_of(&k->open.xprv, &k->branch.pub,
	    ref->path.e[ref->path.n - 1], out);
}
