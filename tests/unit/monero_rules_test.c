/* What is not as it should be in a set, one field at a time, each with the
 * code that it must come to. */
#include "tests/unit/monero_take.h"

/* The control of all below: unchanged, it is signed. */
static void
test_set_written_from_its_fields_is_the_same(void **state)
{
	struct span answer, first;

	(void)state;
	take(ONE);
	first = desk_plain(&desk, desk_load(&desk, ONE));
	assert_true(span_eq(put_together(), first));
	assert_int_equal(look(), 0);
	assert_int_equal(desk.j.verdict, VERDICT_ALLOW);
	assert_int_equal(desk_sign(&desk, &answer), 0);
}

static size_t
payee(void)
{
	return dest_same(&tx->dest[0], &tx->change) ? 1 : 0;
}

/* Changes one thing; dests and what was asked for stay alike. */
static void
change_payee(const struct dest *to)
{
	tx->dest[payee()] = *to;
	tx->asked[0] = *to;
}

static void
spent_twice(void)
{
	tx->nselected = 2;
	tx->selected = arena_new(&desk.arena, uint64_t, 2);
}

static void
no_point(void)
{
	memset(tx->source[0].ring.key[tx->source[0].ring.real == 3 ? 4 : 3].b,
	    0xff, 32);
}

static void
no_commitment(void)
{
	memset(tx->source[0].ring.commit[tx->source[0].ring.real == 3 ? 4 :
	    3].b, 0xff, 32);
}

static void
same_twice_in_ring(void)
{
	struct ring *r = &tx->source[0].ring;
	size_t i = r->real == 0 ? 1 : 0;

	r->key[i] = r->key[i == 1 ? 2 : r->real == 5 ? 6 : 5];
}

static void
same_index_twice(void)
{
	tx->source[0].member[4] = tx->source[0].member[3];
}

static void
large_ring(void)
{
	tx->source[0].members = 17;
}

static void
other_network(void)
{
	desk.session.network = NET_STAGENET;
}

static void
lost_key(void)
{
	struct dest d = tx->dest[payee()];

	memset(d.view.b, 0xff, 32);
	d.original = (struct span){ 0 };
	change_payee(&d);
}

static void
pay_to(const char *spend, const char *view)
{
	struct dest d = tx->dest[payee()];
	size_t n;

	if (spend != NULL)
		assert_int_equal(hex_bytes(span_text(spend), d.spend.b, 32,
		    &n), 0);
	if (view != NULL)
		assert_int_equal(hex_bytes(span_text(view), d.view.b, 32,
		    &n), 0);
	d.original = (struct span){ 0 };
	change_payee(&d);
}

/* Of order 8, and the identity: points, but nobody's keys. */
#define TORSION								\
	"26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"

static void
spend_of_small_order(void)
{
	pay_to(TORSION, NULL);
}

static void
view_of_nobody(void)
{
	pay_to(NULL, "01000000000000000000000000000000"
	    "00000000000000000000000000000000");
}

static void
spend_with_torsion(void)
{
	struct point t;
	struct dest d = tx->dest[payee()];
	size_t n;

	assert_int_equal(hex_bytes(span_text(TORSION), t.b, 32, &n), 0);
	assert_int_equal(ed_add(&d.spend, &t, &d.spend), 0);
	d.original = (struct span){ 0 };
	change_payee(&d);
}

static void
two_views(void)
{
	struct dest d = tx->dest[payee()];

	d.view = tx->change.spend;
	d.original = (struct span){ 0 };
	tx->change = d;
	tx->dest[1 - payee()] = d;
}

static void
own_spend_other_view(void)
{
	struct dest d = tx->dest[payee()];

	d.spend = desk.rig.monero.keys.viewer.spend_pub;
	d.original = (struct span){ 0 };
	change_payee(&d);
}

static void
own_main_as_subaddress(void)
{
	struct dest d = tx->dest[payee()];

	d.spend = desk.rig.monero.keys.viewer.spend_pub;
	d.view = desk.rig.monero.keys.viewer.view_pub;
	d.sub = true;
	d.original = (struct span){ 0 };
	change_payee(&d);
}

