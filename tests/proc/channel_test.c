/*
 * Channels between two processes: what passes, and what a hostile other end,
 * which writes to the socket itself, cannot make pass.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/proc/channel.h"

static struct packet packet;
static uint8_t big[WIRE_MAX + 16];

struct pair { struct channel front, keeper; };

static struct pair
pair_of(enum role a, enum role b)
{
	struct pair p;

	assert_int_equal(channel_pair(a, b, &p.front, &p.keeper), 0);
	return p;
}

static void
pair_end(struct pair *p)
{
	channel_close(&p->front);
	channel_close(&p->keeper);
	assert_int_equal(p->front.fd, -1);
}

static size_t
open_descriptors(void)
{
	DIR *d = opendir("/proc/self/fd");
	size_t n = 0;

	assert_non_null(d);
	while (readdir(d) != NULL)
		n++;
	(void)closedir(d);
	return n;
}

/* As a hostile process would: any bytes, any descriptors. */
static void
send_raw(const struct channel *c, const void *p, size_t n, int fd, size_t nfd)
{
	union { struct cmsghdr h; char b[CMSG_SPACE(64 * sizeof(int))]; } ctl;
	struct iovec io = { (void *)(uintptr_t)p, n };
	struct msghdr h = { .msg_iov = &io, .msg_iovlen = 1 };
	size_t i;

	memset(&ctl, 0, sizeof(ctl));
	if (nfd > 0) {
		h.msg_control = ctl.b;
		h.msg_controllen = CMSG_SPACE(nfd * sizeof(int));
		ctl.h.cmsg_level = SOL_SOCKET;
		ctl.h.cmsg_type = SCM_RIGHTS;
		ctl.h.cmsg_len = CMSG_LEN(nfd * sizeof(int));
		for (i = 0; i < nfd; i++)
			memcpy(CMSG_DATA(&ctl.h) + i * sizeof(int), &fd,
			    sizeof(fd));
	}
	assert_int_equal(sendmsg(c->fd, &h, MSG_NOSIGNAL), (ssize_t)n);
}

static void
test_order_and_contents_between_processes(void **state)
{
	struct pair p = pair_of(ROLE_FRONT, ROLE_KEEPER);
	uint8_t i, body[16];
	int status;
	pid_t pid;

	(void)state;
	if ((pid = fork()) == 0) {
		channel_close(&p.keeper);
		for (i = 0; i < 200; i++) {
			memset(body, i, sizeof(body));
			if (channel_send(&p.front, MSG_COMPLETE,
			    span_of(body, i % 17u), NULL, 0) != 0)
				_exit(1);
		}
		_exit(0);
	}
	channel_close(&p.front);
	for (i = 0; i < 200; i++) {
		assert_int_equal(channel_wait(&p.keeper, -1), 1);
		assert_int_equal(channel_recv(&p.keeper, KEEPER_LOCKED,
		    &packet), 0);
		assert_int_equal(packet.type, MSG_COMPLETE);
		assert_int_equal(packet.body.n, i % 17u);
		memset(body, i, sizeof(body));
		assert_memory_equal(packet.body.p, body, packet.body.n);
		packet_end(&packet);
	}
	assert_int_equal(channel_wait(&p.keeper, -1), 1);
	assert_int_equal(channel_recv(&p.keeper, ST_ANY, &packet), ERR_DEAD);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	pair_end(&p);
}

static void
test_largest_and_one_more(void **state)
{
	struct pair p = pair_of(ROLE_CLERK, ROLE_KEEPER);
	uint8_t *at;

	(void)state;
	memset(big, 0x5a, sizeof(big));
	assert_int_equal(channel_send(&p.front, MSG_SIGN,
	    span_of(big, WIRE_MAX - 1), NULL, 0), 0);
	assert_int_equal(channel_recv(&p.keeper, KEEPER_CONSENT, &packet), 0);
	assert_int_equal(packet.body.n, WIRE_MAX - 1);
	assert_memory_equal(packet.body.p, big, WIRE_MAX - 1);
	packet_end(&packet);
	for (at = packet.buf; at < packet.buf + WIRE_MAX; at++)
		assert_int_equal(*at, 0);
	assert_int_equal(channel_send(&p.front, MSG_SIGN,
	    span_of(big, WIRE_MAX), NULL, 0), ERR_TOO_LARGE);
	assert_int_equal(channel_wait(&p.keeper, 0), 0);
	pair_end(&p);
}

