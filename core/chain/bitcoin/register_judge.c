#include "core/chain/bitcoin/register.h"
#include "core/chain/bitcoin/request.h"

static bool
same_pub(const struct desc_key *a, const struct desc_key *b)
{
	return memcmp(&a->xpub.key, &b->xpub.key, sizeof(a->xpub.key)) == 0;
}

static bool
same_chain(const struct desc_key *a, const struct desc_key *b)
{
	return memcmp(&a->xpub.chain, &b->xpub.chain,
	    sizeof(a->xpub.chain)) == 0;
}

/* Do the two give one key at some branch and index?  BIP388: their branches
 * must be disjoint. */
static bool
overlap(const struct descriptor *d, size_t a, size_t b)
{
	uint32_t x, y;

	for (x = 0; x < d->nbranch; x++)
		for (y = 0; y < d->nbranch; y++)
			if (memcmp(&d->parent[x * d->nkey + a].key,
			    &d->parent[y * d->nkey + b].key,
			    sizeof(struct pubkey)) == 0)
				return true;
	return false;
}

/* Known attack 6: one key twice, or two keys that are said to be one. */
static bool
twice(const struct descriptor *d, size_t a, size_t b)
{
	const struct desc_key *x = &d->key[a], *y = &d->key[b];

	if (desc_key_nobody(x) || desc_key_nobody(y))
		return false;
	if (same_pub(x, y))
		return !same_chain(x, y) || x->extended != y->extended ||
		    overlap(d, a, b);
	return x->has_origin && y->has_origin &&
	    keyref_cmp(&x->origin, &y->origin) == 0;
}

/* One owner behind two of those that must come together: fewer people can
 * spend than it seems.  Of ways of which one is enough he may stand in
 * each. */
struct muster {
	uint32_t	owner[LIMIT_WALLET_KEYS];	/* his first key */
	uint32_t	joint[LIMIT_WALLET_KEYS];	/* where last seen */
	uint32_t	part[LIMIT_WALLET_KEYS];
	uint32_t	njoint;
};

static bool
seen(struct muster *u, uint32_t key, uint32_t joint, uint32_t part)
{
	uint32_t o = u->owner[key];
	bool twice = u->joint[o] == joint && u->part[o] != part;

	u->joint[o] = joint;
	u->part[o] = part;
	return twice;
}

static size_t
keys_in(const struct ms *m)
{
	return m->key == NULL ? 0 : m->kind == MS_MULTI ||
	    m->kind == MS_MULTI_A ? m->n : 1;
}

/* All keys of this part of it. */
static bool
mustered(struct muster *u, const struct ms *m, uint32_t joint, uint32_t part)
{
	bool twice = false;
	size_t i;

	for (i = 0; i < keys_in(m); i++)
		twice = seen(u, m->key[i], joint, part) || twice;
	for (i = 0; m->sub != NULL && i < m->n; i++)
		twice = mustered(u, m->sub[i], joint, part) || twice;
	return twice;
}

static bool
together_twice(struct muster *u, const struct ms *m)
{
	bool joint = m->kind == MS_THRESH || m->kind == MS_AND_V ||
	    m->kind == MS_AND_B || m->kind == MS_ANDOR;
	bool twice = false;
	uint32_t here = ++u->njoint;
	size_t i;

	for (i = 0; i < keys_in(m); i++)
		twice = seen(u, m->key[i], here, (uint32_t)i) || twice;
	for (i = 0; joint && i < (m->kind == MS_ANDOR ? 2 : m->n); i++)
		twice = mustered(u, m->sub[i], here, (uint32_t)i) || twice;
	for (i = 0; m->sub != NULL && i < m->n; i++)
		twice = together_twice(u, m->sub[i]) || twice;
	return twice;
}

/* Two accounts of one seed are one owner's, as far as its fingerprint is
 * said; some say zeros where they do not know it. */
static bool
one_owner(const struct desc_key *a, const struct desc_key *b)
{
	static const struct fpr none;

	return same_pub(a, b) || (a->has_origin && b->has_origin &&
	    fpr_eq(&a->origin.fpr, &b->origin.fpr) &&
	    !fpr_eq(&a->origin.fpr, &none));
}

static bool
one_owner_twice(const struct descriptor *d)
{
	struct muster u = { .njoint = 0 };
	bool twice = d->code != NULL;
	uint32_t i;

	for (i = 0; i < d->nkey; i++) {
		u.owner[i] = 0;
		while (!one_owner(&d->key[u.owner[i]], &d->key[i]))
			u.owner[i]++;
	}
	twice = twice && together_twice(&u, d->code);
	for (i = 0; i < d->nleaf; i++)
		twice = together_twice(&u, d->leaf[i].ms) || twice;
	return twice;
}

/* Ours only if our own derivation gives it; bare and of taproot, by its x. */
static uint64_t
own_key(const struct desc_key *k, bool tap, struct pubring *ring)
{
	struct xpub ours;

	if (pubring_xpub(ring, &k->origin, &ours) != 0)
		return TRAIT_BIT(XPUB_FALSE);
	if (tap && !k->extended)
		ours.key.b[0] = k->xpub.key.b[0];
	if (memcmp(&ours.key, &k->xpub.key, sizeof(ours.key)) != 0 ||
	    (k->extended && memcmp(&ours.chain, &k->xpub.chain,
	    sizeof(ours.chain)) != 0))
		return TRAIT_BIT(XPUB_FALSE);
	return 0;
}

static uint64_t
one_key(const struct descriptor *d, size_t i, struct pubring *ring,
    enum network net, bool *ours)
{
	const struct desc_key *k = &d->key[i];
	uint64_t t = 0;
	size_t j;

