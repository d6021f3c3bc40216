/*
 * table.h - every message that may pass between two processes.
 *
 * What is not a row here is refused.  This is the attack surface: read it
 * before you add to it.
 *
 *	source	design, section 2
 *	shapes	MSG_LIST: name, from, to, states of the receiver in which it
 *		is allowed, largest body, file descriptors it carries
 *	units	bytes
 *	owns	nothing
 *	errors	ERR_STATE: not a row, or not now; ERR_TOO_LARGE
 *	secrets	UNLOCK, FEED, ANSWER, PASSPHRASE and VAULT_NEW, _OPEN, _AGAIN,
 *		_PASSWD carry what the owner types, from front to keeper only;
 *		the reply to WORDS a new key's words, once; GATHER, REHEARSE
 *		and AGE_SEAL, AGE_OPEN what is typed, the replies to SHARE and
 *		CHILD what the owner asked to see
 *	tests	tests/unit/wire_test.c
 */
#ifndef CORE_WIRE_TABLE_H
#define CORE_WIRE_TABLE_H

#include <stdint.h>

#include "core/base/err.h"
#include "core/base/limits.h"

#define WIRE_MAX LIMIT_MESSAGE		/* a whole message */
#define WIRE_FDS 3
#define TEXT_CAP 36864			/* shares, as many as there may be */

enum role {
	ROLE_PARENT,
	ROLE_KEEPER,
	ROLE_CLERK,
	ROLE_FRONT,
	ROLE_MOUNTER,
	ROLE_COUNT
};

/* States, one set a receiver. */
enum {
	ST_ANY		= 0xff,
	KEEPER_LOCKED	= 0x01,
	KEEPER_OPEN	= 0x02,		/* at least one key, no consent */
	KEEPER_CONSENT	= 0x04,		/* a plan is not used up */
	KEEPER_FEED	= 0x08,		/* a key is being made */
	KEEPER_SHOWN	= 0x10,		/* its words went out, once */
	KEEPER_NAMED	= 0x20,		/* loaded; a passphrase may come */
	KEEPER_SHARES	= 0x40,		/* a backup is being written down */
	CLERK_IDLE	= 0x01,
	CLERK_PAGE	= 0x02,		/* a page is drawn up */
	CLERK_AGREED	= 0x04,
	CLERK_WORKING	= 0x08,		/* inside parse or sign: only STOP */
	MOUNTER_FREE	= 0x01,
	MOUNTER_HELD	= 0x02		/* a stick is mounted for the front */
};

