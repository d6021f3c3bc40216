#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "core/base/secret.h"
#include "tui/cli_ask.h"

#define CTRL_C 3
#define COLUMN 18			/* of a numbered word */
#define WIDE 76				/* characters of a text */
#define GROUPED 60			/* of one in groups */

void
ask_say(const char *s)
{
	(void)fputs(s, stdout);
	(void)fflush(stdout);
}

void
ask_scrub(void)
{
	ask_say("\033[H\033[2J\033[3J");
}

enum err
ask_line(char line[ASK_LINE])
{
	ssize_t n;

	wipe(line, ASK_LINE);
	do
		n = read(STDIN_FILENO, line, ASK_LINE - 1);
	while (n < 0 && errno == EINTR);
	if (n <= 0 || line[n - 1] != '\n')
		return ERR_STOPPED;
	line[n - 1] = '\0';
	return memchr(line, CTRL_C, (size_t)n) == NULL ? ERR_NONE :
	    ERR_STOPPED;
}

enum err
ask_wait(char line[ASK_LINE], unsigned seconds)
{
	struct pollfd p = { .fd = STDIN_FILENO, .events = POLLIN };
	struct timespec now, until;
	int n;

	(void)clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += seconds;
	do {
		(void)clock_gettime(CLOCK_MONOTONIC, &now);
		if (now.tv_sec >= until.tv_sec)
			return 0;
		n = poll(&p, 1, (int)(until.tv_sec - now.tv_sec) * 1000);
	} while (n < 0 && errno == EINTR);
	return n > 0 ? ask_line(line) : ERR_NONE;
}

static size_t
words_of(struct span text)
{
	size_t i, n = text.n > 0;

	for (i = 0; i < text.n; i++)
		n += text.p[i] == ' ';
	return n;
}

static void
put_number(char *at, size_t i)
{
	at[0] = i < 10 ? ' ' : (char)('0' + i / 10);
	at[1] = (char)('0' + i % 10);
}

/* Words go down the columns. */
static size_t
lay_words(struct span text, size_t words, char *grid)
{
	size_t rows = (words + 3) / 4, i, n;
	const uint8_t *w = text.p, *end = text.p + text.n, *blank;

	for (i = 0; i < words; i++) {
		char *at = grid + i % rows * 80 + i / rows * COLUMN + 2;

		put_number(at, i + 1);
		blank = memchr(w, ' ', (size_t)(end - w));
		n = (size_t)((blank != NULL ? blank : end) - w);
		memcpy(at + 3, w, n < COLUMN - 4 ? n : COLUMN - 4);
		w += n + (blank != NULL);
	}
	return rows;
}

/* codex32 in groups of four, for it may be read so. */
static size_t
lay_text(struct span text, char *grid)
{
	bool groups = text.n > 3 && memcmp(text.p, "ms1", 3) == 0;
	size_t i, at, wide = groups ? GROUPED : WIDE;

	for (i = 0; i < text.n && i / wide < GRID_ROWS; i++) {
		at = i % wide + (groups ? i % wide / 4 : 0);
		grid[i / wide * 80 + at + 2] = (char)text.p[i];
	}
	return (i + wide - 1) / wide;
}

enum err
ask_show(struct span text, char grid[GRID_MAX])
{
	size_t i, rows, words = words_of(text);
	ssize_t n;

	if (words > (size_t)GRID_ROWS * 4)
		return ERR_SPACE;
	memset(grid, ' ', GRID_MAX);
	rows = words >= 12 ? lay_words(text, words, grid) :
	    lay_text(text, grid);
	for (i = 0; i < rows; i++)
		grid[i * 80 + 79] = '\n';
	n = write(STDOUT_FILENO, grid, rows * 80);
	wipe(grid, GRID_MAX);
	return n == (ssize_t)rows * 80 ? ERR_NONE : ERR_IO;
}

enum err
ask_terminal(enum err (*talk)(void *), void *arg)
{
	struct termios was, now;
	enum err e;

	if (!isatty(STDOUT_FILENO) || tcgetattr(STDIN_FILENO, &was) != 0)
		return ERR_IO;
	now = was;
	now.c_lflag = (now.c_lflag | ICANON | ECHO) & ~(tcflag_t)ISIG;
	now.c_cc[VEOL] = CTRL_C;
	if (tcsetattr(STDIN_FILENO, TCSAFLUSH, &now) != 0)
		return ERR_IO;
	ask_say("\033[?1049h");
	ask_scrub();
	e = talk(arg);
	ask_scrub();
	ask_say("\033[?1049l");
	if (tcsetattr(STDIN_FILENO, TCSAFLUSH, &was) != 0 && e == 0)
		e = ERR_IO;
	return e;
}
