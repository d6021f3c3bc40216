/*
 * rig_psbt.h - a fixture, and a fixture with some of its fields changed.
 */
#ifndef TESTS_UNIT_RIG_PSBT_H
#define TESTS_UNIT_RIG_PSBT_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "core/base/text.h"
#include "core/chain/bitcoin/request.h"
#include "core/encode/hex.h"
#include "tests/unit/rig.h"

#define WORDS_A								\
    "abandon abandon abandon abandon abandon abandon abandon abandon "	\
    "abandon abandon abandon about"

static inline struct span
fixture(const char *name, struct arena *a)
{
	const char *dir = getenv("COLDSEAL_FIXTURES");
	char path[1024];
	uint8_t *p;
	FILE *f;
	long n;

	(void)snprintf(path, sizeof(path), "%s/bitcoin/%s",
	    dir == NULL ? "tests/fixtures" : dir, name);
	if ((f = fopen(path, "rb")) == NULL)
		fail_msg("%s: not there", path);
	assert_int_equal(fseek(f, 0, SEEK_END), 0);
	n = ftell(f);
	rewind(f);
	assert_true(n >= 0);
	p = arena_new(a, uint8_t, (size_t)n + 1);
	assert_non_null(p);
	assert_int_equal(fread(p, 1, (size_t)n, f), n);
	(void)fclose(f);
	return span_of(p, (size_t)n);
}

/* In one map: the field of this key gets this value; it is added when it is
 * not there, and taken out when the value is absent (.p NULL). */
struct edit {
	enum psbt_side	side;
	size_t		index;
	struct span	key, value;
};

static inline void
put_edited(struct sink *s, const struct psbt_map *m, enum psbt_side side,
    size_t index, const struct edit *e, size_t n)
{
	size_t i, k;

	for (i = 0; i < m->n; i++) {
		for (k = 0; k < n; k++)
			if (e[k].side == side && e[k].index == index &&
			    span_eq(e[k].key, m->e[i].key))
				break;
		if (k == n)
			put_span(s, psbt_entry_raw(&m->e[i]));
	}
	for (k = 0; k < n; k++) {
		if (e[k].side != side || e[k].index != index ||
		    e[k].value.p == NULL)
			continue;
		put_compact_span(s, e[k].key);
		put_compact_span(s, e[k].value);
	}
	put_u8(s, 0);
}

static inline struct span
edited(struct span file, const struct edit *e, size_t n, struct arena *a)
{
	struct request *q;
	struct fault f = { 0 };
	size_t i, cap = file.n + 65536;
	uint8_t *p = arena_new(a, uint8_t, cap);
	struct sink s = sink_to_buf(p, cap);

	assert_non_null(p);
	assert_int_equal(request_open(a, file, NULL, &q, &f), 0);
	put_span(&s, SPAN_OF(psbt_magic));
	put_edited(&s, &q->psbt.global, PSBT_GLOBAL, 0, e, n);
	for (i = 0; i < q->psbt.tx.nin; i++)
		put_edited(&s, &q->psbt.in[i], PSBT_IN, i, e, n);
	for (i = 0; i < q->psbt.tx.nout; i++)
		put_edited(&s, &q->psbt.out[i], PSBT_OUT, i, e, n);
	assert_int_equal(s.err, 0);
	return span_of(p, s.total);
}

/* The same with another unsigned transaction (as many inputs, outputs). */
static inline struct span
with_tx(struct span file, const struct tx *tx, struct arena *a)
{
	static const uint8_t key[] = { GLOBAL_TX };
	uint8_t *p = arena_new(a, uint8_t, 65536);
	struct sink s = sink_to_buf(p, 65536);
	struct edit e = { PSBT_GLOBAL, 0, SPAN_OF(key), { 0 } };

	assert_non_null(p);
	tx_put(&s, tx, true);
	assert_int_equal(s.err, 0);
	e.value = span_of(p, s.total);
	return edited(file, &e, 1, a);
}

static inline struct request *
opened(struct span file, struct arena *a)
{
	struct request *q;
	struct fault f = { 0 };

	assert_int_equal(request_open(a, file, NULL, &q, &f), 0);
	return q;
}

/* Everything that a study noticed, whichever fact it is of. */
static inline uint64_t
all_traits(const struct intent *in)
{
	uint64_t t = in->traits;
	size_t i;

	for (i = 0; i < in->nfact; i++)
		t |= in->fact[i].traits;
	return t;
}

static inline const struct fact *
fact_of(const struct intent *in, enum fact_kind kind, uint32_t index)
{
	static const struct fact none;
	size_t i;

	for (i = 0; i < in->nfact; i++)
		if (in->fact[i].kind == kind && in->fact[i].index == index)
			return &in->fact[i];
	fail_msg("no fact of kind %d, number %u", (int)kind, index);
	return &none;
}

#endif
