#include "media/mounter/mounter.h"

/* id, writable, and the two texts in their shortest form */
#define STICK_MIN (4 + 1 + 4 + 4)

void
put_sticks(struct sink *s, const struct stick *st, size_t n)
{
	size_t i;

	put_u32le(s, (uint32_t)n);
	for (i = 0; i < n; i++) {
		put_u32le(s, st[i].id);
		put_u8(s, st[i].writable);
		put_block(s, span_text(st[i].label));
		put_block(s, span_text(st[i].advice));
	}
}

static void
read_text(struct reader *r, char *out, size_t cap)
{
	struct span s = read_block(r);

	if (s.n >= cap) {
		reader_fail(r, ERR_RANGE);
		s.n = 0;
	}
	memcpy(out, s.p, s.n);
	out[s.n] = '\0';
}

static void
read_stick(struct reader *r, struct stick *st)
{
	uint8_t writable;

	st->id = read_u32le(r);
	writable = read_u8(r);
	if (writable > 1)
		reader_fail(r, ERR_FORM);
	st->writable = writable == 1;
	read_text(r, st->label, sizeof(st->label));
	read_text(r, st->advice, sizeof(st->advice));
}

enum err
read_sticks(struct span body, struct stick *st, size_t cap, size_t *n)
{
	struct reader r = reader_of(body);
	size_t count, i;
	enum err e;

	count = read_u32le(&r);
	if (count > cap || count > reader_left(&r) / STICK_MIN)
		reader_fail(&r, ERR_RANGE);
	for (i = 0; i < count && r.err == 0; i++)
		read_stick(&r, &st[i]);
	if ((e = reader_done(&r)) == 0)
		*n = count;
	return e;
}
