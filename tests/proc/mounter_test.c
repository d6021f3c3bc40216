/*
 * The mounter, in its own process and jail, with folders for sticks.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdbool.h>
#include <errno.h>
#include <cmocka.h>

#include <sys/wait.h>

#include "core/proc/sandbox.h"
#include "media/mounter/mounter.h"
#include "tests/faults/stick.h"

#define STICKS 3

struct rig {
	struct test_stick	stick[STICKS];
	char			missing[96];
	struct channel		c;	/* the front's end */
	pid_t			pid;
	struct packet		p;
};

static void
start(struct rig *r, struct mounter_args *args)
{
	struct channel mine;

	assert_int_equal(channel_pair(ROLE_FRONT, ROLE_MOUNTER, &r->c, &mine),
	    0);
	r->pid = fork();
	assert_true(r->pid >= 0);
	if (r->pid == 0) {
		channel_close(&r->c);
		if (sandbox_begin(ROLE_MOUNTER) != 0)
			_exit(99);
		_exit(mounter_run(&mine, args));
	}
	channel_close(&mine);
}

/* Asks, and passes by the news of changes; the reply is left in r->p. */
static enum msg
ask(struct rig *r, enum msg m, uint32_t id)
{
	uint8_t body[5];
	struct sink s = sink_to_buf(body, sizeof(body));

	put_u32le(&s, id);
	put_u8(&s, 0);
	packet_end(&r->p);
	assert_int_equal(channel_send(&r->c, m, span_of(body,
	    m == MSG_STICKS ? 0 : m == MSG_MOUNT ? 5 : 4), NULL, 0), 0);
	do {
		packet_end(&r->p);
		assert_int_equal(channel_wait(&r->c, 5000), 1);
		assert_int_equal(channel_recv(&r->c, ST_ANY, &r->p), 0);
	} while (r->p.type == MSG_STICK_CHANGE);
	return r->p.type;
}

/* Three folders, of which the last has a name to be careful with, and one
 * that is not there. */
static struct rig *
rig_begin(void)
{
	struct rig *r = calloc(1, sizeof(*r));
	struct mounter_args args = { .n = STICKS + 1 };
	static char odd[STICKS][128];
	size_t i;

	assert_non_null(r);
	for (i = 0; i < STICKS; i++) {
		r->stick[i] = stick_begin();
		(void)snprintf(odd[i], sizeof(odd[i]), "%s%s",
		    r->stick[i].path, i == 1 ? "//" : "");
		args.dir[i] = odd[i];
	}
	assert_int_equal(mkdirat(r->stick[2].dir, "a\x1b[2J\n", 0755), 0);
	(void)snprintf(odd[2], sizeof(odd[2]), "%s/a\x1b[2J\n",
	    r->stick[2].path);
	(void)snprintf(r->missing, sizeof(r->missing), "%s-not",
	    r->stick[0].path);
	args.dir[STICKS] = r->missing;
	start(r, &args);
	/* Once it answers, it watches. */
	assert_int_equal(ask(r, MSG_STICKS, 0), MSG_STICK_LIST);
	return r;
}

