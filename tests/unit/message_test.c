/* Signatures of messages, by the official vectors and by a real node. */
#include "tests/vectors.h"

#include "core/encode/base58.h"
#include "tests/unit/message_rig.h"

static enum err
verify(enum network net, const char *address, const char *text,
    const char *sig)
{
	return message_verify(net, span_text(address), span_text(text),
	    span_text(sig));
}

static struct span
script_for(const char *address, struct key_script *s)
{
	assert_int_equal(script_of_address(NET_MAIN, span_text(address), s),
	    0);
	return key_script_span(s);
}

/* Transaction names are written back to front. */
static void
assert_txid(const struct hash32 *got, const char *want)
{
	struct hash32 h;
	size_t i;

	unhex(want, h.b, sizeof(h.b));
	for (i = 0; i < sizeof(h.b); i++)
		assert_int_equal(got->b[i], h.b[sizeof(h.b) - 1 - i]);
}

static void
test_vectors_bip322_transactions(void **state)
{
	json_t *j = vectors_json("bip322/basic.json"), *v;
	struct key_script ks;
	struct message_tx t;
	struct hash32 txid;
	struct span text, script;
	size_t i;

	(void)state;
	json_array_foreach(json_object_get(j, "tx_hashes"), i, v) {
		text = span_text(vectors_string(v, "message"));
		script = script_for(vectors_string(v, "address"), &ks);
		message_to_spend(text, script, &txid);
		assert_txid(&txid, vectors_string(v, "to_spend_tx_hash"));
		message_to_sign(text, script, &t);
		tx_name(&t.tx, false, &txid);
		assert_txid(&txid, vectors_string(v, "to_sign_tx_hash"));
	}
	assert_true(i == 3);
	json_decref(j);
}

/* One key owns it: the rest is honestly left to others. */
static bool
is_one_key(const char *type)
{
	return strcmp(type, "p2pkh") == 0 || strcmp(type, "p2wpkh") == 0 ||
	    strcmp(type, "p2sh-p2wpkh") == 0 || strcmp(type, "p2tr") == 0;
}

static size_t
valid_ones(const json_t *list, size_t *others)
{
	size_t i, k, n = 0;
	json_t *v, *s;
	enum err e;

	json_array_foreach(list, i, v) {
		bool one = is_one_key(vectors_string(v, "type"));

		json_array_foreach(json_object_get(v, "bip322_signatures"),
		    k, s) {
			e = verify(NET_MAIN, vectors_string(v, "address"),
			    vectors_string(v, "message"),
			    json_string_value(s));
			if (one && e != 0)
				fail_msg("%s: %s", json_string_value(s),
				    err_text(e));
			if (!one)
				assert_int_not_equal(e, 0);
			n += one;
			*others += !one;
		}
	}
	return n;
}

static size_t
false_ones(const json_t *list)
{
	size_t i;
	json_t *v;

	json_array_foreach(list, i, v) {
		if (verify(NET_MAIN, vectors_string(v, "address"),
		    vectors_string(v, "message"),
		    vectors_string(v, "signature")) == 0)
			fail_msg("held valid: %s",
			    vectors_string(v, "description"));
	}
	return i;
}

static void
test_vectors_bip322(void **state)
{
	static const char *const files[] = { "bip322/basic.json",
	    "bip322/generated.json" };
	size_t i, good = 0, bad = 0, others = 0;

	(void)state;
	for (i = 0; i < 2; i++) {
		json_t *j = vectors_json(files[i]);

		good += valid_ones(json_object_get(j, "simple"), &others);
		good += valid_ones(json_object_get(j, "full"), &others);
		bad += false_ones(json_object_get(j, "error"));
		json_decref(j);
	}
	print_message("%zu valid, %zu false, %zu of several keys\n", good,
	    bad, others);
	assert_int_equal(good, 11);
	assert_int_equal(bad, 36);
}

/* The key in Wallet Import Format. */
static struct secret32
wif(const char *text)
{
	struct secret32 s;
	uint8_t b[BASE58_MAX];
	size_t n;

	assert_int_equal(base58check_bytes(span_text(text), b, sizeof(b),
	    &n), 0);
	assert_int_equal(n, 34);
	memcpy(s.b, b + 1, sizeof(s.b));
	return s;
}

