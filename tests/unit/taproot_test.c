#include "core/crypto/hash.h"
#include "core/crypto/secp.h"
#include "tests/vectors.h"

static struct secret32
secret_of(uint8_t v)
{
	struct secret32 k = { { 0 } };

	k.b[31] = v;
	return k;
}

static int
setup(void **state)
{
	(void)state;
	return secp_init(NULL) == 0 ? 0 : -1;
}

/* BIP341's first: an output without scripts. */
static void
test_taproot_known_answer(void **state)
{
	struct secret32 k, want;
	struct xonly in, out, x;
	struct pubkey p;
	uint8_t parity = 9;

	(void)state;
	unhex("6b973d88838f27366ed61c9ad6367663045cb456e28335c109e30717ae0c6b"
	    "aa", k.b, 32);
	unhex("2405b971772ad26915c8dcdf10f238753a9b837e5f8e6a86fd7c0cce5b7296"
	    "d9", want.b, 32);
	assert_int_equal(pub_of_secret(&k, &p), 0);
	in = xonly_of_pub(&p);
	assert_int_equal(tap_output(&in, NULL, &out, &parity), 0);
	unhex("53a1f6e454df1aa2776a2814a721372d6258050de330b3c6d10ee8f4e0dda3"
	    "43", x.b, 32);
	assert_memory_equal(out.b, x.b, 32);
	assert_int_equal(tap_secret(&k, NULL), 0);
	assert_memory_equal(k.b, want.b, 32);
	assert_int_equal(pub_of_secret(&k, &p), 0);
	assert_memory_equal(p.b + 1, out.b, 32);
	/* The sign that x alone does not say. */
	assert_int_equal(parity, p.b[0] - 2);
	k = secret_of(0);
	assert_int_equal(tap_secret(&k, NULL), ERR_KEY);
	memset(in.b, 0xff, 32);
	assert_int_equal(tap_output(&in, NULL, &out, &parity), ERR_KEY);
}

static const struct hash32 *
root_of(json_t *object, struct hash32 *room)
{
	const char *s = json_string_value(json_object_get(object,
	    "merkleRoot"));

	if (s == NULL)
		return NULL;
	unhex(s, room->b, 32);
	return room;
}

static void
bip341_output(json_t *v)
{
	struct hash32 room;
	struct xonly in, out, want;
	uint8_t parity, first;
	json_t *mid = json_object_get(v, "intermediary"), *blocks;

	unhex(vectors_string(json_object_get(v, "given"), "internalPubkey"),
	    in.b, 32);
	unhex(vectors_string(mid, "tweakedPubkey"), want.b, 32);
	assert_int_equal(tap_output(&in, root_of(mid, &room), &out, &parity),
	    0);
	assert_memory_equal(out.b, want.b, 32);
	blocks = json_object_get(json_object_get(v, "expected"),
	    "scriptPathControlBlocks");
	if (blocks == NULL)
		return;
	/* A control block's first bit is the parity. */
	assert_int_equal(hex_bytes(span_of(json_string_value(
	    json_array_get(blocks, 0)), 2), &first, 1, &(size_t){ 0 }), 0);
	assert_int_equal(parity, first & 1);
}

static void
bip341_spend(json_t *v)
{
	json_t *given = json_object_get(v, "given");
	json_t *mid = json_object_get(v, "intermediary");
	const char *witness = json_string_value(json_array_get(
	    json_object_get(json_object_get(v, "expected"), "witness"), 0));
	struct secret32 k, want;
	struct hash32 room, h;
	struct sig64 s, sig;

	unhex(vectors_string(given, "internalPrivkey"), k.b, 32);
	unhex(vectors_string(mid, "tweakedPrivkey"), want.b, 32);
	unhex(vectors_string(mid, "sigHash"), h.b, 32);
	assert_int_equal(tap_secret(&k, root_of(given, &room)), 0);
	assert_memory_equal(k.b, want.b, 32);
	assert_int_equal(schnorr_sign(&k, &h, &s), 0);
	assert_int_equal(hex_bytes(span_of(witness, 128), sig.b, 64,
	    &(size_t){ 0 }), 0);
	assert_memory_equal(s.b, sig.b, 64);
}

static void
test_taproot_bip341_vectors(void **state)
{
	json_t *j = vectors_json("bip341.json"), *v, *list;
	size_t i;

	(void)state;
	json_array_foreach(json_object_get(j, "scriptPubKey"), i, v)
		bip341_output(v);
	assert_int_equal(i, 7);
	list = json_object_get(json_array_get(json_object_get(j,
	    "keyPathSpending"), 0), "inputSpending");
	json_array_foreach(list, i, v)
		bip341_spend(v);
	assert_int_equal(i, 7);
	json_decref(j);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_taproot_known_answer),
		cmocka_unit_test(test_taproot_bip341_vectors),
	};

	return cmocka_run_group_tests_name("taproot", tests, setup, NULL);
}
