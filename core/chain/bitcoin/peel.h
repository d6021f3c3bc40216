/*
 * peel.h - a PSBT as binary, hex or base 64, and the answer likewise.
 *
 *	source	BIP174 (binary; base 64 in text); hex as nodes print it
 *	shapes	file to bytes and a form; bytes and form to file
 *	units	bytes
 *	owns	nothing; decoded bytes live in the arena
 *	errors	ERR_FORM, ERR_SPACE
 *	secrets	none
 *	tests	tests/unit/bitcoin_peel_test.c
 */
#ifndef CORE_CHAIN_BITCOIN_PEEL_H
#define CORE_CHAIN_BITCOIN_PEEL_H

#include "core/base/arena.h"
#include "core/encode/base64.h"

enum peel_kind { PEEL_NONE, PEEL_BINARY, PEEL_HEX, PEEL_BASE64 };

struct peel {
	enum peel_kind		 kind;
	bool			 upper;		/* hex in capitals */
	struct base64_shape	 shape;		/* lines, hex too */
};

/* By the first bytes alone. */
enum peel_kind peel_kind(struct span file);
enum err peel(struct span file, struct arena *, struct peel *,
	    struct span *bytes, size_t *at) must_check;
void	 peel_put(struct sink *, struct span bytes, const struct peel *);

#endif
