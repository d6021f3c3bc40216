/* The vault as the front uses it: what was agreed to is stored before it is
 * signed, and a vault that the clerk knows nothing of is closed. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <fcntl.h>
#include <string.h>
#include <cmocka.h>

#include "core/chain/bitcoin/descriptor.h"
#include "media/import.h"
#include "tests/proc/house.h"

#define PASS span_text("passphrase")
#define WALLET \
	"wsh(sortedmulti(2,[73c5da0a/48h/1h/0h/2h]tpubDFH9dgzveyD8zTbPU" \
	"FuLrGmCydNvxehyNdUXKJAQN8x4aZ4j6UZqGfnqFrD4NqyaTVGKbvEW54tsvPT" \
	"K2UoSbCC1PJY8iCNiwTL3RWZEheQ/<0;1>/*,[3f635a63/48h/1h/0h/2h]tp" \
	"ubDFPtPArj4GzBEFHohegg1Xatrc1Fi9oSox5LzuSRX91miwQxuUrEpBxpvDRs" \
	"mZYJKYFhgdK3UStsjC8JKXfUbMinjFqiEM4uNwzVaCaHpys/<0;1>/*,[b8688" \
	"df1/48h/1h/0h/2h]tpubDEfobrrtptRTbKf4gysDhoabneABDTAcdj3Vbn4Xw" \
	"PsLE2pmqpizSPRG6zHsbAMuiSgWmWPsYCLHTKTPpyrGJ5rAoTpKoQNZcxodiPf" \
	"2tSJ/<0;1>/*))"
#define STEPS 16

static const struct vault_cost cheap = { 2, 19456 };

static struct outcome {
	bool		 done;
	enum err	 err[STEPS];
	size_t		 n[STEPS], coins[STEPS];
	bool		 clean[STEPS];
	enum engine_kind kind[STEPS];
} *out;

static int pay = -1, wallet = -1;
static char where[] = "/tmp/coldseal-vault-XXXXXX";

static enum engine_kind
agree_to(struct engine *en, int fd)
{
	if (engine_open(en, fd, NET_REGTEST) != 0 ||
	    engine_wait(en).kind != ENGINE_PAGE ||
	    engine_agree(en, AGREE_YES, "", NULL, 0) != 0)
		return ENGINE_FAIL;
	return engine_wait(en).kind;
}

static size_t
coins(struct engine *en)
{
	struct span list;
	struct reader r;
	struct kept k;
	size_t n = 0;
	int fd;

	if (engine_vault_list(en, &fd) != 0)
		return SIZE_MAX;
	if (memfd_map(fd, &list) == 0) {
		for (r = reader_of(list); read_kept(&r, &k);)
			n += k.type == KEPT_COIN;
		memfd_unmap(list);
	}
	(void)close(fd);
	return n;
}

static void
note(struct engine *en, size_t i, enum err e, const size_t *n)
{
	out->err[i] = e;
	out->n[i] = *n;
	out->clean[i] = engine_vault_clean(en);
}

/* An empty one, stored. */
static enum err
make(struct engine *en, int dir)
{
	struct vault_about about;
	struct fault f = { 0 };
	char name[NAME_MAX + 1];
	enum err e;

	(void)unlinkat(dir, "v", 0);
	e = engine_vault_new(en, PASS, &cheap, &about, &f);
	return e != 0 ? e : engine_vault_store_new(en, dir, "v", name);
}

