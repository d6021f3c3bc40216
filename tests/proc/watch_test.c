/*
 * News from udev: taken whole, and never looked into.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <linux/netlink.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "media/watch.h"

#define GROUP_UDEV 2

static int
news(const struct watch *w, int ms)
{
	struct pollfd p = { .fd = w->fd, .events = POLLIN };

	return poll(&p, 1, ms);
}

static void
test_quiet(void **state)
{
	struct watch w;

	(void)state;
	assert_int_equal(watch_begin(&w), 0);
	assert_true(w.fd >= 0);
	watch_take(&w);		/* does not wait */
	watch_end(&w);
	assert_int_equal(w.fd, -1);
	watch_end(&w);
}

/* What libudev's filter lets pass although it is no message of udev's. */
static void
test_any_bytes_are_news(void **state)
{
	struct sockaddr_nl all = { .nl_family = AF_NETLINK,
	    .nl_groups = GROUP_UDEV };
	struct watch w;
	char junk[4096];
	int fd, i;

	(void)state;
	memset(junk, 0xff, sizeof(junk));
	assert_int_equal(watch_begin(&w), 0);
	watch_take(&w);
	fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC,
	    NETLINK_KOBJECT_UEVENT);
	assert_true(fd >= 0);
	if (sendto(fd, junk, sizeof(junk), 0, (struct sockaddr *)&all,
	    sizeof(all)) < 0 || news(&w, 1000) != 1) {
		print_message("[  SKIPPED ] nobody here may speak for udev\n");
		(void)close(fd);
		watch_end(&w);
		skip();
	}
	for (i = 1; i < 50; i++)
		(void)sendto(fd, junk, (size_t)i * 80, 0,
		    (struct sockaddr *)&all, sizeof(all));
	watch_take(&w);
	assert_int_equal(news(&w, 0), 0);
	(void)close(fd);
	watch_end(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_quiet),
		cmocka_unit_test(test_any_bytes_are_news),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
