/*
 * image.h - key images: the proof that comes with one, and asking for many.
 *
 *	source	CryptoNote 2.0: I = x Hp(P); the proof is a ring signature of
 *		one, its message the image itself
 *	shapes	points and two scalars
 *	units	none
 *	owns	nothing
 *	errors	ERR_MISMATCH (does not verify), ERR_KEY, the signatory's
 *	secrets	none
 *	tests	tests/unit/monero_outputs_test.c
 */
#ifndef CORE_CHAIN_MONERO_IMAGE_H
#define CORE_CHAIN_MONERO_IMAGE_H

#include "core/chain/monero/own.h"
#include "core/keys/signatory.h"

struct image_ask {
	struct point	key;		/* P */
	struct own	own;
	struct point	image;		/* the answer, verified */
	struct sig64	proof;
};

struct keyref own_ref(const struct viewer *, uint32_t account,
	    uint32_t minor);
enum err image_check(const struct point *key, const struct point *image,
	    const struct sig64 *proof) must_check;
enum err images_ask(const struct viewer *, struct image_ask *, size_t n,
	    struct signatory *, struct pace *, struct arena *) must_check;

/* The plan's rows in order, each once. */
enum err plan_sorted(struct plan_row *, size_t n, struct arena *,
	    struct plan *) must_check;

#endif
