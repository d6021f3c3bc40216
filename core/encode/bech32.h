/*
 * bech32.h - segwit addresses: Bech32 and Bech32m.
 *
 *	source	BIP173, BIP350
 *	shapes	(hrp, witness version, program) and NUL-terminated text
 *	units	bytes
 *	owns	nothing
 *	errors	ERR_FORM, ERR_CHECKSUM, ERR_RANGE, ERR_SPACE
 *	secrets	none; variable time
 *	tests	tests/unit/bech32_test.c
 */
#ifndef CORE_ENCODE_BECH32_H
#define CORE_ENCODE_BECH32_H

#include "core/base/err.h"
#include "core/base/span.h"

#define BECH32_TEXT_MAX 91		/* 90 characters and NUL */

/* Version 0 is Bech32, 1 to 16 Bech32m; program 2 to 40 bytes (0: 20, 32). */
enum err segwit_text(const char *hrp, unsigned version, struct span program,
	    char *out, size_t cap) must_check;
enum err segwit_bytes(const char *hrp, struct span text, unsigned *version,
	    uint8_t program[40], size_t *n) must_check;

/* What lies below an address: 5-bit values without their checksum. */
struct bech32 {
	char	 hrp[BECH32_TEXT_MAX];	/* lower case */
	size_t	 n;
	uint8_t	 v[BECH32_TEXT_MAX];
	bool	 m;			/* checksum of BIP350, not BIP173 */
};

enum err bech32_split(struct span text, struct bech32 *) must_check;

#endif
