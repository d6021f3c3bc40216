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

void
vault_why(enum err e, const struct fault *f, char text[FAULT_TEXT_MAX])
{
	if (e == ERR_FORM && f->where[0] == '\0')
		(void)snprintf(text, FAULT_TEXT_MAX, "this is no vault");
	else if (f->where[0] != '\0')
		(void)snprintf(text, FAULT_TEXT_MAX, "%s: %s; %s", f->where,
		    err_text(e), err_advice(e));
	else
		fault_text(NULL, e, text);
}
