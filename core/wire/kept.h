/*
 * kept.h - what a vault holds, as it is listed and handed on.
 *
 * A list is one kept thing after another: type, number, then a block.  The
 * keeper writes lists and takes single things; what is in those that are
 * public it never reads.  The clerk writes and reads wallets and coins.
 *
 *	source	design, section 2: names, labels and wallets are public facts
 *	shapes	list: u8 type, u32 number, block (u32 length, bytes)
 *		key: u8 kind, 4 bytes fingerprint, block name
 *		wallet: block chain, u8 network, block name, block text
 *		coin: 36 bytes key (an outpoint), 32 bytes amount
 *		log: a line of printable ASCII, without its end
 *		label: core/wire/label.h
 *		setting: core/wire/setting.h
 *		odd: u32 how many, u32 number of each of the first
 *	units	bytes
 *	owns	nothing; spans point into what is read
 *	errors	ERR_FORM, ERR_RANGE, those of the reader
 *	secrets	none
 *	tests	tests/unit/vault_things_test.c, tests/unit/recall_test.c,
 *		tests/unit/label_test.c
 */
#ifndef CORE_WIRE_KEPT_H
#define CORE_WIRE_KEPT_H

#include "core/base/keykind.h"
#include "core/base/network.h"
#include "core/base/num.h"
#include "core/base/reader.h"
#include "core/base/sink.h"

enum kept_type {
	KEPT_NONE,
	KEPT_KEY,
	KEPT_WALLET,
	KEPT_LABEL,
	KEPT_SETTING,
	KEPT_COIN,
	KEPT_LOG,
	KEPT_TYPES
};

/* A file of them begins so, and so does each of its two halves. */
#define KEPT_MARK "coldseal vault\r\n"
#define KEPT_MARK_SIZE ((size_t)16)

#define KEPT_NAME_MAX 64		/* of a key or wallet */

enum { VAULT_EACH_TIME = 1 };		/* flags: keys leave with a consent */

/* What became of one of the two states in the file. */
enum slot_state {
	SLOT_NONE,			/* the file is too short for it */
	SLOT_FOREIGN,			/* no mark of a vault */
	SLOT_DAMAGED,
	SLOT_NEWER,			/* a version that is not known */
	SLOT_COST,		/* asks for more, or less, than may be */
	SLOT_WHOLE,			/* as far as it can be told unopened */
	SLOT_LOCKED,			/* of another passphrase */
	SLOT_TORN,		/* of this one, but its body is not whole */
	SLOT_OPEN,
	SLOT_STATES
};

struct kept {
	enum kept_type	 type;
	uint32_t	 id;		/* never given twice in one vault */
	struct span	 body;
};

struct kept_key {
	enum key_kind	 kind;
	uint8_t		 fpr[4];
	struct span	 name;
};

struct kept_wallet {
	struct span	 chain;		/* "btc" */
	enum network	 network;
	struct span	 name, text;
};

struct kept_coin {
	uint8_t		 key[36];	/* an outpoint */
	struct num	 amount;
};

/* What could not be read of a list: how many, and the numbers of the first. */
#define KEPT_ODD_MAX 16
struct kept_odd {
	uint32_t	 n, id[KEPT_ODD_MAX];
};

void	 kept_odd_add(struct kept_odd *, uint32_t id);
size_t	 kept_odd_ids(const struct kept_odd *);	/* that are told */
void	 put_kept_odd(struct sink *, const struct kept_odd *);
enum err read_kept_odd(struct span, struct kept_odd *) must_check;

/* The name of a vault's file, of what was typed: letters, digits, - and _, as
 * any stick and system has them; .vault is put behind. */
#define KEPT_FILE_MAX 40
enum err kept_file(struct span typed, char out[KEPT_FILE_MAX]) must_check;

bool	 kept_marked(struct span beginning);

void	 put_kept(struct sink *, enum kept_type, uint32_t id, struct span);
/* The next of a list; false at its end, or where r.err is set. */
bool	 read_kept(struct reader *, struct kept *);
/* Is it of an allowed type, and no longer than such a one may be? */
enum err kept_fits(enum kept_type, size_t n) must_check;

void	 put_kept_key(struct sink *, const struct kept_key *);
enum err read_kept_key(struct span, struct kept_key *) must_check;
void	 put_kept_wallet(struct sink *, const struct kept_wallet *);
enum err read_kept_wallet(struct span, struct kept_wallet *) must_check;
void	 put_kept_coin(struct sink *, const struct kept_coin *);
enum err read_kept_coin(struct span, struct kept_coin *) must_check;

#endif
