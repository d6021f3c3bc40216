/* Backups in the keeper, one handler at a time: shares made and gathered
 * again, children, the rehearsal, and when each is refused. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "tests/unit/keeper_shares.h"

#define ZOO "zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo wrong"
#define CODEX "ms10testsxxxxxxxxxxxxxxxxxxxxxxxxxx4nzvca9cmczlw"
#define MONERO "heels sword dullness otter duties archer poker icing drunk " \
    "putty tonic geyser binocular pledge vague enlist fazed dual fictional " \
    "virtual pigment cousin money movement duties"

static uint8_t kept[WIRE_MAX];
static size_t nkept;

static size_t
spaces(const char *s)
{
	size_t n = 0;

	for (; *s != '\0'; s++)
		n += *s == ' ';
	return n;
}

/* Of a key from words the seed of 64 bytes is shared, and what is gathered
 * again is that key and no other. */
static void
test_backup_of_words(void **state)
{
	static const uint8_t plan[] = { 1, 1, 2, 3 };
	char text[3][SLIP39_TEXT_MAX];
	uint8_t i;

	(void)state;
	assert_int_equal(keeper_state(&k), KEEPER_OPEN);
	assert_int_equal(backup(&abandon, BACKUP_SLIP39, "", plan,
	    sizeof(plan)), 0);
	assert_int_equal(reply_len, 3);
	assert_memory_equal(reply_mem, "\x03\x40\x0c", 3);
	assert_int_equal(keeper_state(&k), KEEPER_SHARES);
	for (i = 0; i < 3; i++) {
		assert_int_equal(share(i, text[i], sizeof(text[i])), 0);
		assert_int_equal(spaces(text[i]), 58);
	}
	assert_int_equal(share(3, text[0], sizeof(text[0])), ERR_RANGE);
	assert_int_equal(end(), 0);
	assert_int_equal(keeper_state(&k), KEEPER_OPEN);
	assert_int_equal(share(0, text[0], sizeof(text[0])), ERR_RANGE);

	assert_int_equal(gather(GATHER_SHARE, text[2]), 0);
	assert_memory_equal(reply_mem, "\x01\x01\x02\x00\x01\x00", 6);
	assert_int_equal(load(keeper_on_rehearse, "", ""), ERR_MISSING);
	assert_int_equal(gather(GATHER_SHARE, text[2]), ERR_DUPLICATE);
	assert_int_equal(gather(GATHER_SHARE, text[1]), 0);
	assert_memory_equal(reply_mem, "\x01\x02\x02\x01\x01\x01", 6);
	assert_int_equal(load(keeper_on_rehearse, "", ""), 0);
	assert_int_equal(reply_len, 5);
	assert_memory_equal(reply_mem, "\x01\x73\xc5\xda\x0a", 5);
	assert_int_equal(k.nkey, 1);
	/* They stay for another passphrase, until the end. */
	assert_int_equal(load(keeper_on_rehearse, "", "other"), 0);
	assert_memory_equal(reply_mem, "\x00", 1);
	assert_int_equal(k.gather.kind, PIECES_SLIP39);
	assert_int_equal(end(), 0);
	assert_int_equal(k.gather.kind, PIECES_NONE);
}

/* The same wallet comes of the shares where the words are not known. */
static void
test_backup_recovers(void **state)
{
	static const uint8_t plan[] = { 2, 2, 1, 1, 2, 2 };
	char text[3][SLIP39_TEXT_MAX], all[4 * SLIP39_TEXT_MAX];
	uint8_t i;

	(void)state;
	assert_int_equal(backup(&abandon, BACKUP_SLIP39, "pass", plan,
	    sizeof(plan)), 0);
	for (i = 0; i < 3; i++)
		assert_int_equal(share(i, text[i], sizeof(text[i])), 0);
	keeper_wipe(&k);
	assert_int_equal(keeper_state(&k), KEEPER_LOCKED);
	(void)snprintf(all, sizeof(all), "%s\n%s\r\n%s\npass\n", text[0],
	    text[1], text[2]);
	assert_int_equal(load(keeper_on_unlock, all, ""), 0);
	assert_memory_equal(reply_mem, abandon.b, 4);
	assert_int_equal(opened(0)->seed.n, 64);
	assert_int_equal(opened(0)->words.n, 0);
	assert_int_equal(backup(&abandon, BACKUP_CODEX32, "",
	    (const uint8_t *)"\x00\x01", 2), 0);
	assert_memory_equal(reply_mem, "\x01\x40\x00", 3);
	assert_int_equal(share(0, text[0], sizeof(text[0])), 0);
	assert_int_equal(strlen(text[0]), 127);
	assert_memory_equal(text[0], "ms10w0zas", 8);
}

