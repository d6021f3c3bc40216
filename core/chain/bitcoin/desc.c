#include "core/chain/bitcoin/desc.h"
#include "core/chain/bitcoin/descriptor.h"
#include "core/chain/bitcoin/multi.h"

struct parse {
	struct scan		 s;
	struct arena		*a;
	struct descriptor	*d;
	bool			 tap;
	unsigned		 depth;		/* in the tree */
};

static enum err
add_key(void *ctx, struct span text, uint32_t *number)
{
	struct parse *p = ctx;
	struct descriptor *d = p->d;
	struct span musig = span_text("musig(");
	enum err e;

	if (text.n >= musig.n && memcmp(text.p, musig.p, musig.n) == 0)
		return ERR_MUSIG;
	if (d->nkey == LIMIT_WALLET_KEYS)
		return ERR_RANGE;
	if ((e = desc_key_read(text, p->tap, &d->key[d->nkey])) != 0)
		return e;
	*number = (uint32_t)d->nkey++;
	return 0;
}

static enum err
one_key(struct parse *p)
{
	uint32_t number;

	return add_key(p, scan_until(&p->s, ",)"), &number);
}

static enum err
miniscript(struct parse *p, struct ms **out)
{
	struct ms_keys keys = { add_key, p, p->tap };

	return ms_read(&p->s, &keys, p->a, out);
}

/* Leaves as BIP386 writes the tree: {left,right}. */
static enum err
tree(struct parse *p)
{
	struct descriptor *d = p->d;
	enum err e;

	if (scan_take(&p->s, '{')) {
		if (p->depth == LIMIT_LEAVES)
			return ERR_TOO_LARGE;
		p->depth++;
		if ((e = tree(p)) != 0)
			return e;
		if (!scan_take(&p->s, ','))
			return ERR_FORM;
		if ((e = tree(p)) != 0)
			return e;
		p->depth--;
		return scan_take(&p->s, '}') ? ERR_NONE : ERR_FORM;
	}
	if (d->nleaf == LIMIT_LEAVES)
		return ERR_TOO_LARGE;
	d->leaf[d->nleaf].depth = p->depth;
	return miniscript(p, &d->leaf[d->nleaf++].ms);
}

static enum err
taproot(struct parse *p)
{
	struct descriptor *d = p->d;
	enum err e;

	d->leaf = arena_new(p->a, struct desc_leaf, LIMIT_LEAVES);
	if (d->leaf == NULL)
		return ERR_SPACE;
	p->tap = true;
	d->spend = SPEND_TR;
	if ((e = one_key(p)) != 0)
		return e;
	return scan_take(&p->s, ',') ? tree(p) : ERR_NONE;
}

/* Behind a bare script hash the templates of several keys alone. */
static enum err
script_hash(struct parse *p)
{
	enum err e = miniscript(p, &p->d->code);

	p->d->spend = SPEND_SH;
	if (e != 0)
		return e;
	if (p->d->code->kind != MS_MULTI)
		return ERR_CONDITION;
	return ms_cost(p->d->code).script > REDEEM_SIZE_MAX ? ERR_TOO_LARGE :
	    ERR_NONE;
}

static enum err
whole(struct parse *p)
{
	static const struct {
		const char *open; enum spend spend; int close;
	} row[] = {
		{ "sh(wsh(", SPEND_SH_WSH, 2 },
		{ "sh(wpkh(", SPEND_SH_WPKH, 2 },
		{ "sh(", SPEND_SH, 1 }, { "wsh(", SPEND_WSH, 1 },
		{ "wpkh(", SPEND_WPKH, 1 }, { "pkh(", SPEND_PKH, 1 },
		{ "tr(", SPEND_TR, 1 },
	};
	enum err e;
	size_t i;
	int n;

	for (i = 0; i < sizeof(row) / sizeof(row[0]); i++)
		if (scan_word(&p->s, row[i].open))
			break;
	if (i == sizeof(row) / sizeof(row[0]))
		return ERR_NO_SUCH;
	p->d->spend = row[i].spend;
	e = row[i].spend == SPEND_TR ? taproot(p) :
	    row[i].spend == SPEND_SH ? script_hash(p) :
	    spend_is_script(row[i].spend) ? miniscript(p, &p->d->code) :
	    one_key(p);
	if (e != 0)
		return e;
	for (n = 0; n < row[i].close; n++)
		if (!scan_take(&p->s, ')'))
			return ERR_FORM;
	return scan_end(&p->s) ? ERR_NONE : ERR_TRAILING;
}

/* All that have alternatives have as many; ranged or not, all of them. */
static enum err
branches(struct descriptor *d)
{
	bool some = false;
	size_t i;

	d->nbranch = 1;
	for (i = 0; i < d->nkey; i++) {
		const struct desc_key *k = &d->key[i];

		if (k->nalt > 0 && d->nbranch != 1 && k->nalt != d->nbranch)
			return ERR_MISMATCH;
		if (k->nalt > 0)
			d->nbranch = k->nalt;
		some = some || k->ranged;
	}
	d->ranged = some;
	return 0;
}

static enum err
parents(struct descriptor *d, struct arena *a)
{
	enum err e;
	uint32_t b;
	size_t k;

	d->parent = arena_new(a, struct xpub, d->nbranch * d->nkey);
	if (d->parent == NULL)
		return ERR_SPACE;
	for (b = 0; b < d->nbranch; b++)
		for (k = 0; k < d->nkey; k++)
			if ((e = desc_key_parent(&d->key[k], b,
			    &d->parent[b * d->nkey + k])) != 0)
				return e;
	return 0;
}

/* The eight characters behind '#', where they are. */
static enum err
check_sum(struct descriptor *d)
{
	char sum[DESCRIPTOR_SUM + 1];
	const uint8_t *mark = d->text.n == 0 ? NULL :
	    memchr(d->text.p, '#', d->text.n);
	struct span said;
	enum err e;

	d->has_sum = mark != NULL;
	if (mark != NULL) {
		size_t n = (size_t)(mark - d->text.p);

		said = span_of(mark + 1, d->text.n - n - 1);
		d->text.n = n;
	}
	if ((e = descriptor_sum(d->text, sum)) != 0)
		return e;
	return mark == NULL || span_eq(said, span_text(sum)) ? ERR_NONE :
	    ERR_CHECKSUM;
}

enum err
descriptor_read(struct span text, struct arena *a, struct descriptor *out,
    size_t *at)
{
	struct descriptor d = { .text = text };
	struct parse p = { .a = a, .d = &d };
	enum err e;

	*at = 0;
	if (text.n > DESC_TEXT_MAX)
		return ERR_TOO_LARGE;
	if ((e = check_sum(&d)) != 0)
		return e;
	d.key = arena_new(a, struct desc_key, LIMIT_WALLET_KEYS);
	if (d.key == NULL)
		return ERR_SPACE;
	p.s.text = d.text;
	e = whole(&p);
	*at = p.s.at;
	if (e != 0 || (e = branches(&d)) != 0 ||
	    (e = parents(&d, a)) != 0)
		return e;
	*out = d;
	return 0;
}
