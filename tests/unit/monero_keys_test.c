#include <sodium.h>

#include "core/crypto/keccak.h"
#include "core/encode/base58_monero.h"
#include "core/keys/monero.h"
#include "tests/vectors.h"

static const char primary[] = "48ySJ4aJWoacEiDwUUK6KJSqgmqm939ZDWwLsA6sHH8Ud"
    "2ziuvgxsEjbxuqkxNN6wpjCQkS7jaUXCiRnQb4KQnKn9pfAv5w";
static const char subaddress[] = "83x6C7q3sVsPRDFvqUXdLtEiRve7RAuqVJDFJRxuZG"
    "ZPD43Uh6K87VRKg3fD54Bdz3gDpHkewubJoYmShRnMaZsFPgbygu4";
static const char integrated[] = "4Jg7JsPo856cEiDwUUK6KJSqgmqm939ZDWwLsA6sHH"
    "8Ud2ziuvgxsEjbxuqkxNN6wpjCQkS7jaUXCiRnQb4KQnKnE4M8HYQZubcGRv3UDM";

static const enum network nets[] = { NET_MAIN, NET_TEST, NET_STAGENET };
static const char *const net_names[] = { "mainnet", "testnet", "stagenet" };

static struct secret32
secret(const char *hex)
{
	struct secret32 s;

	unhex(hex, s.b, sizeof(s.b));
	return s;
}

static struct monero_keys
offline(void)
{
	const struct secret32 spend = secret("5eca8e65b51c19d6ae6413d1c8a9f377"
	    "93d91d42e52b61efdc0938b7b1952901");
	struct monero_keys k;

	assert_int_equal(monero_keys_of_seed(&spend, &k), 0);
	return k;
}

static void
test_keys_of_a_seed(void **state)
{
	const struct secret32 view = secret("9ed7cd1c7a56242f305a32df94604e4a"
	    "8cb224f5daa36b96023dc594df65ce0b");
	struct monero_keys k = offline(), again;
	struct secret32 bad;
	struct point p;
	struct hash32 h;
	uint8_t both[64];

	(void)state;
	assert_memory_equal(k.viewer.view.b, view.b, 32);
	unhex("c1f79c3b4ebef9d2aa24cdf4883bb99a7bd60e0911e9bcb2fb345958e437f1"
	    "d7", p.b, 32);
	assert_memory_equal(k.viewer.spend_pub.b, p.b, 32);
	unhex("6f83b2e4f740ccd1093745e498a1d7fc4715b495484bebf7ad7684e2e0002d"
	    "4e", p.b, 32);
	assert_memory_equal(k.viewer.view_pub.b, p.b, 32);
	memcpy(both, k.viewer.spend_pub.b, 32);
	memcpy(both + 32, k.viewer.view_pub.b, 32);
	keccak256(SPAN_OF(both), &h);
	assert_memory_equal(k.viewer.fpr.b, h.b, 4);
	assert_int_equal(monero_keys_of_pair(&k.spend, &view, &again), 0);
	assert_memory_equal(&again, &k, sizeof(k));
	bad = view;
	bad.b[7] ^= 1;
	assert_int_equal(monero_keys_of_pair(&k.spend, &bad, &again),
	    ERR_MISMATCH);
}

/* A seed that is not reduced is; a key that is not, or is zero, is refused. */
static void
test_keys_at_the_edges(void **state)
{
	struct secret32 zero = { { 0 } }, all, view = { { 0 } };
	struct monero_keys k = { 0 };

	(void)state;
	memset(all.b, 0xff, sizeof(all.b));
	assert_int_equal(monero_keys_of_seed(&zero, &k), ERR_KEY);
	assert_int_equal(monero_keys_of_pair(&zero, &view, &k), ERR_KEY);
	assert_int_equal(monero_keys_of_pair(&all, &view, &k), ERR_KEY);
	assert_memory_equal(&k, &(struct monero_keys){ 0 }, sizeof(k));
	assert_int_equal(monero_keys_of_seed(&all, &k), 0);
	all = secret("1c95988d7431ecd670cf7d73f45befc6feffffffffffffffffffffff"
	    "ffffff0f");
	assert_memory_equal(k.spend.b, all.b, 32);
}

