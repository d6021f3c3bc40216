#include <curses.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <unistd.h>
#include <wchar.h>

#include "tui/term.h"

#define TYPED_KEPT 4096		/* N_TTY_BUF_SIZE of drivers/tty/n_tty.c */

enum { PAIR_RED = 1, PAIR_GREEN, PAIR_YELLOW, PAIR_CYAN, PAIR_ALARM,
    PAIR_BAR, PAIR_TEST, PAIR_QR, PAIR_QR_DARK };

#define KEY_RING 137	/* keys that curses remembers */

/* Curses keeps the terminal in globals of its own; this is all we add. */
static struct {
	SCREEN	*screen;
	bool	 mono, ascii;
} term;

struct look { attr_t colour; short pair; attr_t mono; };

static const struct look looks[STYLE_COUNT] = {
	[STYLE_PLAIN] = { A_NORMAL, 0, A_NORMAL },
	[STYLE_DIM] = { A_DIM, 0, A_NORMAL },
	[STYLE_BOLD] = { A_BOLD, 0, A_BOLD },
	[STYLE_ACCENT] = { A_NORMAL, PAIR_CYAN, A_UNDERLINE },
	[STYLE_MINUS] = { A_NORMAL, PAIR_RED, A_NORMAL },
	[STYLE_PLUS] = { A_NORMAL, PAIR_GREEN, A_NORMAL },
	[STYLE_BANG] = { A_BOLD, PAIR_YELLOW, A_BOLD },
	[STYLE_REFUSE] = { A_BOLD, PAIR_ALARM, A_BOLD | A_REVERSE },
	[STYLE_BAR] = { A_NORMAL, PAIR_BAR, A_REVERSE },
	[STYLE_BAR_KEY] = { A_BOLD, PAIR_BAR, A_BOLD | A_REVERSE },
	[STYLE_BAR_TEST] = { A_NORMAL, PAIR_TEST, A_BOLD },
	[STYLE_SELECT] = { A_REVERSE, 0, A_REVERSE },
	[STYLE_INPUT] = { A_UNDERLINE, 0, A_UNDERLINE },
	[STYLE_QR] = { A_NORMAL, PAIR_QR, A_REVERSE },
	[STYLE_QR_DARK] = { A_NORMAL, PAIR_QR_DARK, A_NORMAL },
};

/*
 * The owner's locale, where it is UTF-8.  Where none is set at all (the image,
 * a bare console) C.UTF-8; where another is set on purpose, that, in ASCII.
 */
static void
start_locale(void)
{
	const char *type = getenv("TERM");
	const char *set = getenv("LC_ALL");

	if (set == NULL || *set == '\0')
		set = getenv("LC_CTYPE");
	if (set == NULL || *set == '\0')
		set = getenv("LANG");
	if (set == NULL || *set == '\0' || setlocale(LC_CTYPE, "") == NULL)
		(void)setlocale(LC_CTYPE, "C.UTF-8");
	term.ascii = strcmp(nl_langinfo(CODESET), "UTF-8") != 0 ||
	    (type != NULL && strncmp(type, "vt", 2) == 0);
}

static void
start_colour(void)
{
	const char *no = getenv("NO_COLOR");
	short back = -1;

	term.mono = !has_colors() || (no != NULL && *no != '\0');
	if (term.mono || start_color() == ERR || COLORS < 8) {
		term.mono = true;
		return;
	}
	if (use_default_colors() == ERR)
		back = COLOR_BLACK;
	(void)init_pair(PAIR_RED, COLOR_RED, back);
	(void)init_pair(PAIR_GREEN, COLOR_GREEN, back);
	(void)init_pair(PAIR_YELLOW, COLOR_YELLOW, back);
	(void)init_pair(PAIR_CYAN, COLOR_CYAN, back);
	(void)init_pair(PAIR_ALARM, COLOR_WHITE, COLOR_RED);
	(void)init_pair(PAIR_BAR, COLOR_WHITE, COLOR_BLUE);
	(void)init_pair(PAIR_TEST, COLOR_BLACK, COLOR_YELLOW);
	(void)init_pair(PAIR_QR, COLOR_BLACK, COLOR_WHITE);
	(void)init_pair(PAIR_QR_DARK, COLOR_WHITE, COLOR_BLACK);
}

enum err
term_start(void)
{
	start_locale();
	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return ERR_IO;
	if ((term.screen = newterm(NULL, stdout, stdin)) == NULL)
		return ERR_IO;
	(void)set_term(term.screen);
	start_colour();
	(void)raw();
	(void)noecho();
	(void)nonl();
	(void)keypad(stdscr, TRUE);
	(void)nodelay(stdscr, TRUE);
	(void)set_escdelay(30);
	(void)leaveok(stdscr, FALSE);
	return 0;
}

void
term_stop(void)
{
	if (term.screen == NULL)
		return;
	(void)erase();
	(void)refresh();
	(void)endwin();
	delscreen(term.screen);
	term.screen = NULL;
}

bool
term_has_blocks(void)
{
	return !term.ascii;
}

void
term_size(int *w, int *h)
{
	struct winsize ws;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &ws) == 0 && ws.ws_col > 0 &&
	    ws.ws_row > 0 && (ws.ws_col != COLS || ws.ws_row != LINES))
		(void)resizeterm(ws.ws_row, ws.ws_col);
	*w = COLS;
	*h = LINES;
}

