/*
 * err.h - the one result type of the house, and where a file went wrong.
 *
 * Every function that can fail returns enum err and is marked must_check.
 * Zero is success; anything else is a failure.  Outputs are written only on
 * success.  (Not named OK: <curses.h> defines that, and ERR, as macros.)
 *
 *	source	design, section 3
 *	shapes	enum err; struct fault: byte offset and place in words
 *	units	bytes
 *	owns	nothing
 *	errors	this is them
 *	secrets	none
 *	tests	tests/unit/base_test.c
 */
#ifndef CORE_BASE_ERR_H
#define CORE_BASE_ERR_H

#include <stddef.h>

#define must_check __attribute__((__warn_unused_result__))
#define like_printf(f, a) __attribute__((__format__(__printf__, f, a)))

#define ERR_LIST(X)							\
	X(ERR_SHORT, "file.truncated", "data ends too early")		\
	X(ERR_TRAILING, "file.trailing",				\
	    "bytes left over after the end")				\
	X(ERR_RANGE, "file.range",					\
	    "a number is outside its allowed range")			\
	X(ERR_FORM, "file.malformed", "not in the expected form")	\
	X(ERR_SPACE, "file.space",					\
	    "does not fit in the space set aside for it")		\
	X(ERR_STATE, "file.state", "not allowed in the present state")	\
	X(ERR_STOPPED, "file.stopped", "stopped by the owner")		\
	X(ERR_UNKNOWN, "file.unknown",					\
	    "no format here recognises this file")			\
	X(ERR_DUPLICATE, "file.duplicate",				\
	    "the same field stands there twice")			\
	X(ERR_MISSING, "file.incomplete",				\
	    "a required field is missing")				\
	X(ERR_VERSION, "file.version",					\
	    "a version newer than this signer")				\
	X(ERR_CHECKSUM, "file.checksum", "the checksum does not match")	\
	X(ERR_KEY, "file.key", "not a valid key")			\
	X(ERR_WORD, "file.word", "not a word of the list")		\
	X(ERR_MISMATCH, "file.mismatch",				\
	    "two things that must agree differ")			\
	X(ERR_NO_KEY, "file.no-key", "no key at hand can sign this")	\
	X(ERR_REFUSED, "file.refused", "refused")			\
	X(ERR_WARNED, "file.warned", "a warning was not accepted")	\
	X(ERR_TYPED, "file.typed",					\
	    "what was typed is not what was asked for")			\
	X(ERR_IO, "file.io", "reading or writing failed")		\
	X(ERR_FULL, "file.full", "no space left on the stick")		\
	X(ERR_READONLY, "file.read-only", "the stick is read-only")	\
	X(ERR_GONE, "file.gone", "the stick or file is gone")		\
	X(ERR_CHANGED, "file.changed",					\
	    "the file changed while it was read")			\
	X(ERR_TOO_LARGE, "file.too-large", "too large")			\
	X(ERR_DEAD, "file.dead", "a part of the program has ended")	\
	X(ERR_INTERNAL, "file.internal",				\
	    "a check inside the program failed")

enum err {
	ERR_NONE = 0,
#define X(code, name, text) code,
	ERR_LIST(X)
#undef X
	ERR_COUNT
};

const char *err_text(enum err);
/* The stable code under which a file that cannot be read is reported. */
const char *err_code(enum err);

struct fault {
	size_t	at;		/* byte offset in the file */
	char	where[96];	/* "input 3: witness script" */
};

void	fault_set(struct fault *, size_t at, const char *fmt, ...)
	    like_printf(3, 4);

#endif
