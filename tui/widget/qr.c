#include <qrencode.h>

#include "tui/widget/qr.h"

#define BORDER 4	/* ISO/IEC 18004; readers do with less */
#define BORDER_MIN 2

enum { HALF_TOP = 0x2580, HALF_BOTTOM = 0x2584, FULL = 0x2588 };

/* A code, and how many light modules go around it. */
struct plan {
	QRcode	*code;
	int	 left, top, right, bottom;
	bool	 blocks;
};

/* What is left of room for n modules is border, up to BORDER a side. */
static bool
border(int room, int n, int *before, int *after)
{
	int spare = room - n;

	*before = spare / 2 + spare % 2;
	*after = spare / 2;
	if (*before > BORDER)
		*before = BORDER;
	if (*after > BORDER)
		*after = BORDER;
	return spare >= 2 * BORDER_MIN;
}

static bool
fits(struct plan *p, const struct qr_box *b)
{
	int n = p->code->width;

	return border(p->blocks ? b->w : b->w / 2, n, &p->left, &p->right) &&
	    border(p->blocks ? 2 * b->h : b->h, n, &p->top, &p->bottom);
}

static bool
make(struct plan *p, const struct qr_box *b, const char *text)
{
	static const QRecLevel levels[] = { QR_ECLEVEL_M, QR_ECLEVEL_L };
	size_t i;

	p->blocks = b->blocks;
	for (i = 0; i < 2; i++) {
		p->code = QRcode_encodeString(text, 0, levels[i], QR_MODE_8,
		    1);
		if (p->code == NULL)
			continue;
		if (fits(p, b))
			return true;
		QRcode_free(p->code);
	}
	return false;
}

/* Is the module dark?  Counted from the corner of the border. */
static bool
dark(const struct plan *p, int x, int y)
{
	int n = p->code->width;

	x -= p->left;
	y -= p->top;
	return x >= 0 && y >= 0 && x < n && y < n &&
	    (p->code->data[y * n + x] & 1) != 0;
}

static void
draw_blocks(const struct plan *p, struct canvas *c, const struct qr_box *b,
    int w, int h)
{
	static const uint32_t look[] = { ' ', HALF_TOP, HALF_BOTTOM, FULL };
	int x, y;

	for (y = 0; y < (h + 1) / 2; y++)
		for (x = 0; x < w; x++)
			canvas_put(c, b->x + x, b->y + y, STYLE_QR,
			    look[dark(p, x, 2 * y) +
			    2 * dark(p, x, 2 * y + 1)]);
}

static void
draw_blanks(const struct plan *p, struct canvas *c, const struct qr_box *b,
    int w, int h)
{
	int x, y;

	for (y = 0; y < h; y++)
		for (x = 0; x < w; x++)
			canvas_fill(c, b->x + 2 * x, b->y + y, 2,
			    dark(p, x, y) ? STYLE_QR_DARK : STYLE_QR, ' ');
}

bool
qr_draw(struct canvas *c, const struct qr_box *b, const char *text,
    int *cols)
{
	struct plan p;
	int w, h;

	if (!make(&p, b, text))
		return false;
	w = p.left + p.code->width + p.right;
	h = p.top + p.code->width + p.bottom;
	if (p.blocks)
		draw_blocks(&p, c, b, w, h);
	else
		draw_blanks(&p, c, b, w, h);
	*cols = p.blocks ? w : 2 * w;
	QRcode_free(p.code);
	return true;
}

int
qr_rows(const char *text, bool blocks, int *cols)
{
	QRcode *code = QRcode_encodeString(text, 0, QR_ECLEVEL_L, QR_MODE_8,
	    1);
	int n;

	if (code == NULL)
		return 0;
	n = code->width + 2 * BORDER_MIN;
	QRcode_free(code);
	*cols = blocks ? n : 2 * n;
	return blocks ? (n + 1) / 2 : n;
}
