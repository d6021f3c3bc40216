#include <valgrind/memcheck.h>

#include "tests/ct/ask.h"
#include "tests/ct/tap.h"

uint8_t body[BODY_MAX], answer[BODY_MAX];
struct keeper k;
size_t answered;

struct sink
fresh(void)
{
	return sink_to_buf(body, sizeof(body));
}

void
ask(const char *what, keeper_on *on, const struct sink *s)
{
	struct sink reply = sink_to_buf(answer, sizeof(answer));
	struct fault f = { 0 };
	unsigned before = reports();
	enum err e = on(&k, span_of(body, s->total), &reply, &f);

	keeper_shut(&k);
	answered = reply.total;
	if (answered > 0)
		(void)VALGRIND_CHECK_MEM_IS_DEFINED(answer, answered);
	(void)VALGRIND_CHECK_MEM_IS_DEFINED(&f, sizeof(f));
	(void)VALGRIND_CHECK_MEM_IS_DEFINED(&e, sizeof(e));
	tell(what, e == 0 && reply.err == 0 && reports() == before);
}

void
put_marked(struct sink *s, const char *text, bool block)
{
	struct span t = span_text(text);

	if (block)
		put_u32le(s, (uint32_t)t.n);
	put_span(s, t);
	ct_secret(body + s->total - t.n, t.n);
}

const struct seedkey *
opened(size_t i)
{
	const struct seedkey *key = NULL;

	if (keeper_whole(&k, &k.key[i], &key) != 0)
		tell("a key opens", false);
	return key;
}
