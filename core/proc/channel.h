/*
 * channel.h - one end of a SOCK_SEQPACKET pair between two processes.
 *
 * A message is one byte of type and a body; both ends check it against the
 * table, sender and receiver alike.
 *
 *	source	design, section 2; unix(7)
 *	shapes	struct packet: type, body, descriptors
 *	units	bytes
 *	owns	a packet owns its descriptors until packet_take or packet_end
 *	errors	ERR_STATE, ERR_TOO_LARGE, ERR_DEAD (the other end is gone)
 *	secrets	packet_end wipes the buffer
 *	tests	tests/proc/channel_test.c
 */
#ifndef CORE_PROC_CHANNEL_H
#define CORE_PROC_CHANNEL_H

#include "core/base/span.h"
#include "core/wire/table.h"

struct channel {
	int		fd;		/* -1: closed */
	enum role	self, peer;
};

struct packet {
	enum msg	type;
	struct span	body;		/* into buf */
	int		fd[WIRE_FDS];
	size_t		nfd;
	uint8_t		buf[WIRE_MAX];
};

enum err channel_pair(enum role a, enum role b, struct channel *ca,
	    struct channel *cb) must_check;
void	 channel_close(struct channel *);

/* Sends all or nothing.  The descriptors stay the caller's. */
enum err channel_send(struct channel *, enum msg, struct span body,
	    const int *fd, size_t nfd) must_check;
/* Waits for one message.  One that the table does not allow in this state is
 * ERR_STATE, its descriptors closed; the channel lives on. */
enum err channel_recv(struct channel *, uint8_t state, struct packet *)
	    must_check;
/* 1: something to read or the end of it; 0: nothing within ms (-1: wait). */
int	 channel_wait(const struct channel *, int ms);

int	 packet_take(struct packet *, size_t i);	/* now the caller's */
void	 packet_end(struct packet *);

/* Failure replies: u16 error, u64 offset, text of the place. */
enum err channel_fail(struct channel *, enum msg, enum err,
	    const struct fault *) must_check;
enum err packet_failure(const struct packet *, struct fault *);

#endif
