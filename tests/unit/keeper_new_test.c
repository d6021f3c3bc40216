/* A new key in the keeper, one handler at a time: shown once, asked for,
 * loaded; and nothing of it afterwards. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/keeper/state.h"

#define R49 "6253513412366543226155164321426136542154631425536"
#define R50 R49 "2"

/* SHA-256 of R50, its first half, as words by BIP39. */
#define WORDS50 "access mixture come town library " \
    "baby shrimp bitter armed speed erosion busy"
static const struct fpr fpr_50 = { { 0x47, 0x19, 0xc6, 0xce } };

static uint8_t body[WIRE_MAX], answer[WIRE_MAX];
static struct keeper k;
static struct fault fault;
static size_t answered;

static enum err
ask(keeper_on *on, const void *p, size_t n)
{
	struct sink reply = sink_to_buf(answer, sizeof(answer) - 1);
	enum err e;

	memset(answer, 0, sizeof(answer));
	memcpy(body, p, n);
	fault = (struct fault){ 0 };
	e = on(&k, span_of(body, n), &reply, &fault);
	keeper_shut(&k);
	answered = reply.total;
	return e;
}

static enum err
begin(enum entropy_mode mode, unsigned words)
{
	uint8_t b[3] = { (uint8_t)mode, (uint8_t)words, 0 };

	return ask(keeper_on_new_key, b, sizeof(b));
}

static enum err
roll(const char *rolls)
{
	char b[128] = { SOURCE_DICE };
	size_t n = strlen(rolls);

	memcpy(b + 1, rolls, n);
	return ask(keeper_on_feed, b, n + 1);
}

static enum err
quiz(uint8_t n)
{
	return ask(keeper_on_quiz, &n, 1);
}

static enum err
say(const char *word)
{
	return ask(keeper_on_answer, word, strlen(word));
}

/* The word at a place, from 0, of a text. */
static const char *
nth(const char *words, size_t i)
{
	static char word[13];
	size_t n;

	while (i-- > 0)
		words += strcspn(words, " ") + 1;
	n = strcspn(words, " ");
	assert_true(n <= 12);
	memcpy(word, words, n);
	word[n] = '\0';
	return word;
}

static void
shown(enum entropy_mode mode, unsigned words, char text[RESTORE_TEXT_MAX])
{
	assert_int_equal(begin(mode, words), 0);
	assert_int_equal(roll(R50), 0);
	assert_int_equal(ask(keeper_on_words, "", 0), 0);
	assert_true(answered < RESTORE_TEXT_MAX);
	memcpy(text, answer, answered + 1);
}

static int
setup(void **state)
{
	(void)state;
	k = (struct keeper){ 0 };
	return secp_init(NULL) == 0 ? 0 : -1;
}

static void
nothing_left(void)
{
	const uint8_t *p = (const uint8_t *)&k.made;
	size_t i;

	for (i = 0; i < sizeof(k.made); i++)
		assert_int_equal(p[i], 0);
}

static void
test_dice_give_these_words(void **state)
{
	char text[RESTORE_TEXT_MAX];
	uint8_t i;

	(void)state;
	shown(ENTROPY_DICE, 12, text);
	assert_string_equal(text, WORDS50);
	assert_int_equal(quiz(12), 0);
	for (i = 0; i < 12; i++) {
		assert_int_equal(keeper_state(&k), KEEPER_SHOWN);
		assert_int_equal(say(nth(text, i)), 0);
		assert_int_equal(answer[0], 11 - i);
	}
	assert_int_equal(answered, 5);
	assert_memory_equal(answer + 1, fpr_50.b, 4);
	assert_int_equal(keeper_state(&k), KEEPER_NAMED);
	assert_int_equal(k.nkey, 1);
	assert_int_equal(ask(keeper_on_passphrase, "TREZOR", 6), 0);
	assert_int_equal(k.nkey, 2);
	assert_memory_not_equal(answer, fpr_50.b, 4);
	assert_int_equal(ask(keeper_on_end_new, "", 0), 0);
	assert_int_equal(keeper_state(&k), KEEPER_OPEN);
	nothing_left();
}

/* SHA-256 of R50 MORE49 as a little-endian number, modulo the order of the
 * group, as words: worked out by the line in the README. */
#define MORE49 "1453621365241635512436425316241365523146215346215"
#define MONERO99 \
    "cogs match emit possible fonts juggled reduce olive kisses " \
    "karate impel lopped origin unopened tusks oust eels " \
    "unquoted etiquette apricot fugitive upper petals react " \
    "olive"

