/*
 * codex32.h - a BIP32 seed as one line of letters and figures, or as shares
 * that can be checked and put together with paper and pencil.
 *
 *	source	BIP93: codex32 and long codex32, of 16 to 64 bytes
 *	shapes	text ("ms1...", in one case); a set of shares; struct seed
 *	units	characters, shares
 *	owns	nothing; the caller wipes
 *	errors	reading: ERR_FORM (no such text, or mixed case), ERR_RANGE
 *		(length, threshold, index), ERR_CHECKSUM (*bad: the character
 *		that is wrong if one alone is, or SIZE_MAX).  A set: ERR_MIXED,
 *		ERR_DUPLICATE, ERR_MISSING, ERR_MISMATCH (one more than needed
 *		does not fit), ERR_SPACE.  Splitting: ERR_RANGE
 *	secrets	the payload and its checksum; constant time.  Public: prefix,
 *		threshold, identifier, index, length
 *	tests	tests/unit/codex32_test.c, tests/fuzz/fuzz_text.c, tests/ct
 */
#ifndef CORE_KEYS_CODEX32_H
#define CORE_KEYS_CODEX32_H

#include "core/base/chance.h"
#include "core/keys/bip32.h"

#define CODEX32_VALUES 124		/* after "ms1" */
#define CODEX32_TEXT_MAX 128		/* with it, and NUL */
#define CODEX32_ID 4
#define CODEX32_SHARES 31

struct codex32 {
	size_t	n;
	uint8_t	v[CODEX32_VALUES];	/* of five bits, checksum included */
};

struct codex32_set {
	size_t		n;
	struct codex32	share[CODEX32_SHARES];
};

/* Does it begin as one? */
bool	 codex32_looks_so(struct span text);
enum err codex32_read(struct span text, struct codex32 *, size_t *bad)
	    must_check;
void	 codex32_text(const struct codex32 *, char out[CODEX32_TEXT_MAX]);
/* How many are needed (0: the secret itself), and which one it is. */
unsigned codex32_need(const struct codex32 *);
char	 codex32_index(const struct codex32 *);

enum err codex32_add(struct codex32_set *, const struct codex32 *) must_check;
/* One at 's' is the secret whole; else as many as are needed. */
enum err codex32_join(const struct codex32_set *, struct seed *) must_check;
/* The share that stands at an index, of as many as are needed. */
enum err codex32_at(const struct codex32_set *, char index, struct codex32 *)
	    must_check;
/* need 0 and n 1: the seed itself under this identifier; need 2 to 9 of n. */
enum err codex32_split(const struct seed *, const uint8_t id[CODEX32_ID],
	    unsigned need, size_t n, fill_random *, struct codex32_set *)
	    must_check;

#endif
