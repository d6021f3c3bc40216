/* The medium, hashed in steps: the digests are those of the bytes; a medium
 * that says what cannot be is refused. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "core/proc/medium.h"

#define BLOCKS 300		/* more than two steps, and a bit */
#define SIZE ((size_t)BLOCKS * 2048)
#define DESC 32768
#define LABEL (DESC + 883)

static uint8_t bytes[SIZE + 4096], step[MEDIUM_STEP];

static void
put64(uint8_t *p, uint64_t v)
{
	int i;

	for (i = 0; i < 8; i++)
		p[i] = (uint8_t)(v >> 8 * i);
}

static void
make(uint32_t blocks, uint64_t kernel, uint64_t nkernel, uint64_t ram,
    uint64_t nram)
{
	size_t i;

	for (i = 0; i < sizeof(bytes); i++)
		bytes[i] = (uint8_t)(i * 7 + i / 251);
	memcpy(bytes + DESC, "\1CD001\1", 7);
	put64(bytes + DESC + 80, blocks);
	memcpy(bytes + LABEL, "coldseal-medium1", 16);
	put64(bytes + LABEL + 16, kernel);
	put64(bytes + LABEL + 24, nkernel);
	put64(bytes + LABEL + 32, ram);
	put64(bytes + LABEL + 40, nram);
}

/* The device: the medium, and what else is on the stick behind it. */
static int
device(size_t n)
{
	int fd = memfd_create("medium", MFD_CLOEXEC);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes, n), (ssize_t)n);
	return fd;
}

static void
same(const struct hash32 *digest, size_t at, size_t n)
{
	struct hash32 want;

	sha256(span_of(bytes + at, n), &want);
	assert_memory_equal(digest->b, want.b, 32);
}

static void
test_digests(void **state)
{
	/* Parts that end within a step, at its end, and reach over several. */
	static const size_t where[][4] = {
		{ 40000, 1, 40001, 1 },
		{ 0, MEDIUM_STEP, MEDIUM_STEP, MEDIUM_STEP },
		{ 100, SIZE - 100, SIZE - 1, 1 },
	};
	struct medium m;
	size_t i;
	int fd;

	(void)state;
	for (i = 0; i < 3; i++) {
		make(BLOCKS, where[i][0], where[i][1], where[i][2],
		    where[i][3]);
		fd = device(sizeof(bytes));
		assert_int_equal(medium_begin(&m, fd), 0);
		assert_false(medium_done(&m));
		while (!medium_done(&m))
			assert_int_equal(medium_step(&m, step), 0);
		same(&m.digest[MEDIUM_WHOLE], 0, SIZE);
		same(&m.digest[MEDIUM_KERNEL], where[i][0], where[i][1]);
		same(&m.digest[MEDIUM_INITRAMFS], where[i][2], where[i][3]);
		assert_int_equal(medium_step(&m, step), ERR_STATE);
		(void)close(fd);
	}
}

static enum err
begin(size_t n)
{
	struct medium m;
	int fd = device(n);
	enum err e = medium_begin(&m, fd);

	(void)close(fd);
	return e;
}

static void
test_refused(void **state)
{
	struct medium m;
	int fd;

	(void)state;
	make(BLOCKS, 1, 1, 2, 2);
	assert_int_equal(begin(sizeof(bytes)), 0);
	assert_int_equal(begin(DESC + 100), ERR_SHORT);
	assert_int_equal(begin(0), ERR_SHORT);
	/* It ends before it says. */
	fd = device(SIZE - 1);
	assert_int_equal(medium_begin(&m, fd), 0);
	while (m.at + MEDIUM_STEP < SIZE)
		assert_int_equal(medium_step(&m, step), 0);
	assert_int_equal(medium_step(&m, step), ERR_SHORT);
	assert_false(medium_done(&m));
	(void)close(fd);
	/* Not ISO 9660, not ours, too short, a part that is empty or outside,
	 * or is so far away that its end wraps around. */
	bytes[DESC + 1] = 'X';
	assert_int_equal(begin(sizeof(bytes)), ERR_FORM);
	make(BLOCKS, 1, 1, 2, 2);
	bytes[LABEL + 15] = '2';
	assert_int_equal(begin(sizeof(bytes)), ERR_FORM);
	make(16, 1, 1, 2, 2);
	assert_int_equal(begin(sizeof(bytes)), ERR_FORM);
	make(BLOCKS, 1, 0, 2, 2);
	assert_int_equal(begin(sizeof(bytes)), ERR_FORM);
	make(BLOCKS, 1, 1, 2, SIZE);
	assert_int_equal(begin(sizeof(bytes)), ERR_FORM);
	make(BLOCKS, UINT64_MAX, 2, 2, 2);
	assert_int_equal(begin(sizeof(bytes)), ERR_FORM);
	make(UINT32_MAX, 1, 1, 2, 2);
	assert_int_equal(begin(sizeof(bytes)), ERR_FORM);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_digests),
		cmocka_unit_test(test_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
