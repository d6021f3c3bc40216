/*
 * stages.h - what follows once a file was looked at: its page, and an answer.
 *
 *	source	design, section 4
 *	shapes	a study and its judgement in
 *	units	none
 *	owns	nothing
 *	errors	abort() where something that must hold does not
 *	secrets	published test keys
 *	tests	is used by fuzz_job.c and fuzz_monero.c
 */
#ifndef TESTS_FUZZ_STAGES_H
#define TESTS_FUZZ_STAGES_H

#include "core/review/page.h"
#include "tests/fuzz/fuzz.h"
#include "tests/unit/rig.h"

/* The page as bytes must read as it was written. */
static inline enum err
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

static inline void
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
	    strstr(j->finding[0].code, ".fee.absurd") != NULL);
	must(r->asked > 0 || s->intent.plan.n == 0);
	for (i = 0; s->job->answers[i].suffix != NULL; i++) {
		e = rig_answer(s, i, a, &out);
		must(e == 0 || e == ERR_SPACE);
	}
}

#endif