	for (j = 0; j < i; j++)
		if (twice(d, i, j))
			t |= TRAIT_BIT(WALLET_TWICE);
	if (k->extended && k->version != (net == NET_MAIN ?
	    XPUB_VERSION_MAIN : XPUB_VERSION_TEST))
		t |= TRAIT_BIT(XPUB_NETWORK);
	if (desc_key_nobody(k))
		return d->spend == SPEND_TR && i == 0 && d->nleaf > 0 ? t :
		    t | TRAIT_BIT(WALLET_UNSAFE);
	if (k->extended && d->ranged && !k->ranged)
		t |= TRAIT_BIT(WALLET_UNSAFE);
	if (!k->has_origin)
		return t | TRAIT_BIT(WALLET_ORIGIN);
	if (!pubring_ours(ring, &k->origin.fpr))
		return t;
	*ours = true;
	return t | own_key(k, d->spend == SPEND_TR, ring) |
	    own_path_network(&k->origin.path, net);
}

/* Branches that no two keys share are a way of its own, and usual; crossed
 * ones, or one key without, are not. */
static bool
odd_branches(const struct descriptor *d)
{
	const struct desc_key *x, *y;
	size_t i, k;

	for (i = 0; i < d->nkey; i++) {
		x = &d->key[i];
		if (!x->extended || d->nbranch != 2)
			continue;
		if (x->nalt != 2 || x->alt[0] > x->alt[1])
			return true;
		for (k = 0; k < i; k++) {
			y = &d->key[k];
			if (y->extended && y->nalt == 2 &&
			    (x->alt[0] == y->alt[1] || x->alt[1] == y->alt[0]))
				return true;
		}
	}
	return false;
}

static uint64_t
branch_traits(const struct descriptor *d)
{
	if (!d->ranged)
		return TRAIT_BIT(WALLET_ONE_ADDRESS);
	if (d->nbranch == 1)
		return TRAIT_BIT(WALLET_NO_CHANGE);
	return odd_branches(d) ? TRAIT_BIT(WALLET_BRANCHES) : 0;
}

static uint64_t
script_traits(const struct descriptor *d, const char **why)
{
	enum ms_fault f = d->code == NULL ? MS_FINE : ms_sane(d->code);
	size_t i;

	for (i = 0; i < d->nleaf && f == MS_FINE; i++)
		f = ms_sane(d->leaf[i].ms);
	if (f == MS_FINE)
		return 0;
	*why = ms_fault_text(f);
	return TRAIT_BIT(WALLET_UNSAFE);
}

uint64_t
wallet_judge(const struct descriptor *d, struct pubring *ring,
    enum network net, const char **why)
{
	uint64_t t = script_traits(d, why) | branch_traits(d);
	bool ours = false;
	size_t i;

	for (i = 0; i < d->nkey; i++)
		t |= one_key(d, i, ring, net, &ours);
	if (one_owner_twice(d))
		t |= TRAIT_BIT(WALLET_TWICE);
	return ours ? t : t | TRAIT_BIT(NO_KEY);
}

/* The key itself, whatever is said of where it comes from. */
static bool
stands_in(const char *text, const struct desc_key *k)
{
	char key[XPUB_TEXT_MAX];
	struct scan s = { k->text, 0 };
	struct span word;

	(void)scan_until(&s, "]");
	(void)scan_take(&s, ']');
	word = scan_until(&s, "/");
	if (word.n >= sizeof(key))
		return false;
	memcpy(key, word.p, word.n);
	key[word.n] = '\0';
	return strstr(text, key) != NULL;
}

/* Does a registered wallet have this key? */
bool
wallet_with(const struct session *s, const struct xpub *x)
{
	char key[XPUB_TEXT_MAX];
	size_t i;

	if (xpub_text(x, s->network == NET_MAIN ? XPUB_VERSION_MAIN :
	    XPUB_VERSION_TEST, key) != 0)
		return false;
	for (i = 0; i < s->nwallet; i++)
		if (s->wallet[i].network == s->network &&
		    strstr(s->wallet[i].text, key) != NULL)
			return true;
	return false;
}

/* The owner's own name for a wallet is kept under the checksum behind its
 * descriptor, and another descriptor of the same checksum is easily made. */
static bool
same_sum(const char *a, const char *b)
{
	const char *x = strrchr(a, '#'), *y = strrchr(b, '#');

	return x != NULL && y != NULL && strcmp(x, y) == 0;
}

/*
 * Known attack 6, later on: a file that calls itself as a wallet that its
 * owner knows, with our key and others than before.
 */
uint64_t
wallet_clash(const struct wallet_req *q, const struct pubring *ring,
    const struct session *s)
{
	uint64_t t = 0;
	size_t i, k;

	for (i = 0; i < s->nwallet; i++) {
		const struct session_wallet *w = &s->wallet[i];

		if (w->network != s->network || strcmp(w->chain, "btc") != 0)
			continue;
		if (strcmp(w->text, q->text) == 0)
			return TRAIT_BIT(WALLET_KNOWN);
		if (strcmp(w->name, q->file.name) == 0 ||
		    same_sum(w->text, q->text))
			t |= TRAIT_BIT(WALLET_NAME);
		for (k = 0; k < q->d.nkey; k++)
			if (q->d.key[k].has_origin && pubring_ours(ring,
			    &q->d.key[k].origin.fpr) &&
			    stands_in(w->text, &q->d.key[k]))
				t |= TRAIT_BIT(WALLET_SHARED);
	}
	return t;
}
