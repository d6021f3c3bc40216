/* What a new key is made of: how it is counted, refused and hashed. */
#include "core/crypto/entropy.h"
#include "core/crypto/hash.h"
#include "tests/vectors.h"

static struct entropy e;
static struct fault fault;

/* A generator of test data, the same at every run; no randomness. */
static uint64_t seed;

static uint32_t
next(uint32_t below)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(seed >> 33) % below;
}

static void
begin(enum entropy_mode mode, unsigned words)
{
	assert_int_equal(entropy_begin(&e, mode, words), 0);
	fault = (struct fault){ 0 };
}

static enum err
feed(enum entropy_source s, const char *text)
{
	return entropy_feed(&e, s, span_text(text), &fault);
}

static void
fed(enum entropy_source s, const char *text)
{
	assert_int_equal(feed(s, text), 0);
}

static enum err
press(uint32_t key, uint16_t ms)
{
	uint8_t b[6] = { (uint8_t)key, (uint8_t)(key >> 8), 0, 0,
	    (uint8_t)ms, (uint8_t)(ms >> 8) };

	return entropy_feed(&e, SOURCE_KEYS, SPAN_OF(b), &fault);
}

static void
roll(size_t n, uint32_t faces)
{
	static const char face[] = "123456";

	while (n-- > 0) {
		char one[2] = { face[next(faces)], '\0' };

		fed(SOURCE_DICE, one);
	}
}

static void
deal(uint8_t *deck)
{
	uint8_t i, j, swap;

	for (i = 0; i < ENTROPY_DECK; i++)
		deck[i] = i;
	for (i = ENTROPY_DECK - 1; i > 0; i--) {
		j = (uint8_t)next(i + 1u);
		swap = deck[i];
		deck[i] = deck[j];
		deck[j] = swap;
	}
}

static enum err
card(uint8_t c)
{
	char text[3] = { "A23456789TJQK"[c % 13], "SHDC"[c / 13], '\0' };

	return feed(SOURCE_CARDS, text);
}

static void
refused(const char *why)
{
	assert_int_equal(entropy_judge(&e, &fault), ERR_REFUSED);
	assert_string_equal(fault.where, why);
}

static void
hash_is(const char *rolls, unsigned words, const char *hex)
{
	struct secret32 out, kernel = { { 9 } };
	uint8_t want[32];
	size_t n;

	begin(ENTROPY_DICE, words);
	fed(SOURCE_DICE, rolls);
	assert_int_equal(entropy_end(&e, &kernel, &out, &n, &fault), 0);
	assert_int_equal(n, words / 3 * 4);
	unhex(hex, want, n);
	assert_memory_equal(out.b, want, n);
}

#define R50 "62535134123665432261551643214261365421546314255362"
#define R99 R50 "1453621365241635512436425316241365523146215346215"

#define SUM99 "7c60e3b884deb5eef7ad16dd961e28fe" \
    "47fbb5fb54adf9a997a5d64184fe82bd"
#define SUMMIXED "d1b389105d5c8faa63abb3df536b03bf" \
    "c54bf1fc43ad41c19814c8e2fb9955a2"

/* What sha256sum says of the very same characters. */
static void
test_dice_are_hashed_as_they_stand(void **state)
{
	struct hash32 h;
	uint8_t want[32];

	(void)state;
	hash_is(R50, 12, "0151c8b87328102231c8b60bda21328f");
	hash_is(R99, 24, SUM99);
	unhex(SUM99, want, 32);
	sha256(span_text(R99), &h);
	assert_memory_equal(h.b, want, 32);
}

/* Known attack 32: nothing is cut short on the way.  All 32 bytes of the
 * kernel's and each byte of the transcript change all of the key. */
