#include <stdio.h>

#include "core/base/order.h"
#include "core/chain/bitcoin/policy_text.h"
#include "core/encode/hex.h"

/* A wallet's keys differ in their last two elements: written as in BIP388, so
 * that all coins of one wallet look alike. */
static bool
name_text(const struct origin *o, const struct pubring *ring,
    char out[KEY_NAME_MAX])
{
	char path[PATH_TEXT_MAX], fpr[9];
	struct keyref k;

	if (path_of_words(o->words, &k.path) != 0 || k.path.n < 2 ||
	    path_hardened(&k.path) > k.path.n - 2)
		return false;
	memcpy(k.fpr.b, o->fpr.p, sizeof(k.fpr.b));
	k.path.n -= 2;
	fpr_text(&k.fpr, fpr);
	path_text(&k.path, path);
	(void)snprintf(out, KEY_NAME_MAX, "%s%s/**%s", fpr, path + 1,
	    pubring_ours(ring, &k.fpr) ? " (yours)" : "");
	return true;
}

void
pen_names(struct pen *p)
{
	uint64_t plain = p->of->output ? OUT_BIP32 : IN_BIP32;
	uint64_t tap = p->of->output ? OUT_TAP_BIP32 : IN_TAP_BIP32;
	const struct psbt_map *m = p->of->map;
	struct origin o;
	size_t k;

	for (k = 0; k < m->n && p->nname < NAMES_MAX; k++) {
		struct name *n = &p->name[p->nname];

		if ((m->e[k].type != plain && m->e[k].type != tap) ||
		    origin_read(m->e[k].value, m->e[k].type == tap, &o) != 0 ||
		    !name_text(&o, p->ring, n->text))
			continue;
		n->key = m->e[k].data;
		hash160(n->key, &n->hash);
		p->nname++;
	}
}

void
pen_hex(struct pen *p, struct span b)
{
	char two[3];
	size_t i;

	for (i = 0; i < b.n; i++) {
		hex_text(span_of(b.p + i, 1), two);
		put_text(&p->s, two);
	}
}

void
pen_key(struct pen *p, struct span key)
{
	size_t k;

	for (k = 0; k < p->nname; k++)
		if (span_eq(p->name[k].key, key)) {
			put_text(&p->s, p->name[k].text);
			return;
		}
	put_text(&p->s, "key ");
	pen_hex(p, key);
}

/* BIP341's point that nobody has the secret of. */
void
pen_internal(struct pen *p, struct span key)
{
	static const uint8_t nobody[32] = { 0x50, 0x92, 0x9b, 0x74, 0xc1,
	    0xa0, 0x49, 0x54, 0xb7, 0x8b, 0x4b, 0x60, 0x35, 0xe9, 0x7a, 0x5e,
	    0x07, 0x8a, 0x5a, 0x0f, 0x28, 0xec, 0x96, 0xd5, 0x47, 0xbf, 0xee,
	    0x9a, 0xce, 0x80, 0x3a, 0xc0 };

	if (span_eq(key, SPAN_OF(nobody)))
		put_text(&p->s, "nobody (BIP341)");
	else if (key.p == NULL)
		put_text(&p->s, "not said");
	else
		pen_key(p, key);
}

int
pen_text_cmp(const void *ctx, uint32_t a, uint32_t b)
{
	const char *const *text = ctx;

	return strcmp(text[a], text[b]);
}

/* The order of the keys changes from coin to coin where they are sorted: by
 * their names, then. */
void
pen_multi(struct pen *p, const struct multi *m)
{
	const char *text[MULTI_KEYS_MAX];
	uint32_t index[MULTI_KEYS_MAX];
	char words[32];
	size_t i, k, n = 0;

	(void)snprintf(words, sizeof(words), "%zu of %zu: ", m->m, m->n);
	put_text(&p->s, words);
	for (i = 0; i < m->n && m->n <= MULTI_KEYS_MAX; i++)
		for (k = 0; k < p->nname; k++)
			if (span_eq(p->name[k].key, multi_key(m, i))) {
				index[n] = (uint32_t)n;
				text[n++] = p->name[k].text;
				break;
			}
	if (n == m->n)
		order_sort(index, n, pen_text_cmp, text);
	for (i = 0; i < m->n; i++) {
		put_text(&p->s, i == 0 ? "" : ", ");
		if (n == m->n)
			put_text(&p->s, text[index[i]]);
		else
			pen_key(p, multi_key(m, i));
	}
}

bool
pen_known(struct pen *p, struct span b)
{
	size_t k;

	for (k = 0; k < p->nname; k++) {
		bool hash = span_eq(b, SPAN_OF(p->name[k].hash.b));

		if (!hash && !span_eq(b, p->name[k].key))
			continue;
		put_text(&p->s, hash ? "<hash of " : "<");
		put_text(&p->s, p->name[k].text);
		put_text(&p->s, ">");
		return true;
	}
	return false;
}
