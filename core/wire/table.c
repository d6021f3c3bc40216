#include "core/wire/table.h"

const struct msg_row msg_table[MSG_COUNT] = {
#define X(name, from, to, states, cap, fds)				\
	[MSG_##name] = { #name, ROLE_##from, ROLE_##to, (states),	\
	    (cap), (fds) },
	MSG_LIST(X)
#undef X
};

enum err
msg_allowed(unsigned msg, enum role from, enum role to, uint8_t state,
    size_t body, size_t fds)
{
	const struct msg_row *row;

	if (msg == MSG_NONE || msg >= MSG_COUNT)
		return ERR_STATE;
	row = &msg_table[msg];
	if (row->from != from || row->to != to ||
	    (row->states & state) == 0 || fds != row->fds)
		return ERR_STATE;
	if (body > row->cap || body > WIRE_MAX - 1)
		return ERR_TOO_LARGE;
	return 0;
}

const char *
role_name(enum role r)
{
	static const char *const names[ROLE_COUNT] = { "parent", "keeper",
	    "clerk", "front", "mounter" };

	return r < ROLE_COUNT ? names[r] : "nobody";
}
