#include <stdio.h>

#include "core/base/limits.h"
#include "core/chain/bitcoin/descriptor.h"
#include "core/chain/bitcoin/register.h"

#define USUAL "/<0;1>/*"

struct span
wallet_key_head(const struct desc_key *k, struct span *rest)
{
	struct scan s = { k->text, 0 };

	if (k->has_origin)
		(void)scan_until(&s, "]");
	(void)scan_until(&s, "/");
	*rest = span_of(k->text.p + s.at, k->text.n - s.at);
	return span_of(k->text.p, s.at);
}

/* What these forms can say. */
bool
wallet_usual(const struct descriptor *d)
{
	struct span rest;
	size_t i;

	for (i = 0; i < d->nkey; i++) {
		(void)wallet_key_head(&d->key[i], &rest);
		if ((d->key[i].extended || !desc_key_nobody(&d->key[i])) &&
		    !span_eq(rest, span_text(USUAL)))
			return false;
	}
	return d->nkey > 0;
}

static enum err
as_descriptor(const struct wallet_req *q, struct arena *a, struct sink *s)
{
	(void)a;
	put_text(s, q->text);
	put_u8(s, '\n');
	return s->err;
}

/* The text with every key's usual branches written in the short way. */
static void
put_short(const struct wallet_req *q, struct sink *s)
{
	const char *at = q->file.text, *next;

	while ((next = strstr(at, USUAL)) != NULL) {
		put_span(s, span_of(at, (size_t)(next - at)));
		put_text(s, "/**");
		at = next + strlen(USUAL);
	}
	put_text(s, at);
}

static enum err
as_bsms(const struct wallet_req *q, struct arena *a, struct sink *s)
{
	char first[ADDRESS_TEXT_MAX];
	enum err e;

	if (!wallet_usual(&q->d))
		return ERR_CANNOT_SAY;
	if ((e = wallet_address(q, 0, 0, a, first)) != 0)
		return e;
	put_text(s, "BSMS 1.0\n");
	put_short(q, s);
	put_text(s, "\n/0/*,/1/*\n");
	put_text(s, first);
	put_u8(s, '\n');
	return s->err;
}

bool
wallet_is_kit(const struct descriptor *d)
{
	size_t i;

	for (i = 0; i < d->nkey; i++)
		if (!d->key[i].has_origin || !d->key[i].extended)
			return false;
	return d->code != NULL && d->code->kind == MS_MULTI &&
	    d->code->sorted && wallet_usual(d);
}

static void
put_cosigner(const struct desc_key *k, struct sink *s)
{
	struct span rest, head = wallet_key_head(k, &rest);
	char path[PATH_TEXT_MAX], fpr[9];
	size_t i;

	path_text(&k->origin.path, path);
	fpr_text(&k->origin.fpr, fpr);
	for (i = 0; i < 8; i++)
		if (fpr[i] >= 'a')
			fpr[i] = (char)(fpr[i] - 'a' + 'A');
	for (i = head.n; i > 0 && head.p[i - 1] != ']'; i--)
		continue;
	put_text(s, "Derivation: ");
	put_text(s, path);
	put_u8(s, '\n');
	put_text(s, fpr);
	put_text(s, ": ");
	put_span(s, span_of(head.p + i, head.n - i));
	put_u8(s, '\n');
}

static enum err
as_coldcard(const struct wallet_req *q, struct arena *a, struct sink *s)
{
	const struct ms *m = q->d.code;
	char line[64];
	size_t i;

	(void)a;
	if (!wallet_is_kit(&q->d))
		return ERR_CANNOT_SAY;
	put_text(s, "Name: ");
	put_text(s, q->file.name);
	(void)snprintf(line, sizeof(line), "\nPolicy: %u of %zu\nFormat: %s\n",
	    m->k, m->n, spend_name(q->d.spend));
	put_text(s, line);
	for (i = 0; i < q->d.nkey; i++)
		put_cosigner(&q->d.key[i], s);
	return s->err;
}

static enum err
addresses(const struct wallet_req *q, const struct job_tell *t,
    struct arena *a, struct sink *s)
{
	char text[ADDRESS_TEXT_MAX], line[32];
	uint32_t i, last = q->d.ranged ? t->to : t->from;
	size_t used = a->used;
	enum err e;