/* What we make with the vectors' keys is among the signatures they list:
 * ECDSA is ground for a low R, as there. */
static void
test_vectors_bip322_signing(void **state)
{
	struct message_review r;
	struct message m = { .how = SPEND_WPKH, .form = MESSAGE_SIMPLE,
	    .review = &r };
	json_t *j = vectors_json("bip322/basic.json"), *v, *list;
	char out[MESSAGE_SIG_MAX];
	struct secret32 key;
	struct hash32 digest;
	struct sig64 sig;
	size_t i, n = 0;

	(void)state;
	json_array_foreach(json_object_get(j, "simple"), i, v) {
		if (strcmp(vectors_string(v, "type"), "p2wpkh") != 0)
			continue;
		list = json_object_get(v, "bip322_signatures");
		key = wif(json_string_value(json_array_get(
		    json_object_get(v, "private_keys"), 0)));
		m.text = span_text(vectors_string(v, "message"));
		assert_int_equal(pub_of_secret(&key, &r.pub), 0);
		assert_int_equal(script_of_key(m.how, &r.pub, &r.script), 0);
		assert_int_equal(message_digest(&m, &digest), 0);
		assert_int_equal(ecdsa_sign(&key, &digest, &sig), 0);
		assert_int_equal(message_encode(&m, &sig, out), 0);
		assert_string_equal(out,
		    json_string_value(json_array_get(list, 0)));
		n++;
	}
	assert_int_equal(n, 2);
	json_decref(j);
}

static json_t *
fixture_messages(void)
{
	const char *dir = getenv("COLDSEAL_FIXTURES");
	char path[1024];
	json_t *j;

	(void)snprintf(path, sizeof(path), "%s/bitcoin/messages.json",
	    dir == NULL ? "tests/fixtures" : dir);
	if ((j = json_load_file(path, 0, NULL)) == NULL)
		fail_msg("%s is missing", path);
	return j;
}

/* The node was made before BIP322 was finished: its full signatures have no
 * prefix, by which they are told. */
static void
test_messages_of_a_node(void **state)
{
	json_t *j = fixture_messages(), *v;
	char sig[MESSAGE_SIG_MAX], other[512];
	const char *address, *text;
	size_t i;

	(void)state;
	json_array_foreach(j, i, v) {
		bool full = strcmp(vectors_string(v, "format"),
		    "BIP322 full") == 0;

		address = vectors_string(v, "address");
		text = vectors_string(v, "message");
		(void)snprintf(sig, sizeof(sig), "%s%s", full ? "ful" : "",
		    vectors_string(v, "signature"));
		if (verify(NET_REGTEST, address, text, sig) != 0)
			fail_msg("%s: %s", address, text);
		(void)snprintf(other, sizeof(other), "%s.", text);
		assert_int_equal(verify(NET_REGTEST, address, other, sig),
		    ERR_MISMATCH);
		assert_int_not_equal(verify(NET_MAIN, address, text, sig),
		    0);
		/* Any bit: of the signature, its key or its frame. */
		sig[strlen(sig) / 2] ^= 1;
		assert_int_not_equal(verify(NET_REGTEST, address, text, sig),
		    0);
	}
	assert_int_equal(i, 20);
	json_decref(j);
}

static const char *
purpose_of(const char *policy)
{
	return strcmp(policy, "pkh") == 0 ? "44" :
	    strcmp(policy, "shwpkh") == 0 ? "49" :
	    strcmp(policy, "wpkh") == 0 ? "84" : "86";
}

/* The line of an answer that holds the signature. */
static void
signature_line(struct span answer, char out[MESSAGE_SIG_MAX])
{
	size_t i, end = answer.n, line = 0;

	for (i = answer.n; i-- > 0 && line < 3;) {
		if (answer.p[i] != '\n')
			continue;
		if (++line == 2)
			end = i;
		else if (line == 3)
			break;
	}
	assert_true(end - i - 1 < MESSAGE_SIG_MAX);
	memcpy(out, answer.p + i + 1, end - i - 1);
	out[end - i - 1] = '\0';
}

/*
 * What the node signed, signed by us: BIP322 to the same bytes.  The old form
 * it does not grind for a low R, so that every other one is the same.
 */
