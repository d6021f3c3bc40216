/* The PSBTs that the standards and a library publish: what is valid is read,
 * what is invalid refused for the reason named, what can be signed signed. */
#include "core/encode/base58.h"
#include "core/review/rules.h"
#include "tests/unit/psbt_vectors_table.h"
#include "tests/unit/rig_psbt.h"
#include "tests/vectors.h"

#define MEM ((size_t)32 << 20)

static struct arena arena;
static struct rig rig;

/* That of BIP174's signers. */
static const char tprv[] = "tprv8ZgxMBicQKsPd9TeAdPADNnSyH9SSUUbTVeFszDE23Ki6T"
    "BB5nCefAdHkK8Fm3qMQR6sHwA56zqRmKmxnHk37JkiFzvncDqoKmPWubu7hDF";

static struct span
case_of(const json_t *v, const char *field)
{
	return span_text(vectors_string(v, field));
}

static enum err
look(struct span file, struct study *s)
{
	struct session session = { .network = NET_REGTEST };

	arena_clear(&arena);
	return rig_study(&rig, file, &session, &arena, s);
}

static enum err
open_only(struct span file, struct fault *f)
{
	struct request *q;

	arena_clear(&arena);
	*f = (struct fault){ 0 };
	return request_open(&arena, file, NULL, &q, f);
}

/* Says whether the row asks for a refusal; fails where that is not so. */
static bool
refused(const char *name, size_t i, struct span file,
    const struct refusal *row)
{
	struct fault f;
	enum err e = open_only(file, &f);

	if (e != row->err || strcmp(f.where, row->where) != 0)
		fail_msg("%s, invalid %zu: %s, %s; should be %s, %s", name, i,
		    f.where, err_text(e), row->where, err_text(row->err));
	return e != 0;
}

static void
must_read(const char *name, size_t i, struct span file)
{
	struct fault f;
	enum err e = open_only(file, &f);

	if (e != 0)
		fail_msg("%s, case %zu: %s, %s", name, i, f.where,
		    err_text(e));
}

/* A list of cases under headings: the invalid ones are as many as the rows
 * for them, and no case is left out but those that are no PSBT. */
static void
run_list(const char *name, const struct refusal *row, size_t rows,
    size_t valid)
{
	json_t *all = vectors_json(name), *v;
	size_t i, good = 0, bad = 0;

	json_array_foreach(all, i, v) {
		const char *heading = vectors_string(v, "section");

		if (json_object_get(v, "base64") == NULL)
			continue;
		if (strstr(heading, "invalid") != NULL) {
			assert_true(bad < rows);
			assert_true(refused(name, bad,
			    case_of(v, "base64"), &row[bad]));
			bad++;
		} else if (strstr(heading, "cannot be computed") != NULL) {
			struct fault f;

			assert_int_equal(open_only(case_of(v, "base64"), &f),
			    ERR_MISMATCH);
			assert_string_equal(f.where, "required lock times");
			good++;
		} else {
			must_read(name, i, case_of(v, "base64"));
			good++;
		}
	}
	json_decref(all);
	print_message("%s: %zu read, %zu refused\n", name, good, bad);
	assert_int_equal(bad, rows);
	assert_int_equal(good, valid);
}

#define ROWS(t) (t), sizeof(t) / sizeof((t)[0])

static void
test_bip174(void **state)
{
	(void)state;
	run_list("bip174.json", ROWS(bip174_refused), 24);
}

static void
test_bip370(void **state)
{
	(void)state;
	run_list("bip370.json", ROWS(bip370_refused), 23);
}

static void
test_bip371(void **state)
{
	(void)state;
	run_list("bip371.json", ROWS(bip371_refused), 6);
}

/* MuSig2: read and checked for shape; not signed (fixtures_test.c). */
static void
test_bip373(void **state)
{
	(void)state;
	run_list("bip373.json", ROWS(bip373_refused), 14);
}

/* Silent payments: shapes are checked, shares and proofs are not; so whatever
 * is read says of each such output that it must be trusted. */
