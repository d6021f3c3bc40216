/*
 * signatory.h - whom a job asks to sign.
 *
 * A job hands over digests in batches; the keeper, behind the signatory,
 * signs those that the owner's consent names, verifies each signature, and
 * gives it back.  In tests a signatory may hold test keys itself.
 *
 *	source	design, section 4
 *	shapes	an array of requests, each answered in place
 *	units	none
 *	owns	nothing
 *	errors	ERR_REFUSED (not under the consent), ERR_DEAD, ERR_STOPPED
 *	secrets	none: digests in, signatures out
 *	tests	tests/unit/keeper_test.c
 */
#ifndef CORE_KEYS_SIGNATORY_H
#define CORE_KEYS_SIGNATORY_H

#include "core/base/arena.h"
#include "core/base/limits.h"
#include "core/base/pace.h"
#include "core/base/reader.h"
#include "core/base/sink.h"
#include "core/crypto/secp.h"
#include "core/keys/path.h"

#define SIGN_BATCH 256			/* most requests in one call */

enum sign_kind {
	SIGN_ECDSA,
	SIGN_SCHNORR,			/* the key as it is (a script path) */
	SIGN_TAPROOT,			/* the key tweaked without scripts */
	SIGN_TAPROOT_ROOT,		/* the key tweaked with .root */
	SIGN_KEY_IMAGE,			/* Monero: the image, and its proof */
	SIGN_CLSAG_NONCE,		/* Monero: commitments to a nonce ... */
	SIGN_CLSAG_RESPONSE,		/* ... and the response, once */
	SIGN_KINDS
};

/*
 * What is asked, and the answer.  For Monero's one-time keys .key is (account,
 * index) of the subaddress that was paid, .digest the scalar Hs(8aR || i),
 * .root the one-time public key P that must come out:
 *
 *	KEY_IMAGE	.image; .sig is c || r, the ring of one over it
 *	CLSAG_NONCE	.image; .sig is (alpha G) || (alpha Hp(P))
 *	CLSAG_RESPONSE	.digest is c mu_P, .aux c mu_C z, of the nonce that
 *			was made for .root; .sig is s || 0
 */
struct sign_item {
	struct keyref	 key;
	enum sign_kind	 kind;
	struct hash32	 digest;
	struct hash32	 root;
	struct hash32	 aux;
	struct sig64	 sig;
	struct hash32	 image;
};

#define SIGN_ASK_MAX (8 + 4 * PATH_DEPTH + 1 + 3 * 32)	/* on the wire */
#define SIGN_ANSWER (64 + 32)

void	 put_sign_ask(struct sink *, const struct sign_item *);
enum err read_sign_ask(struct reader *, struct sign_item *) must_check;
void	 put_sign_answer(struct sink *, const struct sign_item *);
void	 read_sign_answer(struct reader *, struct sign_item *);

struct signatory {
	enum err	(*sign)(void *ctx, struct sign_item *, size_t n);
	/* Fresh randomness, for proofs that need some: 32 bytes a call. */
	enum err	(*seed)(void *ctx, struct secret32 *);
	void		*ctx;
};

/*
 * What a consent allows: how many signatures of which kind with which key.
 * One address of Monero is paid by many one-time keys: there a row names the
 * one that is meant, in .coin.  A response needs no row: it belongs to a nonce
 * that was counted.  A row for key images may leave the coin open (zeros): an
 * image spends nothing, and the coins that a transaction makes have no key
 * before it is made.
 */
struct plan_row {
	struct keyref	 key;
	enum sign_kind	 kind;
	uint32_t	 count;
	struct hash32	 coin;		/* zeros: of secp256k1, or any image */
};

struct plan {
	size_t		 n;
	struct plan_row	*row;	/* sorted by plan_cmp, no duplicates */
};

#define PLAN_MAX LIMIT_PLAN_ROWS	/* rows, and signatures a row */

bool	 sign_names_coin(enum sign_kind);
int	 plan_cmp(const struct plan_row *, const struct plan_row *);
/* For our own messages.  Reading refuses what is not sorted or is empty. */
void	 put_plan(struct sink *, const struct plan *);
enum err read_plan(struct reader *, struct arena *, struct plan *) must_check;

#endif
