/* The pages of files that a real node made: a dozen as they must read, all of
 * them within the width and the same after a round trip. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>
#include <glob.h>
#include <jansson.h>

#include "tests/unit/page_shown.h"
#include "tests/unit/rig.h"

#define ARENA ((size_t)128 << 20)

static struct arena arena;
static struct rig rig;

/* The folder and, if it is one, the file within. */
static const char *
fixture_path(const char *name)
{
	static char path[1024];
	const char *dir = getenv("COLDSEAL_FIXTURES");

	assert_true((size_t)snprintf(path, sizeof(path), "%s/bitcoin/%s",
	    dir == NULL ? "tests/fixtures" : dir, name) < sizeof(path));
	return path;
}

static int
setup(void **state)
{
	const char *words;
	json_t *m;

	(void)state;
	arena.size = ARENA;
	arena.base = malloc(ARENA);
	m = json_load_file(fixture_path("manifest.json"),
	    JSON_DECODE_INT_AS_REAL, NULL);
	words = json_string_value(json_object_get(json_object_get(
	    json_object_get(m, "mnemonics"), "A"), "words"));
	if (arena.base == NULL || words == NULL || secp_init(NULL) != 0 ||
	    rig_add(&rig, words, "") != 0)
		return -1;
	json_decref(m);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	free(arena.base);
	return 0;
}

static struct span
load(const char *path)
{
	uint8_t *p;
	FILE *f;
	long n;

	if ((f = fopen(path, "rb")) == NULL)
		fail_msg("%s is missing", path);
	assert_int_equal(fseek(f, 0, SEEK_END), 0);
	assert_true((n = ftell(f)) > 0);
	rewind(f);
	p = arena_new(&arena, uint8_t, (size_t)n);
	assert_non_null(p);
	assert_int_equal(fread(p, 1, (size_t)n, f), n);
	(void)fclose(f);
	return span_of(p, (size_t)n);
}

static struct span
bytes_of(const struct page *p)
{
	struct sink n = sink_to_count(), s;
	uint8_t *b;

	page_put(p, &n);
	b = arena_new(&arena, uint8_t, n.total);
	assert_non_null(b);
	s = sink_to_buf(b, n.total);
	page_put(p, &s);
	assert_int_equal(s.err, 0);
	return span_of(b, n.total);
}

/* As the clerk draws it up and the front reads it; false: no page. */
static bool
page_of(const char *path, struct page *out)
{
	struct session session = { .network = NET_REGTEST,
	    .arena = &arena };
	struct judgement j;
	struct study s;
	struct hash32 h;
	struct page p;
	struct span b;

	arena.used = 0;
	if (rig_study(&rig, load(path), &session, &arena, &s) != 0)
		return false;
	session_digest(&session, &h);
	assert_int_equal(judge(&s.intent, &arena, &j), 0);
	assert_int_equal(page_make(&s.intent, &j, &h, &arena, &p), 0);
	b = bytes_of(&p);
	assert_int_equal(page_read(b, &arena, out), 0);
	assert_true(span_eq(b, bytes_of(out)));
	return true;
}

static const char *const chosen[] = {
	"sign/mixed-types-one-seed",
	"sign/pkh-opreturn",
	"sign/pkh-sighash-single",
	"sign/shwpkh-in1-no-prevtx",
	"sign/tr-no-change",
	"sign/wpkh-five-kinds-out",
	"sign/wpkh-in2",
	"sign/wpkh-locktime-time",
	"sign/wpkh-self-transfer",
	"attack/amount-sum-overflow",
	"attack/change-script-not-ours",
	"attack/fee-huge",
	"attack/locktime-far-future",
	"attack/mixed-ownership",
	"attack/opreturn-burns-coins",
	"attack/output-bare-multisig",
	"attack/pkh-no-prevtx",
	"attack/relative-locktime-10",
};

static void
test_page_golden_of_fixtures(void **state)
{
	char path[1024], title[64], golden[64];
	const char *name;
	struct page p;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(chosen) / sizeof(chosen[0]); i++) {
		name = strchr(chosen[i], '/') + 1;
		(void)snprintf(title, sizeof(title), "%s.psbt", name);
		(void)snprintf(golden, sizeof(golden), "fixture-%s", name);
		(void)snprintf(path, sizeof(path), "%s.psbt",
		    fixture_path(chosen[i]));
		if (!page_of(path, &p))
			fail_msg("%s: no page", path);
		check_golden(golden, shown(&p, title, PAGE_WIDTH, &arena),
		    &arena);
	}
}

static const char *const messages[] = { "own-address", "taproot", "nested",
    "long", "hostile", "hash", "login" };

static void
check_text(const char *kind, const char *name)
{
	char path[128], title[64], golden[64];
	struct page p;

	(void)snprintf(title, sizeof(title), "%s.txt", name);
	(void)snprintf(path, sizeof(path), "tests/%ss/%s", kind, title);
	(void)snprintf(golden, sizeof(golden), "%s-%s", kind, name);
	if (!page_of(path, &p))
		fail_msg("%s: no page", path);
	check_golden(golden, shown(&p, title, PAGE_WIDTH, &arena), &arena);
}

/* Requests to sign a message: no coins, the words whole. */
static void
test_page_golden_of_messages(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(messages) / sizeof(messages[0]); i++)
		check_text("message", messages[i]);
}

static const char *const wallets[] = { "coldcard", "decaying", "taproot",
    "hostile" };

/* Wallets to be registered: every key, who can spend, first addresses. */
static void
test_page_golden_of_wallets(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(wallets) / sizeof(wallets[0]); i++)
		check_text("wallet", wallets[i]);
}

/* Foreign text has no line ends, and nothing that a terminal obeys. */
static void
assert_printable(const char *text)
{
	for (; *text != '\0'; text++)
		assert_true(*text == '\n' || (uint8_t)*text >= 0x20);
}

static size_t
check_all(const char *pattern)
{
	static const unsigned width[] = { 80, 81, 100, 132, 250 };
	glob_t g;
	size_t i, k, pages = 0;
	struct page p;

	assert_int_equal(glob(fixture_path(pattern), 0, NULL, &g), 0);
	for (i = 0; i < g.gl_pathc; i++) {
		if (!page_of(g.gl_pathv[i], &p))
			continue;
		pages++;
		for (k = 0; k < sizeof(width) / sizeof(width[0]); k++)
			assert_printable(shown(&p, g.gl_pathv[i], width[k],
			    &arena));
	}
	globfree(&g);
	return pages;
}

static void
test_page_of_every_fixture_is_within_its_width(void **state)
{
	(void)state;
	assert_true(check_all("sign/*.psbt") > 0);
	assert_true(check_all("attack/*.psbt") > 0);
	assert_true(check_all("policy/*.psbt") > 0);
	assert_true(check_all("forms/*.psbt") > 0);
	(void)check_all("flip/*.psbt");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_page_golden_of_fixtures),
		cmocka_unit_test(test_page_golden_of_messages),
		cmocka_unit_test(test_page_golden_of_wallets),
		cmocka_unit_test(
		    test_page_of_every_fixture_is_within_its_width),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
