#include <linux/kd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

#include "live-build/init/init.h"

/*
 * The kernel's own fonts hold every sign that Coldseal draws but one: the
 * ellipsis.  It takes the place of the peseta.
 */
#define ELLIPSIS 0x2026
#define PESETA 0x20a7
#define ROWS 32			/* a glyph's share of the table, in rows */
#define GLYPHS 512
#define GLYPH_MAX (ROWS * 4)	/* fonts are at most 32 wide */

/* Three dots, two rows high above the base line. */
static void
draw(unsigned char *glyph, unsigned width, unsigned height)
{
	unsigned bytes = (width + 7) / 8, dot = width / 8, x, y, i;

	memset(glyph, 0, ROWS * bytes);
	for (y = height * 5 / 8; y < height * 5 / 8 + height / 8; y++)
		for (i = 0; i < 3; i++)
			for (x = 0; x < dot; x++) {
				unsigned at = dot + i * (width * 5 / 16) + x;

				glyph[y * bytes + at / 8] |=
				    (unsigned char)(0x80 >> at % 8);
			}
}

/* Which glyph stands for the peseta; from now on it is the ellipsis. */
static int
map(int tty)
{
	struct unipair *pairs = calloc(1024, sizeof(*pairs));
	struct unimapdesc all = { .entry_ct = 1024, .entries = pairs };
	int at = -1;
	unsigned i;

	if (pairs == NULL || ioctl(tty, GIO_UNIMAP, &all) != 0) {
		free(pairs);
		return -1;
	}
	for (i = 0; i < all.entry_ct; i++)
		if (pairs[i].unicode == PESETA) {
			pairs[i].unicode = ELLIPSIS;
			at = pairs[i].fontpos;
		}
	if (at >= 0 && (ioctl(tty, PIO_UNIMAPCLR, NULL) != 0 ||
	    ioctl(tty, PIO_UNIMAP, &all) != 0))
		at = -1;
	free(pairs);
	return at;
}

/* Where this cannot be done, a sign is missing and nothing else. */
void
console_ellipsis(const struct machine *m)
{
	unsigned char *data = calloc(GLYPHS, GLYPH_MAX);
	struct console_font_op op = { .op = KD_FONT_OP_GET, .width = 32,
	    .height = ROWS, .charcount = GLYPHS, .data = data };
	int at;

	if (data != NULL && ioctl(m->tty, KDFONTOP, &op) == 0 &&
	    op.width >= 8 && (at = map(m->tty)) >= 0 &&
	    (unsigned)at < op.charcount) {
		draw(data + (size_t)at * ROWS * ((op.width + 7) / 8),
		    op.width, op.height);
		op.op = KD_FONT_OP_SET;
		(void)ioctl(m->tty, KDFONTOP, &op);
	}
	free(data);
}