static void
two_integrated(void)
{
	struct dest d = tx->dest[payee()];

	d.integrated = true;
	d.original = (struct span){ 0 };
	change_payee(&d);
	tx->change.integrated = true;
	tx->dest[1 - payee()].integrated = true;
}

static void
integrated_without_id(void)
{
	struct dest d = tx->dest[payee()];

	d.integrated = true;
	d.original = (struct span){ 0 };
	change_payee(&d);
}

static void
extra_of(const char *hex)
{
	uint8_t *p = arena_new(&desk.arena, uint8_t, 512);
	size_t n;

	assert_int_equal(hex_bytes(span_text(hex), p, 512, &n), 0);
	tx->extra = span_of(p, n);
}

static void
extra_cut(void)
{
	extra_of("01aabb");
}

static void
extra_padding(void)
{
	extra_of("0000000000");
}

static void
extra_mining(void)
{
	extra_of("0301aa");
}

static void
no_transactions(void)
{
	set.n = 0;
}

static void
unlock(void)
{
	tx->unlock = 1;
}

static void
more_flags(void)
{
	tx->flags = 7;
}

static void
newer_proof(void)
{
	tx->bp_version = 5;
}

static void
newer_range(void)
{
	tx->range_type = 4;
}

static void
no_rct(void)
{
	tx->flags = 2;
}

static void
sum_overflows(void)
{
	struct dest d = tx->dest[payee()];

	d.amount = UINT64_MAX;
	change_payee(&d);
}

static void
more_out_than_in(void)
{
	struct dest d = tx->dest[payee()];

	d.amount += UINT64_C(5000000000000);
	change_payee(&d);
}

static void
spent_record(void)
{
	struct session_record *r = arena_new(&desk.arena,
	    struct session_record, 1);
	struct note n;

	assert_true(note_find(&desk.session, &desk.rig.monero.keys.viewer.fpr,
	    tx->selected[0], &n));
	n.flags |= RECORD_SPENT;
	note_put(&desk.rig.monero.keys.viewer.fpr, tx->selected[0], &n, r);
	assert_int_equal(session_learn(&desk.session, r, 1), 0);
}

static void
unspent_record(void)
{
	struct session_record *r = arena_new(&desk.arena,
	    struct session_record, 1);
	struct note n;

	assert_true(note_find(&desk.session, &desk.rig.monero.keys.viewer.fpr,
	    tx->selected[0], &n));
	n.flags &= (uint8_t)~RECORD_SPENT;
	note_put(&desk.rig.monero.keys.viewer.fpr, tx->selected[0], &n, r);
	assert_int_equal(session_learn(&desk.session, r, 1), 0);
}

static void
change_elsewhere(void)
{
	tx->change = tx->dest[payee()];
	tx->change.amount = 1;
}

/* Change of nothing, named as the payee's address: what goes there would be
 * made with our view key, and the payee could never find it. */
static void
change_is_the_payee(void)
{
	size_t at = payee();
	struct dest d = tx->dest[at];

	d.amount = 0;
	tx->change = d;
	tx->dest[1 - at] = d;
}

static void
seventeen_outputs(void)
{
	struct dest *d = arena_new(&desk.arena, struct dest, 17);
	size_t i;

	for (i = 0; i < 17; i++)
		d[i] = tx->dest[i % 2];
	tx->dest = d;
	tx->ndest = 17;
}

static void
masks_off(void)
{
	tx->source[0].mask = sc_one;
}

static const struct {
	const char	*code;
	void		(*change)(void);
} changes[] = {
	{ "xmr.input.count", spent_twice },
	{ "xmr.ring.key", no_point },
	{ "xmr.ring.key", no_commitment },
	{ "xmr.ring.key", same_twice_in_ring },
	{ "xmr.ring.order", same_index_twice },
	{ "xmr.ring.size", large_ring },
	{ "xmr.address.network", other_network },
	{ "xmr.address.key", lost_key },
	{ "xmr.address.key", spend_of_small_order },
	{ "xmr.address.key", view_of_nobody },
	{ "xmr.address.key", spend_with_torsion },
	{ "xmr.address.two", two_views },
	{ "xmr.address.view", own_spend_other_view },
	{ "xmr.address.view", own_main_as_subaddress },
	{ "xmr.address.integrated", two_integrated },
	{ "xmr.payment-id.false", integrated_without_id },
	{ "xmr.extra.malformed", extra_cut },
	{ "xmr.extra.unneeded", extra_padding },
	{ "xmr.extra.unneeded", extra_mining },
	{ "xmr.set.empty", no_transactions },
	{ "xmr.tx.unlock-time", unlock },
	{ "xmr.tx.newer", more_flags },
	{ "xmr.tx.newer", newer_proof },
	{ "xmr.tx.newer", newer_range },
	{ "xmr.tx.old-kind", no_rct },
	{ "xmr.amount.range", sum_overflows },
	{ "xmr.fee.negative", more_out_than_in },
	{ "xmr.change.foreign", change_elsewhere },
	{ "xmr.change.foreign", change_is_the_payee },
	{ "xmr.pay.count", seventeen_outputs },
	{ "xmr.input.amount", masks_off },
};

