/*
 * bip32.h - hierarchical keys.
 *
 *	source	BIP32
 *	shapes	xprv (keeper only) and xpub; text is Base58Check of 78 bytes
 *	units	bytes
 *	owns	nothing; the caller wipes an xprv
 *	errors	ERR_KEY (a child that does not exist), ERR_FORM, ERR_RANGE
 *	secrets	struct xprv; constant time
 *	tests	tests/unit/bip32_test.c, tests/ct
 */
#ifndef CORE_KEYS_BIP32_H
#define CORE_KEYS_BIP32_H

#include "core/crypto/secp.h"
#include "core/keys/path.h"

#define XPUB_SIZE 78
#define XPUB_TEXT_MAX 113
#define XPUB_VERSION_MAIN 0x0488b21eu
#define XPUB_VERSION_TEST 0x043587cfu

/* What a master key is made from: 16 to 64 bytes. */
#define SEED_MAX 64
struct seed {
	size_t	n;
	uint8_t	b[SEED_MAX];
};

struct xprv {
	struct secret32	key;
	struct secret32	chain;
	struct fpr	parent;
	uint32_t	index;
	uint8_t		depth;
};

struct xpub {
	struct pubkey	key;
	struct hash32	chain;
	struct fpr	parent;
	uint32_t	index;
	uint8_t		depth;
};

enum err xprv_of_seed(struct span seed, struct xprv *) must_check;
enum err xprv_child(const struct xprv *, uint32_t index, struct xprv *out)
	    must_check;
/* The same for many children of one parent, whose public key is kept: it
 * costs as much as all the rest of a step. */
enum err xprv_child_of(const struct xprv *, const struct pubkey *,
	    uint32_t index, struct xprv *out) must_check;
enum err xprv_derive(const struct xprv *, const struct path *,
	    struct xprv *out) must_check;
enum err xprv_neuter(const struct xprv *, struct xpub *) must_check;

enum err xpub_child(const struct xpub *, uint32_t index, struct xpub *out)
	    must_check;
enum err xpub_child_of(const struct xpub *, const struct pubpoint *,
	    uint32_t index, struct xpub *out) must_check;
struct fpr fpr_of_pub(const struct pubkey *);

/* The 78 bytes with a version in front (BIP32 serialisation). */
void	 xpub_bytes(const struct xpub *, uint32_t version,
	    uint8_t out[XPUB_SIZE]);
enum err xpub_of_bytes(struct span, uint32_t *version, struct xpub *)
	    must_check;
enum err xpub_text(const struct xpub *, uint32_t version,
	    char out[XPUB_TEXT_MAX]) must_check;

/* For our own messages: the 78 bytes, version 0. */
void	 put_xpub(struct sink *, const struct xpub *);
void	 read_xpub(struct reader *, struct xpub *);

#endif