static void
test_dice_give_a_monero_wallet(void **state)
{
	char text[RESTORE_TEXT_MAX];
	const struct seedkey *whole;
	struct seedkey again;
	uint8_t i;

	(void)state;
	assert_int_equal(begin(ENTROPY_DICE, 25), 0);
	assert_int_equal(answer[4], 99);
	assert_int_equal(roll(R50), 0);
	assert_int_equal(ask(keeper_on_words, "", 0), ERR_RANGE);
	assert_int_equal(roll(MORE49), 0);
	assert_int_equal(ask(keeper_on_words, "", 0), 0);
	memcpy(text, answer, answered + 1);
	assert_string_equal(text, MONERO99);
	assert_int_equal(quiz(26), ERR_RANGE);
	assert_int_equal(quiz(25), 0);
	for (i = 0; i < 25; i++)
		assert_int_equal(say(nth(text, i)), 0);
	assert_int_equal(k.nkey, 1);
	assert_int_equal(k.key[0].kind, KEY_MONERO);
	assert_int_equal(restore_key(span_text(text), span_of(NULL, 0),
	    &again, &fault), 0);
	assert_memory_equal(answer + 1, again.fpr.b, 4);
	assert_int_equal(keeper_open(&k, &k.key[0], &whole), 0);
	assert_memory_equal(&whole->u.monero, &again.u.monero,
	    sizeof(again.u.monero));
	assert_int_equal(ask(keeper_on_passphrase, "TREZOR", 6), ERR_REFUSED);
	assert_int_equal(k.nkey, 1);
	assert_int_equal(ask(keeper_on_end_new, "", 0), 0);
	nothing_left();
}

/* Three letters answer for a word of Monero's, and a word of BIP39's does
 * not. */
static void
test_quiz_of_monero_words(void **state)
{
	char text[RESTORE_TEXT_MAX], three[4] = "";
	uint8_t at;

	(void)state;
	shown(ENTROPY_MIXED, 25, text);
	assert_int_equal(quiz(8), 0);
	at = answer[1];
	assert_int_equal(say("zoo"), ERR_MISMATCH);
	assert_int_equal(fault.at, at);
	assert_int_equal(quiz(8), 0);
	memcpy(three, nth(text, answer[1]), 3);
	assert_int_equal(say(three), 0);
	assert_int_equal(answer[0], 7);
}

/* Known attack 31: the owner's part alone does not make the key, nor the
 * same part the same key: the kernel's is in it, each time anew. */
static void
test_attack_31_mixed_is_new_each_time(void **state)
{
	char a[RESTORE_TEXT_MAX], b[RESTORE_TEXT_MAX];

	(void)state;
	shown(ENTROPY_MIXED, 24, a);
	assert_int_equal(ask(keeper_on_end_new, "", 0), 0);
	shown(ENTROPY_MIXED, 24, b);
	assert_string_not_equal(a, b);
	shown(ENTROPY_DICE, 12, a);
	shown(ENTROPY_DICE, 12, b);
	assert_string_equal(a, b);
}

/* Known attack 33: too few are refused and may be added to; what is skewed is
 * thrown away. */
static void
test_attack_33_no_words_of_too_little(void **state)
{
	(void)state;
	assert_int_equal(begin(ENTROPY_DICE, 12), 0);
	assert_int_equal(roll(R49), 0);
	assert_int_equal(answer[0], 49);
	assert_int_equal(answer[4], 50);
	assert_int_equal(ask(keeper_on_words, "", 0), ERR_RANGE);
	assert_int_equal(answered, 0);
	assert_int_equal(k.made.entropy.n, 49);
	assert_int_equal(ask(keeper_on_unfeed, "", 0), 0);
	assert_int_equal(answer[0], 48);
	assert_int_equal(ask(keeper_on_unfeed, "", 0), 0);
	assert_int_equal(begin(ENTROPY_DICE, 12), 0);
	assert_int_equal(roll("123456123456123456123456123456"), 0);
	assert_int_equal(roll("123456123456123456123456123456"), 0);
	assert_int_equal(ask(keeper_on_words, "", 0), ERR_REFUSED);
	assert_string_equal(fault.where, "dice: they follow a pattern");
	assert_int_equal(k.made.entropy.n, 0);
	assert_int_equal(keeper_state(&k), KEEPER_FEED);
}

/* What is asked for: different words, all places in turn, never answered by
 * the reply itself. */
static void
test_quiz_asks_for_any_place(void **state)
{
	char text[RESTORE_TEXT_MAX];
	uint32_t seen = 0, now;
	size_t i, round;

	(void)state;
	shown(ENTROPY_DICE, 12, text);
	for (round = 0; round < 200; round++) {
		assert_int_equal(quiz(4), 0);
		assert_int_equal(answered, 5);
		assert_int_equal(answer[0], 4);
		for (now = 0, i = 1; i < 5; i++) {
			assert_true(answer[i] < 12);
			now |= 1u << answer[i];
		}
		assert_int_equal(__builtin_popcount(now), 4);
		seen |= now;
	}
	assert_int_equal(seen, 0xfff);
	assert_int_equal(quiz(0), ERR_RANGE);
	assert_int_equal(quiz(13), ERR_RANGE);
}

