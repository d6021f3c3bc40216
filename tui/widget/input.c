#include "tui/widget/input.h"

#include "core/base/secret.h"
#include "tui/key.h"
#include "tui/utf8.h"

#define BULLET 0x2022u

struct input
input_in(char *buf, size_t cap)
{
	struct input in = { .buf = buf, .cap = cap };

	wipe(buf, cap);
	return in;
}

void
input_clear(struct input *in)
{
	if (in->buf != NULL)
		wipe(in->buf, in->cap);
	in->n = 0;
	in->full = false;
}

static void
delete_last(struct input *in)
{
	while (in->n > 0) {
		unsigned char c = (unsigned char)in->buf[--in->n];

		in->buf[in->n] = '\0';
		if ((c & 0xc0) != 0x80)
			break;
	}
}

bool
input_key(struct input *in, uint32_t key)
{
	char utf8[4];
	size_t i, n;

	if (in->buf == NULL)
		return false;
	if (key == K_CTRL_U) {
		input_clear(in);
		return true;
	}
	in->full = false;
	if (key == K_BACKSPACE) {
		delete_last(in);
		return true;
	}
	if (!key_is_text(key))
		return false;
	n = utf8_put(key, utf8);
	in->full = in->n + n >= in->cap;
	for (i = 0; i < n && !in->full; i++)
		in->buf[in->n++] = utf8[i];
	wipe(utf8, sizeof(utf8));
	return true;
}

void
input_draw(const struct input *in, struct canvas *c, int x, int y, int w,
    bool hidden, bool focus)
{
	const char *p = in->buf;
	int i, n = (int)utf8_columns(p), skip = n >= w ? n - w + 1 : 0;

	canvas_fill(c, x, y, w, STYLE_INPUT, ' ');
	for (i = 0; i < n; i++) {
		uint32_t ch = utf8_next(&p);

		if (i >= skip)
			canvas_put(c, x + i - skip, y, STYLE_INPUT,
			    hidden ? BULLET : ch);
	}
	if (focus)
		canvas_cursor(c, x + n - skip, y);
}
