#include "core/base/passphrase.h"

enum passphrase_worth
passphrase_worth(size_t n, size_t least)
{
	return n < least ? PASSPHRASE_TOO_SHORT : n < 12 ? PASSPHRASE_SHORT :
	    n < 25 ? PASSPHRASE_FAIR : PASSPHRASE_LONG;
}

const char *
passphrase_says(enum passphrase_worth w)
{
	static const char *const text[] = {
		[PASSPHRASE_TOO_SHORT] = "too short",
		[PASSPHRASE_SHORT] = "short; such a one can be tried out",
		[PASSPHRASE_FAIR] = "only strong if it was drawn by chance",
		[PASSPHRASE_LONG] = "long; strong unless it lies somewhere",
	};

	return text[w];
}

enum err
passphrase_fits(size_t n, struct fault *f)
{
	if (n >= PASSPHRASE_LEAST && n <= PASSPHRASE_MOST)
		return 0;
	fault_set(f, 0, "a passphrase of %d to %d bytes is needed",
	    PASSPHRASE_LEAST, PASSPHRASE_MOST);
	return ERR_RANGE;
}
