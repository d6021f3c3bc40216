/*
 * A key that comes in pieces, on the command line: typed one after the other
 * on a terminal, or from a file; made into a key, or tried against one.
 */
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/base/secret.h"
#include "core/proc/memory.h"
#include "tui/cli.h"
#include "tui/cli_ask.h"
#include "tui/pieces_says.h"

struct talk {				/* in locked memory */
	struct engine	*en;
	char		line[ASK_LINE];
	struct pieces_count count;
	bool		ended;		/* the owner says that these are all */
	struct fault	fault;
};

/* --- a wait that may take minutes ---------------------------------------- */

struct wait {
	struct engine	*en;
	struct timespec	began, said;
};

static uint64_t
since(const struct timespec *t, const struct timespec *now)
{
	int64_t ms = (int64_t)(now->tv_sec - t->tv_sec) * 1000 +
	    (now->tv_nsec - t->tv_nsec) / 1000000;

	return ms > 0 ? (uint64_t)ms : 0;
}

/* Once a second, on a terminal; Ctrl-C ends the program and so the wait. */
static bool
go_on(void *arg)
{
	struct wait *w = arg;
	struct engine_work done = engine_work(w->en);
	struct timespec now = { 0 };
	char text[64];

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	if (since(&w->said, &now) < 1000 || !isatty(STDERR_FILENO) ||
	    done.total == 0)
		return true;
	w->said = now;
	pieces_wait(done.done, done.total, since(&w->began, &now), text,
	    sizeof(text));
	fprintf(stderr, "\r\033[KThe passphrase of the shares at work: %s.  "
	    "Ctrl-C stops.", text);
	return true;
}

static void
wait_begin(struct engine *en, struct wait *w)
{
	*w = (struct wait){ .en = en };
	(void)clock_gettime(CLOCK_MONOTONIC, &w->began);
	w->said = w->began;
	engine_patience(en, go_on, w);
}

static void
wait_end(struct engine *en, const struct wait *w)
{
	engine_patience(en, NULL, NULL);
	if (since(&w->began, &w->said) > 0)
		(void)fputs("\r\033[K", stderr);
}

enum err
cli_unlock(struct engine *en, struct span text, struct span passphrase,
    struct fpr *fpr, struct fault *f)
{
	struct wait w;
	enum err e;

	wait_begin(en, &w);
	e = engine_unlock(en, text, passphrase, fpr, f);
	wait_end(en, &w);
	return e;
}

/* --- typed ---------------------------------------------------------------- */

static void
complain(struct talk *t, enum err e)
{
	char why[FAULT_TEXT_MAX];

	fault_text(&t->fault, e, why);
	printf("Not taken: %s.\n", why);
	t->fault = (struct fault){ 0 };
}

/* The first of Seed XOR looks like words that are no piece. */
static enum err
piece(struct talk *t)
{
	struct span line = span_text(t->line);
	enum gather_how how = t->count.kind == PIECES_XOR ? GATHER_PART :
	    GATHER_SHARE;
	enum err e = engine_gather(t->en, how, line, &t->count, &t->fault);

	if (e == ERR_RANGE && t->count.kind == PIECES_NONE) {
		t->fault = (struct fault){ 0 };
		e = engine_gather(t->en, GATHER_PART, line, &t->count,
		    &t->fault);
	}
	return e;
}

static enum err
one_line(struct talk *t)
{
	enum err e;

	printf("\nNumber %u: ", t->count.all + 1u);
	(void)fflush(stdout);
	if ((e = ask_line(t->line)) != 0)
		return e;
	ask_scrub();
	t->ended = t->line[0] == '\0' && t->count.enough;
	if (t->line[0] == '\0')
		return 0;
	if (strcmp(t->line, "-") == 0)
		e = engine_gather(t->en, GATHER_BACK, span_of(NULL, 0),
		    &t->count, &t->fault);
	else
		e = piece(t);
	wipe(t->line, sizeof(t->line));
	if (e == 0 || e == ERR_DEAD)
		return e;
	complain(t, e);
	return 0;
}

static enum err
passphrase(struct talk *t)
{
	wipe(t->line, sizeof(t->line));
	if (t->count.kind == PIECES_CODEX32)
		return 0;
	printf("\nThe passphrase, if there is one (every passphrase gives a "
	    "key): ");
	(void)fflush(stdout);
	return ask_line(t->line);
}

