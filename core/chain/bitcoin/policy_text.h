/*
 * policy_text.h - a script of several keys or conditions, in words.
 *
 * The words are the same for all coins of one wallet: its keys stand there by
 * fingerprint and account, in an order that does not depend on the coin.  So
 * they are shown once, and what looks like change is compared by them.
 *
 *	source	design, section 6; BIP388 (how a key of many is written);
 *		opcodes: Bitcoin Core
 *	shapes	script, leaves and derivation fields to text
 *	units	none
 *	owns	nothing; text in the arena given
 *	errors	ERR_SPACE
 *	secrets	none
 *	tests	tests/unit/bitcoin_policy_test.c
 */
#ifndef CORE_CHAIN_BITCOIN_POLICY_TEXT_H
#define CORE_CHAIN_BITCOIN_POLICY_TEXT_H

#include "core/chain/bitcoin/request.h"

#define NAMES_MAX 128		/* keys of one coin that get a name */
#define KEY_NAME_MAX (PATH_TEXT_MAX + 32)

struct name {
	struct span	key;
	struct hash20	hash;
	char		text[KEY_NAME_MAX];
};

struct policy_leaf {
	struct span	 script;
	uint8_t		 version;
	unsigned	 depth;
};

/* An input or an output. */
struct policy_of {
	const struct psbt_map	*map;
	bool			 output;
	enum spend		 spend;
	struct span		 code, internal;
	struct policy_leaf	*leaf;
	size_t			 nleaf;
	bool			 partial;	/* not all of its leaves */
};

/* What is drawn from, and what with. */
struct pen {
	struct sink		 s;
	const struct policy_of	*of;
	const struct pubring	*ring;
	struct name		*name;
	size_t			 nname;
	size_t			 at;		/* leaf that is drawn */
	const char		**leaf;		/* those drawn */
	uint32_t		*order;
};

enum err policy_text(const struct policy_of *, const struct pubring *,
	    struct arena *, const char **out) must_check;

/* policy_keys.c */
void	 pen_names(struct pen *);
void	 pen_hex(struct pen *, struct span);
void	 pen_key(struct pen *, struct span);
void	 pen_internal(struct pen *, struct span);
void	 pen_multi(struct pen *, const struct multi *);
/* A key of the wallet, or its hash: then it is drawn. */
bool	 pen_known(struct pen *, struct span);
int	 pen_text_cmp(const void *texts, uint32_t, uint32_t);

#endif
