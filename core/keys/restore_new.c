/* The words of a new key. */
#include "core/keys/monero_words.h"
#include "core/keys/restore.h"

enum err
restore_new(unsigned words, struct span entropy, struct mnemonic *m)
{
	struct secret32 seed;
	struct scalar b;

	if (words != MONERO_SEED_WORDS)
		return entropy.n * 3 != words * 4u ? ERR_RANGE :
		    bip39_of_entropy(entropy, m);
	if (entropy.n != sizeof(seed.b))
		return ERR_RANGE;
	sc_reduce(entropy.p, &b);
	memcpy(seed.b, b.b, sizeof(seed.b));
	monero_words_of_seed(&seed, m);
	wipe(&seed, sizeof(seed));
	wipe(&b, sizeof(b));
	return 0;
}

void
restore_text(const struct mnemonic *m, char out[RESTORE_TEXT_MAX])
{
	_Static_assert(RESTORE_TEXT_MAX >= MONERO_WORDS_TEXT_MAX &&
	    RESTORE_TEXT_MAX >= BIP39_TEXT_MAX, "words that fit");

	if (m->n == MONERO_SEED_WORDS)
		monero_words_text(m, out);
	else
		bip39_text(m, out);
}

int
restore_index(const struct mnemonic *m, struct span word)
{
	return m->n == MONERO_SEED_WORDS ? monero_word_index(word) :
	    bip39_index(word);
}
