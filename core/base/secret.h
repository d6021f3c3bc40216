/*
 * secret.h - bytes that must not leak.
 *
 * A secret has its own type, so it cannot be handed to a function that wants
 * a hash or a public key.  Nothing here branches on, or indexes by, contents.
 *
 *	source	design, section 2
 *	shapes	secret32, secret64; hash32 and hash20 are public
 *	units	bytes
 *	owns	nothing
 *	errors	none
 *	secrets	all of secret32, secret64; constant time
 *	tests	tests/unit/base_test.c, tests/ct, tests/proc/secrets.py
 */
#ifndef CORE_BASE_SECRET_H
#define CORE_BASE_SECRET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct secret32 { uint8_t b[32]; };
struct secret64 { uint8_t b[64]; };
struct hash32 { uint8_t b[32]; };
struct hash20 { uint8_t b[20]; };

/* A value that the compiler can no longer reason about: it may not turn a
 * mask made from it into a branch. */
static inline uint32_t
ct_opaque(uint32_t v)
{
	__asm__("" : "+r"(v));
	return v;
}

/* All ones when it is zero, without a branch. */
static inline uint32_t
ct_zero(uint32_t v)
{
	return ct_opaque(0u - (1 & ((v - 1) >> 31 & ~v >> 31)));
}

void	wipe(void *, size_t);
/* What functions that have returned left on the stack, 64 KiB deep: theirs
 * and that of libraries, which do not wipe all of it. */
void	wipe_stack(void);
bool	ct_equal(const void *, const void *, size_t);

#if CT_CHECK	/* 0 or 1, set by the Makefile: -Wundef is an error */
#include <valgrind/memcheck.h>
#define ct_secret(p, n) ((void)VALGRIND_MAKE_MEM_UNDEFINED((p), (n)))
#define ct_public(p, n) ((void)VALGRIND_MAKE_MEM_DEFINED((p), (n)))
#else
#define ct_secret(p, n) ((void)(p), (void)(n))
#define ct_public(p, n) ((void)(p), (void)(n))
#endif

#endif