	if (t->to < t->from || t->to - t->from >= LIMIT_ADDRESSES ||
	    (t->change && q->d.nbranch < 2))
		return ERR_RANGE;
	for (i = t->from; i <= last; i++) {
		if ((e = wallet_address(q, t->change, i, a, text)) != 0)
			return e;
		(void)snprintf(line, sizeof(line), "%u/%u ",
		    (unsigned)t->change, (unsigned)i);
		put_text(s, line);
		put_text(s, text);
		put_u8(s, '\n');
		a->used = used;
	}
	return s->err;
}

static const struct form {
	const char	*name, *end, *says;
	enum err	(*put)(const struct wallet_req *, struct arena *,
			    struct sink *);
} forms[] = {
	{ "descriptors", "descriptor.txt",
	    "Sparrow, Nunchuk, Liana and others: a descriptor",
	    as_descriptor },
	{ "bsms", "wallet.bsms", "BIP129: Coldcard, Nunchuk, Sparrow",
	    as_bsms },
	{ "core", "core.json", "Bitcoin Core: importdescriptors",
	    wallet_put_core },
	{ "coldcard", "coldcard.txt", "Coldcard, Passport, Electrum, Sparrow",
	    as_coldcard },
	{ "sparrow", "sparrow.json", "Sparrow", wallet_put_sparrow },
	{ "specter", "specter.json", "Specter", wallet_put_specter },
	{ "caravan", "caravan.json", "Caravan", wallet_put_caravan },
	{ "policy", "policy.json", "BIP388: Ledger, BitBox, Jade",
	    wallet_put_policy },
};

/* Those that can say it: tried. */
static enum err
which_forms(const struct wallet_req *q, struct arena *a, struct sink *s)
{
	size_t i, used = a->used;

	for (i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		struct sink n = sink_to_count();
		enum err e = forms[i].put(q, a, &n);

		a->used = used;
		if (e == ERR_SPACE)
			return e;
		if (e != 0)
			continue;
		put_text(s, forms[i].name);
		put_text(s, "||");
		put_text(s, forms[i].says);
		put_u8(s, '\n');
	}
	return s->err;
}

static void
name_key(void *ctx, uint32_t number, struct sink *s)
{
	const struct descriptor *d = ctx;
	char fpr[9];

	if (!d->key[number].has_origin) {
		put_text(s, desc_key_nobody(&d->key[number]) ? "nobody" :
		    "a key");
		return;
	}
	fpr_text(&d->key[number].origin.fpr, fpr);
	put_text(s, fpr);
}

static enum err
in_a_line(const struct wallet_req *q, struct arena *a, struct sink *s)
{
	struct descriptor d = q->d;
	const char *words;
	enum err e;

	if ((e = descriptor_words(&d, name_key, &d, a, &words)) != 0)
		return e;
	put_text(s, spend_name(d.spend));
	put_text(s, ": ");
	put_text(s, words);
	put_u8(s, '|');
	put_text(s, q->file.name);
	put_u8(s, '\n');
	return s->err;
}

enum err
wallet_tell(const void *req, struct job_tell *t, struct arena *a,
    struct sink *s)
{
	const struct wallet_req *q = req;
	const struct form *f;
	char sum[DESCRIPTOR_SUM + 1];
	enum err e;

	t->file = "";
	if (t->form.n == 0)
		return addresses(q, t, a, s);
	if (span_eq(t->form, span_text("?")))
		return which_forms(q, a, s);
	if (span_eq(t->form, span_text("=")))
		return in_a_line(q, a, s);
	for (f = forms; f < forms + sizeof(forms) / sizeof(forms[0]); f++)
		if (span_eq(t->form, span_text(f->name)))
			break;
	if (f == forms + sizeof(forms) / sizeof(forms[0]))
		return ERR_UNKNOWN;
	if ((e = descriptor_sum(q->d.text, sum)) != 0)
		return e;
	t->file = arena_text(a, "%s-%s", sum, f->end);
	return t->file == NULL ? ERR_SPACE : f->put(q, a, s);
}
