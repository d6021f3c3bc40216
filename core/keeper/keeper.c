#include <poll.h>
#include <unistd.h>

#include "core/crypto/secp.h"
#include "core/keeper/keeper.h"
#include "core/keeper/state.h"
#include "core/proc/memory.h"
#include "core/proc/random.h"
#include "core/proc/sandbox.h"

#define PLAN_ARENA ((size_t)16 << 20)
#define VAULT_ARENA (2 * VAULT_SLOT + 64)

static keeper_on *const handlers[MSG_COUNT] = {
	[MSG_COMPLETE] = keeper_on_complete,
	[MSG_CHECK_WORDS] = keeper_on_check_words,
	[MSG_UNLOCK] = keeper_on_unlock,
	[MSG_LOCK] = keeper_on_lock,
	[MSG_FINGERPRINTS] = keeper_on_fingerprints,
	[MSG_NEW_KEY] = keeper_on_new_key,
	[MSG_FEED] = keeper_on_feed,
	[MSG_UNFEED] = keeper_on_unfeed,
	[MSG_WORDS] = keeper_on_words,
	[MSG_QUIZ] = keeper_on_quiz,
	[MSG_ANSWER] = keeper_on_answer,
	[MSG_PASSPHRASE] = keeper_on_passphrase,
	[MSG_END_NEW] = keeper_on_end_new,
	[MSG_BACKUP] = keeper_on_backup,
	[MSG_SHARE] = keeper_on_share,
	[MSG_END_BACKUP] = keeper_on_end_backup,
	[MSG_CHILD] = keeper_on_child,
	[MSG_GATHER] = keeper_on_gather,
	[MSG_STRETCH] = keeper_on_stretch,
	[MSG_REHEARSE] = keeper_on_rehearse,
	[MSG_AGE_SEAL] = keeper_on_age_seal,
	[MSG_AGE_OPEN] = keeper_on_age_open,
	[MSG_PLAN] = keeper_on_plan,
	[MSG_CONSENT] = keeper_on_consent,
	[MSG_END_CONSENT] = keeper_on_end_consent,
	[MSG_VAULT_TRY] = keeper_on_vault_try,
	[MSG_VAULT_NEW] = keeper_on_vault_new,
	[MSG_VAULT_OPEN] = keeper_on_vault_open,
	[MSG_VAULT_AGAIN] = keeper_on_vault_again,
	[MSG_VAULT_CLOSE] = keeper_on_vault_close,
	[MSG_VAULT_LIST] = keeper_on_vault_list,
	[MSG_VAULT_KEEP] = keeper_on_vault_keep,
	[MSG_VAULT_LOAD] = keeper_on_vault_load,
	[MSG_VAULT_PUT] = keeper_on_vault_put,
	[MSG_VAULT_DROP] = keeper_on_vault_drop,
	[MSG_VAULT_LOG] = keeper_on_vault_log,
	[MSG_VAULT_FLAGS] = keeper_on_vault_flags,
	[MSG_VAULT_PASSWD] = keeper_on_vault_passwd,
	[MSG_VAULT_SEAL] = keeper_on_vault_seal,
	[MSG_VAULT_SAVED] = keeper_on_vault_saved,
	[MSG_KEYS] = keeper_on_keys,
	[MSG_PUBKEYS] = keeper_on_pubkeys,
	[MSG_VIEWERS] = keeper_on_viewers,
	[MSG_SIGN] = keeper_on_sign,
};

keeper_on *
keeper_handler(enum msg m)
{
	return m < MSG_COUNT ? handlers[m] : NULL;
}

enum err
keeper_answer(struct keeper *k, enum msg m, struct span body,
    struct sink *reply, struct fault *f)
{
	keeper_on *on = keeper_handler(m);
	enum err e = on == NULL ? ERR_STATE : on(k, body, reply, f);

	keeper_shut(k);
	return e;
}

/* All that the loop needs, in locked memory. */
struct room {
	struct keeper	keeper;
	struct packet	packet;
	uint8_t		reply[WIRE_MAX - 1];
};