static enum err
talk_pieces(void *arg)
{
	struct talk *t = arg;
	char says[PIECES_TEXT_MAX];
	enum err e = 0;

	ask_say("Shares of SLIP-39 or codex32, or parts of Seed XOR: one to a "
	    "line.  Be alone.\nA line with - takes the last one back; an "
	    "empty line says that these are all;\nCtrl-C gives up.\n");
	while (e == 0 && !t->ended) {
		pieces_says(&t->count, says);
		printf("\n%s\n", says);
		if ((e = one_line(t)) == 0)
			t->ended = t->ended || (t->count.enough &&
			    t->count.kind != PIECES_XOR);
	}
	return e != 0 ? e : passphrase(t);
}

static int
say_why(const char *what, enum err e, const struct fault *f)
{
	char why[FAULT_TEXT_MAX];

	fault_text(f, e, why);
	fprintf(stderr, "coldseal: %s: %s\n", what, e == ERR_IO ?
	    "this asks on a terminal; or name a file" :
	    e == ERR_STOPPED ? "given up" : why);
	return e == ERR_STOPPED || e == ERR_IO ? EXIT_USAGE : cli_code(e);
}

/* What is to be done with what was typed, or stands in a file. */
typedef enum err use(struct engine *, struct span text, struct span passphrase,
    struct fpr *, enum tried *, struct fault *);

static enum err
use_unlock(struct engine *en, struct span text, struct span pass,
    struct fpr *fpr, enum tried *is, struct fault *f)
{
	*is = TRIED_AT_HAND;
	return cli_unlock(en, text, pass, fpr, f);
}

static enum err
use_rehearse(struct engine *en, struct span text, struct span pass,
    struct fpr *fpr, enum tried *is, struct fault *f)
{
	struct wait w;
	enum err e;

	wait_begin(en, &w);
	e = engine_rehearse(en, text, pass, is, fpr, f);
	wait_end(en, &w);
	return e;
}

static enum err
of_terminal(struct engine *en, use *with, struct fpr *fpr, enum tried *is,
    struct fault *f)
{
	struct talk *t = secret_new(sizeof(*t));
	enum err e, end;

	if (t == NULL)
		return ERR_SPACE;
	wipe(t, sizeof(*t));
	t->en = en;
	if ((e = ask_terminal(talk_pieces, t)) == 0)
		e = with(en, span_of(NULL, 0), span_text(t->line), fpr, is, f);
	else
		*f = t->fault;
	end = e != ERR_DEAD ? engine_end_backup(en) : ERR_NONE;
	secret_free(t);
	return e != 0 ? e : end;
}

static int
of_either(struct engine *en, const struct options *opt, use *with,
    struct fpr *fpr, enum tried *is)
{
	struct fault f = { 0 };
	struct span text;
	enum err e;
	int code;

	if (opt->nfile > 2) {
		fputs("coldseal: name one file, or none to type the pieces\n",
		    stderr);
		return EXIT_USAGE;
	}
	if (opt->nfile < 2) {
		e = of_terminal(en, with, fpr, is, &f);
	} else {
		if ((code = cli_secret_file(opt->file[1], &text)) != EXIT_DONE)
			return code;
		e = with(en, text, span_of(NULL, 0), fpr, is, &f);
		cli_secret_end(text);
	}
	return e == 0 ? EXIT_DONE : say_why("no key came of it", e, &f);
}

int
cli_recover(struct engine *en, const struct options *opt)
{
	struct fpr fpr = { { 0 } };
	enum tried is = TRIED_OTHER;
	char name[9];
	int code = of_either(en, opt, use_unlock, &fpr, &is);

	if (code != EXIT_DONE)
		return code;
	fpr_text(&fpr, name);
	printf("fingerprint: %s\n", name);
	if (opt->vault != NULL)
		return cli_vault_take(en, opt, &fpr);
	puts("It is kept nowhere: --vault FILE keeps it, and --words takes "
	    "the same file.");
	return EXIT_DONE;
}

int
cli_rehearse(struct engine *en, const struct options *opt)
{
	struct fpr fpr = { { 0 } };
	enum tried is = TRIED_OTHER;
	char name[9];
	int code = of_either(en, opt, use_rehearse, &fpr, &is);

	if (code != EXIT_DONE)
		return code;
	fpr_text(&fpr, name);
	if (is == TRIED_OTHER) {
		puts("no: this is another key");
		return EXIT_REFUSED;
	}
	if (is == TRIED_WORDS) {
		printf("no: the words are those of key %s, the passphrase is "
		    "not\n", name);
		return EXIT_REFUSED;
	}
	printf("yes: this is key %s%s\n", name, is == TRIED_IN_VAULT ?
	    " of the vault" : "");
	return EXIT_DONE;
}
