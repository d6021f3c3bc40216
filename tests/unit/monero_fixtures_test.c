/* Every file of real Monero wallets through the whole of a job, and every
 * hostile one: refused no later than the strictest of the reference wallets,
 * with the code of the right reason. */
#include <jansson.h>
#include <sys/stat.h>

#include "tests/unit/monero_load.h"

#include "core/chain/monero/unsigned.h"
#include "core/encode/hex.h"

static struct desk desk;

static int
setup(void **state)
{
	(void)state;
	return desk_open(&desk);
}

static int
teardown(void **state)
{
	(void)state;
	desk_close(&desk);
	return 0;
}

static int
fresh(void **state)
{
	(void)state;
	desk_forget(&desk);
	return 0;
}

/* COLDSEAL_KEEP: what was asked and answered, for another program to judge. */
static void
keep_file(const char *name, const char *what, struct span s)
{
	const char *dir = getenv("COLDSEAL_KEEP"), *p;
	char path[1024], flat[256];
	size_t i = 0;
	FILE *f;

	if (dir == NULL)
		return;
	for (p = name; *p != '\0' && i + 1 < sizeof(flat); p++)
		flat[i++] = *p == '/' ? '~' : *p;
	flat[i] = '\0';
	(void)snprintf(path, sizeof(path), "%s/%s", dir, flat);
	(void)mkdir(path, 0755);
	(void)snprintf(path, sizeof(path), "%s/%s/%s", dir, flat, what);
	assert_non_null(f = fopen(path, "wb"));
	assert_int_equal(fwrite(s.p, 1, s.n, f), s.n);
	(void)fclose(f);
}

static void
must_sign(const char *name, struct span *answer)
{
	enum err e = desk_look(&desk, name);

	if (e != 0)
		fail_msg("%s: %s at %s", name, err_text(e),
		    desk.study.fault.where);
	if (desk.j.verdict == VERDICT_REFUSE) {
		desk_say(&desk);
		fail_msg("%s: refused", name);
	}
	e = desk_sign(&desk, answer);
	if (e != 0)
		fail_msg("%s: %s", name, err_text(e));
	keep_file(name, "request", desk.file);
	keep_file(name, "answer", *answer);
}

static void
know_outputs(const char *version)
{
	char name[256];
	struct span answer;

	desk_forget(&desk);
	(void)snprintf(name, sizeof(name), "monero/%s/outputs/all", version);
	must_sign(name, &answer);
}

/* Nothing but what the fixtures cannot help: small payments, same coins. */
static void
check_calm(const char *name)
{
	size_t i;

	for (i = 0; i < desk.j.n; i++) {
		const struct finding *f = &desk.j.finding[i];

		if (f->level == LEVEL_NOTE ||
		    strcmp(f->code, "xmr.spent.again") == 0 ||
		    strcmp(f->code, "xmr.path.account") == 0 ||
		    strcmp(f->code, "xmr.fee.high") == 0)
			continue;
		fail_msg("%s: %s: %s", name, f->code, f->text);
	}
}

static const char *const honest[][2] = {
	{ "v0.18.0.0", "integrated" }, { "v0.18.0.0", "multi_mixed" },
	{ "v0.18.0.0", "std_1dest" }, { "v0.18.4.0", "integrated" },
	{ "v0.18.4.0", "std_1dest" }, { "v0.18.4.0", "to_subaddress" },
	{ "v0.18.5.3", "from_main_coinbase_and_rct" },
	{ "v0.18.5.3", "integrated" }, { "v0.18.5.3", "many_in" },
	{ "v0.18.5.3", "multi_mixed" }, { "v0.18.5.3", "multi_std" },
	{ "v0.18.5.3", "one_in_two_out" }, { "v0.18.5.3", "self_main" },
	{ "v0.18.5.3", "split_two_txs" }, { "v0.18.5.3", "sweep_all" },
	{ "v0.18.5.3", "to_subaddress" },
	{ "v0.18.5.3-embedded", "embedded_outputs" },
	{ "v0.18.5.3-embedded", "integrated" },
	{ "v0.18.5.3-embedded", "multi_mixed" },
	{ "v0.18.5.3-embedded", "std_1dest" },
	{ "v0.18.5.3-embedded", "to_subaddress" },
};

static void
test_honest_sets_are_signed(void **state)
{
	struct span answer;
	char name[256];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(honest) / sizeof(honest[0]); i++) {
		know_outputs(honest[i][0]);
		(void)snprintf(name, sizeof(name),
		    "monero/%s/%s/unsigned_monero_tx", honest[i][0],
		    honest[i][1]);
		must_sign(name, &answer);
		check_calm(name);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_honest_sets_are_signed, fresh),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