static void
test_bip375(void **state)
{
	json_t *all = vectors_json("bip375.json"), *v;
	json_t *bad = json_object_get(all, "invalid");
	json_t *good = json_object_get(all, "valid");
	size_t i, read = 0, no = 0;
	struct study s;

	(void)state;
	json_array_foreach(bad, i, v) {
		assert_true(i < sizeof(bip375_refused) /
		    sizeof(bip375_refused[0]));
		if (refused("bip375", i, case_of(v, "psbt"),
		    &bip375_refused[i])) {
			no++;
			continue;
		}
		assert_int_equal(look(case_of(v, "psbt"), &s), 0);
		assert_true((all_traits(&s.intent) &
		    TRAIT_BIT(OUTPUT_SILENT)) != 0);
		read++;
	}
	assert_int_equal(read + no, 22);
	json_array_foreach(good, i, v) {
		enum err e = look(case_of(v, "psbt"), &s);

		/* Its script is still to be computed: not by us. */
		if (e == ERR_MISSING) {
			assert_non_null(strstr(s.fault.where, ": script"));
			continue;
		}
		assert_int_equal(e, 0);
		assert_true((all_traits(&s.intent) &
		    TRAIT_BIT(OUTPUT_SILENT)) != 0);
		read++;
	}
	print_message("bip375: %zu read, %zu refused\n", read, no);
	assert_int_equal(i, 20);
	assert_int_equal(no, 4);
	assert_int_equal(read, 18 + 17);
	json_decref(all);
}

static bool
is_elements(const json_t *v)
{
	return json_is_true(json_object_get(v, "is_pset"));
}

/* Of another chain; the magic says so. */
static void
not_ours(struct span file)
{
	struct fault f;

	assert_int_equal(open_only(file, &f), ERR_FORM);
	assert_string_equal(f.where, "the encoding of the file");
}

/*
 * Two of the library's invalid files are read: flags that BIP370 calls valid
 * (its own "all possible flags set"), and a signature of another kind than
 * its input names, which the review refuses.
 */
static void
test_wally(void **state)
{
	json_t *all = vectors_json("wally-psbt.json"), *v;
	json_t *bad = json_object_get(all, "invalid");
	json_t *good = json_object_get(all, "valid");
	size_t i, n = 0, read = 0, elements = 0;
	struct study s;

	(void)state;
	json_array_foreach(bad, i, v) {
		if (is_elements(v)) {
			not_ours(case_of(v, "psbt"));
			elements++;
			continue;
		}
		assert_true(n < sizeof(wally_refused) /
		    sizeof(wally_refused[0]));
		if (!refused("wally", i, case_of(v, "psbt"),
		    &wally_refused[n++])) {
			assert_int_equal(look(case_of(v, "psbt"), &s), 0);
			assert_true(strstr(vectors_string(v, "comment"),
			    "flags") != NULL || (all_traits(&s.intent) &
			    TRAIT_BIT(SIG_FALSE)) != 0);
		}
	}
	json_array_foreach(good, i, v) {
		if (is_elements(v)) {
			not_ours(case_of(v, "psbt"));
			elements++;
			continue;
		}
		must_read("wally", i, case_of(v, "psbt"));
		read++;
	}
	print_message("wally: %zu read, %zu refused, %zu of another chain\n",
	    read, n, elements);
	assert_int_equal(n, sizeof(wally_refused) / sizeof(wally_refused[0]));
	assert_int_equal(read, 40);
	assert_int_equal(elements, 65);
	json_decref(all);
}

static void
take_master(const char *text)
{
	uint8_t raw[BASE58_MAX];
	struct xpub x;
	size_t n;

	rig = (struct rig){ .nkey = 1 };
	assert_int_equal(base58check_bytes(span_text(text), raw, sizeof(raw),
	    &n), 0);
	assert_int_equal(n, 78);
	memcpy(rig.master[0].chain.b, raw + 13, 32);
	memcpy(rig.master[0].key.b, raw + 46, 32);
	assert_int_equal(xprv_neuter(&rig.master[0], &x), 0);
	rig.fpr[0] = fpr_of_pub(&x.key);
}

/* Every signature of the other, by the same key, has the same bytes; but for
 * one with an R of 33 bytes, from before signers ground for a lower one. */
