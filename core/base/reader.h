/*
 * reader.h - a cursor over untrusted bytes.
 *
 * The first failure sticks: later reads return zeros and empty spans, and
 * reader_done() reports it together with the offset.  A parser may therefore
 * read straight down its format and ask once at the end - except before a
 * value steers a loop or an allocation; then use read_count().
 *
 *	source	Bitcoin's CompactSize as in the P2P protocol documentation;
 *		LEB128 for varints
 *	shapes	little-endian integers, spans, counts
 *	units	offsets and lengths are bytes
 *	owns	nothing; spans returned point into the input
 *	errors	ERR_SHORT, ERR_RANGE, ERR_FORM, ERR_TRAILING
 *	secrets	none; variable time
 *	tests	tests/unit/base_test.c, varint_test.c
 */
#ifndef CORE_BASE_READER_H
#define CORE_BASE_READER_H

#include "core/base/err.h"
#include "core/base/span.h"

struct reader {
	const uint8_t	*start;
	const uint8_t	*at;
	const uint8_t	*end;
	size_t		 err_at;	/* offset of the first failure */
	enum err	 err;		/* first failure, or ERR_NONE */
};

struct reader	 reader_of(struct span);
size_t		 reader_left(const struct reader *);
size_t		 reader_offset(const struct reader *);
void		 reader_fail(struct reader *, enum err);
enum err	 reader_done(struct reader *) must_check;

uint8_t		 read_u8(struct reader *);
uint16_t	 read_u16le(struct reader *);
uint32_t	 read_u32le(struct reader *);
uint64_t	 read_u64le(struct reader *);
struct span	 read_span(struct reader *, size_t n);
/* A copy; untouched when there is too little. */
void		 read_bytes(struct reader *, void *, size_t n);

/* CompactSize; one written longer than needed is ERR_FORM. */
uint64_t	 read_compact(struct reader *);
/* A span whose length is a CompactSize in front of it. */
struct span	 read_compact_span(struct reader *);
/* Seven bits a byte, the low ones first; at most so many bits in all
 * (ERR_RANGE), none longer than needed (ERR_FORM). */
uint64_t	 read_varint(struct reader *, unsigned bits);
/* A string with a u32 length in front, for our own messages. */
struct span	 read_block(struct reader *);

/* A count of items each at least item_min bytes long: never more than the
 * remaining input can hold, never more than max. */
size_t		 read_count(struct reader *, size_t item_min, size_t max);
size_t		 read_compact_count(struct reader *, size_t item_min,
		    size_t max);
size_t		 read_varint_count(struct reader *, size_t item_min,
		    size_t max);

#endif