static void
test_backup_codex32(void **state)
{
	char text[3][SLIP39_TEXT_MAX];
	struct fpr fpr;
	uint8_t i;

	(void)state;
	assert_int_equal(load(keeper_on_unlock, CODEX, ""), 0);
	memcpy(fpr.b, reply_mem, 4);
	assert_int_equal(k.nkey, 2);
	assert_int_equal(backup(&fpr, BACKUP_CODEX32, "",
	    (const uint8_t *)"\x02\x03", 2), 0);
	assert_memory_equal(reply_mem, "\x03\x10\x00", 3);
	for (i = 0; i < 3; i++)
		assert_int_equal(share(i, text[i], sizeof(text[i])), 0);
	assert_int_equal(strlen(text[0]), 48);
	assert_int_equal(end(), 0);
	assert_int_equal(gather(GATHER_SHARE, text[0]), 0);
	assert_memory_equal(reply_mem, "\x02\x01\x02\x00\x00\x00", 6);
	assert_int_equal(gather(GATHER_SHARE, text[2]), 0);
	assert_memory_equal(reply_mem, "\x02\x02\x02\x00\x00\x01", 6);
	assert_int_equal(load(keeper_on_rehearse, "", ""), 0);
	assert_memory_equal(reply_mem + 1, fpr.b, 4);
	/* 16 bytes: SLIP-39 in 20 words. */
	assert_int_equal(backup(&fpr, BACKUP_SLIP39, "",
	    (const uint8_t *)"\x01\x01\x01\x01", 4), 0);
	assert_int_equal(share(0, text[0], sizeof(text[0])), 0);
	assert_int_equal(spaces(text[0]), 19);
}

static void
test_rehearse_says_no_more_than_no(void **state)
{
	(void)state;
	assert_int_equal(load(keeper_on_rehearse, ABANDON, ""), 0);
	assert_int_equal(reply_len, 5);
	/* Its words, and another passphrase: said of a key that is here. */
	assert_int_equal(load(keeper_on_rehearse, ABANDON, "offset"), 0);
	assert_int_equal(reply_len, 5);
	assert_int_equal(reply_mem[0], TRIED_WORDS);
	assert_memory_equal(reply_mem + 1, abandon.b, 4);
	assert_int_equal(load(keeper_on_rehearse, ZOO, ""), 0);
	assert_int_equal(reply_len, 1);
	assert_int_equal(reply_mem[0], TRIED_OTHER);
	assert_int_equal(load(keeper_on_rehearse, ABANDON " about", ""),
	    ERR_RANGE);
	assert_int_equal(load(keeper_on_rehearse, MONERO, ""), 0);
	assert_int_equal(reply_mem[0], 0);
	assert_int_equal(k.nkey, 1);
	assert_int_equal(gather(GATHER_PART, ABANDON), 0);
	assert_memory_equal(reply_mem, "\x03\x01\x00\x00\x00\x00", 6);
	assert_int_equal(gather(GATHER_ANEW, ""), 0);
	assert_memory_equal(reply_mem, "\x00\x00\x00\x00\x00\x00", 6);
}

/* As a vault may hold it that another program made. */
static void
without_seed(void)
{
	struct sink none = sink_to_buf(NULL, 0);
	struct seedkey key = *opened(0);

	key.seed.n = 0;
	k.nkey = 0;
	keeper_shut(&k);
	keeper_take(&k, &key, &none);
}

static void
test_backup_refused(void **state)
{
	static const uint8_t plan[] = { 1, 1, 1, 1 };
	struct fpr other = { { 1, 2, 3, 4 } };

	(void)state;
	assert_int_equal(backup(&other, BACKUP_SLIP39, "", plan, 4),
	    ERR_NO_KEY);
	assert_int_equal(backup(&abandon, BACKUP_FORMS, "", plan, 4),
	    ERR_RANGE);
	assert_int_equal(backup(&abandon, BACKUP_SLIP39, "", plan, 3),
	    ERR_SHORT);
	assert_int_equal(backup(&abandon, BACKUP_SLIP39, "\xc3\xa4", plan, 4),
	    ERR_FORM);
	assert_int_equal(backup(&abandon, BACKUP_CODEX32, "x", plan, 2),
	    ERR_REFUSED);
	assert_int_equal(backup(&abandon, BACKUP_SLIP39, "",
	    (const uint8_t *)"\x01\x01\x01\x02", 4), ERR_RANGE);
	assert_string_equal(fault.where, "SLIP-39: 2 or more of up to 16 "
	    "shares a group, or 1 of 1; a passphrase of plain ASCII");
	assert_int_equal(keeper_state(&k), KEEPER_OPEN);
	assert_int_equal(load(keeper_on_unlock, MONERO, ""), 0);
	memcpy(other.b, reply_mem, 4);
	assert_int_equal(backup(&other, BACKUP_SLIP39, "", plan, 4),
	    ERR_REFUSED);
	assert_string_equal(fault.where,
	    "a Monero wallet: its words are its backup");
	without_seed();
	assert_int_equal(backup(&abandon, BACKUP_SLIP39, "", plan, 4),
	    ERR_REFUSED);
}

