/*
 * word.h - one word of the list being typed, and those that are there: what
 * the screens that ask for words share.
 *
 *	source	BIP39: four letters tell a word
 *	shapes	the model's line, completed by the keeper
 *	units	columns and rows
 *	owns	nothing
 *	errors	a note
 *	secrets	those of the model
 *	tests	tests/unit/tui_golden_test.c, tests/unit/tui_new_test.c
 */
#ifndef TUI_SCREEN_WORD_H
#define TUI_SCREEN_WORD_H

#include "tui/screen/screen.h"

#define WORDS_MAX 25

#define CODEX_NAME "codex32: letters and figures that begin with ms1"

/* The forms that are words; one of them begun, to load or to rehearse. */
size_t	 words_forms(void);
const char *words_form(size_t);
void	 words_begin(struct app *, size_t, bool rehearse, struct effects *);
void	 codex_begin(struct app *, bool rehearse, struct effects *);

/* Is what is typed to be loaded, or only tried? */
bool	 entry_loads(const struct app *);
bool	 entry_rehearses(const struct app *);

/* The number and the line, and how far the keeper knows it. */
void	 word_draw(const struct app *, struct canvas *, int x, int y,
	    size_t number);
/* Letters and what takes them back; true: taken. */
bool	 word_key(struct app *, uint32_t key, struct effects *);
/* What is typed, completed; NULL: not one word yet, and a note says so. */
const char *word_typed(struct app *);
/* The line is empty again. */
void	 word_clear(struct app *);
/* Numbered places, and the words that stand there. */
void	 word_grid(const struct app *, struct canvas *, int x, int y,
	    size_t places, bool show);
/* Where the i-th word begins, and its length. */
const char *word_nth(const struct secrets *, size_t i, size_t *n);

#endif
