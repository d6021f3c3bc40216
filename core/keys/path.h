/*
 * path.h - derivation paths, and a path under one fingerprint.
 *
 *	source	BIP32
 *	shapes	up to PATH_DEPTH elements; text is m/84'/1'/0'/0/3
 *	units	the top bit of an element means hardened
 *	owns	nothing
 *	errors	ERR_FORM, ERR_RANGE
 *	secrets	none (paths and fingerprints are public)
 *	tests	tests/unit/path_test.c
 */
#ifndef CORE_KEYS_PATH_H
#define CORE_KEYS_PATH_H

#include "core/base/err.h"
#include "core/base/limits.h"
#include "core/base/reader.h"
#include "core/base/sink.h"

#define PATH_DEPTH LIMIT_PATH_DEPTH
#define PATH_TEXT_MAX 128
#define HARDENED 0x80000000u

struct path {
	uint32_t n;
	uint32_t e[PATH_DEPTH];
};

struct fpr { uint8_t b[4]; };		/* master key fingerprint */

struct keyref {
	struct fpr	fpr;
	struct path	path;
};

bool	 path_eq(const struct path *, const struct path *);
int	 path_cmp(const struct path *, const struct path *);
bool	 fpr_eq(const struct fpr *, const struct fpr *);
int	 keyref_cmp(const struct keyref *, const struct keyref *);
/* How many leading elements up to and with the last hardened one. */
uint32_t path_hardened(const struct path *);
struct path path_prefix(const struct path *, uint32_t n);

void	 path_text(const struct path *, char out[PATH_TEXT_MAX]);
enum err path_of_text(struct span, struct path *) must_check; /* ' or h */
void	 fpr_text(const struct fpr *, char out[9]);

/* Elements as BIP174 writes them: little-endian words, nothing else. */
enum err path_of_words(struct span, struct path *) must_check;

/* For our own messages. */
void	 put_keyref(struct sink *, const struct keyref *);
void	 read_keyref(struct reader *, struct keyref *);

#endif
