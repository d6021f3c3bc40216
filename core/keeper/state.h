/*
 * state.h - what the keeper holds, and the table of what it answers.
 *
 *	source	design, section 2
 *	shapes	struct keeper, in locked memory
 *	units	none
 *	owns	itself; wiped by keeper_wipe
 *	errors	replies
 *	secrets	keys, the last branch derived and the keys of an open vault,
 *		shielded but for .open; nonces, a key being made
 *	tests	tests/unit/keeper_test.c, tests/unit/keeper_new_test.c,
 *		tests/unit/keeper_backup_test.c, tests/unit/keeper_vault_test.c
 */
#ifndef CORE_KEEPER_STATE_H
#define CORE_KEEPER_STATE_H

#include "core/base/arena.h"
#include "core/crypto/entropy.h"
#include "core/crypto/shield.h"
#include "core/keys/bip32.h"
#include "core/keys/age.h"
#include "core/keys/bip39.h"
#include "core/keys/gather.h"
#include "core/keys/pubring.h"
#include "core/keys/restore.h"
#include "core/keys/signatory.h"
#include "core/proc/channel.h"
#include "core/vault/vault.h"

/* Half of a ring signature: made, and not yet answered. */
struct nonce {
	struct hash32	coin;		/* the one-time key it is for */
	struct scalar	x, alpha;
};

#define NONCES_MAX SIGN_BATCH

/* Of a key, what only backups and the vault ask for. */
struct source {
	struct seed	seed;
	struct mnemonic	words;
};

/* A key at hand: which it is, and behind the shield itself. */
struct held {
	struct fpr	fpr;
	enum key_kind	kind;
	bool		lent;		/* by the vault */
	uint8_t		box[sizeof(union rootkey) + SHIELD_MORE];
	uint8_t		source[sizeof(struct source) + SHIELD_MORE];
};

struct branch {				/* a parent, remembered */
	bool		held;
	struct keyref	ref;
	struct pubkey	pub;
	uint8_t		box[sizeof(struct xprv) + SHIELD_MORE];
};

enum parent { PARENT_SHUT, PARENT_OPEN, PARENT_NEW };

/* A key on its way: what is fed, then words that were shown once, then the
 * key loaded while a passphrase may still follow. */
enum making { MAKING_NONE, MAKING_FEED, MAKING_SHOWN, MAKING_NAMED };

struct new_key {
	enum making	stage;
	bool		bare;		/* a seed that no words give */
	struct entropy	entropy;
	struct mnemonic	m;
	uint8_t		ask[MNEMONIC_MAX];	/* places of words, in turn */
	size_t		nask, at;
};

/* Shares that were made, until the owner has them. */
struct backup {
	enum backup_form	form;
	size_t			n;
	struct slip39_set	slip39;
	struct codex32_set	codex32;
};

struct keeper {
	struct held	 key[FPR_MAX];
	size_t		 nkey;
	struct branch	 branch;
	struct {			/* while one request is answered */
		struct seedkey	key[FPR_MAX];
		bool		is[FPR_MAX];
		struct xprv	xprv;		/* of .branch */
		enum parent	parent;
	} open;
	struct shield	 shield;
	struct vault	 vault;
	int		 fd;		/* that came with the message, or -1 */
	struct nonce	 nonce[NONCES_MAX];
	size_t		 nnonce;
	uint64_t	 drawn;		/* scalars so far; never goes back */
	struct new_key	 made;
	struct backup	 backup;
	struct gather	 gather;	/* pieces typed so far */
	bool		 by_hand;	/* one by one: they stay till the end */
	struct {			/* an age file, while it is made */
		uint8_t	text[AGE_TEXT_MAX];
		uint8_t	file[AGE_TEXT_MAX + AGE_OVER];
	} age;

