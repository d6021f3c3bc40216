/*
 * Backups on marked words: shares, children, Seed XOR, and the age file.  What
 * the owner reads leaves the keeper; nothing else of a key does.
 *
 *	backup_ct		TAP, one test a request
 *	backup_ct NAME		a control, which valgrind must report
 */
#include <string.h>

#include "tests/ct/ask.h"
#include "tests/ct/tap.h"

/* Shares of the key at hand are made; enough of them are gathered again. */
static void
shares(const char *what, enum backup_form form, const char *pass,
    const char *plan, size_t nplan)
{
	static char text[2][SLIP39_TEXT_MAX];
	struct reader r;
	struct span t;
	struct sink s = fresh();
	uint8_t i;

	put_span(&s, SPAN_OF(k.key[0].fpr.b));
	put_u8(&s, (uint8_t)form);
	put_marked(&s, pass, true);
	put_span(&s, span_of(plan, nplan));
	ask(what, keeper_on_backup, &s);
	for (i = 0; i < 2; i++) {
		s = fresh();
		put_u8(&s, i);
		ask("a share", keeper_on_share, &s);
		r = reader_of(span_of(answer, answered));
		(void)read_u16le(&r);
		t = read_block(&r);
		memcpy(text[i], t.p, t.n);
		text[i][t.n] = '\0';
	}
	s = fresh();
	ask("an end of the backup", keeper_on_end_backup, &s);
	for (i = 0; i < 2; i++) {
		s = fresh();
		put_u8(&s, 0);
		put_marked(&s, text[i], false);
		ask("a share, gathered", keeper_on_gather, &s);
	}
	s = fresh();
	put_u32le(&s, 0);
	put_marked(&s, pass, true);
	ask("a rehearsal of them", keeper_on_rehearse, &s);
	tell("and it is the key", answered == 5);
}

static void
child(const char *what, enum child_kind kind, uint32_t size)
{
	struct sink s = fresh();

	put_span(&s, SPAN_OF(k.key[0].fpr.b));
	put_u8(&s, (uint8_t)kind);
	put_u32le(&s, size);
	put_u32le(&s, 6);
	put_u32le(&s, 0);
	ask(what, keeper_on_child, &s);
}

/* Keys into an age file and out of it.  The passphrase is not marked: scrypt's
 * accesses follow it.  What comes of it is (core/keys/age.c). */
static void
age(void)
{
	static const char pass[] = "correct horse battery";
	struct sink s = fresh();

	put_marked(&s, CT_MONERO, true);
	put_marked(&s, "", true);
	ask("a wallet beside the key", keeper_on_unlock, &s);
	s = fresh();
	put_u8(&s, true);
	put_block(&s, span_text(pass));
	put_text(&s, "# wallets\n");
	ask("keys into an age file", keeper_on_age_seal, &s);
	s = fresh();
	put_block(&s, span_text(pass));
	put_span(&s, span_of(answer, answered));
	keeper_wipe(&k);
	ask("and out of it", keeper_on_age_open, &s);
	tell("both are marked, whole", k.nkey == 2 &&
	    marked(&opened(0)->u.master.key, sizeof(struct secret32)) &&
	    marked(&opened(1)->u.monero.spend, sizeof(struct secret32)));
}

static void
backups(void)
{
	struct sink s = fresh();

	put_marked(&s, "MS12NAMEA320ZYXWVUTSRQPNMLKJHGFEDCAXRPP870HKKQRM\n"
	    "MS12NAMECACDEFGHJKLMNPQRSTUVWXYZ023FTR2GDZMPY6PN", true);
	put_marked(&s, "", true);
	ask("codex32 shares to a master key", keeper_on_unlock, &s);
	tell("and it is marked, whole", k.nkey == 1 &&
	    marked(&opened(0)->u.master.key, sizeof(struct secret32)));
	shares("SLIP-39 shares", BACKUP_SLIP39, CT_PASSPHRASE, "\1\1\2\3", 4);
	shares("codex32 shares", BACKUP_CODEX32, "", "\2\3", 2);
	child("a child in words", CHILD_WORDS, 12);
	child("a child in WIF", CHILD_WIF, 0);
	child("an extended key", CHILD_XPRV, 0);
	child("a child in hex", CHILD_HEX, 32);
	child("a password of base 64", CHILD_BASE64, 21);
	child("a password of base 85", CHILD_BASE85, 12);
	child("rolls", CHILD_DICE, 10);
	age();
	s = fresh();
	ask("lock", keeper_on_lock, &s);
	s = fresh();
	put_marked(&s, "legal winner thank year wave sausage worth useful "
	    "legal winner thank yellow\nxor abandon abandon abandon abandon "
	    "abandon abandon abandon abandon abandon abandon abandon about",
	    true);
	put_marked(&s, CT_PASSPHRASE, true);
	ask("parts of Seed XOR", keeper_on_unlock, &s);
	s = fresh();
	ask("lock", keeper_on_lock, &s);
}

static bool
everything(void)
{
	struct secret32 blind = { { 5 } };

	ct_secret(&blind, sizeof(blind));
	if (secp_init(&blind) != 0)
		return false;
	backups();
	return true;
}

int
main(int argc, char **argv)
{
	return ct_main(argc, argv, everything);
}
