/* codex32: the vectors of BIP93, and sets of our own. */
#include <ctype.h>

#include <sodium.h>

#include "core/encode/base58.h"
#include "core/keys/codex32.h"
#include "tests/vectors.h"

static uint64_t counter;

static void
fill(void *p, size_t n)
{
	uint8_t seed[randombytes_SEEDBYTES] = { 0 };

	counter++;
	memcpy(seed, &counter, sizeof(counter));
	randombytes_buf_deterministic(p, n, seed);
}

static size_t at_bad;

static struct codex32
one(const char *text)
{
	struct codex32 s;

	assert_int_equal(codex32_read(span_text(text), &s, &at_bad), 0);
	return s;
}

static void
put(struct codex32_set *set, const char *text)
{
	struct codex32 s = one(text);

	assert_int_equal(codex32_add(set, &s), 0);
}

static void
seed_is(const struct codex32_set *set, const char *hex)
{
	uint8_t want[SEED_MAX];
	struct seed got;

	assert_int_equal(codex32_join(set, &got), 0);
	assert_int_equal(got.n, strlen(hex) / 2);
	unhex(hex, want, got.n);
	assert_memory_equal(got.b, want, got.n);
}

/* Each string of the BIP that is right, written again and read as a seed. */
static void
test_codex32_secrets(void **state)
{
	static const char *const v[][2] = {
		{ "ms10testsxxxxxxxxxxxxxxxxxxxxxxxxxx4nzvca9cmczlw",
		    "318c6318c6318c6318c6318c6318c631" },
		{ "ms13cashsllhdmn9m42vcsamx24zrxgs3qqjzqud4m0d6nln",
		    "ffeeddccbbaa99887766554433221100" },
		{ "ms13cashsllhdmn9m42vcsamx24zrxgs3qrsx6ydhed97jx2",
		    "ffeeddccbbaa99887766554433221100" },
		{ "ms10leetsllhdmn9m42vcsamx24zrxgs3qrl7ahwvhw4fnzrhve25gvezzy"
		    "qqtum9pgv99ycma", "ffeeddccbbaa99887766554433221100ffeed"
		    "dccbbaa99887766554433221100" },
		{ "ms10leetsllhdmn9m42vcsamx24zrxgs3qrl7ahwvhw4fnzrhve25gvezzy"
		    "q0pgjxpzx0ysaam", "ffeeddccbbaa99887766554433221100ffeed"
		    "dccbbaa99887766554433221100" },
		{ "MS100C8VSM32ZXFGUHPCHTLUPZRY9X8GF2TVDW0S3JN54KHCE6MUA7LQPZY"
		    "GSFJD6AN074RXVCEMLH8WU3TK925ACDEFGHJKLMNPQRSTUVWXY06FHPV8"
		    "0UNDVARHRAK", "dc5423251cb87175ff8110c8531d0952d8d73e1194"
		    "e95b5f19d6f9df7c01111104c9baecdfea8cccc677fb9ddc8aec5553b"
		    "86e528bcadfdcc201c17c638c47e9" },
	};
	char text[CODEX32_TEXT_MAX];
	struct codex32_set set;
	size_t i, k;

	(void)state;
	for (i = 0; i < sizeof(v) / sizeof(v[0]); i++) {
		set.n = 0;
		put(&set, v[i][0]);
		seed_is(&set, v[i][1]);
		codex32_text(&set.share[0], text);
		for (k = 0; v[i][0][k] != '\0'; k++)
			assert_int_equal(text[k], tolower(v[i][0][k]));
	}
}

static void
share_is(const struct codex32_set *set, char index, const char *want)
{
	char text[CODEX32_TEXT_MAX];
	struct codex32 s;

	assert_int_equal(codex32_at(set, index, &s), 0);
	codex32_text(&s, text);
	assert_string_equal(text, want);
}

