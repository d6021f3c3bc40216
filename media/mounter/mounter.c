#include <poll.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "core/proc/sandbox.h"
#include "media/mounter/folder.h"

/* Copying files makes many events; the front hears of them when there was
 * quiet for a moment, or, while it does not come, every two seconds. */
#define SETTLE_MS 250
#define SETTLE_ROUNDS 8

struct room {
	struct folder	 folder[STICKS_MAX];
	size_t		 n;
	struct channel	*front;
	int		 inotify;
	uint32_t	 held;		/* id, counted from 1; 0: none */
	bool		 owed;		/* a change to tell after release */
	struct packet	 packet;
};

static enum err
refuse(struct room *room, enum err e, const char *sentence)
{
	struct fault f;

	fault_set(&f, 0, "%s", sentence);
	return channel_fail(room->front, MSG_MOUNT_FAIL, e, &f);
}

static enum err
send_id(struct room *room, enum msg m, uint32_t id, const int *fd)
{
	uint8_t body[4];
	struct sink s = sink_to_buf(body, sizeof(body));

	put_u32le(&s, id);
	return channel_send(room->front, m, SPAN_OF(body), fd,
	    fd == NULL ? 0 : 1);
}

static enum err
send_list(struct room *room)
{
	struct stick st[STICKS_MAX] = { 0 };
	uint8_t body[4 + STICKS_MAX * (sizeof(struct stick) + 8)];
	struct sink s = sink_to_buf(body, sizeof(body));
	size_t i;

	for (i = 0; i < room->n; i++) {
		st[i].id = (uint32_t)i + 1;
		folder_look(&room->folder[i], &st[i]);
	}
	put_sticks(&s, st, room->n);
	if (s.err != 0)
		return s.err;
	return channel_send(room->front, MSG_STICK_LIST,
	    span_of(body, s.total), NULL, 0);
}

/* The front is told only while it holds nothing: it asks for one thing, and
 * the next message is the answer to that. */
static enum err
tell_change(struct room *room)
{
	room->owed = room->held != 0;
	if (room->owed)
		return 0;
	return channel_send(room->front, MSG_STICK_CHANGE, span_of(NULL, 0),
	    NULL, 0);
}

static enum err
on_mount(struct room *room, uint32_t id)
{
	int fd = -1;
	enum err e;

	if (id == 0 || id > room->n)
		return refuse(room, ERR_RANGE, "There is no such stick.");
	e = folder_open(&room->folder[id - 1], &fd);
	if (e == ERR_GONE)
		return refuse(room, e, "The stick is gone: plug it in again.");
	if (e != 0)
		return refuse(room, e, "The stick cannot be opened.");
	e = send_id(room, MSG_MOUNTED, id, &fd);
	(void)close(fd);
	if (e == 0)
		room->held = id;
	return e;
}

/* There is nothing to unmount behind a folder. */
static enum err
on_release(struct room *room, uint32_t id)
{
	enum err e;

	if (id != room->held)
		return refuse(room, ERR_RANGE, "Another stick is held.");
	room->held = 0;
	e = send_id(room, MSG_RELEASED, id, NULL);
	return e == 0 && room->owed ? tell_change(room) : e;
}

static enum err
dispatch(struct room *room)
{
	struct reader r = reader_of(room->packet.body);
	enum msg type = room->packet.type;
	uint32_t id = type == MSG_STICKS ? 0 : read_u32le(&r);
	enum err e = reader_done(&r);

	if (e != 0)
		return refuse(room, e, "The request cannot be read.");
	if (type == MSG_STICKS)
		return send_list(room);
	return type == MSG_MOUNT ? on_mount(room, id) : on_release(room, id);
}

/* Not 0: the front is gone. */
static enum err
answer(struct room *room)
{
	enum err e = channel_recv(room->front, room->held != 0 ?
	    MOUNTER_HELD : MOUNTER_FREE, &room->packet);

	if (e == ERR_DEAD)
		return e;
	if (e == 0)
		e = dispatch(room);
	else
		e = refuse(room, e, "This is not allowed now.");
	packet_end(&room->packet);
	return e;
}

/* A moment has passed.  *rounds: how many more may, 0: the front was told. */
static enum err
settle(struct room *room, unsigned *rounds)
{
	size_t i;

	if (folder_changed(room->folder, room->n, room->inotify) &&
	    --*rounds > 0)
		return 0;
	*rounds = 0;
	for (i = 0; i < room->n; i++)
		folder_watch(&room->folder[i], room->inotify);
	return tell_change(room);
}

static void
serve(struct room *room)
{
	unsigned rounds = 0;

	for (;;) {
		struct pollfd p[2] = {
			{ .fd = room->front->fd, .events = POLLIN },
			{ .fd = rounds > 0 ? -1 : room->inotify,
			    .events = POLLIN },
		};
		int r = poll(p, 2, rounds > 0 ? SETTLE_MS : -1);

		if (r == 0 && settle(room, &rounds) != 0)
			return;
		if (r <= 0)
			continue;
		if (p[1].revents != 0 &&
		    folder_changed(room->folder, room->n, room->inotify))
			rounds = SETTLE_ROUNDS;
		if (p[0].revents != 0 && answer(room) != 0)
			return;
	}
}

int
mounter_run(struct channel *front, void *mounter_args)
{
	const struct mounter_args *args = mounter_args;
	struct room room;
	size_t i;

	memset(&room, 0, sizeof(room));
	room.front = front;
	/* Without it sticks are still served, they are only not announced. */
	room.inotify = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	for (i = 0; i < args->n && i < STICKS_MAX; i++) {
		if (folder_init(&room.folder[i], args->dir[i]) != 0)
			return 1;
		folder_watch(&room.folder[i], room.inotify);
		room.n++;
	}
	if (sandbox_narrow(ROLE_MOUNTER) != 0)
		return 1;
	serve(&room);
	if (room.inotify >= 0)
		(void)close(room.inotify);
	return 0;
}
