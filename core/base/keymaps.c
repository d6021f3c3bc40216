#include "core/base/keymaps.h"

/* Printable, then zeros to the end, of which there is at least one. */
static bool
is_name(const uint8_t *p)
{
	size_t n = 0, i;

	while (n < KEYMAP_NAME && p[n] >= 0x20 && p[n] <= 0x7e)
		n++;
	for (i = n; i < KEYMAP_NAME; i++)
		if (p[i] != 0)
			return false;
	return n > 0 && n < KEYMAP_NAME;
}

enum err
keymaps_read(struct span text, struct keymaps *out)
{
	size_t i, n = text.n / KEYMAP_RECORD;

	*out = (struct keymaps){ .n = 0 };
	if (n == 0 || n > KEYMAPS_MAX || text.n % KEYMAP_RECORD != 0)
		return ERR_FORM;
	for (i = 0; i < n; i++) {
		if (!is_name(text.p + i * KEYMAP_RECORD))
			return ERR_FORM;
		out->name[i] = (const char *)text.p + i * KEYMAP_RECORD;
	}
	out->n = n;
	return 0;
}
