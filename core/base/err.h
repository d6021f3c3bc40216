/*
 * err.h - the one result type of the house, and where a file went wrong.
 *
 * Every function that can fail returns enum err and is marked must_check.
 * Zero is success; anything else is a failure.  Outputs are written only on
 * success.  (Not named OK: <curses.h> defines that, and ERR, as macros.)
 *
 *	source	design, section 3
 *	shapes	enum err; struct fault: byte offset and place in words
 *	units	bytes
 *	owns	nothing
 *	errors	this is them
 *	secrets	none
 *	tests	tests/unit/base_test.c
 */
#ifndef CORE_BASE_ERR_H
#define CORE_BASE_ERR_H

#include <stddef.h>

#define must_check __attribute__((__warn_unused_result__))
#define like_printf(f, a) __attribute__((__format__(__printf__, f, a)))

/* Code, stable name, what is wrong, what to do. */
#define ERR_LIST(X)							\
	X(ERR_SHORT, "file.truncated", "the data ends too early",	\
	    "copy or export the file again")				\
	X(ERR_TRAILING, "file.trailing", "bytes are left over after the end", \
	    "export the file again")					\
	X(ERR_RANGE, "file.range", "a number is outside its allowed range", \
	    "look at that number again")				\
	X(ERR_FORM, "file.malformed", "it is not in the expected form",	\
	    "export it again from the wallet that made it")		\
	X(ERR_SPACE, "file.space",					\
	    "it does not fit in the space set aside for it",		\
	    "make several smaller ones of it")				\
	X(ERR_STATE, "file.state", "it is not allowed in the present state", \
	    "go back and begin anew")					\
	X(ERR_STOPPED, "file.stopped", "it was stopped by the owner",	\
	    "nothing was signed, begin again when you like")		\
	X(ERR_UNFINISHED, "file.unfinished", "it is not finished yet",	\
	    "let it go on")						\
	X(ERR_UNKNOWN, "file.unknown", "no format here recognises this file", \
	    "take the file that the wallet calls unsigned")		\
	X(ERR_DUPLICATE, "file.duplicate",				\
	    "the same stands there twice",				\
	    "take one away, and mistrust what made it so")		\
	X(ERR_MISSING, "file.incomplete",				\
	    "something that is needed is not there",			\
	    "look for what was left out")				\
	X(ERR_VERSION, "file.version",					\
	    "its version is not one that this signer knows",		\
	    "take a newer signer, or an older form of it")		\
	X(ERR_MIXED, "file.mixed",					\
	    "the field belongs to another version of the format",	\
	    "export it again from the wallet that made it")		\
	X(ERR_CHECKSUM, "file.checksum", "the checksum does not match",	\
	    "look for a mistyped or missing character")			\
	X(ERR_KEY, "file.key", "it is not a valid key",			\
	    "export it again from the wallet that made it")		\
	X(ERR_PRIVATE, "file.private-key",				\
	    "there is a PRIVATE key in it: whoever had it can spend",	\
	    "move the coins, and export public keys only")		\
	X(ERR_NO_SUM, "file.no-checksum",				\
	    "the checksum, # and eight letters at its end, is missing",	\
	    "export it with its checksum")				\
	X(ERR_MUSIG, "file.musig",					\
	    "it asks for MuSig2, musig(), which this signer does not do", \
	    "make the wallet with multi_a() in its place")		\
	X(ERR_CONDITION, "file.condition",				\
	    "conditions are read inside wsh() and tr() only, not in sh()", \
	    "make the wallet with wsh()")				\
	X(ERR_NO_SUCH, "file.no-such-word",				\
	    "that is no word of a descriptor or of miniscript",		\
	    "look at its spelling, or take a newer signer")		\
	X(ERR_TYPES, "file.types",					\
	    "its conditions do not fit together by miniscript's types",	\
	    "make the wallet again, this script would not work")	\
	X(ERR_NO_PATH, "file.no-path",					\
	    "it does not say by which path a key is derived",		\
	    "export it again with its paths")				\
	X(ERR_SEVERAL, "file.several-wallets",				\
	    "there are several wallets in it",				\
	    "export one of them alone")					\
	X(ERR_CANNOT_SAY, "file.cannot-say",				\
	    "that form cannot say this wallet",				\
	    "take the form descriptors, which can say every one")	\
	X(ERR_ANSWER, "file.answer", "it is an answer already",		\
	    "take it to the online wallet")				\
	X(ERR_WORD, "file.word", "it is not a word of the list",	\
	    "compare it with your paper")				\
	X(ERR_MISMATCH, "file.mismatch", "two things that must agree differ", \
	    "do not use it, begin again with a fresh file")		\
	X(ERR_NO_KEY, "file.no-key", "no key at hand can sign this",	\
	    "unlock the key that it is for")				\
	X(ERR_REFUSED, "file.refused", "it is refused",			\
	    "the reason stands on the page")				\
	X(ERR_WARNED, "file.warned", "a warning was not accepted",	\
	    "read it, and accept it by its code if you mean it")	\
	X(ERR_TYPED, "file.typed", "what was typed is not what was asked for", \
	    "compare the address once more")				\
	X(ERR_NETWORK, "file.network", "it is of another network",	\
	    "use one of the network chosen")				\
	X(ERR_IO, "file.io", "reading or writing failed",		\
	    "try again, or take another stick")				\
	X(ERR_FULL, "file.full", "there is no space left on the stick",	\
	    "delete something, or take another stick")			\
	X(ERR_READONLY, "file.read-only", "the stick is read-only",	\
	    "look for a lock switch, or take another stick")		\
	X(ERR_GONE, "file.gone", "the stick or file is gone",		\
	    "plug it in again")						\
	X(ERR_CHANGED, "file.changed", "the file changed while it was read", \
	    "mistrust this stick, copy the file to another one")	\
	X(ERR_TOO_LARGE, "file.too-large", "it is too large",		\
	    "make several smaller ones of it")				\
	X(ERR_DEAD, "file.dead", "a part of the program has ended",	\
	    "start it again")						\
	X(ERR_PASSPHRASE, "vault.passphrase",				\
	    "it is not the passphrase of this vault",			\
	    "type it again")						\
	X(ERR_DAMAGED, "vault.damaged",					\
	    "neither state of this vault is whole",			\
	    "use the copy on your other stick")				\
	X(ERR_UNSTORED, "vault.unstored",				\
	    "the vault could not be written, so what this file teaches is " \
	    "forgotten with it",					\
	    "plug in its stick, or accept that by this code")		\
	X(ERR_INTERNAL, "file.internal", "a check inside the program failed", \
	    "use nothing that came of it, and report it")

enum err {
	ERR_NONE = 0,
#define X(code, name, text, advice) code,
	ERR_LIST(X)
#undef X
	ERR_COUNT
};

const char *err_text(enum err);
const char *err_advice(enum err);
/* The stable code under which a file that cannot be read is reported. */
const char *err_code(enum err);

struct fault {
	size_t	at;		/* byte offset in the file; 0: none is said */
	char	where[96];	/* "input 3: witness script" */
};

void	fault_set(struct fault *, size_t at, const char *fmt, ...)
	    like_printf(3, 4);

/* One sentence: where (if that is known), what is wrong, what to do. */
#define FAULT_TEXT_MAX 256
void	fault_text(const struct fault *, enum err, char out[FAULT_TEXT_MAX]);

#endif
