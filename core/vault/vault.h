/*
 * vault.h - keys, wallets and records, sealed in one file.  The keeper alone
 * includes this.
 *
 * The format, version 1.  Integers are little-endian.  A file is two slots of
 * 1,048,576 bytes, one after the other, whatever is in it; each is a complete
 * state of the vault, and what changes is written into the older one.  A slot:
 *
 *	  0  16	"coldseal vault" 0d 0a
 *	 16   4	version: 1
 *	 20   4	bytes of a slot: 1048576
 *	 24   4	Argon2id: passes, 2 to 64
 *	 28   4	Argon2id: memory in KiB, 19456 to 1048576; times passes at
 *		most 16777216
 *	 32   8	sequence number: the greater one is the newer state
 *	 40  16	salt
 *	 56  24	nonce of the body
 *	 80  16	check: the first half of BLAKE2b-256 of bytes 0 to 79 under
 *		the key "check"
 *	 96  32	SHA-256 of bytes 0 to 95
 *	128   .	body, sealed with XChaCha20-Poly1305 (IETF) under the key
 *		"body", bytes 0 to 127 as additional data; its tag is the
 *		slot's last 16 bytes
 *
 * In every version the SHA-256 stands there, so that a version that is not
 * known can be told from damage.  The key of the passphrase (bytes as typed)
 * is Argon2id 0x13, one lane, 32 bytes; the keys "check", "body" and "keys"
 * are BLAKE2b-256 of the texts "coldseal vault 1 check" (body, keys) under
 * it.  The body, 1,048,432 bytes:
 *
 *	  0   4	flags: 1: keys leave memory when a consent ends
 *	  4   4	the number that the next thing gets
 *	  8   4	bytes of things that follow at 16
 *	 12   4	0
 *	 16   .	things: u8 type, u32 number, u32 length, then so many bytes;
 *		after them zeros.  What is in those that are public stands in
 *		core/wire/kept.h
 *
 * A key (type 1) is its public part (u8 kind, fingerprint, u32 length, name),
 * 24 bytes nonce, and 256 bytes sealed under the key "keys", with "coldseal
 * key", the number and the public part as additional data (so 16 bytes more):
 *
 *	  0   1	kind: 0 BIP32, 1 Monero
 *	  1   1	bytes of seed (0: not known)
 *	  2   1	words (0: not known)
 *	  3   1	0
 *	  4  64	seed of BIP32, then zeros
 *	 68  52	numbers of the words, two bytes each, then zeros
 *	120  32	master key; of Monero the spend key
 *	152  32	chain code; of Monero the view key
 *	184   8	of Monero the birthday: seconds since 1970, or 0
 *	192   .	zeros
 *
 * A line of the log (type 6) is its number, a blank, the SHA-256 of the line
 * before with its line end in hex (64 zeros for the first), a blank, text.
 *
 * Only the header is read before it is authenticated: 128 bytes at fixed
 * places, every figure bounded both ways.
 *
 *	source	RFC 9106, RFC 7693, draft-irtf-cfrg-xchacha-03, by libsodium
 *	shapes	file bytes to struct vault and back
 *	units	bytes
 *	owns	nothing: .body and .image, VAULT_SLOT each, and .shield are the
 *		caller's
 *	errors	ERR_FORM (not a vault), ERR_DAMAGED, ERR_VERSION,
 *		ERR_PASSPHRASE, ERR_RANGE (a cost out of bounds), ERR_SPACE
 *		(memory, or the vault is full), ERR_DUPLICATE, ERR_NO_KEY
 *	secrets	the vault's keys, shielded but while a function here works with
 *		them; passphrases, the key that is kept or loaded.  Nothing in
 *		.body is spending secret: keys are sealed in it
 *	tests	tests/unit/vault_test.c, tests/unit/vault_things_test.c,
 *		tests/unit/keeper_vault_test.c, tests/fuzz/fuzz_vault.c,
 *		tests/unit/vault_hostile_test.c,
 *		tests/faults/vault_faults_test.c, tests/e2e/vault.py
 */
#ifndef CORE_VAULT_VAULT_H
#define CORE_VAULT_VAULT_H

#include "core/base/limits.h"
#include "core/base/passphrase.h"
#include "core/crypto/shield.h"
#include "core/keys/restore.h"
#include "core/wire/kept.h"

