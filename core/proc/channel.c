#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/base/reader.h"
#include "core/base/secret.h"
#include "core/base/sink.h"
#include "core/base/text.h"
#include "core/proc/channel.h"

#define FDS_SPACE CMSG_SPACE(sizeof(int) * WIRE_FDS)

enum err
channel_pair(enum role a, enum role b, struct channel *ca, struct channel *cb)
{
	int fd[2];

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, fd) != 0)
		return ERR_INTERNAL;
	*ca = (struct channel){ fd[0], a, b };
	*cb = (struct channel){ fd[1], b, a };
	return 0;
}

void
channel_close(struct channel *c)
{
	if (c->fd >= 0)
		(void)close(c->fd);
	c->fd = -1;
}

/* Nobody may make the keeper or the parent wait: who does not read what was
 * asked for counts as dead. */
static int
send_flags(const struct channel *c)
{
	bool waits = c->self != ROLE_KEEPER && c->self != ROLE_PARENT;

	return MSG_NOSIGNAL | (waits ? 0 : MSG_DONTWAIT);
}

enum err
channel_send(struct channel *c, enum msg m, struct span body, const int *fd,
    size_t nfd)
{
	union { struct cmsghdr h; char b[FDS_SPACE]; } ctl = { 0 };
	uint8_t type = (uint8_t)m;
	struct iovec io[2] = { { &type, 1 },
	    { (void *)(uintptr_t)body.p, body.n } };
	struct msghdr h = { .msg_iov = io, .msg_iovlen = 2 };
	ssize_t n;
	enum err e;

	if ((e = msg_allowed(m, c->self, c->peer, ST_ANY, body.n, nfd)) != 0)
		return e;
	if (nfd > 0) {
		h.msg_control = ctl.b;
		h.msg_controllen = CMSG_SPACE(sizeof(int) * nfd);
		ctl.h.cmsg_level = SOL_SOCKET;
		ctl.h.cmsg_type = SCM_RIGHTS;
		ctl.h.cmsg_len = CMSG_LEN(sizeof(int) * nfd);
		memcpy(CMSG_DATA(&ctl.h), fd, sizeof(int) * nfd);
	}
	do
		n = sendmsg(c->fd, &h, send_flags(c));
	while (n < 0 && errno == EINTR);
	return n == (ssize_t)body.n + 1 ? ERR_NONE : ERR_DEAD;
}

/* How many came.  Those that a packet has no room for are closed. */
static size_t
take_fds(struct msghdr *h, struct packet *p)
{
	struct cmsghdr *c;
	size_t i, n, all = 0;
	int fd;

	for (c = CMSG_FIRSTHDR(h); c != NULL; c = CMSG_NXTHDR(h, c)) {
		if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS)
			continue;
		n = (c->cmsg_len - CMSG_LEN(0)) / sizeof(int);
		for (i = 0; i < n; i++, all++) {
			memcpy(&fd, CMSG_DATA(c) + i * sizeof(int),
			    sizeof(fd));
			if (p->nfd < WIRE_FDS)
				p->fd[p->nfd++] = fd;
			else
				(void)close(fd);
		}
	}
	return all;
}

enum err
channel_recv(struct channel *c, uint8_t state, struct packet *p)
{
	union { struct cmsghdr h; char b[FDS_SPACE]; } ctl = { 0 };
	struct iovec io = { p->buf, sizeof(p->buf) };
	struct msghdr h = { .msg_iov = &io, .msg_iovlen = 1,
	    .msg_control = ctl.b, .msg_controllen = sizeof(ctl.b) };
	size_t nfd;
	ssize_t n;
	enum err e;

	p->type = MSG_NONE;
	p->nfd = 0;
	p->body = (struct span){ p->buf, 0 };
	do
		n = recvmsg(c->fd, &h, MSG_CMSG_CLOEXEC);
	while (n < 0 && errno == EINTR);
	/* Even an empty message can carry some. */
	nfd = n < 0 ? 0 : take_fds(&h, p);
	if (n <= 0) {
		packet_end(p);
		return ERR_DEAD;
	}
	p->body = span_of(p->buf + 1, (size_t)n - 1);
	e = (h.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) != 0 ? ERR_TOO_LARGE :
	    msg_allowed(p->buf[0], c->peer, c->self, state, p->body.n, nfd);
	if (e != 0)
		packet_end(p);
	else
		p->type = (enum msg)p->buf[0];
	return e;
}

int
channel_wait(const struct channel *c, int ms)
{
	struct pollfd p = { .fd = c->fd, .events = POLLIN };
	int n;

	if (c->fd < 0)
		return 1;
	do
		n = poll(&p, 1, ms);
	while (n < 0 && errno == EINTR && ms < 0);
	return n > 0 ? 1 : 0;
}

int
packet_take(struct packet *p, size_t i)
{
	int fd;

	if (i >= p->nfd)
		return -1;
	fd = p->fd[i];
	p->fd[i] = -1;
	return fd;
}

void
packet_end(struct packet *p)
{
	size_t i;

	for (i = 0; i < p->nfd && i < WIRE_FDS; i++)
		if (p->fd[i] >= 0)
			(void)close(p->fd[i]);
	p->nfd = 0;
	wipe(p->buf, p->body.n + 1 <= sizeof(p->buf) ? p->body.n + 1 :
	    sizeof(p->buf));
	p->body = (struct span){ p->buf, 0 };
	p->type = MSG_NONE;
}

enum err
channel_fail(struct channel *c, enum msg m, enum err why,
    const struct fault *f)
{
	uint8_t body[128];
	struct sink s = sink_to_buf(body, sizeof(body));

	put_u16le(&s, (uint16_t)why);
	put_u64le(&s, f->at);
	put_span(&s, span_of(f->where, strnlen(f->where,
	    sizeof(f->where) - 1)));
	return channel_send(c, m, span_of(body, s.total), NULL, 0);
}

enum err
packet_failure(const struct packet *p, struct fault *f)
{
	struct reader r = reader_of(p->body);
	uint16_t why = read_u16le(&r);
	uint64_t at = read_u64le(&r);
	struct span text = read_span(&r, reader_left(&r));
	size_t n = text.n < sizeof(f->where) - 1 ? text.n :
	    sizeof(f->where) - 1;

	if (reader_done(&r) != 0 || why == 0 || why >= ERR_COUNT)
		return ERR_FORM;
	f->at = (size_t)at;
	memset(f->where, 0, sizeof(f->where));
	/* It is shown as it is: nothing in it may steer a terminal. */
	if (!text_is_printable(text))
		return ERR_FORM;
	if (n > 0)
		memcpy(f->where, text.p, n);
	return (enum err)why;
}
