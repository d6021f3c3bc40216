/*
 * The keeper's own handlers on marked words: valgrind reports every branch
 * and every address that depends on them, from the first letter to the last
 * signature.  What a handler replies must hold nothing that is still marked.
 *
 *	keeper_ct		TAP, one test a request
 *	keeper_ct NAME		a control, which valgrind must report
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <valgrind/valgrind.h>

#include "core/proc/memory.h"
#include "tests/ct/ask.h"
#include "tests/ct/tap.h"

#define ITEMS 4

static const char words[] = "legal winner thank year wave sausage worth "
    "useful legal winner thank YELLOW";
static const struct hash32 digest = { { 7, 7, 7 } };
static const struct hash32 page = { { 1, 2, 3 } };

static uint8_t plan_mem[1 << 16];

/*
 * A vault: made, a key kept, sealed, opened again, the key loaded.  What comes
 * of the passphrase is marked (core/vault/lock.c); the passphrase is not, for
 * the second half of Argon2id goes by it.
 */
static uint8_t vault_body[VAULT_BODY], vault_image[VAULT_SLOT];
static uint8_t vault_file[VAULT_SLOTS * VAULT_SLOT];

static void
in_memory(const void *p, size_t n)
{
	if (memfd_new("ct", &k.fd) != 0 || (p != NULL &&
	    (memfd_write(k.fd, span_of(p, n)) != 0 || memfd_seal(k.fd) != 0)))
		tell("memory to hand over", false);
}

static void
vault_sealed(void)
{
	struct sink s = fresh();
	struct span file;

	in_memory(NULL, 0);
	ask("a vault is sealed", keeper_on_vault_seal, &s);
	if (memfd_seal(k.fd) == 0 && memfd_map(k.fd, &file) == 0) {
		memcpy(vault_file, file.p, file.n);
		memfd_unmap(file);
	}
	(void)close(k.fd);
}

static void
vault(void)
{
	static const char pass[] = "correct horse battery";
	struct vault_keys keys;
	struct sink s = fresh();

	k.vault.body = vault_body;
	k.vault.image = vault_image;
	k.vault.shield = &k.shield;
	put_u32le(&s, VAULT_PASSES_MIN);
	put_u32le(&s, VAULT_KIB_MIN);
	put_block(&s, span_text(pass));
	ask("a vault is made", keeper_on_vault_new, &s);
	tell("its keys are marked, from behind the shield",
	    vault_keys_open(&k.vault, &keys) == 0 &&
	    marked(&keys.body, 32) && marked(&keys.keys, 32) &&
	    marked(&keys.check, 32));
	s = fresh();
	put_span(&s, SPAN_OF(k.key[0].fpr.b));
	put_block(&s, span_text("Main"));
	ask("a key is kept in it", keeper_on_vault_keep, &s);
	vault_sealed();
	s = fresh();
	put_u32le(&s, VAULT_KIB_MIN);
	put_block(&s, span_text(pass));
	in_memory(vault_file, sizeof(vault_file));
	ask("it is opened", keeper_on_vault_open, &s);
	(void)close(k.fd);
	s = fresh();
	put_u32le(&s, 0);
	keeper_give_back(&k);
	wipe(k.key, sizeof(k.key));
	k.nkey = 0;
	ask("the key is loaded", keeper_on_vault_load, &s);
	tell("and is marked, whole", k.nkey == 1 &&
	    marked(&opened(0)->u.master.key, sizeof(struct secret32)));
}

static struct keyref
ref_at(uint32_t purpose, uint32_t index)
{
	return (struct keyref){ .fpr = k.key[0].fpr, .path = { .n = 5,
	    .e = { purpose | HARDENED, HARDENED, HARDENED, 0, index } } };
}

static void
unlock(void)
{
	struct sink s = fresh();

	put_u8(&s, LIST_BIP39);
	put_marked(&s, "aban", false);
	ask("completing a word", keeper_on_complete, &s);
	s = fresh();
	put_marked(&s, words, false);
	ask("checking words", keeper_on_check_words, &s);
	s = fresh();
	put_marked(&s, words, true);
	put_marked(&s, CT_PASSPHRASE, true);
	ask("words and passphrase to a master key", keeper_on_unlock, &s);
	tell("the master key is marked, whole", k.nkey == 1 &&
	    marked(&opened(0)->u.master.key, sizeof(struct secret32)) &&
	    marked(&opened(0)->u.master.chain, sizeof(struct secret32)));
}

