#include <poll.h>
#include <stdlib.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "core/proc/sandbox.h"
#include "media/mounter/devices.h"
#include "media/mounter/folder.h"

/* Copying files makes many events; the front hears of them when there was
 * quiet for a moment, or, while it does not come, every two seconds. */
#define SETTLE_MS 250
#define SETTLE_ROUNDS 8

struct room {
	struct folder	 folder[STICKS_MAX];
	size_t		 n;
	struct devices	*devices;	/* NULL: folders alone */
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
	if (room->devices != NULL)
		i += devices_list(room->devices, st + i, STICKS_MAX - i);
	put_sticks(&s, st, i);
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

/* What the owner is told where a stick cannot be had. */
static const char *
sentence(enum err e)
{
	switch ((int)e) {
	case ERR_GONE:
		return "The stick is gone: plug it in again.";
	case ERR_READONLY:
		return "The stick cannot be written to.";
	case ERR_STATE:
		return "Another program uses the stick.";
	case ERR_FORM:
		return "The stick's file system is damaged.";
	case ERR_UNKNOWN:
		return "Its file system is not one that is read here.";
	default:
		return "The stick cannot be opened.";
	}
}

/* A folder is as its owner left it, to read and to write. */
static enum err
mount_one(struct room *room, uint32_t id, bool write, int *fd)
{
	if (id > 0 && id <= room->n)
		return folder_open(&room->folder[id - 1], fd);
	if (room->devices == NULL || id <= DEVICES_FIRST)
		return ERR_RANGE;
	return devices_mount(room->devices, id, write, fd);
}

static enum err
on_mount(struct room *room, uint32_t id, bool write)
{
	int fd = -1;
	enum err e = mount_one(room, id, write, &fd);

	if (e == ERR_RANGE)
		return refuse(room, e, "There is no such stick.");
	if (e != 0)
		return refuse(room, e, sentence(e));
	e = send_id(room, MSG_MOUNTED, id, &fd);
	(void)close(fd);
	if (e == 0)
		room->held = id;
	return e;
}

/* There is nothing to unmount behind a folder.  A stick that was pulled is
 * let go, too; one that is still in use stays held. */
static enum err
on_release(struct room *room, uint32_t id)
{
	enum err e = 0, sent;

	if (id != room->held)
		return refuse(room, ERR_RANGE, "Another stick is held.");
	if (id > room->n)
		e = devices_release(room->devices, id);
	if (e == ERR_STATE)
		return refuse(room, e, sentence(e));
	room->held = 0;
	sent = e == 0 ? send_id(room, MSG_RELEASED, id, NULL) :
	    refuse(room, e, sentence(e));
	return sent == 0 && room->owed ? tell_change(room) : sent;
}

/* For the owner to compare: the whole of it, as bytes. */
static enum err
on_medium(struct room *room)
{
	int fd = -1;
	enum err e = room->devices == NULL ? ERR_GONE :
	    devices_own(room->devices, &fd);

	if (e == ERR_DUPLICATE)
		return refuse(room, e, "Two sticks hold Coldseal: pull one "
		    "out.");
	if (e == ERR_GONE)
		return refuse(room, e, "The stick with Coldseal is not here: "
		    "plug it in.");
	if (e != 0)
		return refuse(room, e, sentence(e));
	e = send_id(room, MSG_MEDIUM_OPEN, 0, &fd);
	(void)close(fd);
	return e;
}

static enum err
dispatch(struct room *room)
{
	struct reader r = reader_of(room->packet.body);
	enum msg type = room->packet.type;
	bool bare = type == MSG_STICKS || type == MSG_MEDIUM;
	uint32_t id = bare ? 0 : read_u32le(&r);
	uint8_t write = type == MSG_MOUNT ? read_u8(&r) : 0;
	enum err e = reader_done(&r);

	if (e == 0 && write > 1)
		e = ERR_FORM;
	if (e != 0)
		return refuse(room, e, "The request cannot be read.");
	if (type == MSG_STICKS)
		return send_list(room);
	if (type == MSG_MEDIUM)
		return on_medium(room);
	return type == MSG_MOUNT ? on_mount(room, id, write == 1) :
	    on_release(room, id);
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
	if (e != 0 || room->devices == NULL || !room->devices->news)
		return e;
	room->devices->news = false;
	return tell_change(room);
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

static enum err
devices_changed(struct room *room)
{
	return devices_refresh(room->devices) ? tell_change(room) : ERR_NONE;
}

static void
serve(struct room *room)
{
	unsigned rounds = 0;

	for (;;) {
		struct pollfd p[3] = {
			{ .fd = room->front->fd, .events = POLLIN },
			{ .fd = rounds > 0 ? -1 : room->inotify,
			    .events = POLLIN },
			{ .fd = room->devices == NULL ? -1 :
			    room->devices->watch.fd, .events = POLLIN },
		};
		int r = poll(p, 3, rounds > 0 ? SETTLE_MS : -1);

		if (r == 0 && settle(room, &rounds) != 0)
			return;
		if (r <= 0)
			continue;
		if (p[1].revents != 0 &&
		    folder_changed(room->folder, room->n, room->inotify))
			rounds = SETTLE_ROUNDS;
		if (p[2].revents != 0 && devices_changed(room) != 0)
			return;
		if (p[0].revents != 0 && answer(room) != 0)
			return;
	}
}

/* All that is opened by name, before the jail. */
static enum err
open_all(struct room *room, const struct mounter_args *args)
{
	enum err e;
	size_t i;

	/* Without it folders are still served, they are only not announced. */
	room->inotify = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	for (i = 0; i < args->n && i < STICKS_MAX; i++) {
		if ((e = folder_init(&room->folder[i], args->dir[i])) != 0)
			return e;
		folder_watch(&room->folder[i], room->inotify);
		room->n++;
	}
	if (!args->devices)
		return sandbox_narrow(ROLE_MOUNTER);
	if ((room->devices = calloc(1, sizeof(*room->devices))) == NULL)
		return ERR_SPACE;
	if ((e = devices_begin(room->devices, args->user)) != 0)
		return e;
	return sandbox_narrow_devices();
}

int
mounter_run(struct channel *front, void *mounter_args)
{
	struct room *room = calloc(1, sizeof(*room));

	if (room == NULL)
		return 1;
	room->front = front;
	if (open_all(room, mounter_args) != 0)
		return 1;
	if (room->devices != NULL)
		(void)devices_refresh(room->devices);
	serve(room);
	return 0;
}
