/*
 * frame.h - the sealed frame around every file of Monero's offline signing.
 *
 * magic || IV [8] || ChaCha20(key, IV, plaintext) || c [32] || r [32]: the key
 * is CryptoNight of the view secret, (c, r) a Schnorr signature with that view
 * secret.  It tells wallets apart and shows damage.  It is no proof of good
 * intent: the online computer has the view key, and what is inside is hostile.
 *
 *	source	Monero: wallet2, export formats; both shapes: the bytes, or a
 *		PEM block labelled MoneroAsciiDataV1
 *	shapes	file to plaintext and back; the answer goes out in the shape
 *		that the request came in
 *	units	bytes
 *	owns	nothing; the plaintext is in the arena
 *	errors	ERR_VERSION (newer), ERR_FORM, ERR_SHORT, ERR_NO_KEY (sealed
 *		for another wallet, or damaged), ERR_ANSWER,
 *		ERR_SPACE
 *	secrets	view key and file key; the comparisons are on public data
 *	tests	tests/unit/monero_frame_test.c
 */
#ifndef CORE_CHAIN_MONERO_FRAME_H
#define CORE_CHAIN_MONERO_FRAME_H

#include "core/base/arena.h"
#include "core/base/sink.h"
#include "core/crypto/noise.h"
#include "core/keys/monero.h"
#include "core/keys/pubring.h"

enum frame_kind {
	FRAME_OUTPUTS,
	FRAME_KEY_IMAGES,
	FRAME_UNSIGNED,
	FRAME_SIGNED,
	FRAME_KINDS
};

struct frame {
	enum frame_kind		 kind;
	bool			 pem;
	const struct viewer	*viewer;	/* whom it is sealed for */
	struct span		 plain;
	size_t			 at;	/* of the plaintext within the file */
};

/* By its first bytes alone, whatever the version; FRAME_KINDS: none. */
enum frame_kind	frame_kind(struct span file);
/* want: FRAME_KINDS for any request; or the kind of answer that it must be. */
enum err frame_open(struct span file, enum frame_kind want,
	    const struct pubring *, struct arena *, struct frame *,
	    struct fault *) must_check;
/* Another plaintext under the same key and in the same shape. */
enum err frame_seal(const struct frame *like, enum frame_kind,
	    struct span plain, struct noise *, struct arena *,
	    struct span *file) must_check;

#endif