static size_t
same_signatures(const struct request *ours, const struct request *other)
{
	size_t i, k, n = 0;

	for (i = 0; i < other->psbt.tx.nin; i++)
		for (k = 0; k < other->psbt.in[i].n; k++) {
			const struct psbt_entry *e = &other->psbt.in[i].e[k];

			if (e->type != IN_PARTIAL_SIG ||
			    e->value.p[3] > 32)
				continue;
			assert_true(span_eq(e->value,
			    policy_sig(ours, i, e->data, NULL)));
			n++;
		}
	return n;
}

static void
sign_like(struct span file, struct span result, size_t want)
{
	struct request *other;
	struct fault f = { 0 };
	struct study s;

	assert_int_equal(look(file, &s), 0);
	assert_true(all_traits(&s.intent) != 0);	/* not registered */
	assert_int_equal(rig_make(&rig, &s, &arena), 0);
	assert_int_equal(request_open(&arena, result, NULL, &other, &f), 0);
	assert_int_equal(same_signatures(s.req, other), want);
}

/* Both of BIP174's signers have the same master: we sign for both at once,
 * and get what its combiner gets. */
static void
test_signers_of_bip174(void **state)
{
	json_t *all = vectors_json("bip174.json");

	(void)state;
	take_master(tprv);
	sign_like(case_of(json_array_get(all, 36), "base64"),
	    case_of(json_array_get(all, 39), "base64"), 3);
	json_decref(all);
}

/* "Fails Signer checks", each for its own reason. */
static void
test_signer_checks_of_bip174(void **state)
{
	static const uint64_t want[] = { TRAIT_BIT(INPUT_NO_COIN),
	    TRAIT_BIT(SCRIPT_MISSING), TRAIT_BIT(SCRIPT_MISSING),
	    TRAIT_BIT(SCRIPT_MISSING) };
	json_t *all = vectors_json("bip174.json"), *v;
	size_t i, n = 0;
	struct study s;

	(void)state;
	take_master(tprv);
	json_array_foreach(all, i, v) {
		if (strstr(vectors_string(v, "section"),
		    "Fails Signer checks") == NULL)
			continue;
		assert_true(n < 4);
		assert_int_equal(look(case_of(v, "base64"), &s), 0);
		if ((all_traits(&s.intent) & want[n]) == 0)
			fail_msg("check %zu: %llx", n,
			    (unsigned long long)all_traits(&s.intent));
		assert_int_not_equal(rig_make(&rig, &s, &arena), 0);
		assert_int_equal(rig.asked, 0);
		n++;
	}
	assert_int_equal(n, 4);
	json_decref(all);
}

/* The library's signers by a master key, versions 0 and 2.  It holds the keys
 * of half of the signatures, we of all. */
static void
test_signers_of_wally(void **state)
{
	json_t *all = vectors_json("wally-psbt.json"), *v;
	size_t i, n = 0;

	(void)state;
	json_array_foreach(json_object_get(all, "signer"), i, v) {
		if (is_elements(v) ||
		    json_object_get(v, "master_xpriv") == NULL)
			continue;
		take_master(vectors_string(v, "master_xpriv"));
		sign_like(case_of(v, "psbt"), case_of(v, "result"), 2);
		n++;
	}
	assert_int_equal(n, 2);
	json_decref(all);
}

static int
setup(void **state)
{
	(void)state;
	arena = (struct arena){ malloc(MEM), MEM, 0 };
	return arena.base == NULL || secp_init(NULL) != 0 ||
	    rig_add(&rig, WORDS_A, "") != 0;
}

static int
teardown(void **state)
{
	(void)state;
	free(arena.base);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_bip174),
		cmocka_unit_test(test_bip370),
		cmocka_unit_test(test_bip371),
		cmocka_unit_test(test_bip373),
		cmocka_unit_test(test_bip375),
		cmocka_unit_test(test_wally),
		cmocka_unit_test(test_signers_of_bip174),
		cmocka_unit_test(test_signer_checks_of_bip174),
		cmocka_unit_test(test_signers_of_wally),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