static void
test_attack_32_every_byte_counts(void **state)
{
	struct secret32 kernel = { { 0 } }, first, now;
	size_t i, k, n, differ;

	(void)state;
	begin(ENTROPY_MIXED, 24);
	fed(SOURCE_DICE, R50);
	assert_int_equal(sizeof(kernel.b), 32);
	assert_int_equal(entropy_end(&e, &kernel, &first, &n, &fault), 0);
	assert_int_equal(n, 32);
	for (i = 0; i < 32 + e.ntext; i++) {
		uint8_t *at = i < 32 ? &kernel.b[i] : &e.text[i - 32];

		*at ^= 1;
		assert_int_equal(entropy_end(&e, &kernel, &now, &n, &fault),
		    0);
		*at ^= 1;
		for (differ = 0, k = 0; k < 32; k++)
			differ += now.b[k] != first.b[k];
		assert_true(differ >= 24);
	}
}

/* Known attack 32, by another's sum: kernel bytes, then the transcript. */
static void
test_attack_32_mixed_is_what_the_header_says(void **state)
{
	struct secret32 kernel, out;
	uint8_t want[32];
	size_t n;

	(void)state;
	memset(kernel.b, 0xa5, sizeof(kernel.b));
	begin(ENTROPY_MIXED, 24);
	fed(SOURCE_DICE, R50);
	fed(SOURCE_COINS, "HTTH");
	fed(SOURCE_CARDS, "ASTDKC");
	assert_int_equal(press('a', 258), 0);
	assert_int_equal(entropy_end(&e, &kernel, &out, &n, &fault), 0);
	unhex(SUMMIXED, want, 32);
	assert_memory_equal(out.b, want, 32);
}

/* Known attack 33: too little is refused, to the event. */
static void
test_attack_33_counted(void **state)
{
	static const struct { enum entropy_mode mode; unsigned words;
	    size_t need; } at[] = {
		{ ENTROPY_DICE, 12, 50 }, { ENTROPY_DICE, 24, 99 },
		{ ENTROPY_MIXED, 12, 50 }, { ENTROPY_MIXED, 24, 50 },
	};
	struct secret32 kernel = { { 0 } }, out = { { 7 } };
	size_t i, n = 99;

	(void)state;
	for (i = 0; i < 4; i++) {
		seed = i;
		begin(at[i].mode, at[i].words);
		roll(at[i].need - 1, 6);
		assert_int_equal(entropy_end(&e, &kernel, &out, &n, &fault),
		    ERR_RANGE);
		assert_string_equal(fault.where, "not enough yet");
		assert_int_equal(out.b[0], 7);
		roll(1, 6);
		assert_int_equal(entropy_judge(&e, &fault), 0);
	}
	assert_int_equal(entropy_begin(&e, ENTROPY_DICE, 15), ERR_RANGE);
	assert_int_equal(entropy_begin(&e, ENTROPY_MODES, 12), ERR_RANGE);
}

static void
test_counts_of_each_source(void **state)
{
	struct entropy_tally t;

	(void)state;
	begin(ENTROPY_MIXED, 12);
	fed(SOURCE_DICE, "12");
	fed(SOURCE_COINS, "HTH");
	fed(SOURCE_CARDS, "AS2S");
	assert_int_equal(press('x', 9), 0);
	t = entropy_tally(&e);
	assert_int_equal(t.have, 2 * 2584 + 3 * 1000 + 5700 + 5672 + 1000);
	assert_int_equal(t.need, 128000);
	assert_int_equal(t.events[SOURCE_CARDS], 2);
	entropy_undo(&e);
	entropy_undo(&e);
	t = entropy_tally(&e);
	assert_int_equal(t.have, 2 * 2584 + 3 * 1000 + 5700);
	assert_int_equal(e.ntext, 2 * 2 + 3 * 2 + 3);
	fed(SOURCE_CARDS, "2S");
}

