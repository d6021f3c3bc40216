/*
 * tui_compare.h - a screen as it must stand there.  With
 * COLDSEAL_GOLDEN_UPDATE set the files are written anew instead.
 *
 *	source	none
 *	shapes	a canvas in, tests/golden/screens/NAME.txt
 *	units	none
 *	owns	nothing
 *	errors	asserts
 *	secrets	none
 *	tests	used by tui_golden_test.c and tui_vault_test.c
 */
#ifndef TESTS_UNIT_TUI_COMPARE_H
#define TESTS_UNIT_TUI_COMPARE_H

#include "tests/unit/tui_play.h"

#define FOLDER "tests/golden/screens/"

static inline char *
slurp(const char *path)
{
	FILE *f = fopen(path, "r");
	char *s = calloc(1, 65536);

	assert_non_null(s);
	if (f == NULL)
		fail_msg("%s: no such screen; COLDSEAL_GOLDEN_UPDATE=1 "
		    "writes it", path);
	(void)!fread(s, 1, 65535, f);
	(void)fclose(f);
	return s;
}

static inline void
compare(struct play *p, const char *name)
{
	static char now[65536];
	char path[128], *was;
	FILE *f;

	app_draw(&p->app, &p->canvas);
	(void)canvas_dump(&p->canvas, now, sizeof(now));
	(void)snprintf(path, sizeof(path), FOLDER "%s.txt", name);
	if (getenv("COLDSEAL_GOLDEN_UPDATE") != NULL) {
		assert_non_null(f = fopen(path, "w"));
		assert_true(fputs(now, f) >= 0);
		assert_int_equal(fclose(f), 0);
		return;
	}
	was = slurp(path);
	if (strcmp(was, now) != 0)
		fail_msg("%s differs; it is now:\n%s", path, now);
	free(was);
}

#endif
