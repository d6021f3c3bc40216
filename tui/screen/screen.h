/*
 * screen.h - one screen: what it draws, its keys, its help.
 *
 * The keys shown at the bottom come from the table that binds them, so what
 * is shown works and what works is shown (but for second keys, which the help
 * lists).
 *
 *	source	design, section 3
 *	shapes	a row a screen, in screen_table
 *	units	columns and rows
 *	owns	nothing
 *	errors	none
 *	secrets	those of the model
 *	tests	tests/unit/tui_golden_test.c
 */
#ifndef TUI_SCREEN_SCREEN_H
#define TUI_SCREEN_SCREEN_H

#include "tui/flow.h"
#include "tui/widget/scroll.h"

struct binding {
	uint32_t	 key, other;	/* other: does the same, or K_NONE */
	const char	*shown;		/* "Esc" */
	const char	*label;		/* "back"; NULL: not in the footer */
	bool		(*when)(const struct app *);	/* NULL: always */
	void		(*run)(struct app *, struct effects *);
};

struct area { int x, y, w, h; };

struct screen {
	const char		*title;
	const char		*help;
	const struct binding	*keys;		/* ends with K_NONE */
	void	(*draw)(const struct app *, struct canvas *, struct area);
	/* Keys that are text come here first; true: taken.  NULL: none. */
	bool	(*text)(struct app *, uint32_t key, struct effects *);
	/* What the keys below move through. */
	struct scroll (*scroll)(struct app *);
};

extern const struct screen *const screen_table[SCREEN_COUNT];
extern const struct screen welcome_screen, words_screen, fingerprint_screen,
    echo_screen, passphrase_screen, home_screen, item_screen, review_screen,
    accept_screen, agree_screen, target_screen, done_screen, address_screen,
    find_screen, settings_screen, help_screen, codes_screen, guide_screen,
    qr_screen, about_screen, locked_screen, leave_screen, died_screen,
    new_screen, gather_screen, shown_screen, quiz_screen, airgap_screen,
    export_screen, keyboard_screen, medium_screen, wallets_screen,
    join_screen, wallet_screen, payid_screen, keys_screen, lock_screen,
    note_screen, things_screen, file_screen,
    vault_screen, keep_screen, stick_screen, log_screen, backup_screen,
    share_screen, forms_screen, codex_screen, pieces_screen,
    tried_screen;
extern const struct screen unstored_screen;
extern const struct screen age_screen, restore_screen, child_screen,
    sheet_screen;

/* For the tables of keys of such screens. */
void	scroll_up(struct app *, struct effects *);
void	scroll_down(struct app *, struct effects *);
void	scroll_pgup(struct app *, struct effects *);
void	scroll_pgdn(struct app *, struct effects *);
void	scroll_first(struct app *, struct effects *);
void	scroll_last(struct app *, struct effects *);

/* The keys of a screen that is one long text. */
#define SCROLL_KEYS \
	{ K_DOWN, 'j', "Up Down PgUp PgDn", "move", NULL, scroll_down }, \
	{ K_UP, 'k', "Up", NULL, NULL, scroll_up }, \
	{ K_PGDN, K_SPACE, "PgDn", NULL, NULL, scroll_pgdn }, \
	{ K_PGUP, 'b', "PgUp", NULL, NULL, scroll_pgup }, \
	{ K_HOME, K_NONE, "Home", NULL, NULL, scroll_first }, \
	{ K_END, 'G', "End", NULL, NULL, scroll_last }

/* Where keys come from, and where they stay. */
void	keys_go(struct app *, struct effects *);
/* A vault among the files; the first that lies on a stick. */
bool	vault_is_open(const struct app *, const struct item *);
void	vault_item(struct app *, const struct item *, struct effects *);
bool	vault_found(const struct app *);
void	vault_go(struct app *, struct effects *);
/* How many rows it took. */
int	vault_line(const struct app *, struct canvas *, int x, int y);

/* A passphrase in two lines: the keys that go into it; is it there twice, and
 * the same?; shown or hidden. */
bool	typed_text(struct app *, uint32_t key, struct effects *);
bool	typed_twice(struct app *);
void	typed_show(struct app *, struct effects *);
/* A warning is accepted by its name, which is typed; said where it is not. */
void	accept_draw(const struct app *, struct canvas *, int x, int y,
	    const char *code);
bool	accept_text(struct app *, uint32_t key, struct effects *);
bool	accept_typed(struct app *, const char *code);
/* From what the help led to. */
void	help_back(struct app *, struct effects *);

/* The rows between header and footer, as tall as the screen allows. */
struct area screen_area(const struct app *);
/* Lines of "path address"; the one under the cursor as a QR code. */
void	address_list(struct canvas *, int y, int end, const char *text,
	    size_t at);
/* The note on the one under the cursor; a change of it. */
void	address_note(struct canvas *, int y, const char *text, size_t at);
void	address_label(struct app *, const char *text, size_t at,
	    struct effects *);
void	address_qr(struct app *, const char *text, size_t at,
	    struct effects *);
/* The files under their headings, the cursor among them. */
void	home_list(const struct app *, struct canvas *, int y, int h);
/* What the live image tried: a line where it is known, and the way there. */
void	airgap_line(const struct app *, struct canvas *, int x, int y);
bool	airgap_shown(const struct app *);
void	airgap_go(struct app *, struct effects *);
/* The stick that the live image came from: only there. */
void	medium_go(struct app *, struct effects *);
/* Keyboard layouts, where there are some to choose from. */
void	keyboard_line(const struct app *, struct canvas *, int x, int y);
bool	keyboard_shown(const struct app *);
void	keyboard_go(struct app *, struct effects *);

#endif