static void
test_what_is_not_taken(void **state)
{
	(void)state;
	begin(ENTROPY_DICE, 12);
	assert_int_equal(feed(SOURCE_DICE, "127"), ERR_FORM);
	assert_int_equal(e.n, 0);		/* all or none */
	assert_int_equal(feed(SOURCE_DICE, "0"), ERR_FORM);
	assert_int_equal(feed(SOURCE_COINS, "H"), ERR_STATE);
	begin(ENTROPY_MIXED, 12);
	assert_int_equal(feed(SOURCE_COINS, "h"), ERR_FORM);
	assert_int_equal(feed(SOURCE_CARDS, "1S"), ERR_FORM);
	assert_int_equal(feed(SOURCE_CARDS, "AX"), ERR_FORM);
	assert_int_equal(feed(SOURCE_CARDS, "ASA"), ERR_FORM);
	assert_int_equal(feed(SOURCES, "1"), ERR_STATE);
	assert_int_equal(e.ntext, 0);
	while (e.n < ENTROPY_EVENTS)
		fed(SOURCE_DICE, "1");
	assert_int_equal(feed(SOURCE_DICE, "1"), ERR_SPACE);
	assert_int_equal(e.ntext, 2 * ENTROPY_EVENTS);
}

/* Known attack 33: a card comes once a deck, a key not twice running. */
static void
test_attack_33_repeated_events(void **state)
{
	uint8_t i;

	(void)state;
	begin(ENTROPY_MIXED, 12);
	for (i = 0; i < ENTROPY_DECK; i++) {
		assert_int_equal(card(i), 0);
		if (i < ENTROPY_DECK - 1)
			assert_int_equal(card(0), ERR_DUPLICATE);
	}
	assert_string_equal(fault.where, "this card was dealt already");
	assert_int_equal(card(0), 0);		/* the next deck */
	assert_int_equal(card(0), ERR_DUPLICATE);
	assert_int_equal(press('a', 100), 0);
	assert_int_equal(press('a', 130), ERR_DUPLICATE);
	assert_int_equal(press('b', 130), 0);
	assert_int_equal(press('a', 130), 0);
	assert_int_equal(e.n, ENTROPY_DECK + 4);
}

static void
dice_refused(const char *rolls, const char *why)
{
	begin(ENTROPY_DICE, 12);
	while (e.n < 60)
		fed(SOURCE_DICE, rolls);
	refused(why);
}

/* Known attack 33: what no fair source gives. */
static void
test_attack_33_skewed_dice(void **state)
{
	size_t i;

	(void)state;
	dice_refused("1", "dice: two or more faces never came");
	dice_refused("123456", "dice: they follow a pattern");
	dice_refused("654321", "dice: they follow a pattern");
	dice_refused("111222333444555666", "dice: they follow a pattern");
	dice_refused("31415265462513324", "dice: they follow a pattern");
	seed = 1;
	begin(ENTROPY_DICE, 12);
	roll(60, 4);
	refused("dice: two or more faces never came");
	for (i = 0; i < 2; i++) {	/* one face in every other roll */
		begin(i == 0 ? ENTROPY_DICE : ENTROPY_MIXED, 24);
		while (e.n < 110) {
			roll(1, 6);
			fed(SOURCE_DICE, next(10) < 6 ? "3" : "5");
		}
		refused("dice: some come far too often");
	}
	begin(ENTROPY_DICE, 24);	/* half of it a copy of the other */
	fed(SOURCE_DICE, R50 R50);
	refused("dice: they follow a pattern");
}

