#include "core/base/reader.h"

struct reader
reader_of(struct span s)
{
	static const uint8_t none;
	struct reader r = { 0 };

	r.start = r.at = s.n > 0 ? s.p : &none;
	r.end = r.start + s.n;
	return r;
}

size_t
reader_left(const struct reader *r)
{
	return (size_t)(r->end - r->at);
}

size_t
reader_offset(const struct reader *r)
{
	return r->err != 0 ? r->err_at : (size_t)(r->at - r->start);
}

void
reader_fail(struct reader *r, enum err e)
{
	if (r->err != 0)
		return;
	r->err = e;
	r->err_at = (size_t)(r->at - r->start);
	r->at = r->end;
}

enum err
reader_done(struct reader *r)
{
	if (r->err == 0 && r->at != r->end)
		reader_fail(r, ERR_TRAILING);
	return r->err;
}

struct span
read_span(struct reader *r, size_t n)
{
	struct span s = { r->at, 0 };

	if (n > reader_left(r)) {
		reader_fail(r, ERR_SHORT);
		return s;
	}
	s.n = n;
	r->at += n;
	return s;
}

void
read_bytes(struct reader *r, void *out, size_t n)
{
	struct span s = read_span(r, n);

	if (r->err == 0 && n > 0)
		memcpy(out, s.p, n);
}

uint8_t
read_u8(struct reader *r)
{
	struct span s = read_span(r, 1);

	return s.n == 1 ? s.p[0] : 0;
}

uint32_t
read_u32le(struct reader *r)
{
	struct span s = read_span(r, 4);

	if (s.n != 4)
		return 0;
	return (uint32_t)s.p[0] | (uint32_t)s.p[1] << 8 |
	    (uint32_t)s.p[2] << 16 | (uint32_t)s.p[3] << 24;
}

uint16_t
read_u16le(struct reader *r)
{
	struct span s = read_span(r, 2);

	if (s.n != 2)
		return 0;
	return (uint16_t)(s.p[0] | s.p[1] << 8);
}

uint64_t
read_u64le(struct reader *r)
{
	uint64_t lo = read_u32le(r);

	return lo | (uint64_t)read_u32le(r) << 32;
}

uint64_t
read_compact(struct reader *r)
{
	uint8_t lead = read_u8(r);
	uint64_t v, least;

	switch (lead) {
	case 0xfd:
		v = read_u16le(r);
		least = 0xfd;
		break;
	case 0xfe:
		v = read_u32le(r);
		least = 0x10000;
		break;
	case 0xff:
		v = read_u64le(r);
		least = 0x100000000;
		break;
	default:
		return lead;
	}
	if (r->err != 0)
		return 0;
	if (v < least) {
		reader_fail(r, ERR_FORM);
		return 0;
	}
	return v;
}

struct span
read_compact_span(struct reader *r)
{
	uint64_t n = read_compact(r);

	if (n > reader_left(r)) {
		reader_fail(r, ERR_SHORT);
		return (struct span){ r->at, 0 };
	}
	return read_span(r, (size_t)n);
}

uint64_t
read_varint(struct reader *r, unsigned bits)
{
	uint64_t v = 0;
	unsigned shift;
	uint8_t b;

	for (shift = 0; shift < bits; shift += 7) {
		b = read_u8(r);
		if (r->err != 0)
			return 0;
		if (bits - shift < 7 && (b & 0x7f) >> (bits - shift) != 0)
			break;
		if (b == 0 && shift > 0) {
			reader_fail(r, ERR_FORM);
			return 0;
		}
		v |= (uint64_t)(b & 0x7f) << shift;
		if ((b & 0x80) == 0)
			return v;
	}
	reader_fail(r, ERR_RANGE);
	return 0;
}

struct span
read_block(struct reader *r)
{
	return read_span(r, read_u32le(r));
}

static size_t
bounded(struct reader *r, uint64_t n, size_t item_min, size_t max)
{
	if (r->err != 0)
		return 0;
	if (n > max || n > reader_left(r) / item_min) {
		reader_fail(r, ERR_RANGE);
		return 0;
	}
	return (size_t)n;
}

size_t
read_count(struct reader *r, size_t item_min, size_t max)
{
	return bounded(r, read_u32le(r), item_min, max);
}

size_t
read_compact_count(struct reader *r, size_t item_min, size_t max)
{
	return bounded(r, read_compact(r), item_min, max);
}

size_t
read_varint_count(struct reader *r, size_t item_min, size_t max)
{
	return bounded(r, read_varint(r, 64), item_min, max);
}
