#include <stdio.h>

#include "tui/vault_says.h"

/* A state that is not there any more was the newer or the older one: either
 * way the next change makes it whole again. */
const char *
vault_odd(enum slot_state st)
{
	static const char *const what[SLOT_STATES] = {
		[SLOT_NONE] = "one of its two states is missing; the other "
		    "is open",
		[SLOT_FOREIGN] = "one of its two states is damaged; the other "
		    "is open",
		[SLOT_DAMAGED] = "one of its two states is damaged; the other "
		    "is open",
		[SLOT_TORN] = "the last change was not written whole; the "
		    "state before it is open",
		[SLOT_NEWER] = "one of its two states is of a newer version",
		[SLOT_LOCKED] = "one of its two states has another "
		    "passphrase",
		[SLOT_COST] = "one of its two states asks for an unlock that "
		    "is not allowed",
	};

	return st < SLOT_STATES ? what[st] : NULL;
}

const char *
vault_unstored(enum err e)
{
	if (e == ERR_GONE)
		return "its stick is not plugged in";
	if (e == ERR_MISMATCH)
		return "the file of that name on the stick is not this vault. "
		    "Plug in the vault's own stick";
	if (e == ERR_SPACE)
		return "the vault is full. coldseal vault takes things out of "
		    "it";
	return e == ERR_READONLY ? "its stick is read-only" : err_text(e);
}

/* What the general sentences would say wrongly of a vault.  A place that tells
 * all stands alone. */
static const struct {
	enum err	 err;
	const char	*alone, *placed;
} says[] = {
	{ ERR_FORM, "this is no vault", NULL },
	{ ERR_RANGE, NULL, "" },
	{ ERR_SPACE, NULL, "" },
	{ ERR_VERSION, "a newer Coldseal made it; open it with that one",
	    NULL },
	{ ERR_MISSING, "it is not in the vault", "it is not there" },
	{ ERR_DUPLICATE, "the vault has it already", "the vault has it "
	    "already" },
	{ ERR_STOPPED, "nothing was changed", NULL },
};

void
vault_why(enum err e, const struct fault *f, char text[FAULT_TEXT_MAX])
{
	bool placed = f->where[0] != '\0';
	const char *what = NULL;
	size_t i;

	for (i = 0; i < sizeof(says) / sizeof(says[0]); i++)
		if (says[i].err == e)
			what = placed ? says[i].placed : says[i].alone;
	if (what != NULL)
		(void)snprintf(text, FAULT_TEXT_MAX, "%s%s%s", f->where,
		    placed && what[0] != '\0' ? ": " : "", what);
	else if (placed)
		(void)snprintf(text, FAULT_TEXT_MAX, "%s: %s; %s", f->where,
		    err_text(e), err_advice(e));
	else
		fault_text(NULL, e, text);
}
