/*
 * label.h - what the owner calls a thing: an address, a coin, a wallet.
 *
 * A label is kept by the vault (core/wire/kept.h) under the text of its key,
 * "addr bc1q...", "output txid:0", "key 73c5da0a", "wallet ad4kq7z5" (the
 * checksum of its descriptor).  Its text is what somebody wrote, escaped as
 * foreign text is (core/base/text.h), so that two texts never look the same;
 * it is a note and proves nothing.
 *
 *	source	BIP329 for the first six kinds
 *	shapes	block key, block text; then, where there is either, block
 *		origin, u8 flags: 1 read from a file, 2 not to be spent, 4 the
 *		file said whether; all texts printable ASCII, escaped
 *	units	bytes
 *	owns	nothing; spans point into what is read
 *	errors	ERR_FORM, ERR_RANGE, those of the reader; ERR_SPACE
 *	secrets	none
 *	tests	tests/unit/label_test.c
 */
#ifndef CORE_WIRE_LABEL_H
#define CORE_WIRE_LABEL_H

#include "core/base/reader.h"
#include "core/base/sink.h"

enum label_kind {
	LABEL_TX,
	LABEL_ADDR,
	LABEL_PUBKEY,
	LABEL_INPUT,
	LABEL_OUTPUT,
	LABEL_XPUB,
	LABEL_BIP329,			/* so many has that standard */
	LABEL_KEY = LABEL_BIP329,
	LABEL_WALLET,
	LABEL_KINDS
};

#define LABEL_REF_MAX 132		/* an extended key, an address */
#define LABEL_KEY_MAX (8 + LABEL_REF_MAX)
#define LABEL_RAW_MAX 255		/* of a text before it is escaped */
#define LABEL_TEXT_MAX (4 * LABEL_RAW_MAX)
#define LABEL_ORIGIN_MAX 255
#define LABEL_BODY_MAX (4 + LABEL_KEY_MAX + 4 + LABEL_TEXT_MAX + 4 + \
	    LABEL_ORIGIN_MAX + 1)

enum { LABEL_FROM_FILE = 1, LABEL_FROZEN = 2, LABEL_SPENDABLE_SAID = 4 };

struct label {
	enum label_kind	 kind;
	struct span	 key;		/* "addr bc1q...": .kind and .ref */
	struct span	 ref;
	struct span	 text, origin;	/* escaped; "" where there is none */
	unsigned	 flags;
};

/* "addr", "tx": as BIP329 says it. */
const char	*label_kind_name(enum label_kind);
/* ERR_FORM: not of that kind's form. */
enum err label_ref_ok(enum label_kind, struct span ref) must_check;

enum err label_read(struct span body, struct label *) must_check;
/* .key is not read here: .kind and .ref are. */
void	 label_put(struct sink *, const struct label *);

/* The key of what was typed: with its kind in front, or an address, a
 * transaction, an outpoint, a fingerprint, an extended key as they are. */
enum err label_key(struct span typed, char out[LABEL_KEY_MAX + 1])
	    must_check;
/* A text as it is kept: foreign bytes escaped. */
enum err label_text(struct span typed, char out[LABEL_TEXT_MAX + 1])
	    must_check;
/* The body for a key and a text that label_key() and label_text() gave. */
void	 label_put_pair(struct sink *, const char *key, const char *text);

#endif