static void
test_codex32_shares(void **state)
{
	struct codex32_set set = { 0 };

	(void)state;
	put(&set, "MS12NAMEA320ZYXWVUTSRQPNMLKJHGFEDCAXRPP870HKKQRM");
	put(&set, "MS12NAMECACDEFGHJKLMNPQRSTUVWXYZ023FTR2GDZMPY6PN");
	share_is(&set, 'd', "ms12namedll4f8jlh4e5vdvuldlfxu2jhdnlsm97xvenrxeg");
	share_is(&set, 's', "ms12names6xqguzttxkeqnjsjzv4jv3nz5k3kwgsphuh6evw");
	seed_is(&set, "d1808e096b35b209ca12132b264662a5");
	set.n = 0;
	put(&set, "ms13cashsllhdmn9m42vcsamx24zrxgs3qqjzqud4m0d6nln");
	put(&set, "ms13casha320zyxwvutsrqpnmlkjhgfedca2a8d0zehn8a0t");
	put(&set, "ms13cashcacdefghjklmnpqrstuvwxyz023949xq35my48dr");
	share_is(&set, 'd', "ms13cashd0wsedstcdcts64cd7wvy4m90lm28w4ffupqs7rm");
	share_is(&set, 'e', "ms13casheekgpemxzshcrmqhaydlp6yhms3ws7320xyxsar9");
	share_is(&set, 'f', "ms13cashf8jh6sdrkpyrsp5ut94pj8ktehhw2hfvyrj48704");
	put(&set, "ms13cashf8jh6sdrkpyrsp5ut94pj8ktehhw2hfvyrj48704");
	seed_is(&set, "ffeeddccbbaa99887766554433221100");
	set.share[3].v[20] ^= 1;
	assert_int_equal(codex32_join(&set, &(struct seed){ 0 }),
	    ERR_MISMATCH);
}

/* Every other string of the BIP's file is refused. */
static void
test_codex32_invalid_vectors(void **state)
{
	char path[1024], line[512], *end;
	bool invalid = false;
	struct codex32 s;
	size_t n = 0;
	FILE *f;

	(void)state;
	vectors_path("bip93.txt", path, sizeof(path));
	f = fopen(path, "r");
	assert_non_null(f);
	while (fgets(line, sizeof(line), f) != NULL) {
		if (strstr(line, "Invalid test vectors") != NULL)
			invalid = true;
		if (!invalid || strncmp(line, "* ", 2) != 0)
			continue;
		end = line + strcspn(line, "\r\n");
		assert_int_not_equal(codex32_read(span_of(line + 2,
		    (size_t)(end - line) - 2), &s, &at_bad), 0);
		n++;
	}
	(void)fclose(f);
	assert_true(n > 50);
}

static void
refused(const char *text, enum err want)
{
	struct codex32 s = { .n = 7 };

	assert_int_equal(codex32_read(span_text(text), &s, &at_bad), want);
	assert_int_equal(s.n, 7);
}

/* One wrong character is found, wherever it is; of two nothing is said that
 * is certain, but for the place of neither. */
static void
test_codex32_says_which_character(void **state)
{
	static const char *const texts[] = {
		"ms12names6xqguzttxkeqnjsjzv4jv3nz5k3kwgsphuh6evw",
		"ms100c8vsm32zxfguhpchtlupzry9x8gf2tvdw0s3jn54khce6mua7lqpzy"
		    "gsfjd6an074rxvcemlh8wu3tk925acdefghjklmnpqrstuvwxy06fhpv8"
		    "0undvarhrak",
	};
	char text[CODEX32_TEXT_MAX];
	size_t t, i;

	(void)state;
	for (t = 0; t < 2; t++) {
		for (i = 3; texts[t][i] != '\0'; i++) {
			(void)snprintf(text, sizeof(text), "%s", texts[t]);
			text[i] = text[i] == 'q' ? 'p' : 'q';
			refused(text, ERR_CHECKSUM);
			assert_int_equal(at_bad, i);
		}
		(void)snprintf(text, sizeof(text), "%s", texts[t]);
		text[9] = text[9] == 'q' ? 'p' : 'q';
		text[20] = text[20] == 'q' ? 'p' : 'q';
		refused(text, ERR_CHECKSUM);
		assert_int_equal(at_bad, SIZE_MAX);
	}
}

