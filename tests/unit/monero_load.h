/*
 * monero_load.h - the fixtures of Monero's wallets, through the whole of a
 * job with the wallet that they were made for.
 *
 *	source	tests/fixtures/monero/README.md
 *	shapes	file names below tests/fixtures to bytes, pages, answers
 *	units	none
 *	owns	nothing; all in the arena given
 *	errors	fails the test
 *	secrets	published test keys
 *	tests	this is for them
 */
#ifndef TESTS_UNIT_MONERO_LOAD_H
#define TESTS_UNIT_MONERO_LOAD_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "core/chain/monero/frame.h"
#include "core/review/page.h"
#include "tests/unit/rig.h"

#define DESK_ARENA ((size_t)192 << 20)

/* A signer at work: keys, one session, one file at a time. */
struct desk {
	struct rig		 rig;
	struct session		 session;
	struct arena		 memory, arena;
	struct study		 study;
	struct judgement	 j;
	struct span		 file;
};

static inline int
desk_open(struct desk *d)
{
	memset(d, 0, sizeof(*d));
	d->memory.size = DESK_ARENA / 8;
	d->arena.size = DESK_ARENA;
	d->memory.base = malloc(d->memory.size);
	d->arena.base = malloc(d->arena.size);
	d->session.arena = &d->memory;
	d->session.network = NET_MAIN;
	return d->memory.base == NULL || d->arena.base == NULL ||
	    secp_init(NULL) != 0 || rig_monero_wallet(&d->rig.monero,
	    RIG_SPEND, RIG_FILE_KEY) != 0;
}

static inline void
desk_close(struct desk *d)
{
	free(d->memory.base);
	free(d->arena.base);
}

/* As after the lock: nothing of earlier files is known. */
static inline void
desk_forget(struct desk *d)
{
	enum network n = d->session.network;

	d->memory.used = 0;
	d->session = (struct session){ .arena = &d->memory, .network = n };
}

static inline struct span
desk_load(struct desk *d, const char *name)
{
	const char *dir = getenv("COLDSEAL_FIXTURES");
	char path[1024];
	uint8_t *p;
	FILE *f;
	long n;

	(void)snprintf(path, sizeof(path), "%s/%s",
	    dir == NULL ? "tests/fixtures" : dir, name);
	if ((f = fopen(path, "rb")) == NULL)
		fail_msg("%s: not there", path);
	assert_int_equal(fseek(f, 0, SEEK_END), 0);
	assert_true((n = ftell(f)) >= 0);
	rewind(f);
	p = arena_new(&d->arena, uint8_t, (size_t)n + 1);
	assert_non_null(p);
	assert_int_equal(fread(p, 1, (size_t)n, f), n);
	(void)fclose(f);
	return span_of(p, (size_t)n);
}

/* Up to the judgement. */
static inline enum err
desk_study(struct desk *d, struct span file)
{
	enum err e;

	d->file = file;
	d->rig.nkey = 0;
	memset(&d->j, 0, sizeof(d->j));
	memset(d->rig.monero.nonce, 0, sizeof(d->rig.monero.nonce));
	if ((e = rig_study(&d->rig, file, &d->session, &d->arena,
	    &d->study)) != 0)
		return e;
	return judge(&d->study.intent, &d->arena, &d->j);
}

static inline enum err
desk_look(struct desk *d, const char *name)
{
	d->arena.used = 0;
	return desk_study(d, desk_load(d, name));
}

/* Agreed, signed, answered, read back, remembered. */
static inline enum err
desk_sign(struct desk *d, struct span *answer)
{
	enum err e;

	if ((e = d->study.job->learn(d->study.req, &d->session)) != 0 ||
	    (e = rig_make(&d->rig, &d->study, &d->arena)) != 0 ||
	    (e = rig_answer(&d->study, 0, &d->arena, answer)) != 0)
		return e;
	return d->study.job->keep(d->study.req, &d->session);
}

static inline bool
desk_found(const struct desk *d, const char *code)
{
	size_t i;

	for (i = 0; i < d->j.n; i++)
		if (strcmp(d->j.finding[i].code, code) == 0)
			return true;
	return false;
}

static inline void
desk_say(const struct desk *d)
{
	size_t i;

	for (i = 0; i < d->j.n; i++)
		print_message("  %s: %s\n", d->j.finding[i].code,
		    d->j.finding[i].text);
}

/* The plaintext of one of the wallet's own files, whatever its kind. */
static inline struct span
desk_plain(struct desk *d, struct span file)
{
	struct pubring ring = { .viewer = &d->rig.monero.keys.viewer,
	    .nviewer = 1 };
	struct fault f;
	struct frame g;

	assert_int_equal(frame_open(file, frame_kind(file), &ring, &d->arena,
	    &g, &f), 0);
	return g.plain;
}

/* Another plaintext in the same frame, validly sealed. */
static inline struct span
desk_seal(struct desk *d, enum frame_kind kind, bool pem, struct span plain)
{
	struct frame like = { .kind = kind, .pem = pem,
	    .viewer = &d->rig.monero.keys.viewer };
	struct secret32 seed;
	struct noise n;
	struct span out;

	rig_monero_seed(&d->rig.monero, &seed);
	noise_begin(&n, &seed, plain, plain);
	assert_int_equal(frame_seal(&like, kind, plain, &n, &d->arena, &out),
	    0);
	noise_end(&n);
	return out;
}

#endif
