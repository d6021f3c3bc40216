#include <errno.h>
#include <unistd.h>

#include "core/proc/medium.h"

#define DESCRIPTOR (16 * 2048)	/* ECMA-119, 6.2.1 */
#define BLOCKS_AT 80		/* volume space size, 8.4.8 */
#define LABEL_AT 883		/* for the application to use, 8.4.32 */
#define LABEL_END (LABEL_AT + 512)

static const char magic[] = "coldseal-medium1";

static enum err
read_at(int fd, uint8_t *p, size_t n, uint64_t at)
{
	size_t done;
	ssize_t r;

	if (lseek(fd, (off_t)at, SEEK_SET) != (off_t)at)
		return ERR_IO;
	for (done = 0; done < n; done += (size_t)r) {
		r = read(fd, p + done, n - done);
		if (r < 0 && errno == EINTR)
			r = 0;
		else if (r < 0)
			return ERR_IO;
		else if (r == 0)
			return ERR_SHORT;
	}
	return 0;
}

/* A place that has something in it and lies within the medium. */
static enum err
place(struct medium *m, unsigned i, struct reader *r)
{
	uint64_t at = read_u64le(r), n = read_u64le(r);
	uint64_t all = m->part[MEDIUM_WHOLE].n;

	m->part[i].at = at;
	m->part[i].n = n;
	return n == 0 || n > all || at > all - n ? ERR_FORM : ERR_NONE;
}

enum err
medium_begin(struct medium *m, int fd)
{
	uint8_t d[LABEL_END];
	struct reader size = reader_of(span_of(d + BLOCKS_AT, 4));
	struct reader label = reader_of(span_of(d + LABEL_AT,
	    sizeof(magic) - 1 + 32));
	enum err e;
	size_t i;

	*m = (struct medium){ .fd = fd };
	if ((e = read_at(fd, d, sizeof(d), DESCRIPTOR)) != 0)
		return e;
	m->part[MEDIUM_WHOLE].n = (uint64_t)read_u32le(&size) * 2048;
	if (memcmp(d, "\1CD001\1", 7) != 0 || reader_done(&size) != 0 ||
	    m->part[MEDIUM_WHOLE].n < DESCRIPTOR + LABEL_END ||
	    m->part[MEDIUM_WHOLE].n > MEDIUM_MAX ||
	    !span_eq(read_span(&label, sizeof(magic) - 1), span_text(magic)) ||
	    place(m, MEDIUM_KERNEL, &label) != 0 ||
	    place(m, MEDIUM_INITRAMFS, &label) != 0 ||
	    reader_done(&label) != 0)
		return ERR_FORM;
	for (i = 0; i < MEDIUM_PARTS; i++)
		sha256_begin(&m->hash[i]);
	return 0;
}

/* What of these bytes, which stand there, belongs to a part. */
static struct span
of_part(const struct medium *m, unsigned i, const uint8_t *p, size_t n)
{
	uint64_t from = m->part[i].at, to = from + m->part[i].n;

	if (from < m->at)
		from = m->at;
	if (to > m->at + n)
		to = m->at + n;
	return from < to ? span_of(p + (from - m->at), (size_t)(to - from)) :
	    span_of(p, 0);
}

enum err
medium_step(struct medium *m, uint8_t buf[MEDIUM_STEP])
{
	uint64_t left = m->part[MEDIUM_WHOLE].n - m->at;
	size_t n = left < MEDIUM_STEP ? (size_t)left : MEDIUM_STEP;
	enum err e;
	unsigned i;

	if (n == 0)
		return ERR_STATE;
	if ((e = read_at(m->fd, buf, n, m->at)) != 0)
		return e;
	for (i = 0; i < MEDIUM_PARTS; i++)
		sha256_put(&m->hash[i], of_part(m, i, buf, n));
	m->at += n;
	for (i = 0; i < MEDIUM_PARTS && medium_done(m); i++)
		sha256_end(&m->hash[i], &m->digest[i]);
	return 0;
}

bool
medium_done(const struct medium *m)
{
	return m->at > 0 && m->at == m->part[MEDIUM_WHOLE].n;
}