static void
test_sender_refuses(void **state)
{
	struct pair p = pair_of(ROLE_FRONT, ROLE_KEEPER);
	int fd = p.front.fd;

	(void)state;
	/* not its message; wrong direction; not a message; a stray fd */
	assert_int_equal(channel_send(&p.front, MSG_SIGN, span_of(NULL, 0),
	    NULL, 0), ERR_STATE);
	assert_int_equal(channel_send(&p.keeper, MSG_LOCK, span_of(NULL, 0),
	    NULL, 0), ERR_STATE);
	assert_int_equal(channel_send(&p.front, MSG_NONE, span_of(NULL, 0),
	    NULL, 0), ERR_STATE);
	assert_int_equal(channel_send(&p.front, MSG_COUNT, span_of(NULL, 0),
	    NULL, 0), ERR_STATE);
	assert_int_equal(channel_send(&p.front, MSG_LOCK, span_of(NULL, 0),
	    &fd, 1), ERR_STATE);
	assert_int_equal(channel_send(&p.front, MSG_COMPLETE,
	    span_of(big, 17), NULL, 0), ERR_TOO_LARGE);
	assert_int_equal(channel_wait(&p.keeper, 0), 0);
	pair_end(&p);
}

static enum err
raw_answer(struct pair *p, uint8_t type, size_t body, uint8_t st)
{
	enum err e;

	memset(big, 0, sizeof(big));
	big[0] = type;
	send_raw(&p->front, big, 1 + body, -1, 0);
	e = channel_recv(&p->keeper, st, &packet);
	if (e != 0) {
		assert_int_equal(packet.type, MSG_NONE);
		assert_int_equal(packet.body.n, 0);
	}
	packet_end(&packet);
	return e;
}

static void
test_receiver_refuses_a_hostile_sender(void **state)
{
	struct pair p = pair_of(ROLE_CLERK, ROLE_KEEPER);
	unsigned type;

	(void)state;
	for (type = 0; type < 256; type++)
		assert_int_equal(raw_answer(&p, (uint8_t)type, 0,
		    KEEPER_CONSENT), type == MSG_KEYS || type == MSG_PUBKEYS ||
		    type == MSG_VIEWERS || type == MSG_SIGN ? 0 : ERR_STATE);
	assert_int_equal(raw_answer(&p, MSG_SIGN, 0, KEEPER_OPEN), ERR_STATE);
	assert_int_equal(raw_answer(&p, MSG_SIGN, 0, KEEPER_LOCKED),
	    ERR_STATE);
	assert_int_equal(raw_answer(&p, MSG_KEYS, 1, KEEPER_OPEN),
	    ERR_TOO_LARGE);
	/* cut off: one byte more than a message may be */
	assert_int_equal(raw_answer(&p, MSG_SIGN, WIRE_MAX, KEEPER_CONSENT),
	    ERR_TOO_LARGE);
	/* and the channel lives */
	assert_int_equal(raw_answer(&p, MSG_SIGN, WIRE_MAX - 1,
	    KEEPER_CONSENT), 0);
	pair_end(&p);
}

static void
test_descriptors_pass(void **state)
{
	struct pair p = pair_of(ROLE_FRONT, ROLE_CLERK);
	size_t before = open_descriptors();
	struct stat a, b;
	int fd[2], got[2];

	(void)state;
	fd[0] = open("/dev/null", O_RDONLY | O_CLOEXEC);
	fd[1] = open("/", O_RDONLY | O_CLOEXEC);
	assert_int_equal(channel_send(&p.front, MSG_OPEN, span_of("x", 1), fd,
	    2), 0);
	assert_int_equal(channel_recv(&p.keeper, CLERK_IDLE, &packet), 0);
	assert_int_equal(packet.nfd, 2);
	got[0] = packet_take(&packet, 0);
	assert_int_equal(packet_take(&packet, 0), -1);
	assert_int_equal(packet_take(&packet, 2), -1);
	got[1] = packet.fd[1];
	packet_end(&packet);
	assert_int_equal(fcntl(got[1], F_GETFD), -1);
	assert_int_equal(fcntl(got[0], F_GETFD), FD_CLOEXEC);
	assert_int_equal(fstat(fd[0], &a), 0);
	assert_int_equal(fstat(got[0], &b), 0);
	assert_int_equal(a.st_ino, b.st_ino);
	(void)close(got[0]);
	(void)close(fd[0]);
	(void)close(fd[1]);
	assert_int_equal(open_descriptors(), before);
	pair_end(&p);
}