#define VAULT_VERSION 1
#define VAULT_SLOT ((size_t)LIMIT_VAULT)
#define VAULT_SLOTS 2
#define VAULT_HEAD 128
#define VAULT_BODY (VAULT_SLOT - VAULT_HEAD - SEAL_TAG)
#define VAULT_SEALED ((size_t)(SEAL_NONCE + 256 + SEAL_TAG))	/* of a key */
#define VAULT_PASSPHRASE_MIN PASSPHRASE_LEAST
#define VAULT_PASSPHRASE_MAX PASSPHRASE_MOST
#define VAULT_KIB_MIN 19456		/* OWASP's least, with two passes */
#define VAULT_PASSES_MIN 2

struct vault_head {
	uint32_t	version;
	struct cost	cost;
	uint64_t	sequence;
	uint8_t		salt[SEAL_SALT];
	uint8_t		nonce[SEAL_NONCE];
	uint8_t		check[16];
};

struct vault_keys {			/* of one passphrase and salt */
	struct secret32	check, body, keys;
};

struct vault {
	bool			open;
	bool			has_keys;	/* "keys" is among them: */
	uint8_t			box[sizeof(struct vault_keys) + SHIELD_MORE];
	struct vault_head	head;		/* of the state at hand */
	unsigned		slot;		/* where the next one goes */
	uint64_t		last;		/* greatest sequence number */
	enum slot_state		state[VAULT_SLOTS];	/* as found */
	uint32_t		flags, next;
	size_t			used;		/* bytes of .body */
	uint8_t			*body;		/* VAULT_BODY */
	uint8_t			*image;		/* a slot, VAULT_SLOT */
	const struct shield	*shield;	/* of .box */
};

/* head.c: 128 bytes in; ERR_FORM, ERR_DAMAGED, ERR_VERSION, ERR_RANGE. */
enum err vault_head_read(struct span, struct vault_head *) must_check;
void	 vault_head_put(const struct vault_head *, const struct secret32 *check,
	    uint8_t out[VAULT_HEAD]);
enum err vault_cost_ok(struct cost) must_check;
/* Is it this passphrase's?  The bytes of a header that was read. */
bool	 vault_head_fits(struct span, const struct secret32 *check);

/* open.c.  kib: as much memory as this machine has for it. */
enum err vault_new(struct vault *, struct span passphrase, struct cost)
	    must_check;
enum err vault_open(struct vault *, struct span file, struct span passphrase,
	    uint32_t kib, struct fault *) must_check;
void	 vault_close(struct vault *);
/* A slot of the file, to be written at .slot; vault_saved when it is there,
 * and not before: until then the same slot is meant. */
enum err vault_seal(struct vault *, uint64_t *sequence) must_check;
enum err vault_saved(struct vault *, uint64_t sequence) must_check;

/* lock.c.  Of a passphrase; the caller wipes. */
enum err vault_passphrase_ok(struct span) must_check;
enum err vault_stretch(struct span passphrase, const struct vault_head *,
	    struct vault_keys *) must_check;
/* From behind the shield, and there; the caller wipes. */
enum err vault_keys_open(const struct vault *, struct vault_keys *) must_check;
void	 vault_keys_shut(struct vault *, const struct vault_keys *);
/* Those that open keys, again after they were forgotten. */
void	 vault_forget_keys(struct vault *);
enum err vault_again(struct vault *, struct span passphrase) must_check;
enum err vault_passwd(struct vault *, struct span old, struct span passphrase,
	    struct cost) must_check;

/* things.c: what is in it. */
struct reader vault_things(const struct vault *);
enum err vault_check(struct vault *, struct fault *) must_check;
enum err vault_put(struct vault *, enum kept_type, struct span, uint32_t *id)
	    must_check;
enum err vault_drop(struct vault *, uint32_t id) must_check;
enum err vault_find(const struct vault *, uint32_t id, struct kept *)
	    must_check;
/* The public part of all, as a list. */
void	 vault_list(const struct vault *, struct sink *);
enum err vault_log(struct vault *, struct span text, uint32_t *id) must_check;
/* Takes away all lines but the last, to which the next is chained. */
void	 vault_cut_log(struct vault *);

/* keys.c */
enum err vault_keep(struct vault *, const struct seedkey *, struct span name,
	    uint32_t *id) must_check;
enum err vault_load(const struct vault *, uint32_t id, struct seedkey *)
	    must_check;
/* Does one stand there under this fingerprint, sealed or not? */
bool	 vault_has(const struct vault *, const struct fpr *);
/* All of them, sealed anew; from: the keys so far. */
enum err vault_reseal(struct vault *, const struct vault_keys *from,
	    const struct vault_keys *to) must_check;

#endif