static enum err
child(const struct fpr *fpr, enum child_kind kind, uint32_t size)
{
	struct sink s = fresh();

	put_span(&s, SPAN_OF(fpr->b));
	put_u8(&s, (uint8_t)kind);
	put_u32le(&s, size);
	put_u32le(&s, 6);
	put_u32le(&s, 0);
	return ask(keeper_on_child, &s);
}

static void
test_children(void **state)
{
	struct reader r;
	struct span t;
	uint8_t other[4] = { 0 };

	(void)state;
	assert_int_equal(child(&abandon, CHILD_WORDS, 12), 0);
	r = reader_of(span_of(reply_mem, reply_len));
	t = read_block(&r);
	assert_true(span_eq(t, span_text("m/83696968'/39'/0'/12'/0'")));
	t = read_block(&r);
	assert_int_equal(reader_done(&r), 0);
	/* By other software. */
	assert_true(span_eq(t, span_text("prosper short ramp prepare exchange "
	    "stove life snack client enough purpose fold")));
	assert_int_equal(child(&abandon, CHILD_WORDS, 13), ERR_RANGE);
	assert_int_equal(child(&abandon, CHILD_KINDS, 12), ERR_RANGE);
	assert_int_equal(child((const struct fpr *)other, CHILD_WORDS, 12),
	    ERR_NO_KEY);
}

/* Locked, nothing of a backup or of pieces is left. */
static void
test_lock_wipes_backups(void **state)
{
	static const uint8_t plan[] = { 1, 1, 1, 1 }, zero[sizeof(k.backup)];
	char text[SLIP39_TEXT_MAX];
	struct sink s = fresh();

	(void)state;
	assert_int_equal(backup(&abandon, BACKUP_SLIP39, "", plan, 4), 0);
	assert_int_equal(share(0, text, sizeof(text)), 0);
	assert_int_equal(gather(GATHER_SHARE, text), 0);
	assert_int_equal(ask(keeper_on_lock, &s), 0);
	assert_memory_equal(&k.backup, zero, sizeof(k.backup));
	assert_int_equal(k.gather.kind, PIECES_NONE);
	assert_int_equal(k.gather.slip39.n, 0);
	assert_int_equal(keeper_state(&k), KEEPER_LOCKED);
}

static enum err
age(bool keys, const char *passphrase, const char *more)
{
	struct sink s = fresh();

	put_u8(&s, keys);
	put_block(&s, span_text(passphrase));
	put_text(&s, more);
	return ask(keeper_on_age_seal, &s);
}

/* The reply of a sealing, given back. */
static enum err
open_age(const char *passphrase)
{
	struct sink s = fresh();

	put_block(&s, span_text(passphrase));
	put_span(&s, span_of(kept, nkept));
	return ask(keeper_on_age_open, &s);
}

static void
test_age_with_keys(void **state)
{
	struct fpr monero;

	(void)state;
	assert_int_equal(load(keeper_on_unlock, ABANDON, "offset"), 0);
	assert_int_equal(load(keeper_on_unlock, MONERO, ""), 0);
	memcpy(monero.b, reply_mem, 4);
	assert_int_equal(age(true, "correct horse", "wsh(...)\n"), 0);
	memcpy(kept, reply_mem, nkept = reply_len);
	keeper_wipe(&k);
	assert_int_equal(open_age("correct horsf"), ERR_PASSPHRASE);
	assert_int_equal(k.nkey, 0);
	assert_int_equal(open_age("correct horse"), 0);
	assert_int_equal(k.nkey, 3);
	assert_int_equal(reply_mem[0], 3);
	assert_memory_equal(reply_mem + 1, abandon.b, 4);
	assert_memory_equal(reply_mem + 9, monero.b, 4);
	assert_int_equal(reply_len, 13 + 9);
	assert_memory_equal(reply_mem + 13, "wsh(...)\n", 9);
}

/* Without keys nothing of them is in it, and what was in it comes back. */
static void
test_age_without_keys(void **state)
{
	(void)state;
	assert_int_equal(age(false, "correct horse", "a label"), 0);
	memcpy(kept, reply_mem, nkept = reply_len);
	assert_int_equal(open_age("correct horse"), 0);
	assert_int_equal(reply_len, 8);
	assert_memory_equal(reply_mem, "\0a label", 8);
	assert_int_equal(k.nkey, 1);
	assert_int_equal(age(false, "correct", "a label"), ERR_REFUSED);
	keeper_wipe(&k);
	assert_int_equal(age(true, "correct horse", ""), ERR_NO_KEY);
}

int
main(void)
{
#define T(fn) cmocka_unit_test_setup(fn, setup)
	const struct CMUnitTest tests[] = {
		T(test_backup_of_words),
		T(test_backup_recovers),
		T(test_backup_codex32),
		T(test_rehearse_says_no_more_than_no),
		T(test_backup_refused),
		T(test_children),
		T(test_lock_wipes_backups),
		T(test_age_with_keys),
		T(test_age_without_keys),
	};

	return cmocka_run_group_tests_name("keeper, backups", tests, NULL,
	    NULL);
}
