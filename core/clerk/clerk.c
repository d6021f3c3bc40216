#include "core/clerk/clerk.h"
#include "core/clerk/state.h"
#include "core/crypto/secp.h"
#include "core/proc/memory.h"
#include "core/proc/sandbox.h"

#define FILE_ARENA ((size_t)4 << 30)	/* address space; used as needed */
#define SESSION_ARENA ((size_t)256 << 20)
#define LABELS_ARENA ((size_t)8 << 20)

static clerk_on *const handlers[MSG_COUNT] = {
	[MSG_OPEN] = clerk_on_open,
	[MSG_AGREE] = clerk_on_agree,
	[MSG_MAKE] = clerk_on_make,
	[MSG_FORGET] = clerk_on_forget,
	[MSG_ADDRESSES] = clerk_on_addresses,
	[MSG_FIND_ADDRESS] = clerk_on_find_address,
	[MSG_EXPORT] = clerk_on_export,
	[MSG_WALLETS] = clerk_on_wallets,
	[MSG_WALLET] = clerk_on_wallet,
	[MSG_RECALL] = clerk_on_recall,
	[MSG_LEARNT] = clerk_on_learnt,
	[MSG_KEPT] = clerk_on_kept,
	[MSG_JOIN] = clerk_on_join,
	[MSG_STOP] = clerk_on_stop,
};

static enum err
serve_one(struct clerk *c, struct packet *p)
{
	uint8_t body[8192];
	struct sink reply = sink_to_buf(body, sizeof(body));
	struct fault f = { 0 };
	enum err e;

	if ((e = channel_recv(c->front, c->state, p)) == ERR_DEAD)
		return e;
	if (e != 0)
		fault_set(&f, 0, "a message that is not allowed now");
	else if (handlers[p->type] == NULL)
		e = ERR_STATE;
	else
		e = handlers[p->type](c, p, &reply, &f);
	if (e == 0 && p->type == MSG_STOP) {
		packet_end(p);
		return 0;
	}
	packet_end(p);
	if (e == 0 && reply.err != 0)
		e = reply.err;
	if (e != 0)
		return channel_fail(c->front, MSG_CLERK_FAIL, e, &f);
	return channel_send(c->front, MSG_CLERK_OK,
	    span_of(body, reply.total), NULL, 0);
}

static enum err
begin(struct clerk *c, struct channel *front, struct channel *keeper)
{
	enum err e;

	c->front = front;
	c->keeper = keeper;
	c->state = CLERK_IDLE;
	c->session.arena = &c->memory;
	if ((e = arena_map(&c->arena, FILE_ARENA)) != 0 ||
	    (e = arena_map(&c->memory, SESSION_ARENA)) != 0 ||
	    (e = arena_map(&c->labels, LABELS_ARENA)) != 0 ||
	    (e = secp_init(NULL)) != 0)
		return e;
	return sandbox_narrow(ROLE_CLERK);
}

/*
 * Everything is taken before the jail; after it the first foreign byte may
 * come.  The desk is locked: view keys lie on it, and in what the keeper says.
 */
int
clerk_run(struct channel *front, struct channel *keeper)
{
	static struct packet p;
	struct clerk *c = secret_new(sizeof(*c));

	if (c == NULL)
		return 1;
	memset(c, 0, sizeof(*c));
	if (begin(c, front, keeper) != 0)
		return 1;
	while (serve_one(c, &p) == 0)
		continue;
	wipe(c, sizeof(*c));
	return 0;
}