/* Descriptors that nobody asked for, one or sixty, are closed. */
static void
test_stray_descriptors_are_closed(void **state)
{
	static const struct {
		const char *body;
		size_t n, nfd;
		enum err err;
	} cases[] = {
		{ "\0", 1, 1, ERR_STATE }, { "", 0, 1, ERR_DEAD },
		{ "", 0, 40, ERR_DEAD },
		{ "\xff", 1, 3, ERR_STATE }, { "\xff", 1, 4, ERR_STATE },
	};
	struct pair p = pair_of(ROLE_CLERK, ROLE_KEEPER);
	size_t before = open_descriptors(), i;
	uint8_t sign = MSG_SIGN, open_file = MSG_OPEN;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		send_raw(&p.front, cases[i].body, cases[i].n, p.front.fd,
		    cases[i].nfd);
		assert_int_equal(channel_recv(&p.keeper, ST_ANY, &packet),
		    cases[i].err);
		assert_int_equal(open_descriptors(), before);
	}
	/* one that would be allowed without them */
	for (i = 1; i <= 60; i++) {
		send_raw(&p.front, &sign, 1, p.front.fd, i);
		assert_int_equal(channel_recv(&p.keeper, ST_ANY, &packet),
		    i <= 4 ? ERR_STATE : ERR_TOO_LARGE);
		assert_int_equal(open_descriptors(), before);
	}
	pair_end(&p);
	/* and one that may have two, with three and with one */
	p = pair_of(ROLE_FRONT, ROLE_CLERK);
	send_raw(&p.front, &open_file, 1, p.front.fd, 3);
	assert_int_equal(channel_recv(&p.keeper, ST_ANY, &packet), ERR_STATE);
	send_raw(&p.front, &open_file, 1, p.front.fd, 1);
	assert_int_equal(channel_recv(&p.keeper, ST_ANY, &packet), ERR_STATE);
	assert_int_equal(open_descriptors(), before);
	pair_end(&p);
}

static void
test_a_dead_peer(void **state)
{
	struct pair p = pair_of(ROLE_FRONT, ROLE_KEEPER);
	struct sigaction was, now = { .sa_handler = SIG_DFL };

	(void)state;
	assert_int_equal(sigaction(SIGPIPE, &now, &was), 0);
	channel_close(&p.keeper);
	assert_int_equal(channel_wait(&p.front, -1), 1);
	assert_int_equal(channel_recv(&p.front, ST_ANY, &packet), ERR_DEAD);
	assert_int_equal(channel_send(&p.front, MSG_LOCK, span_of(NULL, 0),
	    NULL, 0), ERR_DEAD);
	channel_close(&p.front);
	/* closed on our side: dead too, and nobody waits for it */
	assert_int_equal(channel_wait(&p.front, -1), 1);
	assert_int_equal(channel_recv(&p.front, ST_ANY, &packet), ERR_DEAD);
	assert_int_equal(channel_send(&p.front, MSG_LOCK, span_of(NULL, 0),
	    NULL, 0), ERR_DEAD);
	assert_int_equal(sigaction(SIGPIPE, &was, NULL), 0);
}

/* What was sent before the end is still read. */
static void
test_last_words(void **state)
{
	struct pair p = pair_of(ROLE_FRONT, ROLE_KEEPER);

	(void)state;
	assert_int_equal(channel_send(&p.front, MSG_LOCK, span_of(NULL, 0),
	    NULL, 0), 0);
	channel_close(&p.front);
	assert_int_equal(channel_recv(&p.keeper, ST_ANY, &packet), 0);
	assert_int_equal(packet.type, MSG_LOCK);
	packet_end(&packet);
	assert_int_equal(channel_recv(&p.keeper, ST_ANY, &packet), ERR_DEAD);
	pair_end(&p);
}

static void
on_alarm(int sig)
{
	(void)sig;
}

/* A signal every millisecond, handlers without SA_RESTART. */
static void
test_signals_in_between(void **state)
{
	const struct itimerval often = { { 0, 1000 }, { 0, 1000 } };
	const struct itimerval never = { { 0, 0 }, { 0, 0 } };
	struct sigaction was, now = { .sa_handler = on_alarm };
	struct pair p = pair_of(ROLE_CLERK, ROLE_KEEPER);
	size_t i;
	pid_t pid;

	(void)state;
	if ((pid = fork()) == 0) {
		channel_close(&p.keeper);
		for (i = 0; i < 20; i++) {
			(void)usleep(5000);
			if (channel_send(&p.front, MSG_KEYS, span_of(NULL, 0),
			    NULL, 0) != 0)
				_exit(1);
		}
		_exit(0);
	}
	channel_close(&p.front);
	assert_int_equal(sigaction(SIGALRM, &now, &was), 0);
	assert_int_equal(setitimer(ITIMER_REAL, &often, NULL), 0);
	for (i = 0; i < 20; i++) {
		if (i % 2 == 0)
			assert_int_equal(channel_wait(&p.keeper, -1), 1);
		assert_int_equal(channel_recv(&p.keeper, ST_ANY, &packet), 0);
		packet_end(&packet);
	}
	assert_int_equal(setitimer(ITIMER_REAL, &never, NULL), 0);
	assert_int_equal(sigaction(SIGALRM, &was, NULL), 0);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
	pair_end(&p);
}

