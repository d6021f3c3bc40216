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
	SIGN_KINDS
};

struct sign_item {
	struct keyref	 key;
	enum sign_kind	 kind;
	struct hash32	 digest;
	struct hash32	 root;
	struct sig64	 sig;		/* the answer */
};

struct signatory {
	enum err	(*sign)(void *ctx, struct sign_item *, size_t n);
	void		*ctx;
};

/* What a consent allows: how many signatures with which key. */
struct plan_row {
	struct keyref	 key;
	uint32_t	 count;
};

struct plan {
	size_t		 n;
	struct plan_row	*row;	/* sorted by keyref_cmp, no duplicates */
};

#define PLAN_MAX 100000		/* rows, and signatures a row */

/* For our own messages.  Reading refuses what is not sorted or is empty. */
void	 put_plan(struct sink *, const struct plan *);
enum err read_plan(struct reader *, struct arena *, struct plan *) must_check;

#endif