static void
rig_end(struct rig *r)
{
	int status = -1;
	size_t i;

	packet_end(&r->p);
	channel_close(&r->c);
	assert_int_equal(waitpid(r->pid, &status, 0), r->pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	for (i = 0; i < STICKS; i++)
		stick_end(&r->stick[i]);
	free(r);
}

static enum err
failure(struct rig *r)
{
	struct fault f = { 0 };
	enum err e;

	assert_int_equal(r->p.type, MSG_MOUNT_FAIL);
	e = packet_failure(&r->p, &f);
	assert_true(strlen(f.where) > 10);
	return e;
}

static int
mounted(struct rig *r, uint32_t id)
{
	struct reader in;

	assert_int_equal(ask(r, MSG_MOUNT, id), MSG_MOUNTED);
	in = reader_of(r->p.body);
	assert_int_equal(read_u32le(&in), id);
	assert_int_equal(reader_done(&in), 0);
	assert_int_equal(r->p.nfd, 1);
	return packet_take(&r->p, 0);
}

static void
list(struct rig *r, struct stick st[STICKS_MAX])
{
	size_t n = 0;

	assert_int_equal(ask(r, MSG_STICKS, 0), MSG_STICK_LIST);
	assert_int_equal(read_sticks(r->p.body, st, STICKS_MAX, &n), 0);
	assert_int_equal(n, STICKS + 1);
}

static bool
told_of_change(struct rig *r, int ms)
{
	bool told = channel_wait(&r->c, ms) == 1;

	if (told) {
		packet_end(&r->p);
		assert_int_equal(channel_recv(&r->c, ST_ANY, &r->p), 0);
		assert_int_equal(r->p.type, MSG_STICK_CHANGE);
		assert_int_equal(r->p.body.n, 0);
	}
	return told;
}

static void
test_mounter_lists_sticks(void **state)
{
	struct rig *r = rig_begin();
	struct stick st[STICKS_MAX];

	(void)state;
	list(r, st);
	assert_int_equal(st[0].id, 1);
	assert_string_equal(st[0].label, r->stick[0].path + 5);
	assert_string_equal(st[1].label, r->stick[1].path + 5);
	assert_string_equal(st[2].label, "a\\x1b[2J\\x0a");
	assert_true(st[0].writable && st[1].writable && st[2].writable);
	assert_string_equal(st[0].advice, "");
	assert_false(st[3].writable);
	assert_string_equal(st[3].advice, "This folder is not there.");
	rig_end(r);
}

static void
test_mounter_hands_over_one_at_a_time(void **state)
{
	struct rig *r = rig_begin();
	struct stat a, b;
	int fd;

	(void)state;
	stick_put(&r->stick[0], "x", "x", 1);
	fd = mounted(r, 1);
	assert_true(fd >= 0);
	assert_int_equal(fstat(fd, &a), 0);
	assert_int_equal(fstat(r->stick[0].dir, &b), 0);
	assert_true(a.st_dev == b.st_dev && a.st_ino == b.st_ino);
	assert_true((fcntl(fd, F_GETFD) & FD_CLOEXEC) != 0);
	assert_int_equal(faccessat(fd, "x", R_OK, 0), 0);
	(void)close(fd);
	assert_int_equal(ask(r, MSG_MOUNT, 2), MSG_MOUNT_FAIL);
	assert_int_equal(failure(r), ERR_STATE);
	assert_int_equal(ask(r, MSG_RELEASE, 2), MSG_MOUNT_FAIL);
	assert_int_equal(failure(r), ERR_RANGE);
	assert_int_equal(ask(r, MSG_RELEASE, 1), MSG_RELEASED);
	assert_int_equal(ask(r, MSG_RELEASE, 1), MSG_MOUNT_FAIL);
	assert_int_equal(failure(r), ERR_STATE);
	(void)close(mounted(r, 2));
	assert_int_equal(ask(r, MSG_RELEASE, 2), MSG_RELEASED);
	rig_end(r);
}

static void
test_mounter_refuses(void **state)
{
	struct rig *r = rig_begin();

	(void)state;
	assert_int_equal(ask(r, MSG_MOUNT, 0), MSG_MOUNT_FAIL);
	assert_int_equal(failure(r), ERR_RANGE);
	assert_int_equal(ask(r, MSG_MOUNT, STICKS + 2), MSG_MOUNT_FAIL);
	assert_int_equal(failure(r), ERR_RANGE);
	assert_int_equal(ask(r, MSG_MOUNT, UINT32_MAX), MSG_MOUNT_FAIL);
	assert_int_equal(failure(r), ERR_RANGE);
	assert_int_equal(ask(r, MSG_MOUNT, STICKS + 1), MSG_MOUNT_FAIL);
	assert_int_equal(failure(r), ERR_GONE);
	/* Too short, too long: the channel lives on. */
	packet_end(&r->p);
	assert_int_equal(channel_send(&r->c, MSG_MOUNT, span_of("x", 1), NULL,
	    0), 0);
	assert_int_equal(channel_recv(&r->c, ST_ANY, &r->p), 0);
	assert_int_equal(failure(r), ERR_SHORT);
	packet_end(&r->p);
	assert_int_equal(channel_send(&r->c, MSG_MOUNT, span_of("123456", 6),
	    NULL, 0), 0);
	assert_int_equal(channel_recv(&r->c, ST_ANY, &r->p), 0);
	assert_int_equal(failure(r), ERR_TRAILING);
	packet_end(&r->p);
	assert_int_equal(channel_send(&r->c, MSG_MOUNT, span_of("\1\0\0\0\2",
	    5), NULL, 0), 0);
	assert_int_equal(channel_recv(&r->c, ST_ANY, &r->p), 0);
	assert_int_equal(failure(r), ERR_FORM);
	(void)close(mounted(r, 1));
	rig_end(r);
}

/* Many files at once are one piece of news, not many. */
static void
test_mounter_tells_of_files(void **state)
{
	struct rig *r = rig_begin();
	unsigned i, told = 0;
	char name[32];

	(void)state;
	assert_false(told_of_change(r, 300));
	for (i = 0; i < 500; i++) {
		(void)snprintf(name, sizeof(name), "%u", i);
		stick_put(&r->stick[1], name, "x", 1);
	}
	assert_true(told_of_change(r, 5000));
	/* On a slow machine the writing may pause: a few then, not 500. */
	while (told_of_change(r, 600))
		told++;
	assert_true(told < 8);
	assert_int_equal(unlinkat(r->stick[1].dir, "7", 0), 0);
	assert_true(told_of_change(r, 5000));
	rig_end(r);
}

/* While the front holds a stick it hears nothing; afterwards it does. */
static void
test_mounter_tells_after_release(void **state)
{
	struct rig *r = rig_begin();
	int fd = mounted(r, 1);

	(void)state;
	stick_put(&r->stick[0], "x-signed.psbt", "x", 1);
	assert_false(told_of_change(r, 700));
	(void)close(fd);
	assert_int_equal(ask(r, MSG_RELEASE, 1), MSG_RELEASED);
	assert_true(told_of_change(r, 5000));
	rig_end(r);
}

/* A folder that is moved away has been pulled; back again, plugged in. */
static void
test_mounter_stick_pulled_and_plugged(void **state)
{
	struct rig *r = rig_begin();
	struct stick st[STICKS_MAX];

	(void)state;
	assert_int_equal(rename(r->stick[0].path, r->missing), 0);
	assert_true(told_of_change(r, 5000));
	list(r, st);
	assert_string_equal(st[0].advice, "This folder is not there.");
	assert_string_equal(st[3].advice, "");
	assert_int_equal(ask(r, MSG_MOUNT, 1), MSG_MOUNT_FAIL);
	assert_int_equal(failure(r), ERR_GONE);
	assert_int_equal(rename(r->missing, r->stick[0].path), 0);
	assert_true(told_of_change(r, 5000));
	list(r, st);
	assert_string_equal(st[0].advice, "");
	(void)close(mounted(r, 1));
	assert_int_equal(ask(r, MSG_RELEASE, 1), MSG_RELEASED);
	/* What comes back is watched again. */
	stick_put(&r->stick[0], "new", "x", 1);
	assert_true(told_of_change(r, 5000));
	rig_end(r);
}

static void
test_mounter_stick_pulled_while_held(void **state)
{
	struct rig *r = rig_begin();
	int fd = mounted(r, 2);

	(void)state;
	assert_int_equal(rmdir(r->stick[1].path), 0);
	assert_int_equal(faccessat(fd, "x", R_OK, 0), -1);
	(void)close(fd);
	assert_int_equal(ask(r, MSG_RELEASE, 2), MSG_RELEASED);
	assert_int_equal(ask(r, MSG_MOUNT, 2), MSG_MOUNT_FAIL);
	assert_int_equal(failure(r), ERR_GONE);
	rig_end(r);
}

static void
test_mounter_folder_becomes_a_file(void **state)
{
	struct rig *r = rig_begin();
	struct stick st[STICKS_MAX];
	int fd;

	(void)state;
	fd = open(r->missing, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
	assert_true(fd >= 0);
	(void)close(fd);
	assert_true(told_of_change(r, 5000));
	list(r, st);
	assert_string_equal(st[3].advice, "This is not a folder.");
	assert_int_equal(ask(r, MSG_MOUNT, 4), MSG_MOUNT_FAIL);
	assert_int_equal(failure(r), ERR_FORM);
	assert_int_equal(unlink(r->missing), 0);
	rig_end(r);
}

static void
test_mounter_list_on_the_wire(void **state)
{
	struct stick in[2] = { { .id = 7, .writable = true },
	    { .id = 8, .label = "two", .advice = "no" } }, out[2];
	uint8_t buf[512];
	struct sink s = sink_to_buf(buf, sizeof(buf));
	size_t i, n = 0;

	(void)state;
	memset(in[0].label, 'x', sizeof(in[0].label) - 1);
	put_sticks(&s, in, 2);
	assert_int_equal(s.err, 0);
	assert_int_equal(read_sticks(span_of(buf, s.total), out, 2, &n), 0);
	assert_int_equal(n, 2);
	assert_string_equal(out[0].label, in[0].label);
	assert_string_equal(out[1].advice, "no");
	assert_true(out[0].writable && !out[1].writable);
	assert_int_equal(read_sticks(span_of(buf, s.total), out, 1, &n),
	    ERR_RANGE);
	for (i = 0; i < s.total; i++)
		assert_int_not_equal(read_sticks(span_of(buf, i), out, 2, &n),
		    0);
	assert_int_equal(read_sticks(span_of(buf, s.total + 1), out, 2, &n),
	    ERR_TRAILING);
	/* A label of 64 bytes has no room for its end. */
	s = sink_to_buf(buf, sizeof(buf));
	put_u32le(&s, 1);
	put_u32le(&s, 1);
	put_u8(&s, 2);
	put_block(&s, span_text("a"));
	put_block(&s, span_text(""));
	assert_int_equal(read_sticks(span_of(buf, s.total), out, 2, &n),
	    ERR_FORM);
	s = sink_to_buf(buf, sizeof(buf));
	put_u32le(&s, 1);
	put_u32le(&s, 1);
	put_u8(&s, 1);
	put_block(&s, span_of(in, 64));
	put_block(&s, span_text(""));
	assert_int_equal(read_sticks(span_of(buf, s.total), out, 2, &n),
	    ERR_RANGE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_mounter_lists_sticks),
		cmocka_unit_test(test_mounter_hands_over_one_at_a_time),
		cmocka_unit_test(test_mounter_refuses),
		cmocka_unit_test(test_mounter_tells_of_files),
		cmocka_unit_test(test_mounter_tells_after_release),
		cmocka_unit_test(test_mounter_stick_pulled_and_plugged),
		cmocka_unit_test(test_mounter_stick_pulled_while_held),
		cmocka_unit_test(test_mounter_folder_becomes_a_file),
		cmocka_unit_test(test_mounter_list_on_the_wire),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