static void
test_a_wrong_word_ends_the_quiz(void **state)
{
	char text[RESTORE_TEXT_MAX];
	uint8_t at[5];

	(void)state;
	shown(ENTROPY_DICE, 12, text);
	assert_int_equal(say(nth(text, 0)), ERR_STATE);
	assert_int_equal(quiz(3), 0);
	memcpy(at, answer, 4);
	assert_int_equal(say(nth(text, at[1])), 0);
	assert_int_equal(say("zoo"), ERR_MISMATCH);
	assert_int_equal(fault.at, at[2]);
	assert_int_equal(say(nth(text, at[2])), ERR_STATE);
	assert_int_equal(quiz(2), 0);
	assert_int_equal(say("no-word"), ERR_MISMATCH);
	assert_int_equal(k.nkey, 0);
	assert_int_equal(keeper_state(&k), KEEPER_SHOWN);
}

/* The table lets each request through at its time and at no other. */
static void
test_the_words_leave_once(void **state)
{
	static const struct { enum msg m; uint8_t states; } when[] = {
		{ MSG_NEW_KEY, KEEPER_LOCKED | KEEPER_OPEN },
		{ MSG_FEED, KEEPER_FEED }, { MSG_UNFEED, KEEPER_FEED },
		{ MSG_WORDS, KEEPER_FEED }, { MSG_QUIZ, KEEPER_SHOWN },
		{ MSG_ANSWER, KEEPER_SHOWN }, { MSG_PASSPHRASE, KEEPER_NAMED },
	};
	enum err want;
	size_t i;
	unsigned s;

	(void)state;
	for (i = 0; i < sizeof(when) / sizeof(when[0]); i++) {
		for (s = 1; s <= KEEPER_NAMED; s <<= 1) {
			want = when[i].states & s ? ERR_NONE : ERR_STATE;
			assert_int_equal(msg_allowed(when[i].m, ROLE_FRONT,
			    ROLE_KEEPER, (uint8_t)s, 0, 0), want);
			assert_int_equal(msg_allowed(when[i].m, ROLE_CLERK,
			    ROLE_KEEPER, (uint8_t)s, 0, 0), ERR_STATE);
		}
	}
	for (s = KEEPER_FEED; s <= KEEPER_NAMED; s <<= 1) {
		assert_int_equal(msg_allowed(MSG_SIGN, ROLE_CLERK,
		    ROLE_KEEPER, (uint8_t)s, 0, 0), ERR_STATE);
		assert_int_equal(msg_allowed(MSG_PLAN, ROLE_FRONT,
		    ROLE_KEEPER, (uint8_t)s, 0, 0), ERR_STATE);
		assert_int_equal(msg_allowed(MSG_UNLOCK, ROLE_FRONT,
		    ROLE_KEEPER, (uint8_t)s, 0, 0), ERR_STATE);
	}
}

static void
test_cancelled_or_locked_leaves_nothing(void **state)
{
	char text[RESTORE_TEXT_MAX];

	(void)state;
	assert_int_equal(begin(ENTROPY_DICE, 12), 0);
	assert_int_equal(roll(R50), 0);
	assert_int_equal(ask(keeper_on_end_new, "", 0), 0);
	nothing_left();
	assert_int_equal(keeper_state(&k), KEEPER_LOCKED);
	shown(ENTROPY_DICE, 12, text);
	assert_int_equal(quiz(2), 0);
	assert_int_equal(ask(keeper_on_lock, "", 0), 0);
	nothing_left();
	assert_int_equal(keeper_state(&k), KEEPER_LOCKED);
}

static void
test_no_room_no_beginning(void **state)
{
	(void)state;
	k.nkey = FPR_MAX;
	assert_int_equal(begin(ENTROPY_DICE, 12), ERR_SPACE);
	assert_int_equal(keeper_state(&k), KEEPER_OPEN);
	k.nkey = 0;
	assert_int_equal(begin(ENTROPY_DICE, 18), ERR_RANGE);
	assert_int_equal(begin((enum entropy_mode)7, 12), ERR_RANGE);
	assert_int_equal(keeper_state(&k), KEEPER_LOCKED);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define T(fn) cmocka_unit_test_setup(fn, setup)
		T(test_dice_give_these_words),
		T(test_dice_give_a_monero_wallet),
		T(test_quiz_of_monero_words),
		T(test_attack_31_mixed_is_new_each_time),
		T(test_attack_33_no_words_of_too_little),
		T(test_quiz_asks_for_any_place),
		T(test_a_wrong_word_ends_the_quiz),
		T(test_the_words_leave_once),
		T(test_cancelled_or_locked_leaves_nothing),
		T(test_no_room_no_beginning),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