/*	name, from, to, allowed in, cap, fds */
#define MSG_LIST(X)							\
	X(COMPLETE,	FRONT, KEEPER, ST_ANY, 16, 0)			\
	X(CHECK_WORDS,	FRONT, KEEPER, ST_ANY, TEXT_CAP, 0)		\
	X(UNLOCK,	FRONT, KEEPER, KEEPER_LOCKED | KEEPER_OPEN,	\
	    TEXT_CAP, 0)						\
	X(LOCK,		FRONT, KEEPER, ST_ANY, 0, 0)			\
	X(FINGERPRINTS,	FRONT, KEEPER, ST_ANY, 0, 0)			\
	X(NEW_KEY,	FRONT, KEEPER, KEEPER_LOCKED | KEEPER_OPEN, 3, 0) \
	X(FEED,		FRONT, KEEPER, KEEPER_FEED, 512, 0)		\
	X(UNFEED,	FRONT, KEEPER, KEEPER_FEED, 0, 0)		\
	X(WORDS,	FRONT, KEEPER, KEEPER_FEED, 0, 0)		\
	X(QUIZ,		FRONT, KEEPER, KEEPER_SHOWN, 1, 0)		\
	X(ANSWER,	FRONT, KEEPER, KEEPER_SHOWN, 16, 0)		\
	X(PASSPHRASE,	FRONT, KEEPER, KEEPER_NAMED, 256, 0)		\
	X(END_NEW,	FRONT, KEEPER, ST_ANY, 0, 0)			\
	X(BACKUP,	FRONT, KEEPER, KEEPER_OPEN, 512, 0)		\
	X(SHARE,	FRONT, KEEPER, KEEPER_SHARES, 1, 0)		\
	X(END_BACKUP,	FRONT, KEEPER, ST_ANY, 0, 0)			\
	X(CHILD,	FRONT, KEEPER, KEEPER_OPEN, 17, 0)		\
	X(GATHER,	FRONT, KEEPER, KEEPER_LOCKED | KEEPER_OPEN, 1024, 0) \
	X(STRETCH,	FRONT, KEEPER, KEEPER_LOCKED | KEEPER_OPEN, 0, 0) \
	X(REHEARSE,	FRONT, KEEPER, KEEPER_LOCKED | KEEPER_OPEN,	\
	    TEXT_CAP, 0)						\
	X(AGE_SEAL,	FRONT, KEEPER, KEEPER_LOCKED | KEEPER_OPEN,	\
	    WIRE_MAX, 0)						\
	X(AGE_OPEN,	FRONT, KEEPER, KEEPER_LOCKED | KEEPER_OPEN,	\
	    WIRE_MAX, 0)						\
	X(PLAN,		FRONT, KEEPER, KEEPER_OPEN, WIRE_MAX, 0)	\
	X(CONSENT,	FRONT, KEEPER, KEEPER_OPEN, 36, 0)		\
	X(END_CONSENT,	FRONT, KEEPER, ST_ANY, 0, 0)			\
	X(VAULT_TRY,	FRONT, KEEPER, KEEPER_LOCKED | KEEPER_OPEN, 8, 0) \
	X(VAULT_NEW,	FRONT, KEEPER, KEEPER_LOCKED | KEEPER_OPEN, 512, 0) \
	X(VAULT_OPEN,	FRONT, KEEPER, KEEPER_LOCKED | KEEPER_OPEN, 512, 1) \
	X(VAULT_AGAIN,	FRONT, KEEPER, KEEPER_LOCKED | KEEPER_OPEN, 512, 0) \
	X(VAULT_CLOSE,	FRONT, KEEPER, ST_ANY, 0, 0)			\
	X(VAULT_LIST,	FRONT, KEEPER, KEEPER_LOCKED | KEEPER_OPEN, 0, 1) \
	X(VAULT_KEEP,	FRONT, KEEPER, KEEPER_OPEN, 128, 0)		\
	X(VAULT_LOAD,	FRONT, KEEPER, KEEPER_LOCKED | KEEPER_OPEN, 4, 0) \
	X(VAULT_PUT,	FRONT, KEEPER, KEEPER_LOCKED | KEEPER_OPEN |	\
	    KEEPER_CONSENT, WIRE_MAX, 0)				\
	X(VAULT_DROP,	FRONT, KEEPER, KEEPER_LOCKED | KEEPER_OPEN |	\
	    KEEPER_CONSENT, 4, 0)					\
	X(VAULT_LOG,	FRONT, KEEPER, KEEPER_LOCKED | KEEPER_OPEN |	\
	    KEEPER_CONSENT, 4096, 0)					\
	X(VAULT_FLAGS,	FRONT, KEEPER, KEEPER_LOCKED | KEEPER_OPEN, 512, 0) \
	X(VAULT_PASSWD,	FRONT, KEEPER, KEEPER_LOCKED | KEEPER_OPEN, 1024, 0) \
	X(VAULT_SEAL,	FRONT, KEEPER, KEEPER_LOCKED | KEEPER_OPEN |	\
	    KEEPER_CONSENT, 0, 1)					\
	X(VAULT_SAVED,	FRONT, KEEPER, KEEPER_LOCKED | KEEPER_OPEN |	\
	    KEEPER_CONSENT, 8, 0)					\
	X(KEYS,		CLERK, KEEPER, ST_ANY, 0, 0)			\
	X(PUBKEYS,	CLERK, KEEPER, KEEPER_OPEN | KEEPER_CONSENT,	\
	    WIRE_MAX, 0)						\
	X(VIEWERS,	CLERK, KEEPER, KEEPER_OPEN | KEEPER_CONSENT,	\
	    0, 0)							\
	X(SIGN,		CLERK, KEEPER, KEEPER_CONSENT, WIRE_MAX, 0)	\
	X(OPEN,		FRONT, CLERK, CLERK_IDLE | CLERK_PAGE |		\
	    CLERK_AGREED, 64, 2)					\
	X(AGREE,	FRONT, CLERK, CLERK_PAGE, 8192, 0)		\
	X(MAKE,		FRONT, CLERK, CLERK_AGREED, 64, 2)		\
	X(FORGET,	FRONT, CLERK, CLERK_IDLE | CLERK_PAGE |		\
	    CLERK_AGREED, 0, 0)						\
	X(ADDRESSES,	FRONT, CLERK, CLERK_IDLE | CLERK_PAGE, 256, 1)	\
	X(FIND_ADDRESS,	FRONT, CLERK, CLERK_IDLE | CLERK_PAGE, 512, 0)	\
	X(EXPORT,	FRONT, CLERK, CLERK_IDLE | CLERK_PAGE, 256, 1)	\
	X(WALLETS,	FRONT, CLERK, CLERK_IDLE | CLERK_PAGE, 1, 1)	\
	X(WALLET,	FRONT, CLERK, CLERK_IDLE | CLERK_PAGE, 64, 1)	\
	X(RECALL,	FRONT, CLERK, CLERK_IDLE | CLERK_PAGE, 0, 1)	\
	X(LEARNT,	FRONT, CLERK, CLERK_IDLE | CLERK_PAGE |		\
	    CLERK_AGREED, 0, 1)						\
	X(KEPT,		FRONT, CLERK, CLERK_IDLE | CLERK_PAGE |		\
	    CLERK_AGREED, 0, 0)						\
	X(JOIN,		FRONT, CLERK, CLERK_IDLE | CLERK_PAGE, 64, 1)	\
	X(STOP,		FRONT, CLERK, ST_ANY, 0, 0)			\
	X(PROGRESS,	CLERK, FRONT, ST_ANY, 8, 0)			\
	X(CLERK_OK,	CLERK, FRONT, ST_ANY, 8192, 0)			\
	X(CLERK_FAIL,	CLERK, FRONT, ST_ANY, 256, 0)			\
	X(KEEPER_OK,	KEEPER, FRONT, ST_ANY, WIRE_MAX, 0)		\
	X(KEEPER_FAIL,	KEEPER, FRONT, ST_ANY, 256, 0)			\
	X(KEY_OK,	KEEPER, CLERK, ST_ANY, WIRE_MAX, 0)		\
	X(KEY_FAIL,	KEEPER, CLERK, ST_ANY, 256, 0)			\
	X(STICKS,	FRONT, MOUNTER, ST_ANY, 0, 0)			\
	X(MOUNT,	FRONT, MOUNTER, MOUNTER_FREE, 64, 0)		\
	X(RELEASE,	FRONT, MOUNTER, MOUNTER_HELD, 64, 0)		\
	X(MEDIUM,	FRONT, MOUNTER, MOUNTER_FREE, 0, 0)		\
	X(STICK_LIST,	MOUNTER, FRONT, ST_ANY, 16384, 0)		\
	X(STICK_CHANGE,	MOUNTER, FRONT, ST_ANY, 1024, 0)		\
	X(MOUNTED,	MOUNTER, FRONT, ST_ANY, 64, 1)			\
	X(RELEASED,	MOUNTER, FRONT, ST_ANY, 64, 0)			\
	X(MEDIUM_OPEN,	MOUNTER, FRONT, ST_ANY, 64, 1)			\
	X(MOUNT_FAIL,	MOUNTER, FRONT, ST_ANY, 512, 0)			\
	X(NEW_CLERK,	FRONT, PARENT, ST_ANY, 0, 0)			\
	X(CLERK_FRONT,	PARENT, FRONT, ST_ANY, 0, 1)			\
	X(CLERK_KEEPER,	PARENT, KEEPER, ST_ANY, 0, 1)

enum msg {
	MSG_NONE,
#define X(name, from, to, states, cap, fds) MSG_##name,
	MSG_LIST(X)
#undef X
	MSG_COUNT
};

struct msg_row {
	const char	*name;
	enum role	 from, to;
	uint8_t		 states;
	uint32_t	 cap;
	uint8_t		 fds;
};

extern const struct msg_row msg_table[MSG_COUNT];

/* Is this message, of this size, allowed from there to here, now? */
enum err	 msg_allowed(unsigned msg, enum role from, enum role to,
		    uint8_t state, size_t body, size_t fds) must_check;
const char	*role_name(enum role);

#endif
