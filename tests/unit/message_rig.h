/*
 * message_rig.h - a request in memory, through all stages to its answer.
 */
#ifndef TESTS_UNIT_MESSAGE_RIG_H
#define TESTS_UNIT_MESSAGE_RIG_H

#include "core/chain/bitcoin/message.h"
#include "tests/unit/rig_psbt.h"

#define LETTER_ARENA ((size_t)4 << 20)

struct letter {
	struct arena	 a;
	struct rig	 rig;
	struct study	 s;
	struct judgement j;
	struct span	 answer;
	enum network	 network;
};

static inline struct span
letter_copy(struct letter *l, const char *text)
{
	size_t n = strlen(text);
	uint8_t *p = arena_new(&l->a, uint8_t, n + 1);

	assert_non_null(p);
	memcpy(p, text, n);
	return span_of(p, n);
}

/* As far as the verdict. */
static inline enum err
letter_read(struct letter *l, struct span file)
{
	struct session session = { .network = l->network };
	enum err e = rig_study(&l->rig, file, &session, &l->a, &l->s);

	return e != 0 ? e : judge(&l->s.intent, &l->a, &l->j);
}

/* To the answer, which is read back on its way. */
static inline enum err
letter_sign(struct letter *l, struct span file)
{
	enum err e;

	if ((e = letter_read(l, file)) != 0 ||
	    (e = rig_make(&l->rig, &l->s, &l->a)) != 0)
		return e;
	return rig_answer(&l->s, 0, &l->a, &l->answer);
}

static inline bool
letter_has(const struct letter *l, const char *code)
{
	size_t i;

	for (i = 0; i < l->j.n; i++)
		if (strcmp(l->j.finding[i].code, code) == 0)
			return true;
	return false;
}

static inline int
letter_setup(void **state)
{
	static struct letter l;

	l.network = NET_REGTEST;
	l.a.base = malloc(LETTER_ARENA);
	l.a.size = LETTER_ARENA;
	*state = &l;
	return l.a.base == NULL || secp_init(NULL) != 0 ||
	    rig_add(&l.rig, WORDS_A, "") != 0;
}

static inline int
letter_teardown(void **state)
{
	struct letter *l = *state;

	free(l->a.base);
	return 0;
}

#endif
