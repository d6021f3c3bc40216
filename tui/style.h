/*
 * style.h - what a cell on the screen means; the terminal decides its look.
 *
 *	source	design, sections 3 and 6
 *	shapes	an enum; legible in mono as well as in colour
 *	units	none
 *	owns	nothing
 *	errors	none
 *	secrets	none
 *	tests	tests/unit/tui_golden_test.c
 */
#ifndef TUI_STYLE_H
#define TUI_STYLE_H

enum style {
	STYLE_PLAIN,
	STYLE_DIM,		/* context, hints */
	STYLE_BOLD,
	STYLE_ACCENT,		/* hunks, headings */
	STYLE_MINUS,		/* leaves you; also: failed */
	STYLE_PLUS,		/* stays yours; also: done */
	STYLE_BANG,		/* goes to somebody else; also: take care */
	STYLE_REFUSE,		/* refused, cannot be overlooked */
	STYLE_BAR,		/* header and footer */
	STYLE_BAR_KEY,		/* a key's name in the footer */
	STYLE_BAR_TEST,		/* a network whose coins have no value */
	STYLE_SELECT,		/* the line under the cursor */
	STYLE_INPUT,		/* a field to type into */
	STYLE_QR,		/* black on white, whatever is around it */
	STYLE_QR_DARK,		/* all black */
	STYLE_COUNT
};

#endif
