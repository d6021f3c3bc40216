#include <stddef.h>

#include "core/base/backup.h"

const struct child_form *
child_form(enum child_kind kind)
{
	static const struct child_form form[CHILD_KINDS] = {
		[CHILD_WORDS] = { "words", "words", 12, 24, 3, 24 },
		[CHILD_WIF] = { "wif", "", 0, 0, 1, 0 },
		[CHILD_XPRV] = { "xprv", "", 0, 0, 1, 0 },
		[CHILD_HEX] = { "hex", "bytes", 16, 64, 1, 32 },
		[CHILD_BASE64] = { "base64", "characters", 20, 86, 1, 21 },
		[CHILD_BASE85] = { "base85", "characters", 10, 80, 1, 12 },
		[CHILD_DICE] = { "dice", "rolls", 1, 100, 1, 20 },
	};

	return (unsigned)kind < CHILD_KINDS ? &form[kind] : NULL;
}
