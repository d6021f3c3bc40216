/* One fuzzer for every format in the table.  A file goes through all stages
 * with a published test key: whatever is signed must have been allowed by the
 * rules, and must read back.  A new row in core/job/table.c is fuzzed for
 * free. */
#include "tests/fuzz/stages.h"

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
