#include "core/keeper/state.h"
#include "core/keys/bip39.h"

/*
 * Words that begin as typed: how many, whether what was typed is one itself,
 * and the first of them.
 */
enum err
keeper_on_complete(struct keeper *k, struct span body, struct sink *reply,
    struct fault *f)
{
	size_t first = 0, n;
	bool whole = bip39_index(body) >= 0;

	(void)k;
	(void)f;
	n = bip39_complete(body, &first);
	/* The answer, which the owner sees. */
	ct_public(&n, sizeof(n));
	ct_public(&first, sizeof(first));
	ct_public(&whole, sizeof(whole));
	put_u32le(reply, (uint32_t)n);
	put_u8(reply, whole);
	put_block(reply, span_text(n > 0 ? bip39_english_table[first] : ""));
	return 0;
}

enum err
keeper_on_check_words(struct keeper *k, struct span body, struct sink *reply,
    struct fault *f)
{
	struct mnemonic m;
	size_t bad = 0;
	enum err e;

	(void)k;
	(void)reply;
	e = bip39_parse(body, &m, &bad);
	wipe(&m, sizeof(m));
	if (e == ERR_WORD)
		fault_set(f, bad, "word %zu", bad + 1);
	else if (e != 0)
		fault_set(f, 0, "the words");
	return e;
}
