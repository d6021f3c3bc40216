#include <stdio.h>
#include <string.h>

#include <valgrind/memcheck.h>
#include <valgrind/valgrind.h>

#include "tests/ct/control.h"
#include "tests/ct/tap.h"

static int done, failed;

unsigned
reports(void)
{
	return (unsigned)VALGRIND_COUNT_ERRORS;
}

void
tell(const char *what, bool good)
{
	failed += !good;
	printf("%sok %d - %s\n", good ? "" : "not ", ++done, what);
	(void)fflush(stdout);
}

bool
marked(const void *p, size_t n)
{
	static uint8_t bits[64];
	size_t i;

	if (n > sizeof(bits) || VALGRIND_GET_VBITS(p, bits, n) != 1)
		return false;
	for (i = 0; i < n; i++)
		if (bits[i] != 0xff)
			return false;
	return true;
}

static int
control(const char *name)
{
	struct secret32 secret = { { 1 } };
	enum control c = 0;

	while (c < CONTROLS && strcmp(control_name[c], name) != 0)
		c++;
	ct_secret(&secret, sizeof(secret));
	control_run(c, &secret);
	return c < CONTROLS ? 0 : 2;
}

int
ct_main(int argc, char **argv, bool everything(void))
{
	if (RUNNING_ON_VALGRIND == 0) {
		(void)fprintf(stderr, "%s: runs under valgrind\n", argv[0]);
		return 2;
	}
	if (argc > 1)
		return control(argv[1]);
	if (!everything())
		return 2;
	printf("1..%d\n", done);
	return failed == 0 ? 0 : 1;
}
