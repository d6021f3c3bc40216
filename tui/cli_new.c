/* A new key on a plain terminal (tui/cli_ask.h). */
#include <stdio.h>
#include <string.h>

#include "core/base/secret.h"
#include "core/proc/memory.h"
#include "tui/cli.h"
#include "tui/cli_ask.h"

#define TEXT_MAX 352
#define MONERO 25

struct asking {			/* in locked memory */
	char		line[ASK_LINE];
	char		words[TEXT_MAX];
	char		grid[GRID_MAX];
	struct engine	*en;
	struct fpr	fpr;
	unsigned	n;
	bool		dice, bare;
};

/* One line, without its end. */
static bool
ask(struct asking *a)
{
	return ask_line(a->line) == 0;
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
	    ENTROPY_MIXED, a->n, a->bare, &t);
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
			ask_say("Not enough yet.\n");
		else
			return a->bare ? engine_bare(en, &a->fpr, &f) :
			    engine_words(en, a->words, sizeof(a->words), &f);
		if (e == ERR_FORM) {
			ask_say("Not taken: type 1 to 6 and nothing else.\n");
			e = 0;
		}
	}
	return e;
}

static enum err
show(struct asking *a)
{
	enum err e;

	ask_say("Write these words on paper, in this order.  They are shown "
	    "this once.\n\n");
	e = ask_show(span_text(a->words), a->grid);
	wipe(a->words, sizeof(a->words));
	if (e != 0)
		return e;
	ask_say("\nEnter when they are on paper: the screen is cleared, and "
	    "some are asked for. ");
	return ask_line(a->line);
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
			ask_say("That is another word.  Look at your paper; "
			    "the questions begin anew.\n");
	}
	return e == 0 && left != 0 ? ERR_STATE : e;
}

static void
about(const struct asking *a)
{
	if (a->bare)
		printf("A new key: a seed of %u bytes, for shares", a->n == 12 ?
		    16 : 32);
	else
		printf("A new %s of %u words", a->n == MONERO ?
		    "Monero wallet" : "key", a->n);
	printf(", from %s.\nBe alone: no camera, no telephone.  Ctrl-C gives "
	    "up.\n\nRoll a die and type what it shows, as many as you like "
	    "to a line;\nan empty line when there are enough.\n\n", a->dice ?
	    "dice only" : "this machine's randomness and your dice");
}

static enum err
make(void *arg)
{
	struct asking *a = arg;
	enum err e;

	about(a);
	if ((e = gather(a->en, a)) == 0 && a->bare) {
		ask_scrub();
		return 0;
	}
	if (e == 0) {
		ask_scrub();
		e = show(a);
	}
	ask_scrub();
	return e == 0 ? quiz(a->en, a, &a->fpr) : e;
}

int
cli_new(struct engine *en, const struct options *opt)
{
	struct asking *a = secret_new(sizeof(*a));
	struct fpr fpr = { { 0 } };
	enum err e = ERR_SPACE, end;
	char text[9];
	int code;

	if (a != NULL) {
		wipe(a, sizeof(*a));
		a->n = opt->count;
		a->dice = opt->dice;
		a->bare = opt->seed > 0;
		a->en = en;
		e = ask_terminal(make, a);
		fpr = a->fpr;
		secret_free(a);
	}
	end = e != ERR_DEAD ? engine_end_new(en) : ERR_NONE;
	if (e == 0 && (e = end) == 0) {
		fpr_text(&fpr, text);
		printf("fingerprint: %s\n", text);
		code = opt->seed > 0 ? cli_shares(en, opt, &fpr) : EXIT_DONE;
		return code != EXIT_DONE ? code : cli_vault_take(en, opt,
		    &fpr);
	}
	fprintf(stderr, "coldseal: no key was made: %s\n", e == ERR_IO ?
	    "this asks on a terminal, and writes words nowhere else" :
	    e == ERR_REFUSED ? "the rolls are not such as fair dice give" :
	    e == ERR_STOPPED ? "given up" : err_text(e));
	return e == ERR_STOPPED ? EXIT_USAGE : cli_code(e);
}
