/*
 * bip85.h - secrets for other devices, from a key that is at hand.
 *
 * A child tells nothing of its parent or of other children, and is lost with
 * neither: the parent makes it again.
 *
 *	source	BIP85, version 2: applications 39' (English words), 2' (WIF),
 *		32' (xprv), 128169' (hex), 707764' and 707785' (passwords),
 *		89101' (dice)
 *	shapes	struct xprv and an application in; text out
 *	units	.size: words, bytes, characters or rolls, as the row says
 *	owns	nothing; the caller wipes
 *	errors	ERR_RANGE (size, index)
 *	secrets	all, the text included; constant time, but for how long the
 *		text is and for base58 (WIF and xprv, which the owner sees)
 *	tests	tests/unit/bip85_test.c, tests/ct
 */
#ifndef CORE_KEYS_BIP85_H
#define CORE_KEYS_BIP85_H

#include "core/base/backup.h"
#include "core/keys/bip32.h"

#define BIP85_TEXT_MAX 264

struct child {
	enum child_kind	kind;
	uint32_t	size;		/* of the kinds that have one */
	uint32_t	sides;		/* of a die */
	uint32_t	index;
};

/* Where it stands below the master key. */
enum err bip85_path(const struct child *, struct path *) must_check;
/* The 64 bytes that everything at a path is made of. */
enum err bip85_entropy(const struct xprv *master, const struct path *,
	    struct secret64 *) must_check;
enum err bip85_child(const struct xprv *master, const struct child *,
	    char out[BIP85_TEXT_MAX]) must_check;

#endif
