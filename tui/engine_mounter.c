#include "tui/engine_state.h"

/* What came from the mounter out of turn: sticks came or went. */
static enum err
mounter_reply(struct engine *e, enum msg want, struct fault *f)
{
	enum err err;

	do {
		packet_end(&e->packet);
		if ((err = channel_recv(e->mounter, ST_ANY, &e->packet)) != 0)
			return err;
		if (e->packet.type == MSG_STICK_CHANGE)
			e->sticks_changed = true;
	} while (e->packet.type == MSG_STICK_CHANGE);
	if (e->packet.type == MSG_MOUNT_FAIL)
		return packet_failure(&e->packet, f);
	return e->packet.type == want ? ERR_NONE : ERR_STATE;
}

enum err
engine_sticks(struct engine *e, struct stick *st, size_t cap, size_t *n)
{
	struct fault f = { 0 };
	enum err err;

	if ((err = channel_send(e->mounter, MSG_STICKS, span_of(NULL, 0),
	    NULL, 0)) != 0 ||
	    (err = mounter_reply(e, MSG_STICK_LIST, &f)) != 0)
		return err;
	e->sticks_changed = false;
	err = read_sticks(e->packet.body, st, cap, n);
	packet_end(&e->packet);
	return err;
}

static enum err
send_id(struct engine *e, enum msg m, uint32_t id, enum msg want)
{
	struct fault f = { 0 };
	uint8_t body[4];
	struct sink s = sink_to_buf(body, sizeof(body));
	enum err err;

	put_u32le(&s, id);
	if ((err = channel_send(e->mounter, m, span_of(body, 4), NULL,
	    0)) != 0)
		return err;
	return mounter_reply(e, want, &f);
}

enum err
engine_mount(struct engine *e, uint32_t id, int *dir)
{
	enum err err;

	if (e->held)
		return ERR_STATE;
	if ((err = send_id(e, MSG_MOUNT, id, MSG_MOUNTED)) != 0)
		return err;
	*dir = packet_take(&e->packet, 0);
	e->held = true;
	packet_end(&e->packet);
	return *dir < 0 ? ERR_FORM : ERR_NONE;
}

/* The caller has closed what engine_mount gave. */
enum err
engine_release(struct engine *e, uint32_t id)
{
	enum err err = send_id(e, MSG_RELEASE, id, MSG_RELEASED);

	if (err == 0 || err == ERR_GONE)
		e->held = false;
	packet_end(&e->packet);
	return err;
}
