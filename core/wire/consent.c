#include <stdlib.h>

#include "core/wire/consent.h"

static int
by_code(const void *a, const void *b)
{
	const char *const *x = a, *const *y = b;

	return strcmp(*x, *y);
}

/* The codes of all warnings of the page, sorted: each must be accepted. */
static void
put_codes(struct sink *s, const struct page *p)
{
	const char *code[TRAIT_COUNT + 16];
	size_t i, n = 0;

	for (i = 0; i < p->nfinding; i++)
		if (p->finding[i].level == LEVEL_WARN &&
		    n < sizeof(code) / sizeof(code[0]))
			code[n++] = p->finding[i].code;
	qsort(code, n, sizeof(code[0]), by_code);
	put_u32le(s, (uint32_t)n);
	for (i = 0; i < n; i++)
		put_block(s, span_text(code[i]));
}

void
consent_digest(const struct hash32 *file, const struct page *p,
    struct span bytes, struct hash32 *out)
{
	struct sha256 h;
	struct sink s;
	size_t i;

	sha256_begin(&h);
	s = sink_to_sha256(&h);
	put_block(&s, span_text("coldseal-consent-1"));
	put_span(&s, SPAN_OF(file->b));
	put_span(&s, SPAN_OF(p->session.b));
	put_block(&s, span_text(p->network));
	put_u32le(&s, (uint32_t)p->nfpr);
	for (i = 0; i < p->nfpr; i++)
		put_span(&s, SPAN_OF(p->fpr[i].b));
	put_block(&s, bytes);
	put_codes(&s, p);
	put_plan(&s, &p->plan);
	sha256_end(&h, out);
}
