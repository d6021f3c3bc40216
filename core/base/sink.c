#include <string.h>

#include "core/base/sink.h"

static void
buf_put(struct sink *s, struct span b)
{
	if ((size_t)(s->end - s->at) < b.n) {
		s->err = ERR_SPACE;
		return;
	}
	if (b.n > 0)
		memcpy(s->at, b.p, b.n);
	s->at += b.n;
}

static void
count_put(struct sink *s, struct span b)
{
	(void)s;
	(void)b;
}

struct sink
sink_to_buf(uint8_t *p, size_t n)
{
	return (struct sink){ .put = buf_put, .at = p,
	    .end = n > 0 ? p + n : p };
}

struct sink
sink_to_count(void)
{
	return (struct sink){ .put = count_put };
}

void
put_span(struct sink *s, struct span b)
{
	s->total += b.n;
	if (s->err == 0)
		s->put(s, b);
}

void
put_u32le(struct sink *s, uint32_t v)
{
	const uint8_t b[4] = { (uint8_t)v, (uint8_t)(v >> 8),
	    (uint8_t)(v >> 16), (uint8_t)(v >> 24) };

	put_span(s, (struct span){ b, sizeof(b) });
}

void
put_u8(struct sink *s, uint8_t v)
{
	put_span(s, (struct span){ &v, 1 });
}

void
put_u16le(struct sink *s, uint16_t v)
{
	const uint8_t b[2] = { (uint8_t)v, (uint8_t)(v >> 8) };

	put_span(s, (struct span){ b, sizeof(b) });
}

void
put_u64le(struct sink *s, uint64_t v)
{
	put_u32le(s, (uint32_t)v);
	put_u32le(s, (uint32_t)(v >> 32));
}

void
put_compact(struct sink *s, uint64_t v)
{
	if (v < 0xfd) {
		put_u8(s, (uint8_t)v);
	} else if (v <= 0xffff) {
		put_u8(s, 0xfd);
		put_u16le(s, (uint16_t)v);
	} else if (v <= 0xffffffff) {
		put_u8(s, 0xfe);
		put_u32le(s, (uint32_t)v);
	} else {
		put_u8(s, 0xff);
		put_u64le(s, v);
	}
}

void
put_varint(struct sink *s, uint64_t v)
{
	for (; v >= 0x80; v >>= 7)
		put_u8(s, (uint8_t)(v | 0x80));
	put_u8(s, (uint8_t)v);
}

void
put_compact_span(struct sink *s, struct span b)
{
	put_compact(s, b.n);
	put_span(s, b);
}

void
put_block(struct sink *s, struct span b)
{
	put_u32le(s, (uint32_t)b.n);
	put_span(s, b);
}

void
put_text(struct sink *s, const char *text)
{
	put_span(s, span_text(text));
}
