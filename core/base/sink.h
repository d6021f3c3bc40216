/*
 * sink.h - where serialised bytes go: a buffer, a length count, or a hash.
 *
 * One serialiser, several destinations: what is written to the file is by
 * construction what was measured and what was hashed.
 *
 *	source	design, section 3
 *	shapes	a put() and its state; a hashing put() is in core/crypto/hash.h
 *	units	bytes
 *	owns	nothing; the buffer belongs to the caller
 *	errors	sticky in .err: ERR_SPACE
 *	secrets	none of its own
 *	tests	tests/unit/base_test.c
 */
#ifndef CORE_BASE_SINK_H
#define CORE_BASE_SINK_H

#include "core/base/err.h"
#include "core/base/span.h"

struct sink {
	void		(*put)(struct sink *, struct span);
	uint8_t		*at;
	uint8_t		*end;
	size_t		 total;		/* bytes offered, written or not */
	enum err	 err;
	void		*hash;		/* for a hashing put() */
};

struct sink	 sink_to_buf(uint8_t *p, size_t n);
struct sink	 sink_to_count(void);
void		 put_u8(struct sink *, uint8_t);
void		 put_u16le(struct sink *, uint16_t);
void		 put_u32le(struct sink *, uint32_t);
void		 put_u64le(struct sink *, uint64_t);
void		 put_span(struct sink *, struct span);
void		 put_text(struct sink *, const char *);
void		 put_compact(struct sink *, uint64_t);
void		 put_varint(struct sink *, uint64_t);
void		 put_compact_span(struct sink *, struct span);
/* u32 length, then the bytes: for our own messages (read_block reads it). */
void		 put_block(struct sink *, struct span);

#endif