static void
test_the_node_and_we_make_the_same(void **state)
{
	struct letter *l = *state;
	json_t *j = fixture_messages(), *v;
	char file[1024], sig[MESSAGE_SIG_MAX];
	const char *want, *at, *policy;
	size_t i, k, same = 0, legacy = 0;

	json_array_foreach(j, i, v) {
		policy = vectors_string(v, "policy");
		want = vectors_string(v, "signature");
		if (strchr(vectors_string(v, "message"), '\n') != NULL)
			continue;	/* a request is one line */
		for (k = 0; k < 2; k++) {
			arena_clear(&l->a);
			(void)snprintf(file, sizeof(file), "%s\nm/%s'/1'/0'"
			    "/0/%zu\n", vectors_string(v, "message"),
			    purpose_of(policy), k);
			assert_int_equal(letter_sign(l, letter_copy(l,
			    file)), 0);
			if (strcmp(l->s.intent.fact[1].to,
			    vectors_string(v, "address")) != 0)
				continue;
			signature_line(l->answer, sig);
			at = strcmp(policy, "pkh") == 0 ? sig : sig + 3;
			if (strcmp(policy, "pkh") != 0)
				assert_string_equal(at, want);
			same += strcmp(at, want) == 0;
			legacy += strcmp(policy, "pkh") == 0;
		}
	}
	print_message("%zu the same, %zu of the old form\n", same, legacy);
	assert_true(same > 10);
	assert_true(legacy >= 5);
	json_decref(j);
}

static void
test_recovery_numbers(void **state)
{
	struct letter *l = *state;
	struct hash32 digest = { { 1, 2, 3 } };
	struct secret32 key = { { [31] = 7 } };
	struct pubkey pub, got;
	struct sig64 sig;
	size_t i, hits = 0;

	(void)l;
	assert_int_equal(pub_of_secret(&key, &pub), 0);
	assert_int_equal(ecdsa_sign(&key, &digest, &sig), 0);
	for (i = 0; i < 4; i++)
		hits += ecdsa_recover(&digest, &sig, (unsigned)i, &got) == 0
		    && memcmp(&pub, &got, sizeof(pub)) == 0;
	assert_int_equal(hits, 1);
	assert_int_equal(ecdsa_recover(&digest, &sig, 4, &got), ERR_RANGE);
	memset(sig.b, 0, sizeof(sig.b));
	assert_int_equal(ecdsa_recover(&digest, &sig, 0, &got),
	    ERR_MISMATCH);
}

static void
test_addresses_and_their_scripts(void **state)
{
	static const struct { enum network net; const char *text; enum err e; }
	table[] = {
		{ NET_MAIN, "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2", 0 },
		{ NET_MAIN, "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy", 0 },
		{ NET_MAIN, "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", 0 },
		{ NET_TEST, "mkpZhYtJu2r87Js3pDiWJDmPte2NRZ8bJV", 0 },
		{ NET_MAIN, "mkpZhYtJu2r87Js3pDiWJDmPte2NRZ8bJV", ERR_FORM },
		{ NET_TEST, "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
		    ERR_FORM },
		{ NET_MAIN, "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5",
		    ERR_CHECKSUM },
		{ NET_STAGENET, "mkpZhYtJu2r87Js3pDiWJDmPte2NRZ8bJV",
		    ERR_RANGE },
		{ NET_MAIN, "", ERR_FORM },
	};
	char back[ADDRESS_TEXT_MAX];
	struct key_script ks;
	struct script s;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		enum err e = script_of_address(table[i].net,
		    span_text(table[i].text), &ks);

		if (e != table[i].e)
			fail_msg("%s: %s", table[i].text, err_text(e));
		if (e != 0)
			continue;
		s = script_of(key_script_span(&ks));
		assert_int_equal(script_address(&s, table[i].net, back), 0);
		assert_string_equal(back, table[i].text);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_vectors_bip322_transactions),
		cmocka_unit_test(test_vectors_bip322),
		cmocka_unit_test(test_vectors_bip322_signing),
		cmocka_unit_test(test_messages_of_a_node),
		cmocka_unit_test(test_the_node_and_we_make_the_same),
		cmocka_unit_test(test_recovery_numbers),
		cmocka_unit_test(test_addresses_and_their_scripts),
	};

	return cmocka_run_group_tests(tests, letter_setup, letter_teardown);
}
