/* The pages of real Monero files and of hostile ones, as they must read. */
#include "tests/unit/monero_load.h"
#include "tests/unit/page_shown.h"

static struct desk desk;

static int
setup(void **state)
{
	struct span answer;

	(void)state;
	if (desk_open(&desk) != 0 ||
	    desk_look(&desk, "monero/v0.18.5.3/outputs/all") != 0)
		return -1;
	return desk_sign(&desk, &answer) != 0;
}

static int
teardown(void **state)
{
	(void)state;
	desk_close(&desk);
	return 0;
}

/* As the clerk draws it up and the front reads it. */
static void
page_of(const char *name, struct page *out)
{
	struct sink n = sink_to_count(), s;
	struct hash32 h;
	struct page p;
	uint8_t *b;

	assert_int_equal(desk_look(&desk, name), 0);
	session_digest(&desk.session, &h);
	assert_int_equal(page_make(&desk.study.intent, &desk.j, &h,
	    &desk.arena, &p), 0);
	page_put(&p, &n);
	assert_non_null(b = arena_new(&desk.arena, uint8_t, n.total));
	s = sink_to_buf(b, n.total);
	page_put(&p, &s);
	assert_int_equal(page_read(span_of(b, n.total), &desk.arena, out), 0);
}

static const struct {
	const char *name, *file, *golden;
} pages[] = {
	{ "monero/v0.18.5.3/one_in_two_out/unsigned_monero_tx",
	    "unsigned_monero_tx", "monero-one-in-two-out" },
	{ "monero/v0.18.5.3/sweep_all/unsigned_monero_tx",
	    "unsigned_monero_tx", "monero-sweep-all" },
	{ "monero/v0.18.5.3/split_two_txs/unsigned_monero_tx",
	    "unsigned_monero_tx", "monero-split-two-txs" },
	{ "monero/v0.18.5.3/integrated/unsigned_monero_tx",
	    "unsigned_monero_tx", "monero-integrated" },
	{ "monero/v0.18.5.3/multi_mixed/unsigned_monero_tx",
	    "unsigned_monero_tx", "monero-multi-mixed" },
	{ "monero/v0.18.5.3/self_main/unsigned_monero_tx",
	    "unsigned_monero_tx", "monero-self-main" },
	{ "monero/negative/h04_change_to_attacker", "unsigned_monero_tx",
	    "monero-change-to-attacker" },
	{ "monero/negative/h18_payee_dropped_fee", "unsigned_monero_tx",
	    "monero-payee-dropped" },
	{ "monero/negative/o05_foreign_pubkey", "outputs",
	    "monero-outputs-foreign" },
	{ "monero/v0.18.5.3/outputs/all", "outputs", "monero-outputs" },
	{ "monero/v0.18.5.3/outputs/all_after_spend", "outputs",
	    "monero-outputs-after-spend" },
	{ "monero/negative/i12_selected_transfer_unknown",
	    "unsigned_monero_tx", "monero-gap" },
};

static void
test_page_golden_of_monero(void **state)
{
	static const unsigned width[] = { 81, 100, 132, 250 };
	struct page p;
	size_t i, k;

	(void)state;
	for (i = 0; i < sizeof(pages) / sizeof(pages[0]); i++) {
		page_of(pages[i].name, &p);
		check_golden(pages[i].golden, shown(&p, pages[i].file,
		    PAGE_WIDTH, &desk.arena), &desk.arena);
		for (k = 0; k < sizeof(width) / sizeof(width[0]); k++)
			(void)shown(&p, pages[i].file, width[k], &desk.arena);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_page_golden_of_monero),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
