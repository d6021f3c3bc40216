#include <stdbool.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "core/proc/terminal.h"

/* There is one terminal, and one parent that remembers it. */
static struct termios found;
static bool kept;

static void
put(int fd, const char *text)
{
	(void)!write(fd, text, strlen(text));
}

void
terminal_keep(void)
{
	kept = tcgetattr(STDIN_FILENO, &found) == 0;
}

/* Settings that are as they were found mean that no screen was drawn. */
void
terminal_restore(void)
{
	static const char leave[] = "\033[0m\033[?25h\033[?1049l\r\n";
	struct termios now;

	if (!kept || tcgetattr(STDIN_FILENO, &now) != 0 ||
	    (now.c_lflag == found.c_lflag && now.c_iflag == found.c_iflag &&
	    now.c_oflag == found.c_oflag))
		return;
	(void)tcsetattr(STDIN_FILENO, TCSADRAIN, &found);
	if (isatty(STDOUT_FILENO))
		put(STDOUT_FILENO, leave);
}

void
terminal_say(const char *text)
{
	put(STDERR_FILENO, text);
}
