#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "tui/engine_state.h"

#define ASK_MS 200		/* between two looks at the owner */

void
engine_patience(struct engine *e, bool (*go_on)(void *), void *arg)
{
	e->go_on = go_on;
	e->go_on_arg = arg;
}

static enum err
wait(struct engine *e)
{
	while (channel_wait(e->mounter, e->go_on != NULL ? ASK_MS : -1) == 0)
		if (e->go_on != NULL && !e->go_on(e->go_on_arg))
			return ERR_STOPPED;
	return 0;
}

/* What came from the mounter out of turn: sticks came or went. */
static enum err
mounter_reply(struct engine *e, enum msg want, struct fault *f)
{
	enum err err;

	do {
		packet_end(&e->packet);
		if ((err = wait(e)) != 0 ||
		    (err = channel_recv(e->mounter, ST_ANY, &e->packet)) != 0)
			return err;
		if (e->packet.type == MSG_STICK_CHANGE)
			e->sticks_changed = true;
	} while (e->packet.type == MSG_STICK_CHANGE);
	if (e->packet.type == MSG_MOUNT_FAIL)
		return packet_failure(&e->packet, f);
	return e->packet.type == want ? ERR_NONE : ERR_STATE;
}

static enum err
send_id(struct engine *e, enum msg m, uint32_t id, bool write)
{
	uint8_t body[5];
	struct sink s = sink_to_buf(body, sizeof(body));

	put_u32le(&s, id);
	if (m == MSG_MOUNT)
		put_u8(&s, write);
	return channel_send(e->mounter, m, span_of(body,
	    m == MSG_STICKS || m == MSG_MEDIUM ? 0 : s.total), NULL, 0);
}

static enum msg
answer_to(enum msg m)
{
	return m == MSG_STICKS ? MSG_STICK_LIST :
	    m == MSG_MEDIUM ? MSG_MEDIUM_OPEN :
	    m == MSG_MOUNT ? MSG_MOUNTED : MSG_RELEASED;
}

/* The mounter answers in order: what is owed comes first. */
static enum err
ask(struct engine *e, enum msg m, uint32_t id, bool write, struct fault *f)
{
	enum err err;

	if ((err = engine_settle(e)) != 0 ||
	    (err = send_id(e, m, id, write)) != 0)
		return err;
	err = mounter_reply(e, answer_to(m), f);
	if (err == ERR_STOPPED) {
		e->late = m;
		e->late_id = id;
	}
	return err;
}

/* A stick that was mounted too late is let go at once. */
enum err
engine_settle(struct engine *e)
{
	struct fault f = { 0 };
	enum msg late = e->late;
	enum err err;

	if (late == MSG_NONE)
		return 0;
	err = mounter_reply(e, answer_to(late), &f);
	packet_end(&e->packet);
	if (err == ERR_STOPPED || err == ERR_DEAD)
		return err;
	e->late = MSG_NONE;
	if (late == MSG_RELEASE && (err == 0 || err == ERR_GONE))
		e->held = false;
	if (late != MSG_MOUNT || err != 0)
		return 0;
	err = ask(e, MSG_RELEASE, e->late_id, false, &f);
	packet_end(&e->packet);
	return err == ERR_GONE ? ERR_NONE : err;
}

enum err
engine_sticks(struct engine *e, struct stick *st, size_t cap, size_t *n)
{
	struct fault f = { 0 };
	enum err err;

	if ((err = ask(e, MSG_STICKS, 0, false, &f)) != 0)
		return err;
	e->sticks_changed = false;
	err = read_sticks(e->packet.body, st, cap, n);
	packet_end(&e->packet);
	return err;
}

/* What is passed is a mount's root, not yet opened: that is for its user. */
static enum err
open_root(struct engine *e, int *dir)
{
	int root = packet_take(&e->packet, 0);

	if (root < 0)
		return ERR_FORM;
	*dir = openat(root, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	(void)close(root);
	return *dir < 0 ? ERR_IO : ERR_NONE;
}

enum err
engine_mount(struct engine *e, uint32_t id, bool write, int *dir,
    struct fault *f)
{
	struct fault none = { 0 };
	enum err err;

	*f = none;
	if (e->held)
		return ERR_STATE;
	if ((err = ask(e, MSG_MOUNT, id, write, f)) != 0)
		return err;
	e->held = true;
	err = open_root(e, dir);
	packet_end(&e->packet);
	if (err != 0 && engine_release(e, id) == ERR_DEAD)
		return ERR_DEAD;
	return err;
}

/* The caller has closed what engine_mount gave. */
enum err
engine_release(struct engine *e, uint32_t id)
{
	struct fault f = { 0 };
	enum err err = ask(e, MSG_RELEASE, id, false, &f);

	if (err == 0 || err == ERR_GONE || err == ERR_IO)
		e->held = false;
	packet_end(&e->packet);
	return err;
}

enum err
engine_medium(struct engine *e, int *fd, struct fault *f)
{
	enum err err = ask(e, MSG_MEDIUM, 0, false, f);

	if (err == 0 && (*fd = packet_take(&e->packet, 0)) < 0)
		err = ERR_FORM;
	packet_end(&e->packet);
	return err;
}