static void
public_keys(void)
{
	struct sink s = fresh();
	struct keyref ref = ref_at(84, 0);

	ref.path = path_prefix(&ref.path, 3);
	put_u32le(&s, 3);
	put_keyref(&s, &ref);
	ref.path.e[0] = 86 | HARDENED;
	put_keyref(&s, &ref);
	ref = ref_at(44, 5);
	put_keyref(&s, &ref);
	ask("public keys", keeper_on_pubkeys, &s);
	s = fresh();
	ask("fingerprints", keeper_on_keys, &s);
}

/* One key an item; twelve digests each, so that both signs of the public key
 * and more than one grinding for a low R come up. */
#define EACH 12

static void
consent(void)
{
	struct plan_row row[ITEMS];
	struct plan p = { .n = ITEMS, .row = row };
	struct sink s = fresh();
	uint32_t i;

	for (i = 0; i < ITEMS; i++)
		row[i] = (struct plan_row){ .key = ref_at(84, i),
		    .kind = (enum sign_kind)i, .count = EACH };
	put_u32le(&s, 0);
	put_u32le(&s, ITEMS);
	put_plan(&s, &p);
	ask("a plan", keeper_on_plan, &s);
	s = fresh();
	put_span(&s, SPAN_OF(page.b));
	put_u32le(&s, ITEMS);
	ask("a consent", keeper_on_consent, &s);
}

static void
sign(const char *what, enum sign_kind kind, uint32_t index)
{
	struct sink s = fresh();
	struct sign_item it = { .key = ref_at(84, index), .kind = kind,
	    .digest = digest, .root = digest };
	uint8_t i;

	put_span(&s, SPAN_OF(page.b));
	put_u32le(&s, EACH);
	for (i = 0; i < EACH; i++) {
		it.digest.b[31] = i;
		put_sign_ask(&s, &it);
	}
	ask(what, keeper_on_sign, &s);
	tell("and all were released", answered == 4 + SIGN_ANSWER * EACH);
}

#define ROLLS "62535134123665432261551643214261365421546314255362"

static void
feed(const char *what, enum entropy_source source, const char *events)
{
	struct sink s = fresh();

	put_u8(&s, (uint8_t)source);
	put_marked(&s, events, false);
	ask(what, keeper_on_feed, &s);
}

static void
new_begin(enum entropy_mode mode, uint8_t count)
{
	struct sink s = fresh();

	put_u8(&s, (uint8_t)mode);
	put_u8(&s, count);
	put_u8(&s, false);
	ask("a new key", keeper_on_new_key, &s);
}

/* The words that are shown are public from then on; the key is not. */
static void
new_shown(void)
{
	struct sink s = fresh();
	char word[9] = { 0 };
	size_t n;

	ask("to words", keeper_on_words, &s);
	n = strcspn((char *)answer, " ");
	memcpy(word, answer, n < 8 ? n : 8);
	tell("the words' numbers are marked", VALGRIND_GET_VBITS(&k.made.m.w,
	    body, 2) == 1 && body[0] == 0xff && body[1] == 7);
	s = fresh();
	put_u8(&s, (uint8_t)k.made.m.n);
	ask("a quiz", keeper_on_quiz, &s);
	s = fresh();
	put_marked(&s, word, false);
	ask("an answer", keeper_on_answer, &s);
	k.made.nask = 1;	/* the same word, as the only one */
	k.made.at = 0;
	s = fresh();
	put_marked(&s, word, false);
	ask("the last answer loads the key", keeper_on_answer, &s);
	s = fresh();
	put_marked(&s, CT_PASSPHRASE, false);
	ask("and one with a passphrase", keeper_on_passphrase, &s);
	tell("the new master key is marked, whole", k.nkey == 2 &&
	    marked(&opened(1)->u.master.key, sizeof(struct secret32)));
}

static void
new_keys(void)
{
	struct sink s = fresh();

	new_begin(ENTROPY_MIXED, 24);
	feed("dice", SOURCE_DICE, ROLLS);
	feed("coins", SOURCE_COINS, "HTTHTHHT");
	feed("cards", SOURCE_CARDS, "AS9DTCKH3C");
	feed("a key press", SOURCE_KEYS, "a\1\1\1\2\1");
	feed("another", SOURCE_KEYS, "b\1\1\1\3\1");
	ask("one taken back", keeper_on_unfeed, &s);
	new_shown();
	ask("an end", keeper_on_end_new, &s);
	ask("lock", keeper_on_lock, &s);
	new_begin(ENTROPY_DICE, 12);
	feed("dice alone", SOURCE_DICE, ROLLS);
	new_shown();
	ask("lock", keeper_on_lock, &s);
}