static struct monero_address
read_one(enum network net, const char *text)
{
	struct monero_address a;
	char again[MONERO_ADDRESS_MAX];

	assert_int_equal(monero_address_read(net, span_text(text), &a), 0);
	monero_address_text(net, &a, again);
	assert_string_equal(again, text);
	return a;
}

static void
test_addresses_of_each_kind(void **state)
{
	struct monero_keys k = offline();
	struct monero_address a;
	struct point d, c;
	uint8_t id[8];

	(void)state;
	a = read_one(NET_MAIN, primary);
	assert_int_equal(a.kind, MONERO_STANDARD);
	assert_int_equal(monero_sub_keys(&k.viewer, 0, 0, &d, &c), 0);
	assert_true(point_eq(&a.spend, &d) && point_eq(&a.view, &c));
	a = read_one(NET_REGTEST, subaddress);
	assert_int_equal(a.kind, MONERO_SUBADDRESS);
	assert_int_equal(monero_sub_keys(&k.viewer, 0, 1, &d, &c), 0);
	assert_true(point_eq(&a.spend, &d) && point_eq(&a.view, &c));
	a = read_one(NET_MAIN, integrated);
	assert_int_equal(a.kind, MONERO_INTEGRATED);
	unhex("1122334455667788", id, sizeof(id));
	assert_memory_equal(a.id, id, sizeof(id));
	assert_true(point_eq(&a.spend, &k.viewer.spend_pub));
}

static enum err
reads(enum network net, const char *text, size_t n)
{
	struct monero_address a;

	return monero_address_read(net, span_of(text, n), &a);
}

/* Every letter changed, every truncation, every other network. */
static void
test_addresses_mistyped(void **state)
{
	char text[MONERO_ADDRESS_MAX];
	size_t i, n = strlen(integrated);
	enum err e;

	(void)state;
	for (i = 0; i < n; i++) {
		memcpy(text, integrated, sizeof(text));
		text[i] = text[i] == 'x' ? 'y' : 'x';
		e = reads(NET_MAIN, text, n);
		assert_true(e == ERR_CHECKSUM || e == ERR_FORM);
		text[i] = '0';
		assert_int_equal(reads(NET_MAIN, text, n), ERR_FORM);
		e = reads(NET_MAIN, integrated, i);
		assert_true(e == ERR_CHECKSUM || e == ERR_FORM);
	}
	assert_int_equal(reads(NET_TEST, integrated, n), ERR_NETWORK);
	assert_int_equal(reads(NET_STAGENET, primary, strlen(primary)),
	    ERR_NETWORK);
	assert_int_equal(reads(NET_MAIN, primary, strlen(primary)), 0);
}

/* Payloads whose sum is right and whose inside is not. */
static void
test_addresses_made_wrong(void **state)
{
	static const struct {
		uint8_t net, y;
		size_t n;
		enum err want;
	} t[] = {
		{ 18, 2, 65, ERR_KEY },		/* not on the curve */
		{ 18, 1, 65, ERR_NONE },	/* odd keys, but keys */
		{ 18, 1, 73, ERR_FORM },	/* of another kind's length */
		{ 19, 1, 65, ERR_FORM },
		{ 18, 1, 64, ERR_FORM },
		{ 7, 1, 65, ERR_FORM },		/* nobody's */
		{ 53, 1, 65, ERR_NETWORK },
	};
	uint8_t raw[80];
	char text[MONERO_ADDRESS_MAX + 11];
	struct hash32 h;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		memset(raw, 0, sizeof(raw));
		raw[0] = t[i].net;
		raw[1] = t[i].y;
		raw[33] = 1;
		keccak256(span_of(raw, t[i].n), &h);
		memcpy(raw + t[i].n, h.b, 4);
		assert_int_equal(base58_monero_text(span_of(raw, t[i].n + 4),
		    text, sizeof(text)), 0);
		assert_int_equal(reads(NET_MAIN, text, strlen(text)),
		    t[i].want);
	}
}

