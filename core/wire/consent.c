#include "core/wire/consent.h"

/* The codes of all warnings of the page, sorted: each must be accepted.  The
 * judge gives findings sorted by code within a level, once each. */
static void
put_codes(struct sink *s, const struct page *p)
{
	uint32_t n = 0;
	size_t i;

	for (i = 0; i < p->nfinding; i++)
		n += p->finding[i].level == LEVEL_WARN;
	put_u32le(s, n);
	for (i = 0; i < p->nfinding; i++)
		if (p->finding[i].level == LEVEL_WARN)
			put_block(s, span_text(p->finding[i].code));
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
