/*
 * medium.h - the medium that the live image was started from, hashed whole.
 *
 * It says itself how long it is and where kernel and initramfs stand; what is
 * hashed is what lies there.  So a medium that was changed by accident, or by
 * who did not think of this, differs; one that was made to lie tells whatever
 * its maker likes.  Only another machine can find that out.
 *
 *	source	ECMA-119, 8.4 (the volume descriptor); live-build/inside/label,
 *		which writes the places
 *	shapes	a descriptor of the device in, three digests out, in steps
 *	units	bytes
 *	owns	nothing; the descriptor stays the caller's
 *	errors	ERR_FORM: not such a medium; ERR_SHORT: it ends before it
 *		says; ERR_IO
 *	secrets	none
 *	tests	tests/unit/medium_test.c, tests/image
 */
#ifndef CORE_PROC_MEDIUM_H
#define CORE_PROC_MEDIUM_H

#include "core/base/err.h"
#include "core/base/reader.h"
#include "core/crypto/hash.h"

#define MEDIUM_MAX ((uint64_t)1 << 32)
#define MEDIUM_STEP ((size_t)1 << 18)

enum { MEDIUM_WHOLE, MEDIUM_KERNEL, MEDIUM_INITRAMFS, MEDIUM_PARTS };

struct medium {
	int		 fd;
	uint64_t	 at;			/* read so far */
	struct { uint64_t at, n; } part[MEDIUM_PARTS];
	struct sha256	 hash[MEDIUM_PARTS];
	struct hash32	 digest[MEDIUM_PARTS];	/* once all is read */
};

/* Reads where everything stands. */
enum err medium_begin(struct medium *, int fd) must_check;
/* Reads on; done once .at is .part[MEDIUM_WHOLE].n. */
enum err medium_step(struct medium *, uint8_t buf[MEDIUM_STEP]) must_check;
bool	 medium_done(const struct medium *);

#endif
