/*
 * message.h - a message to be signed with the key of an address.
 *
 * A request is a text file of two or three lines: the message, the path of
 * the key, and how it is to be signed.  Whatever else a text is, it is no
 * request.  The answer is the signed message in its usual frame.
 *
 *	source	BIP137; BIP322 version 2 (with the prefixes smp and ful)
 *	shapes	struct message; message and key to a digest; signature text
 *	units	bytes
 *	owns	nothing; all in the arena of the job
 *	errors	ERR_FORM, ERR_MISSING (no kind of address), ERR_MISMATCH
 *		(a signature does not hold), ERR_VERSION (a kind of address or
 *		signature that cannot be checked here), ERR_SPACE, ERR_RANGE
 *	secrets	none
 *	tests	tests/unit/message_test.c, message_text_test.c,
 *		message_job_test.c
 */
#ifndef CORE_CHAIN_BITCOIN_MESSAGE_H
#define CORE_CHAIN_BITCOIN_MESSAGE_H

#include "core/chain/bitcoin/script.h"
#include "core/chain/bitcoin/tx.h"
#include "core/job/job.h"

#define MESSAGE_FILE_MAX ((size_t)64 << 10)
#define MESSAGE_SIG_MAX 512		/* as text; a full one has below 400 */

enum message_form {
	MESSAGE_BIP137,
	MESSAGE_SIMPLE,
	MESSAGE_FULL
};

/* What was found out about a request, anew each time it is looked at. */
struct message_review {
	enum network	 network;
	bool		 done, refused;
	struct keyref	 key;
	struct pubkey	 pub;
	struct key_script script;
	char		 address[ADDRESS_TEXT_MAX];
	char		 sig[MESSAGE_SIG_MAX];	/* "" until it is signed */
};

struct message {
	struct span	 text;		/* as it stands in the file */
	struct path	 path;
	bool		 has_fpr;
	struct fpr	 fpr;
	enum spend	 how;
	enum message_form form;
	struct message_review *review;
};

/* message_read.c: is it a request, and what does it say? */
bool	 message_sniff(struct span file);
enum err message_read(struct span file, struct message *, struct fault *)
	    must_check;
const char *message_form_name(enum message_form);

/* message_text.c: what is to be noticed about the text, as traits. */
uint64_t message_traits(struct span text);

/* message_digest.c: what is signed.  BIP137 hashes the text alone. */
void	 message_digest_bip137(struct span text, struct hash32 *);
/* BIP322: the name of the transaction that cannot exist, whose output holds
 * the script. */
void	 message_to_spend(struct span text, struct span script,
	    struct hash32 *txid);

/* The one that spends it, as a signer makes it: version, time lock and
 * sequence are zero. */
struct message_tx {
	struct tx	 tx;
	struct tx_in	 in;
	struct tx_out	 out;
	uint8_t		 outpoint[OUTPOINT_SIZE];
};

void	 message_to_sign(struct span text, struct span script,
	    struct message_tx *);
/* The digest that spends this script with that transaction; pub is not asked
 * of taproot. */
enum err message_tx_digest(const struct tx *, enum spend, struct span script,
	    const struct pubkey *, struct hash32 *) must_check;

/* message_sign.c: a signature as text, of one that was verified. */
enum err message_digest(const struct message *, struct hash32 *) must_check;
enum err message_encode(const struct message *, const struct sig64 *,
	    char out[MESSAGE_SIG_MAX]) must_check;

/* message_verify.c: reads a signature afresh: does the key of this address
 * say this text?  Addresses of one key only. */
enum err message_verify(enum network, struct span address, struct span text,
	    struct span sig) must_check;

/* message_answer.c */
extern const struct answer message_answers[];

#endif
