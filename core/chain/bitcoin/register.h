/*
 * register.h - a file that describes a wallet, to be registered.
 *
 * Whatever the form, it becomes one name and one descriptor; everything after
 * that is the same for all of them.
 *
 *	source	BIP380, BIP389; BIP129; BIP388; Coldcard's text; the JSON of
 *		Specter, Sparrow and Caravan
 *	shapes	file to struct wallet_file; to facts; to other forms
 *	units	bytes
 *	owns	nothing; all in the arena of the job
 *	errors	those of desc.h; ERR_MISSING (no checksum, no key); ERR_FORM;
 *		ERR_MISMATCH (a first address that is another); ERR_DUPLICATE;
 *		ERR_SEVERAL (wallets in one file)
 *	secrets	none
 *	tests	tests/unit/bitcoin_register_test.c,
 *		tests/unit/bitcoin_register_forms_test.c
 */
#ifndef CORE_CHAIN_BITCOIN_REGISTER_H
#define CORE_CHAIN_BITCOIN_REGISTER_H

#include "core/chain/bitcoin/known.h"
#include "core/job/job.h"

#define WALLET_FILE_MAX ((size_t)256 << 10)
#define WALLET_NAME_MAX 64

struct wallet_file {
	const char	*form;		/* "descriptor", "BSMS" */
	char		 name[WALLET_NAME_MAX];	/* printable, or "" */
	const char	*text;		/* the descriptor: tidy, no checksum */
	const char	*first;		/* address that the file says, or "" */
};

/* What was found out about it, anew each time it is looked at. */
struct wallet_review {
	enum network	 network;
	uint64_t	 traits;
	bool		 done, refused;
};

struct wallet_req {
	struct wallet_file	 file;
	struct descriptor	 d;
	const char		*text;	/* as it is kept: h, <0;1>, checksum */
	struct wallet_review	*review;
};

/* register_read.c: is it such a file at all?  What does it say? */
bool	 wallet_sniff(struct span file);
enum err wallet_file_read(struct span file, struct arena *,
	    struct wallet_file *, struct fault *) must_check;
/* register_text.c: lines; register_json.c. */
enum err wallet_read_descriptor(struct span, struct arena *,
	    struct wallet_file *) must_check;
enum err wallet_read_bsms(struct span, struct arena *, struct wallet_file *)
	    must_check;
enum err wallet_read_coldcard(struct span, struct arena *,
	    struct wallet_file *) must_check;
bool	 wallet_json_sniff(struct span file);
enum err wallet_read_json(struct span, struct arena *, struct wallet_file *)
	    must_check;
/* Specter leaves out what it adds to every key. */
enum err wallet_add_branches(const char *text, struct arena *,
	    const char **out) must_check;
/* register_core.c: Bitcoin Core's lists; Specter-DIY's line. */
bool	 wallet_core_sniff(struct span file);
enum err wallet_read_core(struct span, struct arena *, struct wallet_file *)
	    must_check;
bool	 wallet_diy_sniff(struct span file);
enum err wallet_read_diy(struct span, struct arena *, struct wallet_file *)
	    must_check;
/* register_make.c: the next line, without its end and the blanks around it;
 * false past the last. */
bool	 wallet_line(struct span file, size_t *at, struct span *line);
/* A checksum is checked and taken away; then as we write it: h for ', <0;1>
 * for **. */
enum err wallet_tidy(struct span text, bool must, struct arena *,
	    const char **out) must_check;
/* Each `from' becomes `to'. */
enum err wallet_replace(struct span, const char *from, const char *to,
	    struct arena *, const char **out) must_check;
/* Two of them, for receiving and change: one with two branches. */
enum err wallet_pair(const char *receive, const char *change, struct arena *,
	    const char **out) must_check;
enum err wallet_name(struct span, struct wallet_file *) must_check;

/* A wallet of several sorted keys that is put together from its parts. */
struct wallet_kit {
	struct sink	 s;
	size_t		 nkey;
	uint8_t		 text[DESC_TEXT_MAX];
	const char	*close;
};

enum err wallet_kit_begin(struct wallet_kit *, struct span format,
	    uint32_t m) must_check;
/* path: "m/48'/0'/0'/2'"; xpub: also as SLIP-132 writes them. */
enum err wallet_kit_key(struct wallet_kit *, struct span fpr,
	    struct span path, struct span xpub) must_check;
enum err wallet_kit_end(struct wallet_kit *, struct arena *,
	    const char **out) must_check;

/* register_facts.c: what the owner reads. */
enum err wallet_facts(const struct wallet_req *, struct pubring *,
	    struct arena *, struct intent *) must_check;
enum err wallet_first(const struct wallet_req *, struct arena *, bool *same)
	    must_check;
enum err wallet_address(const struct wallet_req *, uint32_t branch,
	    uint32_t index, struct arena *, char out[ADDRESS_TEXT_MAX])
	    must_check;
/* register_export.c: addresses, or one of its forms.  ERR_CANNOT_SAY: that
 * form. */
enum err wallet_tell(const void *req, struct job_tell *, struct arena *,
	    struct sink *) must_check;
/* The key and its origin; what is below it. */
struct span wallet_key_head(const struct desc_key *, struct span *rest);
/* Two branches, 0 and 1, under every key that somebody has. */
bool	 wallet_usual(const struct descriptor *);
/* Of sorted keys alone, so and so many of them, each with its origin. */
bool	 wallet_is_kit(const struct descriptor *);
/* register_export_json.c */
enum err wallet_put_core(const struct wallet_req *, struct arena *,
	    struct sink *) must_check;
enum err wallet_put_sparrow(const struct wallet_req *, struct arena *,
	    struct sink *) must_check;
enum err wallet_put_specter(const struct wallet_req *, struct arena *,
	    struct sink *) must_check;
enum err wallet_put_caravan(const struct wallet_req *, struct arena *,
	    struct sink *) must_check;
enum err wallet_put_policy(const struct wallet_req *, struct arena *,
	    struct sink *) must_check;
/* register_judge.c: whether it may be registered, as traits; why: of its
 * script. */
uint64_t wallet_judge(const struct descriptor *, struct pubring *,
	    enum network, const char **why);
/* Beside what is registered already: it itself, a name taken, a key of ours
 * that stands in another wallet. */
uint64_t wallet_clash(const struct wallet_req *, const struct pubring *,
	    const struct session *);
bool	 wallet_with(const struct session *, const struct xpub *);

#endif
