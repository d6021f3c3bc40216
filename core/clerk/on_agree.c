#include "core/clerk/state.h"
#include "core/encode/hex.h"

enum { HOW_TYPED, HOW_DIGEST, HOW_YES };	/* as the front sends it */

static bool
accepted(struct span list, const char *code)
{
	struct reader r = reader_of(list);

	while (reader_left(&r) > 0) {
		if (span_eq(read_block(&r), span_text(code)))
			return true;
	}
	return false;
}

/* Every warning on the page must be accepted by its own name. */
static enum err
warnings(const struct page *p, struct span list, struct fault *f)
{
	size_t i;

	for (i = 0; i < p->nfinding; i++) {
		const struct finding *n = &p->finding[i];

		if (n->level == LEVEL_WARN && !accepted(list, n->code)) {
			fault_set(f, i, "%s", n->code);
			return ERR_WARNED;
		}
	}
	return 0;
}

static enum err
typed_matches(const struct clerk *c, uint8_t how, struct span typed)
{
	char want[2 * sizeof(c->digest.b) + 1];
	enum err e;

	if (how == HOW_YES)
		return 0;
	if (how == HOW_DIGEST)
		hex_text(SPAN_OF(c->digest.b), want);
	else if ((e = page_agree_word(&c->page, want)) != 0)
		return e;
	return span_eq(typed, span_text(want)) ? ERR_NONE : ERR_TYPED;
}

/*
 * The owner agrees to the page at hand.  What was typed is checked here, not
 * where it was typed.
 */
enum err
clerk_on_agree(struct clerk *c, struct packet *p, struct sink *reply,
    struct fault *f)
{
	struct reader r = reader_of(p->body);
	uint8_t how = read_u8(&r);
	struct span typed = read_block(&r), codes = read_block(&r);
	enum err e;

	if ((e = reader_done(&r)) != 0)
		return e;
	if (how > HOW_YES)
		return ERR_RANGE;
	if (c->page.verdict == VERDICT_REFUSE) {
		fault_set(f, 0, "%s", c->page.nfinding > 0 ?
		    c->page.finding[0].code : "the page");
		return ERR_REFUSED;
	}
	if ((e = warnings(&c->page, codes, f)) != 0 ||
	    (e = typed_matches(c, how, typed)) != 0 ||
	    (e = c->job->learn(c->req, &c->session)) != 0)
		return e;
	c->state = CLERK_AGREED;
	put_span(reply, SPAN_OF(c->digest.b));
	return 0;
}