static void
test_each_change_has_its_code(void **state)
{
	size_t i;

	for (i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
		(void)fresh(state);
		take(ONE);
		changes[i].change();
		keep = desk.arena.used;
		assert_refused(changes[i].code);
	}
}

static void
test_spent_or_frozen_coins_are_refused(void **state)
{
	(void)state;
	take(ONE);
	spent_record();
	keep = desk.arena.used;
	assert_refused("xmr.input.spent");
	unspent_record();
	assert_int_equal(look(), 0);
	assert_int_equal(desk.j.verdict, VERDICT_ALLOW);
}

/* As many coins as are read make no transaction that is too heavy for the
 * network, which takes 149,400 bytes: no rule is needed for that. */
static void
test_the_most_coins_are_within_the_networks_weight(void **state)
{
	const struct extra x = { .has_id = false };
	struct source *s;
	size_t i;

	(void)state;
	take(ONE);
	s = arena_new(&desk.arena, struct source, SET_SOURCES + 1);
	assert_non_null(s);
	for (i = 0; i <= SET_SOURCES; i++)
		s[i] = tx->source[0];
	tx->source = s;
	tx->nsource = SET_SOURCES;
	keep = desk.arena.used;
	assert_refused("xmr.input.duplicate");
	assert_in_range(tx_weight(tx, &x, UINT64_MAX), 90000, 149400);
	tx->nsource++;
	assert_int_equal(look(), ERR_RANGE);
	assert_string_equal(desk.study.fault.where,
	    "transaction 1: count of sources");
}

/* A name or a URI where an address was expected: said, and the address that
 * will be paid is shown. */
static void
test_a_name_is_noted(void **state)
{
	struct dest d;

	(void)state;
	take(ONE);
	d = tx->dest[payee()];
	d.original = span_text("donate.example.org");
	change_payee(&d);
	assert_int_equal(look(), 0);
	assert_int_equal(desk.j.verdict, VERDICT_ALLOW);
	assert_true(desk_found(&desk, "xmr.address.text"));
}

/* Images that go out with the answer stand on the page. */
static void
test_images_of_the_sets_own_list_are_shown(void **state)
{
	struct outputs o;
	struct fault f;
	struct span s;
	size_t i;

	(void)state;
	take(ONE);
	s = desk_plain(&desk, desk_load(&desk,
	    "monero/v0.18.5.3/outputs/all"));
	assert_int_equal(outputs_read(s, 0, &desk.arena, NULL, &o, &f), 0);
	set.list = o.list;
	keep = desk.arena.used;
	assert_int_equal(look(), 0);
	assert_int_equal(desk.j.verdict, VERDICT_ALLOW);
	assert_int_equal(desk.study.intent.fact[0].kind, FACT_IMPORT);
	assert_string_equal(desk.study.intent.fact[0].to, "and 47 key images, "
	    "of the wallet's outputs 0 to 46");
	take(ONE);
	assert_int_equal(look(), 0);
	for (i = 0; i < desk.study.intent.nfact; i++)
		assert_int_not_equal(desk.study.intent.fact[i].kind,
		    FACT_IMPORT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(test_set_written_from_its_fields_is_the_same),
		T(test_each_change_has_its_code),
		T(test_spent_or_frozen_coins_are_refused),
		T(test_the_most_coins_are_within_the_networks_weight),
		T(test_a_name_is_noted),
		T(test_images_of_the_sets_own_list_are_shown),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