static void
test_codex32_says_what_is_wrong(void **state)
{
	struct codex32_set set = { 0 };
	struct codex32 s;
	struct seed seed;

	(void)state;
	refused("ms10fauxsxxxxxxxxxxxxxxxxxxxxxxxxxxve740yyge2ghq",
	    ERR_CHECKSUM);
	refused("ms10fauxxxxxxxxxxxxxxxxxxxxxxxxxxxx0z26tfn0ulw3p",
	    ERR_RANGE);
	refused("ms1fauxxxxxxxxxxxxxxxxxxxxxxxxxxxxx3kr3s0s2swg", ERR_RANGE);
	refused("Ms10fauxsxxxxxxxxxxxxxxxxxxxxxxxxxxuqxkk05lyf3x2", ERR_FORM);
	refused("s10fauxsxxxxxxxxxxxxxxxxxxxxxxxxxxuqxkk05lyf3x2", ERR_FORM);
	refused("", ERR_FORM);
	refused("ms1", ERR_FORM);
	refused("ms1q", ERR_RANGE);
	refused("ms10testsxxxxxxxxxxxxxbxxxxxxxxxxxx4nzvca9cmczlw", ERR_FORM);
	put(&set, "ms13casha320zyxwvutsrqpnmlkjhgfedca2a8d0zehn8a0t");
	assert_int_equal(codex32_join(&set, &seed), ERR_MISSING);
	s = set.share[0];
	assert_int_equal(codex32_add(&set, &s), ERR_DUPLICATE);
	s = one("ms10testsxxxxxxxxxxxxxxxxxxxxxxxxxx4nzvca9cmczlw");
	assert_int_equal(codex32_add(&set, &s), ERR_MIXED);
}

/* Split, written, read, put together: each pair of three, all lengths. */
static void
test_codex32_round(void **state)
{
	static const uint8_t id[CODEX32_ID] = { 1, 2, 3, 4 };
	struct codex32_set all, set;
	char text[CODEX32_TEXT_MAX];
	struct seed seed, got;
	size_t n, a, b;

	(void)state;
	for (n = 16; n <= SEED_MAX; n++) {
		seed.n = n;
		fill(seed.b, n);
		/* Between the two codes no text is long enough or short. */
		if (codex32_split(&seed, id, 2, 3, fill, &all) != 0)
			fail();
		for (a = 0; a < 3; a++) {
			for (b = 0; b < 3; b++) {
				if (a == b)
					continue;
				set.n = 0;
				codex32_text(&all.share[a], text);
				put(&set, text);
				codex32_text(&all.share[b], text);
				put(&set, text);
				assert_int_equal(codex32_join(&set, &got), 0);
				assert_int_equal(got.n, n);
				assert_memory_equal(got.b, seed.b, n);
			}
		}
		assert_int_equal(codex32_split(&seed, id, 0, 1, fill, &all),
		    0);
		codex32_text(&all.share[0], text);
		set.n = 0;
		put(&set, text);
		assert_int_equal(codex32_join(&set, &got), 0);
		assert_memory_equal(got.b, seed.b, n);
	}
}

static void
test_codex32_plans(void **state)
{
	static const uint8_t id[CODEX32_ID] = { 0 };
	static const struct { unsigned need; size_t n; } bad[] = {
		{ 1, 1 }, { 10, 10 }, { 3, 2 }, { 2, 32 }, { 0, 2 }, { 0, 0 },
	};
	struct seed seed = { .n = 16 };
	struct codex32_set set;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(codex32_split(&seed, id, bad[i].need,
		    bad[i].n, fill, &set), ERR_RANGE);
	assert_int_equal(codex32_split(&seed, id, 9, 31, fill, &set), 0);
	assert_int_equal(codex32_index(&set.share[0]), 'a');
	assert_int_equal(codex32_index(&set.share[30]), '9');
	assert_int_equal(codex32_need(&set.share[5]), 9);
	seed.n = 15;
	assert_int_equal(codex32_split(&seed, id, 0, 1, fill, &set),
	    ERR_RANGE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_codex32_secrets),
		cmocka_unit_test(test_codex32_shares),
		cmocka_unit_test(test_codex32_invalid_vectors),
		cmocka_unit_test(test_codex32_says_which_character),
		cmocka_unit_test(test_codex32_says_what_is_wrong),
		cmocka_unit_test(test_codex32_round),
		cmocka_unit_test(test_codex32_plans),
	};

	return sodium_init() < 0 ? 1 :
	    cmocka_run_group_tests_name("codex32", tests, NULL, NULL);
}