/* A coin of the main address: the one-time key is public, x is not. */
static struct sign_item
coin(enum sign_kind kind)
{
	const struct monero_keys *keys = &opened(0)->u.monero;
	struct sign_item it = { .kind = kind, .digest = { { 9 } },
	    .key = { .fpr = k.key[0].fpr, .path = { .n = 2 } } };
	struct scalar b, hs = { { 9 } };
	struct point p;

	memcpy(b.b, keys->spend.b, sizeof(b.b));
	sc_add(&hs, &b, &b);
	if (ed_base(&b, &p) != 0)
		tell("a coin", false);
	ct_public(&p, sizeof(p));
	memcpy(it.root.b, p.b, sizeof(p.b));
	return it;
}

static void
monero_consent(void)
{
	struct sign_item it = coin(SIGN_KEY_IMAGE);
	struct plan_row row[2] = { { .key = it.key, .kind = SIGN_KEY_IMAGE,
	    .count = 1, .coin = it.root }, { .key = it.key,
	    .kind = SIGN_CLSAG_NONCE, .count = 1, .coin = it.root } };
	struct plan p = { .n = 2, .row = row };
	struct sink s = fresh();

	put_u32le(&s, 0);
	put_u32le(&s, 2);
	put_plan(&s, &p);
	ask("a plan for Monero", keeper_on_plan, &s);
	s = fresh();
	put_span(&s, SPAN_OF(page.b));
	put_u32le(&s, 2);
	ask("a consent for Monero", keeper_on_consent, &s);
}

static void
monero_sign(const char *what, struct sign_item it)
{
	struct sink s = fresh();

	put_span(&s, SPAN_OF(page.b));
	put_u32le(&s, 1);
	put_sign_ask(&s, &it);
	ask(what, keeper_on_sign, &s);
	tell("and it was released", answered == 4 + SIGN_ANSWER);
}

static void
monero(void)
{
	struct sink s = fresh();
	struct sign_item it;

	put_u8(&s, LIST_MONERO);
	put_marked(&s, "dut", false);
	ask("completing a word of Monero", keeper_on_complete, &s);
	s = fresh();
	put_marked(&s, CT_MONERO, true);
	put_marked(&s, "", true);
	ask("25 words to a wallet", keeper_on_unlock, &s);
	tell("spend and view key are marked, whole", k.nkey == 1 &&
	    marked(&opened(0)->u.monero.spend, sizeof(struct secret32)) &&
	    marked(&opened(0)->u.monero.viewer.view,
	    sizeof(struct secret32)));
	monero_consent();
	monero_sign("a key image and its proof", coin(SIGN_KEY_IMAGE));
	monero_sign("a nonce", it = coin(SIGN_CLSAG_NONCE));
	tell("nonce and one-time secret are marked, whole", k.nnonce == 1 &&
	    marked(&k.nonce[0].alpha, sizeof(struct scalar)) &&
	    marked(&k.nonce[0].x, sizeof(struct scalar)));
	it.kind = SIGN_CLSAG_RESPONSE;
	it.aux.b[0] = 3;
	monero_sign("its response", it);
	s = fresh();
	ask("lock", keeper_on_lock, &s);
}

static bool
everything(void)
{
	struct secret32 blind = { { 5 } };
	struct sink s = fresh();
	struct keyref at;
	struct xprv x;

	k.arena = (struct arena){ plan_mem, sizeof(plan_mem), 0 };
	ct_secret(&blind, sizeof(blind));
	if (secp_init(&blind) != 0)
		return false;
	monero();
	new_keys();
	unlock();
	public_keys();
	consent();
	sign("ECDSA, low R", SIGN_ECDSA, 0);
	at = ref_at(84, 0);
	tell("the branch in hand is marked, whole", k.branch.held &&
	    keeper_derive(&k, &at, &x) == 0 &&
	    k.open.parent == PARENT_OPEN &&
	    marked(&k.open.xprv.key, sizeof(struct secret32)) &&
	    marked(&x.key, sizeof(struct secret32)));
	sign("Schnorr", SIGN_SCHNORR, 1);
	sign("taproot", SIGN_TAPROOT, 2);
	sign("taproot with scripts", SIGN_TAPROOT_ROOT, 3);
	vault();
	ask("lock", keeper_on_lock, &s);
	return true;
}

int
main(int argc, char **argv)
{
	return ct_main(argc, argv, everything);
}
