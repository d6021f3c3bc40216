/*
 * A new key on a plain terminal.  It draws on the terminal's second screen
 * and takes Ctrl-C as a line of its own, so that the words are off the screen
 * however it ends; the parent does the same when this process dies.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "core/base/secret.h"
#include "core/proc/memory.h"
#include "tui/cli.h"

#define LINE 256
#define TEXT_MAX 352
#define ROWS_MAX 7
#define MONERO 25
#define CTRL_C 3

struct asking {			/* in locked memory */
	char		line[LINE];
	char		words[TEXT_MAX];
	char		grid[ROWS_MAX * 80];
	unsigned	n;
	bool		dice;
};

static void
say(const char *s)
{
	(void)fputs(s, stdout);
	(void)fflush(stdout);
}

/* Off the screen, and out of what can be scrolled back to. */
static void
scrub(void)
{
	say("\033[H\033[2J\033[3J");
}

/* One line, without its end.  False: Ctrl-C, Ctrl-D, or too long. */
static bool
ask(struct asking *a)
{
	ssize_t n;

	wipe(a->line, sizeof(a->line));
	do
		n = read(STDIN_FILENO, a->line, sizeof(a->line) - 1);
	while (n < 0 && errno == EINTR);
	if (n <= 0 || a->line[n - 1] != '\n')
		return false;
	a->line[n - 1] = '\0';
	return memchr(a->line, CTRL_C, (size_t)n) == NULL;
}

static void
prompt(const struct asking *a, const struct entropy_tally *t)
{
	if (a->dice)
		printf("%u of %u rolls: ", t->have, t->need);
	else
		printf("%u of %u bits: ", t->have / 1000, t->need / 1000);
	(void)fflush(stdout);
}

/* Lines of rolls until there are enough and an empty one comes. */
static enum err
gather(struct engine *en, struct asking *a)
{
	struct entropy_tally t;
	enum err e = engine_new_key(en, a->dice ? ENTROPY_DICE :
	    ENTROPY_MIXED, a->n, &t);
	struct fault f;

	while (e == 0) {
		prompt(a, &t);
		if (!ask(a))
			return ERR_STOPPED;
		f = (struct fault){ 0 };
		if (a->line[0] != '\0')
			e = engine_feed(en, SOURCE_DICE, span_text(a->line),
			    &t, &f);
		else if (t.have < t.need)
			say("Not enough yet.\n");
		else
			return engine_words(en, a->words, sizeof(a->words),
			    &f);
		if (e == ERR_FORM) {
			say("Not taken: type 1 to 6 and nothing else.\n");
			e = 0;
		}
	}
	return e;
}

/* Straight to the terminal: no buffer of stdio sees the words. */
static enum err
show(struct asking *a)
{
	unsigned i, rows = a->n == MONERO ? ROWS_MAX : ROWS_MAX - 1;
	const char *word = a->words;
	size_t n;

	memset(a->grid, ' ', sizeof(a->grid));
	for (i = 0; i < a->n; i++) {
		char *at = a->grid + i % rows * 80 + i / rows * 18 + 2;

		at[0] = i + 1 < 10 ? ' ' : (char)('0' + (i + 1) / 10);
		at[1] = (char)('0' + (i + 1) % 10);
		n = strcspn(word, " ");
		memcpy(at + 3, word, n);
		word += n + (word[n] == ' ');
	}
	for (i = 0; i < rows; i++)
		a->grid[i * 80 + 79] = '\n';
	wipe(a->words, sizeof(a->words));
	say("Write these words on paper, in this order.  They are shown this "
	    "once.\n\n");
	if (write(STDOUT_FILENO, a->grid, rows * 80) != (ssize_t)rows * 80)
		return ERR_IO;
	wipe(a->grid, sizeof(a->grid));
	say("\nEnter when they are on paper: the screen is cleared, and some "
	    "are asked for. ");
	return ask(a) ? ERR_NONE : ERR_STOPPED;
}

/* Four letters are enough, three of Monero's. */
static enum err
answer(struct engine *en, struct asking *a, size_t *left, struct fpr *fpr)
{
	size_t count = 0;
	char first[LIST_WORD_MAX + 1] = "";
	bool whole = false;
	enum err e;

	if (strlen(a->line) > LIST_WORD_MAX)
		return ERR_MISMATCH;
	e = engine_complete(en, a->n == MONERO ? LIST_MONERO :
	    LIST_BIP39, a->line, &count, first, &whole);
	if (e == 0)
		e = engine_say(en, span_text(!whole && count == 1 ? first :
		    a->line), left, fpr);
	wipe(first, sizeof(first));
	return e;
}

static enum err
quiz(struct engine *en, struct asking *a, struct fpr *fpr)
{
	uint8_t at[MONERO];
	size_t i, n = 0, left = 1;
	enum err e = ERR_MISMATCH;

	while (e == ERR_MISMATCH) {
		e = engine_quiz(en, a->n / 3, at, sizeof(at), &n);
		for (i = 0; e == 0 && i < n; i++) {
			printf("Word %u: ", at[i] + 1u);
			(void)fflush(stdout);
			if (!ask(a))
				return ERR_STOPPED;
			e = answer(en, a, &left, fpr);
		}
		if (e == ERR_MISMATCH)
			say("That is another word.  Look at your paper; the "
			    "questions begin anew.\n");
	}
	return e == 0 && left != 0 ? ERR_STATE : e;
}

static enum err
make(struct engine *en, struct asking *a, struct fpr *fpr)
{
	enum err e;

	say("\033[?1049h");
	scrub();
	printf("A new %s of %u words, from %s.\nBe alone: no camera, no "
	    "telephone.  Ctrl-C gives up.\n\nRoll a die and type what it "
	    "shows, as many as you like to a line;\nan empty line when there "
	    "are enough.\n\n", a->n == MONERO ? "Monero wallet" : "key", a->n,
	    a->dice ? "dice only" : "this machine's randomness and your dice");
	if ((e = gather(en, a)) == 0) {
		scrub();
		e = show(a);
	}
	scrub();
	if (e == 0)
		e = quiz(en, a, fpr);
	scrub();
	say("\033[?1049l");
	return e;
}

static enum err
on_terminal(struct engine *en, struct asking *a, struct fpr *fpr)
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
	e = make(en, a, fpr);
	if (tcsetattr(STDIN_FILENO, TCSAFLUSH, &was) != 0 && e == 0)
		e = ERR_IO;
	return e;
}

int
cli_new(struct engine *en, const struct options *opt)
{
	struct asking *a = secret_new(sizeof(*a));
	struct fpr fpr = { { 0 } };
	enum err e = ERR_SPACE, end;
	char text[9];

	if (a != NULL) {
		wipe(a, sizeof(*a));
		a->n = opt->count;
		a->dice = opt->dice;
		e = on_terminal(en, a, &fpr);
		secret_free(a);
	}
	end = e != ERR_DEAD ? engine_end_new(en) : ERR_NONE;
	if (e == 0 && (e = end) == 0) {
		fpr_text(&fpr, text);
		printf("fingerprint: %s\n", text);
		return EXIT_DONE;
	}
	fprintf(stderr, "coldseal: no key was made: %s\n", e == ERR_IO ?
	    "this asks on a terminal, and writes words nowhere else" :
	    e == ERR_REFUSED ? "the rolls are not such as fair dice give" :
	    e == ERR_STOPPED ? "given up" : err_text(e));
	return e == ERR_STOPPED ? EXIT_USAGE : cli_code(e);
}
