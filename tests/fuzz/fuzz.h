/*
 * fuzz.h - what every fuzzer has: one function, one way to fail, records cut
 * from the input.
 *
 *	source	libFuzzer
 *	shapes	bytes in; the process ends where something that must hold does
 *		not
 *	units	bytes
 *	owns	nothing
 *	errors	abort()
 *	secrets	a published test mnemonic
 *	tests	tests/fuzz/run replays tests/fuzz/corpus
 */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <stdlib.h>
#include <string.h>

#include "core/base/reader.h"
#include "core/base/sink.h"

#define FUZZ_WORDS "abandon abandon abandon abandon abandon abandon "	\
	"abandon abandon abandon abandon abandon about"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static inline void
must(bool holds)
{
	if (!holds)
		abort();
}

/* One record: a byte that chooses, a length of two bytes, a body (all that is
 * left where the length is greater).  False at the end. */
static inline bool
next_record(struct reader *r, uint8_t *choice, struct span *body)
{
	size_t n;

	if (reader_left(r) < 3)
		return false;
	*choice = read_u8(r);
	n = read_u16le(r);
	*body = read_span(r, n < reader_left(r) ? n : reader_left(r));
	return true;
}

#endif
