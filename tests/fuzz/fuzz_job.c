/* One fuzzer for every format in the table.  A file goes through all stages
 * with a published test key: whatever is signed must have been allowed by the
 * rules, and must read back.  A new row in core/job/table.c is fuzzed for
 * free. */
#include "core/review/page.h"
#include "tests/fuzz/fuzz.h"
#include "tests/unit/rig.h"

#define ARENA ((size_t)64 << 20)

static struct rig *
keys(void)
{
	static struct rig r;

	if (r.nkey == 0) {
		must(secp_init(NULL) == 0);
		must(rig_add(&r, FUZZ_WORDS, "") == 0);
	}
	return &r;
}

/* The page as bytes must read as it was written. */
static enum err
draw(const struct study *s, const struct judgement *j, struct arena *a)
{
	struct hash32 session = { { 0 } };
	struct page_line *line;
	struct page page, again;
	struct sink n = sink_to_count(), o;
	uint8_t *p;
	size_t lines;
	enum err e;

	if ((e = page_make(&s->intent, j, &session, a, &page)) != 0)
		return e;
	page_put(&page, &n);
	if ((p = arena_new(a, uint8_t, n.total)) == NULL)
		return ERR_SPACE;
	o = sink_to_buf(p, n.total);
	page_put(&page, &o);
	must(o.err == 0 && o.total == n.total);
	if ((e = page_read(span_of(p, o.total), a, &again)) != 0)
		return e;
	must(again.nrow == page.nrow && again.verdict == j->verdict);
	return page_lines(&again, "file", PAGE_WIDTH, a, &line, &lines);
}

static void
finish(struct rig *r, struct study *s, const struct judgement *j,
    struct arena *a)
{
	struct span out;
	enum err e = rig_make(r, s, a);
	size_t i;

	if (e != 0)
		return;
	/* A fee is the rules' alone to judge; all else a job refuses too. */
	must(j->verdict != VERDICT_REFUSE ||
	    strcmp(j->finding[0].code, "btc.fee.absurd") == 0);
	must(r->asked > 0 || s->intent.plan.n == 0);
	for (i = 0; s->job->answers[i].suffix != NULL; i++) {
		e = rig_answer(s, i, a, &out);
		must(e == 0 || e == ERR_SPACE);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static uint8_t *mem;
	struct session session = { .network = NET_REGTEST };
	struct arena a = { NULL, ARENA, 0 };
	struct rig *r = keys();
	struct judgement j;
	struct study s;
	enum err e;

	if (mem == NULL)
		must((mem = malloc(ARENA)) != NULL);
	a.base = mem;
	if (rig_study(r, span_of(p, n), &session, &a, &s) == 0 &&
	    judge(&s.intent, &a, &j) == 0) {
		e = draw(&s, &j, &a);
		must(e == 0 || e == ERR_SPACE);
		finish(r, &s, &j, &a);
	}
	return 0;
}