/* What stands for a drawing character where there is none. */
static uint32_t
plain(uint32_t ch)
{
	switch (ch) {
	case 0x2026: return '~';
	case 0x2500: return '-';
	case 0x2502: return '|';
	case 0x250c: case 0x2510: case 0x2514: case 0x2518: return '+';
	case 0x2192: return '>';
	case 0x2248: return '~';
	case 0x2022: return '*';
	default: return ch < 0x80 ? ch : '?';
	}
}

static void
paint_cell(int x, int y, const struct cell *cell)
{
	const struct look *l = &looks[cell->style];
	uint32_t ch = term.ascii ? plain(cell->ch) : cell->ch;
	wchar_t text[2] = { (wchar_t)ch, 0 };
	cchar_t c;

	if (wcwidth(text[0]) != 1)
		text[0] = L'?';
	if (setcchar(&c, text, term.mono ? l->mono : l->colour,
	    term.mono ? 0 : l->pair, NULL) == OK)
		(void)mvadd_wch(y, x, &c);
}

/* Curses compares with what stands there and sends the difference. */
void
term_paint(const struct canvas *c)
{
	int x, y;

	for (y = 0; y < c->h && y < LINES; y++)
		for (x = 0; x < c->w && x < COLS; x++)
			paint_cell(x, y, &c->cell[y * c->w + x]);
	(void)curs_set(c->cx >= 0 ? 1 : 0);
	(void)move(c->cx >= 0 ? c->cy : 0, c->cx >= 0 ? c->cx : 0);
	(void)refresh();
}

static uint32_t
named_key(wint_t k)
{
	switch (k) {
	case KEY_UP: return K_UP;
	case KEY_DOWN: return K_DOWN;
	case KEY_LEFT: return K_LEFT;
	case KEY_RIGHT: return K_RIGHT;
	case KEY_PPAGE: return K_PGUP;
	case KEY_NPAGE: return K_PGDN;
	case KEY_HOME: return K_HOME;
	case KEY_END: return K_END;
	case KEY_F(1): return K_F1;
	case KEY_F(2): return K_F2;
	case KEY_ENTER: return K_ENTER;
	case KEY_BACKSPACE: return K_BACKSPACE;
	default: return K_NONE;
	}
}

uint32_t
term_key(void)
{
	wint_t k = 0;

	for (;;) {
		switch (get_wch(&k)) {
		case OK:
			if (k == 127)
				return K_BACKSPACE;
			return k == '\n' ? K_ENTER : (uint32_t)k;
		case KEY_CODE_YES:
			if (named_key(k) != K_NONE)
				return named_key(k);
			break;
		default:
			return K_NONE;
		}
	}
}

/* Curses keeps the last keys in a ring and the last output in a buffer; both
 * are filled with nothing.  What still waits in the ring (a key right behind
 * Escape) is dropped first: a ring that is filled whole never runs empty. */
static void
overwrite_copies(void)
{
	const wchar_t blank[2] = { term.ascii ? L'.' : 0xa0, 0 };
	cchar_t c;
	int i, x, y;

	(void)flushinp();
	for (i = 0; i < KEY_RING - 1; i++)
		(void)ungetch(' ');
	for (i = 0; i < KEY_RING - 1; i++)
		(void)getch();
	if (setcchar(&c, blank, A_NORMAL, 0, NULL) != OK)
		return;
	for (y = 0; y < LINES; y++)
		for (x = 0; x < COLS; x++)
			(void)mvadd_wch(y, x, &c);
	(void)clearok(stdscr, TRUE);
	(void)refresh();
}

/* The kernel keeps the last 4096 keys that were read.  The Linux console
 * answers a question by itself, and its answers take their place. */
static void
overwrite_typed(void)
{
	static const char ask[] = "\033[c";	/* five bytes come back */
	const char *name = getenv("TERM");
	struct pollfd f = { .fd = STDIN_FILENO, .events = POLLIN };
	char answer[512];
	ssize_t n = 0;
	size_t all;
	int i;

	if (name == NULL || strcmp(name, "linux") != 0 ||
	    tcflush(STDIN_FILENO, TCIFLUSH) != 0)
		return;
	for (all = 0; all < TYPED_KEPT; all += (size_t)n) {
		for (i = 0; i < 64; i++)
			(void)!write(STDOUT_FILENO, ask, sizeof(ask) - 1);
		if (poll(&f, 1, 200) <= 0 ||
		    (n = read(STDIN_FILENO, answer, sizeof(answer))) <= 0)
			break;
	}
	(void)poll(NULL, 0, 20);	/* the last of them */
	(void)tcflush(STDIN_FILENO, TCIFLUSH);
}

/* Words were shown: off the screen, out of curses' copies, and out of the
 * scrollback where the terminal can (E3). */
void
term_scrub(void)
{
	char *clear_all = tigetstr("E3");

	overwrite_copies();
	overwrite_typed();
	(void)erase();
	(void)clearok(stdscr, TRUE);
	(void)refresh();
	if (clear_all != NULL && (intptr_t)clear_all != -1) {
		(void)putp(clear_all);
		(void)fflush(stdout);
	}
}
