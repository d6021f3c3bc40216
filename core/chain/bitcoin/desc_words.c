#include "core/chain/bitcoin/known.h"

/* Two ways into one: either. */
static struct ms *
either(struct ms *x, struct ms *y, struct arena *a)
{
	struct ms *m = arena_new(a, struct ms, 1);
	struct ms **sub = arena_new(a, struct ms *, 2);

	if (m == NULL || sub == NULL)
		return NULL;
	sub[0] = x;
	sub[1] = y;
	*m = (struct ms){ .kind = MS_OR_I, .n = 2, .sub = sub };
	return m;
}

/* What the owner of the first key alone can do; NULL and no error where
 * nobody owns it. */
static struct ms *
key_path(struct arena *a)
{
	struct ms *m = arena_new(a, struct ms, 1);
	uint32_t *key = arena_new(a, uint32_t, 1);

	if (m == NULL || key == NULL)
		return NULL;
	*key = 0;
	*m = (struct ms){ .kind = MS_PK_K, .key = key };
	return m;
}

static bool
same_key(const struct desc_key *a, const struct desc_key *b)
{
	return memcmp(&a->xpub.key, &b->xpub.key, sizeof(a->xpub.key)) == 0 &&
	    memcmp(&a->xpub.chain, &b->xpub.chain,
	    sizeof(a->xpub.chain)) == 0;
}

static bool
one_owner(const void *d, uint32_t a, uint32_t b)
{
	const struct desc_key *key = ((const struct descriptor *)d)->key;

	return same_key(&key[a], &key[b]);
}

enum err
descriptor_words(const struct descriptor *d, ms_name_fn *name, void *ctx,
    struct arena *a, const char **out)
{
	struct ms_who who = { name, ctx, one_owner, d };
	struct ms *m = d->code;
	size_t i;

	if (m == NULL && (d->nleaf == 0 || !desc_key_nobody(&d->key[0])) &&
	    (m = key_path(a)) == NULL)
		return ERR_SPACE;
	for (i = 0; i < d->nleaf; i++) {
		m = m == NULL ? d->leaf[i].ms : either(m, d->leaf[i].ms, a);
		if (m == NULL)
			return ERR_SPACE;
	}
	return ms_words(m, &who, a, out);
}

/* Nobody's key needs no letter. */
uint32_t
descriptor_letter(const struct descriptor *d, uint32_t key)
{
	uint32_t i, k, letter = 0;

	for (i = 0; i < d->nkey; i++) {
		for (k = 0; k < i; k++)
			if (same_key(&d->key[k], &d->key[i]))
				break;
		if (same_key(&d->key[i], &d->key[key]))
			return letter;
		letter += k == i && !desc_key_nobody(&d->key[i]);
	}
	return letter;
}

const char *
spend_name(enum spend s)
{
	static const char *const name[] = { [SPEND_NONE] = "none",
	    [SPEND_PKH] = "P2PKH", [SPEND_SH_WPKH] = "P2SH-P2WPKH",
	    [SPEND_WPKH] = "P2WPKH", [SPEND_TR] = "P2TR",
	    [SPEND_SH] = "P2SH", [SPEND_SH_WSH] = "P2SH-P2WSH",
	    [SPEND_WSH] = "P2WSH" };

	return name[s];
}
