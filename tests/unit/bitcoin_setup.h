/*
 * bitcoin_setup.h - what a test of a Bitcoin file has before it: an arena, the
 * keys of the fixtures, a session on regtest, and the study of a file.
 */
#ifndef TESTS_UNIT_BITCOIN_SETUP_H
#define TESTS_UNIT_BITCOIN_SETUP_H

#include "tests/unit/rig_psbt.h"

#define WORDS_B "zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo wrong"
#define DESK_ARENA ((size_t)512 << 20)	/* address space; used as needed */
#define DESK_MEMORY ((size_t)1 << 20)

static struct desk {
	struct arena	a, memory;	/* of a file; of the session */
	struct rig	rig, other;	/* WORDS_A; WORDS_B */
	struct session	session;
	struct study	s;
} d;

static inline enum err
study(struct span file)
{
	return rig_study(&d.rig, file, &d.session, &d.a, &d.s);
}

static inline uint64_t
traits_by(struct rig *r, struct span file)
{
	assert_int_equal(rig_study(r, file, &d.session, &d.a, &d.s), 0);
	return all_traits(&d.s.intent);
}

static inline uint64_t
traits_of(struct span file)
{
	return traits_by(&d.rig, file);
}

/* A session that nothing was learnt in. */
static inline int
desk_clear(void **state)
{
	(void)state;
	arena_clear(&d.a);
	arena_clear(&d.memory);
	d.session = (struct session){ .network = NET_REGTEST,
	    .arena = &d.memory };
	return 0;
}

static inline int
desk_setup(void **state)
{
	(void)state;
	d.a = (struct arena){ malloc(DESK_ARENA), DESK_ARENA, 0 };
	d.memory = (struct arena){ malloc(DESK_MEMORY), DESK_MEMORY, 0 };
	return d.a.base == NULL || d.memory.base == NULL ||
	    secp_init(NULL) != 0 || rig_add(&d.rig, WORDS_A, "") != 0 ||
	    rig_add(&d.other, WORDS_B, "") != 0;
}

static inline int
desk_teardown(void **state)
{
	(void)state;
	free(d.a.base);
	free(d.memory.base);
	return 0;
}

#define T(f) cmocka_unit_test_setup(f, desk_clear)

#endif