static void
account(enum network net, const json_t *v)
{
	const struct secret32 spend = secret(vectors_string(v,
	    "spend_secret")), view = secret(vectors_string(v, "view_secret"));
	struct monero_address a = { .kind = MONERO_SUBADDRESS };
	char text[MONERO_ADDRESS_MAX];
	struct monero_keys k;
	unsigned major, minor;
	const char *name;
	json_t *one;

	assert_int_equal(monero_keys_of_pair(&spend, &view, &k), 0);
	json_object_foreach(json_object_get(v, "subaddresses"), name, one) {
		assert_int_equal(sscanf(name, "%u,%u", &major, &minor), 2);
		assert_int_equal(monero_sub_keys(&k.viewer, major, minor,
		    &a.spend, &a.view), 0);
		a.kind = major + minor == 0 ? MONERO_STANDARD :
		    MONERO_SUBADDRESS;
		monero_address_text(net, &a, text);
		assert_string_equal(text, json_string_value(one));
		(void)read_one(net, text);
	}
	a = read_one(net, vectors_string(v, "primary"));
	assert_int_equal(a.kind, MONERO_STANDARD);
	a.kind = MONERO_INTEGRATED;
	json_object_foreach(json_object_get(v, "integrated"), name, one) {
		unhex(name, a.id, sizeof(a.id));
		monero_address_text(net, &a, text);
		assert_string_equal(text, json_string_value(one));
		(void)read_one(net, text);
	}
}

static void
test_addresses_vectors(void **state)
{
	json_t *all = vectors_json("monero/addresses.json"), *one, *net;
	const char *name;
	size_t i, n = 0;

	(void)state;
	for (i = 0; i < 3; i++) {
		net = json_object_get(all, net_names[i]);
		json_object_foreach(net, name, one) {
			account(nets[i], one);
			n++;
		}
	}
	assert_int_equal(n, 9);
	json_decref(all);
}

static void
test_subaddress_vectors(void **state)
{
	json_t *all = vectors_json("monero/subaddresses.json"), *one;
	struct viewer v = { 0 };
	struct point d, c, want;
	struct scalar m;
	size_t i;

	(void)state;
	v.view = secret(vectors_string(all, "view_secret"));
	unhex(vectors_string(all, "spend_public"), v.spend_pub.b, 32);
	json_array_foreach(json_object_get(all, "list"), i, one) {
		uint32_t major = (uint32_t)json_integer_value(
		    json_object_get(one, "major"));
		uint32_t minor = (uint32_t)json_integer_value(
		    json_object_get(one, "minor"));

		monero_sub_secret(&v, major, minor, &m);
		unhex(vectors_string(one, "m"), want.b, 32);
		assert_memory_equal(m.b, want.b, 32);
		assert_int_equal(monero_sub_keys(&v, major, minor, &d, &c),
		    0);
		unhex(vectors_string(one, "spend_public_D"), want.b, 32);
		assert_true(point_eq(&d, &want));
		unhex(vectors_string(one, "view_public_C"), want.b, 32);
		assert_true(point_eq(&c, &want));
	}
	assert_true(i > 2);
	json_decref(all);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_keys_of_a_seed),
		cmocka_unit_test(test_keys_at_the_edges),
		cmocka_unit_test(test_addresses_of_each_kind),
		cmocka_unit_test(test_addresses_mistyped),
		cmocka_unit_test(test_addresses_made_wrong),
		cmocka_unit_test(test_addresses_vectors),
		cmocka_unit_test(test_subaddress_vectors),
	};

	return sodium_init() < 0 ? 1 :
	    cmocka_run_group_tests_name("monero_keys", tests, NULL, NULL);
}
