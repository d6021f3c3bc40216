/*
 * replay DIR: every file of a corpus through a harness, once, without
 * libFuzzer: for compilers that have none, and to count what it covers.
 */
#include <dirent.h>
#include <stdio.h>

#include "tests/fuzz/fuzz.h"

static uint8_t bytes[1 << 16];

static size_t
load(const char *dir, const char *name)
{
	char path[1024];
	size_t n;
	FILE *f;

	must(snprintf(path, sizeof(path), "%s/%s", dir, name) <
	    (int)sizeof(path));
	must((f = fopen(path, "rb")) != NULL);
	n = fread(bytes, 1, sizeof(bytes), f);
	must(fclose(f) == 0);
	return n;
}

int
main(int argc, char **argv)
{
	struct dirent *e;
	size_t n = 0;
	DIR *d;

	must(argc == 2 && (d = opendir(argv[1])) != NULL);
	while ((e = readdir(d)) != NULL) {
		if (e->d_name[0] == '.')
			continue;
		(void)LLVMFuzzerTestOneInput(bytes, load(argv[1], e->d_name));
		n++;
	}
	(void)closedir(d);
	printf("%s 1 - %s: replayed %zu files\n1..1\n", n > 0 ? "ok" :
	    "not ok", argv[1], n);
	return n > 0 ? 0 : 1;
}