/* The keeper is not made to wait by a clerk that asks and never reads. */
static void
test_keeper_does_not_wait_for_a_clerk(void **state)
{
	struct pair p = pair_of(ROLE_CLERK, ROLE_KEEPER);
	enum err e = 0;
	size_t i;

	(void)state;
	(void)alarm(20);
	for (i = 0; i < 100000 && e == 0; i++)
		e = channel_send(&p.keeper, MSG_KEY_OK,
		    span_of(big, WIRE_MAX - 1), NULL, 0);
	(void)alarm(0);
	assert_int_equal(e, ERR_DEAD);
	pair_end(&p);
}

static void
test_failures_travel(void **state)
{
	struct pair p = pair_of(ROLE_CLERK, ROLE_FRONT);
	struct fault f, g;

	(void)state;
	fault_set(&f, 0x123456789, "input %d: witness script", 3);
	assert_int_equal(channel_fail(&p.front, MSG_CLERK_FAIL, ERR_CHECKSUM,
	    &f), 0);
	assert_int_equal(channel_recv(&p.keeper, ST_ANY, &packet), 0);
	assert_int_equal(packet_failure(&packet, &g), ERR_CHECKSUM);
	assert_int_equal(g.at, 0x123456789);
	assert_string_equal(g.where, "input 3: witness script");
	packet_end(&packet);
	memset(f.where, 'w', sizeof(f.where));
	f.where[sizeof(f.where) - 1] = '\0';
	assert_int_equal(channel_fail(&p.front, MSG_CLERK_FAIL, ERR_IO, &f),
	    0);
	assert_int_equal(channel_recv(&p.keeper, ST_ANY, &packet), 0);
	assert_int_equal(packet_failure(&packet, &g), ERR_IO);
	assert_string_equal(g.where, f.where);
	packet_end(&packet);
	pair_end(&p);
}

/* Not a failure at all, one that does not exist, and text without an end. */
static void
test_hostile_failures(void **state)
{
	struct fault f = { .at = 7, .where = "before" };
	struct packet *p = &packet;
	size_t n;

	(void)state;
	memset(p->buf, 'x', sizeof(p->buf));
	p->buf[0] = ERR_IO;
	p->buf[1] = 0;
	for (n = 0; n < 10; n++) {
		p->body = span_of(p->buf, n);
		assert_int_equal(packet_failure(p, &f), ERR_FORM);
	}
	assert_string_equal(f.where, "before");
	p->body = span_of(p->buf, 10 + 246);
	assert_int_equal(packet_failure(p, &f), ERR_IO);
	assert_int_equal(strlen(f.where), sizeof(f.where) - 1);
	p->buf[20] = 0x1b;	/* would steer a terminal */
	assert_int_equal(packet_failure(p, &f), ERR_FORM);
	p->buf[20] = 'x';
	p->buf[0] = 0;
	assert_int_equal(packet_failure(p, &f), ERR_FORM);
	p->buf[0] = ERR_COUNT;
	assert_int_equal(packet_failure(p, &f), ERR_FORM);
	p->buf[1] = 1;
	p->buf[0] = ERR_IO;
	assert_int_equal(packet_failure(p, &f), ERR_FORM);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_order_and_contents_between_processes),
		cmocka_unit_test(test_largest_and_one_more),
		cmocka_unit_test(test_sender_refuses),
		cmocka_unit_test(test_receiver_refuses_a_hostile_sender),
		cmocka_unit_test(test_descriptors_pass),
		cmocka_unit_test(test_stray_descriptors_are_closed),
		cmocka_unit_test(test_a_dead_peer),
		cmocka_unit_test(test_last_words),
		cmocka_unit_test(test_signals_in_between),
		cmocka_unit_test(test_keeper_does_not_wait_for_a_clerk),
		cmocka_unit_test(test_failures_travel),
		cmocka_unit_test(test_hostile_failures),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