static void
test_attack_33_skewed_others(void **state)
{
	uint8_t i, deck[ENTROPY_DECK];

	(void)state;
	begin(ENTROPY_MIXED, 12);
	while (e.n < 128)
		fed(SOURCE_COINS, next(4) == 0 ? "T" : "H");
	refused("coins: some come far too often");
	begin(ENTROPY_MIXED, 12);
	while (e.n < 128)
		fed(SOURCE_COINS, "HTTHHTHT");
	refused("coins: they follow a pattern");
	begin(ENTROPY_MIXED, 12);	/* as it comes from the shop */
	for (i = 0; i < 26; i++)
		assert_int_equal(card(i), 0);
	refused("cards: they follow a pattern");
	begin(ENTROPY_MIXED, 12);	/* and by rank */
	for (i = 0; i < 26; i++)
		assert_int_equal(card((uint8_t)(i % 4 * 13 + i / 4)), 0);
	refused("cards: they follow a pattern");
	begin(ENTROPY_MIXED, 12);	/* shuffled once, dealt twice */
	deal(deck);
	for (i = 0; i < 2 * ENTROPY_DECK; i++)
		assert_int_equal(card(deck[i % ENTROPY_DECK]), 0);
	refused("cards: they follow a pattern");
	begin(ENTROPY_MIXED, 12);	/* pasted, or by a machine */
	for (i = 0; i < 128; i++)
		assert_int_equal(press('a' + i % 26u, 33), 0);
	refused("key presses: they come at one beat");
	begin(ENTROPY_MIXED, 12);
	for (i = 0; i < 128; i++)
		assert_int_equal(press('a' + i % 26u,
		    (uint16_t)(i % 4 * 24 + 10)), 0);
	refused("key presses: they follow a pattern");
	/* What is skewed is not made good by what is not. */
	begin(ENTROPY_MIXED, 12);
	fed(SOURCE_COINS, "HHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHH");
	fed(SOURCE_DICE, R50);
	refused("coins: some come far too often");
}

static void
fair_keys(void)
{
	size_t i;

	begin(ENTROPY_MIXED, 12);
	for (i = 0; i < 128; i++)
		assert_int_equal(press((uint32_t)(i % 7), (uint16_t)(
		    60 + next(30) + next(30) + next(30))), 0);
}

/* Fair ones pass: 4,000 of each, where at most one in 300,000 is refused. */
static void
test_fair_ones_pass(void **state)
{
	uint8_t deck[ENTROPY_DECK];
	size_t i, k;

	(void)state;
	seed = 2026;
	for (i = 0; i < 4000; i++) {
		begin(ENTROPY_DICE, 24);
		roll(99, 6);
		assert_int_equal(entropy_judge(&e, &fault), 0);
		begin(ENTROPY_MIXED, 24);
		while (e.n < 128)
			fed(SOURCE_COINS, next(2) == 0 ? "T" : "H");
		assert_int_equal(entropy_judge(&e, &fault), 0);
		begin(ENTROPY_MIXED, 24);
		deal(deck);
		for (k = 0; k < 26; k++)
			assert_int_equal(card(deck[k]), 0);
		assert_int_equal(entropy_judge(&e, &fault), 0);
		fair_keys();
		assert_int_equal(entropy_judge(&e, &fault), 0);
	}
}

/* A die without one of its faces is still taken: it happens in fifty rolls. */
static void
test_the_limits_are_where_they_are_said(void **state)
{
	(void)state;
	seed = 5;
	begin(ENTROPY_DICE, 12);
	roll(55, 5);
	assert_int_equal(entropy_judge(&e, &fault), 0);
	begin(ENTROPY_MIXED, 12);	/* chi-square 25 of 25 throws */
	fed(SOURCE_COINS, "HHHHHHHHHHHHHHHHHHHHHHHHH");
	assert_int_equal(entropy_judge(&e, &fault), ERR_RANGE);
	fed(SOURCE_COINS, "H");			/* 26 of 26 */
	refused("coins: some come far too often");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_dice_are_hashed_as_they_stand),
		cmocka_unit_test(test_attack_32_every_byte_counts),
		cmocka_unit_test(test_attack_32_mixed_is_what_the_header_says),
		cmocka_unit_test(test_attack_33_counted),
		cmocka_unit_test(test_counts_of_each_source),
		cmocka_unit_test(test_what_is_not_taken),
		cmocka_unit_test(test_attack_33_repeated_events),
		cmocka_unit_test(test_attack_33_skewed_dice),
		cmocka_unit_test(test_attack_33_skewed_others),
		cmocka_unit_test(test_fair_ones_pass),
		cmocka_unit_test(test_the_limits_are_where_they_are_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