static enum err
reply_to(struct room *room, struct channel *c, enum err e,
    const struct sink *reply, const struct fault *f)
{
	bool front = c->peer == ROLE_FRONT;

	if (e != 0)
		return channel_fail(c, front ? MSG_KEEPER_FAIL : MSG_KEY_FAIL,
		    e, f);
	return channel_send(c, front ? MSG_KEEPER_OK : MSG_KEY_OK,
	    span_of(room->reply, reply->total), NULL, 0);
}

/* One message from the front or the clerk; not 0: the channel is dead. */
static enum err
answer(struct room *room, struct channel *c)
{
	struct sink reply = sink_to_buf(room->reply, sizeof(room->reply));
	struct fault f = { 0 };
	enum err e;

	e = channel_recv(c, keeper_state(&room->keeper), &room->packet);
	if (e == ERR_DEAD)
		return e;
	if (e == 0) {
		room->keeper.fd = packet_take(&room->packet, 0);
		e = keeper_answer(&room->keeper, room->packet.type,
		    room->packet.body, &reply, &f);
		if (room->keeper.fd >= 0)
			(void)close(room->keeper.fd);
		if (e == 0 && reply.err != 0)
			e = reply.err;
	} else {
		fault_set(&f, 0, "a message that is not allowed now");
	}
	wipe_stack();
	e = reply_to(room, c, e, &reply, &f);
	packet_end(&room->packet);
	wipe(room->reply, reply.err == 0 ? reply.total : sizeof(room->reply));
	return e;
}

/* The parent gives a channel to a fresh clerk; what the old one was doing
 * under a consent ends with it. */
static enum err
new_clerk(struct room *room, struct channel *parent, struct channel *clerk)
{
	enum err e = channel_recv(parent, ST_ANY, &room->packet);

	if (e == 0 && room->packet.type == MSG_CLERK_KEEPER) {
		channel_close(clerk);
		clerk->fd = packet_take(&room->packet, 0);
		keeper_end_consent(&room->keeper);
	}
	packet_end(&room->packet);
	return e == ERR_DEAD ? e : 0;
}

static void
serve(struct room *room, struct channel *front, struct channel *clerk,
    struct channel *parent)
{
	for (;;) {
		struct pollfd p[3] = {
			{ .fd = front->fd, .events = POLLIN },
			{ .fd = clerk->fd, .events = POLLIN },
			{ .fd = parent->fd, .events = POLLIN },
		};

		if (poll(p, 3, -1) < 0)
			continue;
		if (p[2].revents != 0 && new_clerk(room, parent, clerk) != 0)
			return;
		if (p[0].revents != 0 && answer(room, front) != 0)
			return;
		/* A dead clerk is the parent's business; stop listening. */
		if (p[1].revents != 0 && p[2].revents == 0 &&
		    answer(room, clerk) != 0) {
			keeper_end_consent(&room->keeper);
			channel_close(clerk);
		}
	}
}

/* A vault at hand: its inside, and one slot of the file.  No spending secret
 * lies there in the clear. */
static enum err
vault_room(struct keeper *k)
{
	struct vault *v = &k->vault;
	struct arena a;
	enum err e;

	if ((e = arena_map(&a, VAULT_ARENA)) != 0)
		return e;
	v->body = arena_new(&a, uint8_t, VAULT_BODY);
	v->image = arena_new(&a, uint8_t, VAULT_SLOT);
	v->shield = &k->shield;
	return v->body != NULL && v->image != NULL ? ERR_NONE : ERR_SPACE;
}

int
keeper_run(struct channel *front, struct channel *clerk,
    struct channel *parent)
{
	struct room *room = secret_new(sizeof(*room));
	struct secret32 blind;
	enum err e;

	if (room == NULL)
		return 1;
	wipe(room, sizeof(*room));
	random_bytes(&blind, sizeof(blind));
	random_bytes(&room->keeper.shield, sizeof(room->keeper.shield));
	if ((e = arena_map(&room->keeper.arena, PLAN_ARENA)) == 0 &&
	    (e = vault_room(&room->keeper)) == 0 &&
	    (e = secp_init(&blind)) == 0)
		e = sandbox_narrow(ROLE_KEEPER);
	wipe(&blind, sizeof(blind));
	if (e == 0)
		serve(room, front, clerk, parent);
	keeper_wipe(&room->keeper);
	secret_free(room);
	return e == 0 ? 0 : 1;
}
