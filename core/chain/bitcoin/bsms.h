/*
 * bsms.h - how several signers set up one wallet by files.
 *
 * The coordinator hands out an invitation with a token.  Each signer answers
 * with a key record that his key signs.  The coordinator makes the wallet of
 * them: a descriptor record, which every signer reviews and registers as any
 * other wallet's file.  With a token of 8 bytes or 16, records are sealed with
 * what the token gives.
 *
 * BIP129 leaves open how a token travels.  Our invitation is a key record up
 * to where the signer begins: "BSMS 1.0", the token, and if it is wanted a
 * path and a label.
 *
 *	source	BIP129
 *	shapes	text to struct bsms_record and back; record to sealed text
 *	units	bytes
 *	owns	nothing; all in the arena given
 *	errors	ERR_FORM, ERR_RANGE (a path, a label), ERR_KEY, ERR_MISMATCH
 *		(signed by another key), ERR_CHECKSUM (sealed with another
 *		token), ERR_MISSING (keys, signers), ERR_DUPLICATE, ERR_SPACE
 *	secrets	a token opens the records; what they hold is public keys
 *	tests	tests/unit/bitcoin_bsms_test.c, tests/fuzz/fuzz_wallet.c
 */
#ifndef CORE_CHAIN_BITCOIN_BSMS_H
#define CORE_CHAIN_BITCOIN_BSMS_H

#include "core/chain/bitcoin/desc.h"
#include "core/job/job.h"

#define BSMS_TOKEN_MAX 16
#define BSMS_TOKEN_TEXT (2 * BSMS_TOKEN_MAX + 1)
#define BSMS_LABEL_MAX 80
#define BSMS_FILE_MAX ((size_t)64 << 10)
#define BSMS_SIG_MAX 96			/* 65 bytes as base64, and its end */

struct bsms_token {
	size_t	 n;			/* 0: "00", nothing is sealed */
	uint8_t	 b[BSMS_TOKEN_MAX];
};

enum bsms_kind { BSMS_NOT, BSMS_INVITATION, BSMS_KEY, BSMS_WALLET };

struct bsms_record {
	struct bsms_token token;
	struct span	 body;		/* what is signed: four lines */
	struct span	 key, label, sig;
	struct desc_key	 k;
};

struct bsms_invitation {
	struct bsms_token token;
	bool		 has_path, has_fpr;
	struct path	 path;
	struct fpr	 fpr;
	struct span	 label;		/* "" */
};

enum bsms_kind bsms_kind(struct span file);
enum err bsms_token_read(struct span text, struct bsms_token *) must_check;
void	 bsms_token_text(const struct bsms_token *, char out[BSMS_TOKEN_TEXT]);
enum err bsms_invitation_read(struct span, struct bsms_invitation *)
	    must_check;
/* Its signature is looked at by bsms_verify alone. */
enum err bsms_record_read(struct span, struct bsms_record *) must_check;
enum err bsms_verify(const struct bsms_record *) must_check;
/* The signature as it stands in a record: by this key, of these four lines. */
enum err bsms_sig_text(struct span body, const struct pubkey *,
	    const struct sig64 *, char out[BSMS_SIG_MAX]) must_check;

/* bsms_seal.c: a record as hexadecimal text, MAC first.  The token that opens
 * it is looked for among those given. */
bool	 bsms_is_sealed(struct span file);
enum err bsms_seal(const struct bsms_token *, struct span record,
	    struct arena *, struct sink *) must_check;
enum err bsms_open(struct span file, const struct span *token, size_t n,
	    struct arena *, struct span *record) must_check;

/* bsms_join.c: invitations, and the wallet of the keys that came. */
enum err bsms_join(struct session *, struct job_join *, struct arena *,
	    struct sink *) must_check;

#endif
