#include <stdio.h>
#include <string.h>

#include "core/keys/path.h"

int
path_cmp(const struct path *a, const struct path *b)
{
	uint32_t i;

	for (i = 0; i < a->n && i < b->n; i++)
		if (a->e[i] != b->e[i])
			return a->e[i] < b->e[i] ? -1 : 1;
	return (a->n > b->n) - (a->n < b->n);
}

bool
path_eq(const struct path *a, const struct path *b)
{
	return path_cmp(a, b) == 0;
}

bool
fpr_eq(const struct fpr *a, const struct fpr *b)
{
	return memcmp(a->b, b->b, sizeof(a->b)) == 0;
}

int
keyref_cmp(const struct keyref *a, const struct keyref *b)
{
	int c = memcmp(a->fpr.b, b->fpr.b, sizeof(a->fpr.b));

	return c != 0 ? c : path_cmp(&a->path, &b->path);
}

uint32_t
path_hardened(const struct path *p)
{
	uint32_t n = p->n;

	while (n > 0 && p->e[n - 1] < HARDENED)
		n--;
	return n;
}

struct path
path_prefix(const struct path *p, uint32_t n)
{
	struct path out = { 0 };

	out.n = n < p->n ? n : p->n;
	memcpy(out.e, p->e, out.n * sizeof(out.e[0]));
	return out;
}

void
path_text(const struct path *p, char out[PATH_TEXT_MAX])
{
	size_t o = 1;
	uint32_t i;

	out[0] = 'm';
	out[1] = '\0';
	for (i = 0; i < p->n; i++) {
		int n = snprintf(out + o, PATH_TEXT_MAX - o, "/%u%s",
		    p->e[i] & ~HARDENED, p->e[i] >= HARDENED ? "'" : "");

		if (n < 0 || (size_t)n >= PATH_TEXT_MAX - o)
			return;
		o += (size_t)n;
	}
}

/* One element at *i: decimal digits without needless zeros, then a mark. */
static enum err
element(struct span s, size_t *i, uint32_t *out)
{
	size_t first = *i;
	uint64_t v = 0;

	for (; *i < s.n && s.p[*i] >= '0' && s.p[*i] <= '9'; (*i)++) {
		v = v * 10 + (uint64_t)(s.p[*i] - '0');
		if (v >= HARDENED)
			return ERR_RANGE;
	}
	if (*i == first || (s.p[first] == '0' && *i - first > 1))
		return ERR_FORM;
	if (*i < s.n && strchr("'hH", s.p[*i]) != NULL && s.p[*i] != '\0') {
		v |= HARDENED;
		(*i)++;
	}
	*out = (uint32_t)v;
	return 0;
}

enum err
path_of_text(struct span s, struct path *out)
{
	struct path p = { 0 };
	size_t i = 1;
	enum err e;

	if (s.n == 0 || s.p[0] != 'm')
		return ERR_FORM;
	while (i < s.n) {
		if (s.p[i++] != '/')
			return ERR_FORM;
		if (p.n == PATH_DEPTH)
			return ERR_RANGE;
		if ((e = element(s, &i, &p.e[p.n])) != 0)
			return e;
		p.n++;
	}
	*out = p;
	return 0;
}

void
fpr_text(const struct fpr *f, char out[9])
{
	(void)snprintf(out, 9, "%02x%02x%02x%02x", f->b[0], f->b[1], f->b[2],
	    f->b[3]);
}

enum err
path_of_words(struct span s, struct path *out)
{
	struct reader r = reader_of(s);
	struct path p = { 0 };
	enum err e;
	uint32_t i;

	if (s.n % 4 != 0)
		return ERR_FORM;
	if (s.n / 4 > PATH_DEPTH)
		return ERR_RANGE;
	p.n = (uint32_t)(s.n / 4);
	for (i = 0; i < p.n; i++)
		p.e[i] = read_u32le(&r);
	if ((e = reader_done(&r)) != 0)
		return e;
	*out = p;
	return 0;
}

void
put_keyref(struct sink *s, const struct keyref *k)
{
	uint32_t i;

	put_span(s, SPAN_OF(k->fpr.b));
	put_u8(s, (uint8_t)k->path.n);
	for (i = 0; i < k->path.n; i++)
		put_u32le(s, k->path.e[i]);
}

void
read_keyref(struct reader *r, struct keyref *out)
{
	struct keyref k = { 0 };
	struct span f = read_span(r, sizeof(k.fpr.b));
	uint32_t i;

	if (f.n == sizeof(k.fpr.b))
		memcpy(k.fpr.b, f.p, f.n);
	k.path.n = read_u8(r);
	if (k.path.n > PATH_DEPTH) {
		k.path.n = 0;
		reader_fail(r, ERR_RANGE);
	}
	for (i = 0; i < k.path.n; i++)
		k.path.e[i] = read_u32le(r);
	*out = k;
}