	bool		 consent;
	struct hash32	 digest;
	struct plan	 plan;		/* counts fall as signatures go out */
	size_t		 cap;		/* rows that were announced */
	uint64_t	 left;		/* sum of the counts */
	struct arena	 arena;		/* of the plan */
};

/* An answer: written to reply, or an error and where. */
typedef enum err keeper_on(struct keeper *, struct span body,
	    struct sink *reply, struct fault *);

keeper_on keeper_on_complete, keeper_on_check_words, keeper_on_unlock,
    keeper_on_lock, keeper_on_fingerprints, keeper_on_new_key,
    keeper_on_feed, keeper_on_unfeed, keeper_on_words, keeper_on_quiz,
    keeper_on_answer, keeper_on_passphrase, keeper_on_end_new,
    keeper_on_backup, keeper_on_share, keeper_on_end_backup,
    keeper_on_child, keeper_on_gather, keeper_on_stretch, keeper_on_rehearse,
    keeper_on_age_seal, keeper_on_age_open,
    keeper_on_plan, keeper_on_consent,
    keeper_on_end_consent, keeper_on_keys, keeper_on_pubkeys,
    keeper_on_viewers, keeper_on_sign, keeper_on_vault_try,
    keeper_on_vault_new, keeper_on_vault_open, keeper_on_vault_again,
    keeper_on_vault_close, keeper_on_vault_list, keeper_on_vault_keep,
    keeper_on_vault_load, keeper_on_vault_put, keeper_on_vault_drop,
    keeper_on_vault_log, keeper_on_vault_flags, keeper_on_vault_passwd,
    keeper_on_vault_seal, keeper_on_vault_saved;

/* The handler of a message, or NULL. */
keeper_on	*keeper_handler(enum msg);
/* It answers, and what it opened is shut. */
enum err keeper_answer(struct keeper *, enum msg, struct span body,
	    struct sink *reply, struct fault *) must_check;

uint8_t	 keeper_state(const struct keeper *);
void	 keeper_wipe(struct keeper *);		/* all but the memory */
void	 keeper_end_consent(struct keeper *);
/* A message that is one number. */
enum err keeper_number(struct span body, uint32_t *) must_check;
/* The keys that the vault lent are wiped; the vault, too. */
void	 keeper_give_back(struct keeper *);
void	 keeper_close_vault(struct keeper *);
const struct held *keeper_find(const struct keeper *, const struct fpr *);
/* From behind the shield, until the request is answered: without its seed and
 * words; with them. */
enum err keeper_open(struct keeper *, const struct held *,
	    const struct seedkey **) must_check;
enum err keeper_whole(struct keeper *, const struct held *,
	    const struct seedkey **) must_check;
void	 keeper_shut(struct keeper *);
/* A text and a passphrase, or the pieces that were gathered: the key.
 * ERR_UNFINISHED: it takes long, and STRETCH goes on with it. */
enum err keeper_restore(struct keeper *, struct span body, struct seedkey *,
	    struct fault *) must_check;
void	 keeper_drop_pieces(struct keeper *);
/* Randomness, marked. */
void	 keeper_chance(void *, size_t);
/* Is there room for one more key? */
enum err keeper_room(const struct keeper *, struct fault *) must_check;
/* A key that there is room for, from now on at hand (the same key twice is
 * one); its fingerprint goes to reply.  The caller wipes what it gave. */
void	 keeper_take(struct keeper *, const struct seedkey *,
	    struct sink *reply);
enum err keeper_load(struct keeper *, const struct mnemonic *,
	    struct span passphrase, struct sink *reply, struct fault *)
	    must_check;
/* The private key at a path; the caller wipes it. */
enum err keeper_derive(struct keeper *, const struct keyref *, struct xprv *)
	    must_check;

/* What signs one kind; .sig and .image are answers that may be released. */
typedef enum err keeper_make(struct keeper *, struct sign_item *);

keeper_make keeper_make_image, keeper_make_nonce, keeper_make_response;

#endif
