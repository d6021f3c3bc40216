#include <stdio.h>

#include "core/base/limits.h"
#include "core/chain/bitcoin/register.h"

#define USUAL "/<0;1>/*"

/* The key, and what is below it. */
static struct span
key_head(const struct desc_key *k, struct span *rest)
{
	struct scan s = { k->text, 0 };

	if (k->has_origin)
		(void)scan_until(&s, "]");
	(void)scan_until(&s, "/");
	*rest = span_of(k->text.p + s.at, k->text.n - s.at);
	return span_of(k->text.p, s.at);
}

/* Two branches, 0 and 1, under every key: what these forms can say. */
static bool
usual(const struct descriptor *d)
{
	struct span rest;
	size_t i;

	for (i = 0; i < d->nkey; i++) {
		(void)key_head(&d->key[i], &rest);
		if (!desc_key_nobody(&d->key[i]) &&
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

	if (!usual(&q->d))
		return ERR_RANGE;
	if ((e = wallet_address(q, 0, 0, a, first)) != 0)
		return e;
	put_text(s, "BSMS 1.0\n");
	put_short(q, s);
	put_text(s, "\n/0/*,/1/*\n");
	put_text(s, first);
	put_u8(s, '\n');
	return s->err;
}

static void
put_cosigner(const struct desc_key *k, struct sink *s)
{
	struct span rest, head = key_head(k, &rest);
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
	if (m == NULL || m->kind != MS_MULTI || !m->sorted || !usual(&q->d))
		return ERR_RANGE;
	put_text(s, "Name: ");
	put_text(s, q->file.name);
	(void)snprintf(line, sizeof(line), "\nPolicy: %u of %zu\nFormat: %s\n",
	    m->k, m->n, spend_name(q->d.spend));
	put_text(s, line);
	for (i = 0; i < q->d.nkey; i++) {
		if (!q->d.key[i].has_origin)
			return ERR_RANGE;
		put_cosigner(&q->d.key[i], s);
	}
	return s->err;
}

/* Numbers of distinct keys, in the order in which they come (BIP388). */
static size_t
policy_number(const struct descriptor *d, size_t key, bool *is_new)
{
	struct span rest, head = key_head(&d->key[key], &rest), other;
	size_t i, k, n = 0;

	for (i = 0; i < key; i++) {
		other = key_head(&d->key[i], &rest);
		if (span_eq(other, head))
			break;
	}
	*is_new = i == key;
	for (k = 0; k < i; k++) {
		bool fresh;

		(void)policy_number(d, k, &fresh);
		n += fresh;
	}
	return n;
}

static void
put_quoted(struct sink *s, const char *text)
{
	put_u8(s, '"');
	for (; *text != '\0'; text++) {
		if (*text == '"' || *text == '\\')
			put_u8(s, '\\');
		put_u8(s, (uint8_t)*text);
	}
	put_u8(s, '"');
}

static enum err
as_policy(const struct wallet_req *q, struct arena *a, struct sink *s)
{
	const uint8_t *at = q->d.text.p, *end = at + q->d.text.n;
	const struct descriptor *d = &q->d;
	struct span rest, head;
	char number[24];
	bool fresh;
	size_t i;

	(void)a;
	if (!usual(d) || desc_key_nobody(&d->key[0]) || d->nkey > 20)
		return ERR_RANGE;
	put_text(s, "{\"name\":");
	put_quoted(s, q->file.name);
	put_text(s, ",\"template\":\"");
	for (i = 0; i < d->nkey; i++) {
		put_span(s, span_of(at, (size_t)(d->key[i].text.p - at)));
		(void)snprintf(number, sizeof(number), "@%zu/**",
		    policy_number(d, i, &fresh));
		put_text(s, number);
		at = d->key[i].text.p + d->key[i].text.n;
	}
	put_span(s, span_of(at, (size_t)(end - at)));
	put_text(s, "\",\"keys\":[");
	for (i = 0; i < d->nkey; i++) {
		(void)policy_number(d, i, &fresh);
		if (!fresh)
			continue;
		head = key_head(&d->key[i], &rest);
		put_text(s, i == 0 ? "\"" : ",\"");
		put_span(s, head);
		put_u8(s, '"');
	}
	put_text(s, "]}\n");
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

enum err
wallet_tell(const void *req, const struct job_tell *t, struct arena *a,
    struct sink *s)
{
	static const struct {
		const char *name;
		enum err (*put)(const struct wallet_req *, struct arena *,
		    struct sink *);
	} form[] = {
		{ "descriptors", as_descriptor }, { "bsms", as_bsms },
		{ "coldcard", as_coldcard }, { "policy", as_policy },
	};
	const struct wallet_req *q = req;
	size_t i;

	if (t->form.n == 0)
		return addresses(q, t, a, s);
	for (i = 0; i < sizeof(form) / sizeof(form[0]); i++)
		if (span_eq(t->form, span_text(form[i].name)))
			return form[i].put(q, a, s);
	return ERR_UNKNOWN;
}