static void
sign_script(struct engine *en, void *arg)
{
	int dir = open(where, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct fault f = { 0 };
	size_t n = 0;

	(void)arg;
	if (dir < 0 || make(en, dir) != 0)
		return;
	out->kind[0] = agree_to(en, pay);
	out->err[0] = engine_make(en);
	note(en, 1, engine_vault_learn(en, &n, &f), &n);
	note(en, 2, engine_vault_learn(en, &n, &f), &n);
	note(en, 3, engine_vault_learnt(en, false), &n);
	note(en, 4, engine_make(en), &n);
	note(en, 5, engine_vault_learn(en, &n, &f), &n);
	note(en, 6, engine_vault_store(en, dir, "v"), &n);
	note(en, 7, engine_vault_learnt(en, true), &n);
	out->err[8] = engine_make(en);
	out->kind[8] = engine_wait(en).kind;
	out->err[9] = engine_forget(en);
	out->coins[9] = coins(en);
	out->kind[10] = agree_to(en, pay);
	note(en, 10, engine_vault_learn(en, &n, &f), &n);
	note(en, 11, engine_vault_learnt(en, false), &n);
	engine_vault_without(en);
	out->err[12] = engine_make(en);
	out->kind[12] = engine_wait(en).kind;
	out->done = true;
}

/* Power that is cut after the signature finds the vault knowing of it. */
static void
test_attack_01_nothing_is_signed_before_it_is_stored(void **state)
{
	struct house_arg arg = { .script = sign_script };

	(void)state;
	memset(out, 0, sizeof(*out));
	assert_int_equal(house_run(&arg), 0);
	assert_true(out->done);
	assert_int_equal(out->kind[0], ENGINE_AGREED);
	assert_int_equal(out->err[0], ERR_STATE);
	assert_int_equal(out->err[1], 0);
	assert_int_equal(out->n[1], 2);
	assert_false(out->clean[1]);
	assert_int_equal(out->err[2], ERR_STATE);	/* not yet settled */
	assert_int_equal(out->err[3], 0);	/* not stored: as it was */
	assert_true(out->clean[3]);
	assert_int_equal(out->err[4], ERR_STATE);
	assert_int_equal(out->err[5], 0);	/* told once more */
	assert_int_equal(out->n[5], 2);
	assert_int_equal(out->err[6], 0);
	assert_int_equal(out->err[7], 0);
	assert_true(out->clean[7]);
	assert_int_equal(out->err[8], 0);
	assert_int_equal(out->kind[8], ENGINE_MADE);
	assert_int_equal(out->err[9], 0);
	assert_int_equal(out->kind[10], ENGINE_AGREED);
	assert_int_equal(out->n[10], 0);	/* known: nothing to write */
	assert_true(out->clean[10]);
	assert_int_equal(out->coins[9], 2);
	assert_int_equal(out->err[12], 0);	/* the owner goes without */
	assert_int_equal(out->kind[12], ENGINE_MADE);
}

/* With a page agreed to the clerk does not hear what a vault remembers. */
static void
recall_script(struct engine *en, void *arg)
{
	int dir = open(where, O_RDONLY | O_DIRECTORY | O_CLOEXEC), fd;
	struct vault_about about = { 0 };
	struct fault f = { 0 };
	uint64_t size;

	(void)arg;
	if (dir < 0 || make(en, dir) != 0 || engine_vault_close(en) != 0 ||
	    import_file(dir, "v", 2 * (uint64_t)LIMIT_VAULT, &fd, &size) != 0)
		return;
	out->kind[0] = agree_to(en, wallet);
	out->err[0] = engine_vault_open(en, fd, PASS, &about, &f);
	out->coins[0] = coins(en);
	out->err[1] = engine_vault_learn(en, &out->n[1], &f);
	out->err[2] = engine_vault_open(en, fd, PASS, &about, &f);
	out->coins[2] = coins(en);
	out->done = true;
}

static void
test_a_vault_that_the_clerk_did_not_hear_of_is_closed(void **state)
{
	struct house_arg arg = { .script = recall_script };

	(void)state;
	memset(out, 0, sizeof(*out));
	assert_int_equal(house_run(&arg), 0);
	assert_true(out->done);
	assert_int_equal(out->kind[0], ENGINE_AGREED);
	assert_int_not_equal(out->err[0], 0);
	assert_int_equal(out->coins[0], SIZE_MAX);	/* none is open */
	assert_int_equal(out->err[1], ERR_STATE);
	assert_int_equal(out->err[2], 0);	/* the control */
	assert_int_equal(out->coins[2], 0);
}

/* As another program leaves it: one half begins otherwise. */
static bool
touch(int dir)
{
	int fd = openat(dir, "v", O_RDWR | O_CLOEXEC);
	uint8_t b = 0;
	bool good = fd >= 0 && pread(fd, &b, 1, LIMIT_VAULT + 60) == 1;

	b ^= 1;
	good = good && pwrite(fd, &b, 1, LIMIT_VAULT + 60) == 1;
	if (fd >= 0)
		(void)close(fd);
	return good;
}

static void
two_script(struct engine *en, void *arg)
{
	int dir = open(where, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	(void)arg;
	if (dir < 0 || make(en, dir) != 0)
		return;
	out->err[0] = engine_vault_store(en, dir, "v");
	out->err[1] = engine_vault_store(en, dir, "v");
	out->n[2] = touch(dir);
	out->err[2] = engine_vault_store(en, dir, "v");
	out->n[3] = touch(dir);
	out->err[3] = engine_vault_store(en, dir, "v");
	(void)unlinkat(dir, "v", 0);
	out->err[4] = engine_vault_store(en, dir, "v");
	out->done = true;
}

/* Two programs with one vault open: the second to write would take away what
 * the first wrote (the control: as it was left it is written). */
static void
test_what_another_program_wrote_is_not_written_over(void **state)
{
	struct house_arg arg = { .script = two_script };

	(void)state;
	memset(out, 0, sizeof(*out));
	assert_int_equal(house_run(&arg), 0);
	assert_true(out->done);
	assert_int_equal(out->err[0], 0);
	assert_int_equal(out->err[1], 0);
	assert_true(out->n[2]);
	assert_int_equal(out->err[2], ERR_MISMATCH);
	assert_true(out->n[3]);
	assert_int_equal(out->err[3], 0);
	assert_int_equal(out->err[4], ERR_GONE);
}

static void
flags_script(struct engine *en, void *arg)
{
	int dir = open(where, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	const struct span none = span_of(NULL, 0);
	const struct span wrong = span_text("wrong wrong");
	struct vault_about a = { 0 };

	(void)arg;
	if (dir < 0 || make(en, dir) != 0)
		return;
	out->err[0] = engine_vault_flags(en, VAULT_EACH_TIME, none, &a);
	out->err[1] = engine_vault_flags(en, VAULT_EACH_TIME, none, &a);
	out->err[2] = engine_vault_flags(en, 0, none, &a);
	out->err[3] = engine_vault_flags(en, 0, wrong, &a);
	out->n[3] = engine_vault_asks(en);
	out->err[4] = engine_vault_flags(en, 0, PASS, &a);
	out->n[4] = engine_vault_asks(en);
	out->done = true;
}

/* Who finds the machine unlocked does not loosen what the owner set. */
static void
test_to_be_asked_less_needs_the_passphrase(void **state)
{
	struct house_arg arg = { .script = flags_script };

	(void)state;
	memset(out, 0, sizeof(*out));
	assert_int_equal(house_run(&arg), 0);
	assert_true(out->done);
	assert_int_equal(out->err[0], 0);
	assert_int_equal(out->err[1], 0);
	assert_int_equal(out->err[2], ERR_PASSPHRASE);
	assert_int_equal(out->err[3], ERR_PASSPHRASE);
	assert_true(out->n[3]);
	assert_int_equal(out->err[4], 0);
	assert_false(out->n[4]);
}

static int
setup(void **state)
{
	char sum[DESCRIPTOR_SUM + 1], text[1024];

	(void)state;
	out = house_shared(sizeof(*out));
	pay = house_fixture("bitcoin/sign/wpkh-in2.psbt");
	if (descriptor_sum(span_text(WALLET), sum) != 0)
		return -1;
	(void)snprintf(text, sizeof(text), "%s#%s\n", WALLET, sum);
	wallet = house_file(span_text(text));
	return out == NULL || pay < 0 || wallet < 0 ||
	    mkdtemp(where) == NULL;
}

static int
teardown(void **state)
{
	int dir = open(where, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	(void)state;
	if (dir < 0)
		return -1;
	(void)unlinkat(dir, "v", 0);
	(void)close(dir);
	return rmdir(where);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    test_attack_01_nothing_is_signed_before_it_is_stored),
		cmocka_unit_test(
		    test_a_vault_that_the_clerk_did_not_hear_of_is_closed),
		cmocka_unit_test(
		    test_what_another_program_wrote_is_not_written_over),
		cmocka_unit_test(test_to_be_asked_less_needs_the_passphrase),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
