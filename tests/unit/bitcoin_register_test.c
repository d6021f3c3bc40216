/* Files that describe a wallet, in every form that we read: what they become,
 * and what is refused. */
#include "tests/unit/arena_setup.h"
#include "tests/vectors.h"

#include "core/chain/bitcoin/register.h"
#include "core/review/rules.h"
#include "core/job/table.h"

#define MAIN_A "[0f056943/48h/0h/0h/2h]xpub6EfEGa5isJbQFSswM5Uptw5BSq2Td1ZDJ" \
    "r3QUNUcMySpC7itZ3ccypVHtLPnvMzKQ2qxrAgH49vhVxRcaQLFbixAVRR8RACrYTp88Uv9h8Z"
#define MAIN_B "[6ba6cfd0/48h/0h/0h/2h]xpub6FFEQVG6QR28giDuML74Y7EMPwqEiKftN" \
    "jScLzg5WKM41bf6LMP2XspjBgNp28tvkNUZdokmTY4TcRbuGZBSMvNoUECrKW1y3TBPeQJVmAg"

static enum err
read_file(struct span file, struct wallet_file *w)
{
	struct fault f = { 0 };

	arena_clear(&arena);
	return wallet_file_read(file, &arena, w, &f);
}

/* Read, and its descriptor read as well. */
static enum err
whole(struct span file, struct wallet_file *w, struct descriptor *d)
{
	size_t at;
	enum err e = read_file(file, w);

	return e != 0 ? e : descriptor_read(span_text(w->text), &arena, d,
	    &at);
}

static char *
slurp(const char *name)
{
	char path[1024], *p = calloc(1, 1 << 16);
	FILE *f;

	vectors_path(name, path, sizeof(path));
	f = fopen(path, "rb");
	assert_non_null(f);
	assert_non_null(p);
	assert_true(fread(p, 1, (1 << 16) - 1, f) > 0);
	(void)fclose(f);
	return p;
}

/* Sample files of other programs. */
static void
test_samples(void **state)
{
	static const struct {
		const char *file, *form, *name;
		enum spend spend;
		size_t nkey, nbranch;
	} t[] = {
		{ "cc-multisig-export-1.txt", "Coldcard", "CC-2-of-4",
		    SPEND_WSH, 4, 2 },
		{ "cc-multisig-export-2.txt", "Coldcard", "CC-2-of-4",
		    SPEND_SH_WSH, 4, 2 },
		{ "cc-multisig-export-multideriv.txt", "Coldcard",
		    "el-CC-3-of-3-sb-2", SPEND_WSH, 3, 2 },
		{ "caravan-multisig-export-1.json", "Caravan", "Test Wallet",
		    SPEND_WSH, 3, 2 },
		{ "specter-multisig-wallet.json", "Specter",
		    "specter-multisig", SPEND_WSH, 4, 2 },
		{ "specter-wallet.json", "Specter", "specter-wallet",
		    SPEND_SH_WPKH, 1, 2 },
		{ "descriptor-multipath.txt", "descriptor", "", SPEND_WPKH,
		    1, 2 },
		{ "descriptor-labelled.txt", "descriptor", "", SPEND_WPKH,
		    1, 1 },
		{ "descriptor-receive-change1.txt", "descriptor", "",
		    SPEND_WPKH, 1, 2 },
		{ "descriptor-receive-change2.txt", "descriptor", "",
		    SPEND_WPKH, 1, 2 },
		{ "descriptor-receive.txt", "descriptor", "", SPEND_WPKH,
		    1, 1 },
	};
	char path[128], *text;
	struct wallet_file w;
	struct descriptor d;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		(void)snprintf(path, sizeof(path), "wallet-files/%s",
		    t[i].file);
		text = slurp(path);
		if (whole(span_text(text), &w, &d) != 0)
			fail_msg("%s", t[i].file);
		assert_string_equal(w.form, t[i].form);
		assert_string_equal(w.name, t[i].name);
		assert_int_equal(d.spend, t[i].spend);
		assert_int_equal(d.nkey, t[i].nkey);
		assert_int_equal(d.nbranch, t[i].nbranch);
		assert_ptr_equal(job_sniff(span_text(text)), &wallet_job);
		free(text);
	}
}

/* BIP129's second rounds: from "BSMS 1.0" and a descriptor on. */
static void
test_bsms(void **state)
{
	char *text = slurp("bip129.txt"), *at = text, *end;
	struct wallet_review v = { .network = NET_MAIN };
	struct wallet_req q = { .review = &v };
	bool same;
	size_t n = 0, i;

	(void)state;
	while ((at = strstr(at, "BSMS 1.0\n")) != NULL) {
		for (end = at, i = 0; i < 4; i++)
			end = strchr(end, '\n') + 1;
		if (at[9] == 'w' || at[9] == 's') {
			assert_int_equal(whole(span_of(at, (size_t)(end -
			    at)), &q.file, &q.d), 0);
			assert_int_equal(wallet_first(&q, &arena, &same), 0);
			assert_true(same);
			q.file.first = "bc1qquite-another";
			assert_int_equal(wallet_first(&q, &arena, &same), 0);
			assert_false(same);
			n++;
		}
		at = end;
	}
	assert_true(n >= 4);
	free(text);
}

/* A file of this template and these keys. */
static char *
policy_file(const char *template, json_t *keys)
{
	json_t *o = json_pack("{s:s,s:s,s:O}", "name", "n", "template",
	    template, "keys", keys);
	char *text = o == NULL ? NULL : json_dumps(o, 0);

	assert_non_null(text);
	json_decref(o);
	return text;
}

static void
valid_policy(const json_t *v)
{
	char *text = policy_file(vectors_string(v, "template"),
	    json_object_get(v, "keys"));
	struct wallet_file w;
	struct descriptor d;
	const char *tidy;
	enum err e = whole(span_text(text), &w, &d);

	assert_int_equal(wallet_tidy(span_text(vectors_string(v,
	    "descriptor")), false, &arena, &tidy), 0);
	assert_string_equal(w.form, "BIP388 policy");
	assert_int_equal(e, strstr(tidy, "musig") != NULL ? ERR_MUSIG : 0);
	if (e == 0)
		assert_string_equal(w.text, tidy);
	free(text);
}

/* Refused when it is read, or when it is judged. */
static void
invalid_policy(const json_t *v)
{
	const char *template = vectors_string(v, "template");
	size_t i, n = 0;
	json_t *keys = json_array();
	struct pubring ring;
	struct wallet_file w;
	struct descriptor d;
	const char *why = "";
	char *text;

	for (i = 0; template[i] != '\0'; i++)
		if (template[i] == '@' && (size_t)(template[i + 1] - '0') >=
		    n)
			n = (size_t)(template[i + 1] - '0') + 1;
	for (i = 0; i < n; i++)
		(void)json_array_append_new(keys, json_string(i % 2 == 0 ?
		    MAIN_A : MAIN_B));
	text = policy_file(template, keys);
	if (whole(span_text(text), &w, &d) == 0) {
		ring = pubring_in(&arena);
		if (d.nbranch <= 2 && (wallet_judge(&d, &ring, NET_MAIN,
		    &why) & TRAIT_BIT(WALLET_TWICE)) == 0)
			fail_msg("%s", template);
	}
	free(text);
	json_decref(keys);
}

static void
test_bip388(void **state)
{
	json_t *all = vectors_json("bip388.json"), *v;
	size_t i;

	(void)state;
	json_array_foreach(json_object_get(all, "valid"), i, v)
		valid_policy(v);
	assert_true(i >= 8);
	json_array_foreach(json_object_get(all, "invalid"), i, v)
		invalid_policy(v);
	assert_true(i >= 8);
	json_decref(all);
}

#define SPARROW "{\"name\":\"S\",\"network\":\"mainnet\",\"policyType\":" \
    "\"MULTI\",\"scriptType\":\"P2WSH\",\"defaultPolicy\":{\"name\":" \
    "\"Default\",\"miniscript\":{\"script\":\"wsh(sortedmulti(2,K1,K2))" \
    "\"}},\"keystores\":[{\"label\":\"K1\",\"keyDerivation\":" \
    "{\"masterFingerprint\":\"0f056943\",\"derivation\":" \
    "\"m/48'/0'/0'/2'\"},\"extendedPublicKey\":\"%s\"},{\"label\":" \
    "\"K2\",\"keyDerivation\":{\"masterFingerprint\":\"6ba6cfd0\"," \
    "\"derivation\":\"m/48'/0'/0'/2'\"},\"extendedPublicKey\":\"%s\"}]}"

/* Forms differ, the wallet is one. */
static void
test_forms_agree(void **state)
{
	const char *a = strchr(MAIN_A, ']') + 1, *b = strchr(MAIN_B, ']') + 1;
	static const char want[] = "wsh(sortedmulti(2," MAIN_A "/<0;1>/*,"
	    MAIN_B "/<0;1>/*))";
	char text[4096];
	struct wallet_file w;

	(void)state;
	(void)snprintf(text, sizeof(text), SPARROW, a, b);
	assert_int_equal(read_file(span_text(text), &w), 0);
	assert_string_equal(w.text, want);
	assert_string_equal(w.form, "Sparrow");
	(void)snprintf(text, sizeof(text), "Policy: 2/2\r\nFormat: P2WSH\r\n"
	    "Derivation: m/48h/0h/0h/2h\r\n0F056943: %s\r\n6ba6cfd0: %s\r\n",
	    a, b);
	assert_int_equal(read_file(span_text(text), &w), 0);
	assert_string_equal(w.text, want);
	(void)snprintf(text, sizeof(text), "{\"label\":\"x\",\"descriptor\":"
	    "\"wsh(sortedmulti(2," MAIN_A "," MAIN_B "))\"}");
	assert_int_equal(read_file(span_text(text), &w), 0);
	assert_string_equal(w.text, want);
	(void)snprintf(text, sizeof(text), "BSMS 1.0\nwsh(sortedmulti(2,"
	    MAIN_A "/**," MAIN_B "/**))\n/0/*,/1/*\nbc1q\n");
	assert_int_equal(read_file(span_text(text), &w), 0);
	assert_string_equal(w.text, want);
	assert_string_equal(w.first, "bc1q");
}

/* As the session keeps it, it tells the same. */
static void
check_kept(const struct wallet_req *q, const char *const *form, size_t n)
{
	struct session_wallet kept = { .chain = "btc", .network = NET_MAIN,
	    .name = q->file.name, .text = q->text };
	struct job_tell t = { .form = span_text("=") };
	static uint8_t text[1024];
	struct sink s = sink_to_buf(text, sizeof(text));
	void *req;
	size_t i;

	assert_int_equal(wallet_job.recall(&kept, &arena, &req), 0);
	assert_int_equal(wallet_job.tell(req, &t, &arena, &s), 0);
	assert_true(span_eq(span_of(text, s.total), span_text("P2WSH: 0f0569"
	    "43 and 6ba6cfd0|a \"b\"\n")));
	t.form = span_text("?");
	s = sink_to_buf(text, sizeof(text));
	assert_int_equal(wallet_job.tell(req, &t, &arena, &s), 0);
	text[s.total] = '\0';
	for (i = 0; i < n; i++)
		assert_non_null(strstr((char *)text, form[i]));
	kept.chain = "xmr";
	assert_int_equal(wallet_job.recall(&kept, &arena, &req), ERR_UNKNOWN);
}

/* BIP129: which branches the two stars of its keys stand for. */
static void
test_restrictions(void **state)
{
	static const struct { const char *line; enum err want; } t[] = {
		{ "/2/*,/3/*", ERR_NONE }, { "/2/*", ERR_RANGE },
		{ "/2/*,/3/*,/4/*", ERR_RANGE }, { "/2'/*,/3/*", ERR_RANGE },
		{ "/2/*;/3/*", ERR_RANGE }, { "", ERR_RANGE },
		{ "/2147483648/*,/3/*", ERR_RANGE }, { "/2/*,/", ERR_FORM },
	};
	struct wallet_file w;
	char text[1024];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		(void)snprintf(text, sizeof(text), "BSMS 1.0\nwsh(sortedmulti"
		    "(1," MAIN_A "/**," MAIN_B "/**))\n%s\nbc1q\n",
		    t[i].line);
		assert_int_equal(read_file(span_text(text), &w), t[i].want);
		if (t[i].want == 0)
			assert_string_equal(w.text, "wsh(sortedmulti(1,"
			    MAIN_A "/<2;3>/*," MAIN_B "/<2;3>/*))");
	}
}

/* What we write we read, and it is the same wallet. */
static void
test_round_trip(void **state)
{
	static const char *const form[] = { "descriptors", "bsms", "core",
	    "coldcard", "sparrow", "specter", "caravan", "policy" };
	static const char file[] = "{\"name\":\"a \\\"b\\\"\",\"descriptor\":"
	    "\"wsh(sortedmulti(2," MAIN_A "/<0;1>/*," MAIN_B "/<0;1>/*))\"}";
	struct job_tell t = { .from = 0 };
	struct session session = { .network = NET_MAIN };
	struct pubring ring;
	struct wallet_file again;
	struct intent intent;
	struct fault f;
	static uint8_t text[4096];
	struct wallet_req *q;
	struct sink s;
	void *req;
	size_t i;

	(void)state;
	arena_clear(&arena);
	ring = pubring_in(&arena);
	assert_int_equal(wallet_job.parse(&arena, span_text(file), &ring, NULL,
	    &req, &f), 0);
	assert_int_equal(wallet_job.intend(req, &ring, &session, NULL, &arena,
	    &intent, &f), 0);
	q = req;
	for (i = 0; i < sizeof(form) / sizeof(form[0]); i++) {
		t.form = span_text(form[i]);
		s = sink_to_buf(text, sizeof(text));
		assert_int_equal(wallet_job.tell(req, &t, &arena, &s), 0);
		assert_int_equal(wallet_file_read(span_of(text, s.total),
		    &arena, &again, &f), 0);
		assert_string_equal(again.text, q->file.text);
		if (again.name[0] != '\0')
			assert_string_equal(again.name, "a \"b\"");
	}
	check_kept(q, form, sizeof(form) / sizeof(form[0]));
	t.form = span_text("no such form");
	assert_int_equal(wallet_job.tell(req, &t, &arena, &s), ERR_UNKNOWN);
	t.form = span_text("");
	t.to = LIMIT_ADDRESSES;
	assert_int_equal(wallet_job.tell(req, &t, &arena, &s), ERR_RANGE);
}

static void
test_refused(void **state)
{
	static const struct { const char *file; enum err want; } t[] = {
		{ "wsh(pk(x))", ERR_NO_SUM },
		{ "wsh(pk(x))#qqqqqqqq", ERR_CHECKSUM },
		{ "wsh(pk(x))#qqqqqqqq\nwsh(pk(x))#qqqqqqqq", ERR_CHECKSUM },
		{ "BSMS 1.0\nwsh(pk(x))\n/0/*,/1/*\n", ERR_MISSING },
		{ "BSMS 1.0\nwsh(pk(x))\n/2/*\nbc1q\n", ERR_RANGE },
		{ "BSMS 1.0\nwsh(pk(x))\n/0/*,/1/*\nbc1q\nmore",
		    ERR_TRAILING },
		{ "Policy: 2 of 3\nFormat: P2WSH\n", ERR_MISSING },
		{ "Policy: 3 of 2\n", ERR_RANGE },	/* known attack 20 */
		{ "Policy: 0 of 2\n", ERR_RANGE },
		{ "Policy: 1 of 1\nOdd: line\n", ERR_FORM },
		{ "Policy: 1 of 1\nFormat: P2XX\n0F056943: xpub",
		    ERR_RANGE },
		{ "{\"template\":\"wsh(pk(@0/**))\",\"keys\":[]}",
		    ERR_MISSING },
		{ "{\"template\":\"wsh(pk(@0))\",\"keys\":[\"x\"]}",
		    ERR_FORM },
		{ "{\"template\":\"wsh(pk(@0/**))\",\"keys\":[\"x\","
		    "\"y\"]}", ERR_FORM },
		{ "{\"descriptor\":\"a\",\"descriptor\":\"b\"}",
		    ERR_DUPLICATE },
		{ "{\"descriptor\":\"wsh(x)\",\"label\":\"a\\nb\"}",
		    ERR_FORM },			/* known attack 8 */
		{ "Policy: 1 of 1\nName: a name that is longer than any that "
		    "a person would give to a wallet", ERR_RANGE },
	};
	struct wallet_file w;
	size_t i;
	enum err e;

	(void)state;
	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++)
		if ((e = read_file(span_text(t[i].file), &w)) != t[i].want)
			fail_msg("%s: %s", t[i].file, err_text(e));
	assert_int_equal(read_file(span_text("{\"descriptor\":\"wsh(x)\","
	    "\"label\":\"gr\xc3\xbc\xc3\x9f\"}"), &w), 0);
	assert_string_equal(w.name, "gr\\xc3\\xbc\\xc3\\x9f");
	assert_null(job_sniff(span_text("Policy says: 2 of 3")));
	assert_null(job_sniff(span_text("{\"a\":1}")));
	assert_null(job_sniff(span_text("wallet")));
}

/* Every beginning and every changed byte: read or refused, never worse. */
static void
test_each_byte(void **state)
{
	static const char file[] = "BSMS 1.0\nwsh(or_d(pk(" MAIN_A "/**),and_v"
	    "(v:pkh(" MAIN_B "/**),older(10))))\n/0/*,/1/*\nbc1q\n";
	char copy[sizeof(file)];
	struct wallet_file w;
	struct descriptor d;
	size_t i, read = 0;

	(void)state;
	assert_int_equal(whole(span_text(file), &w, &d), 0);
	for (i = 0; i < sizeof(file) - 1; i++) {
		assert_int_equal(whole(span_of(file, i), &w, &d) == 0,
		    i > sizeof(file) - 6);
		memcpy(copy, file, sizeof(file));
		copy[i] ^= 1;
		read += whole(span_text(copy), &w, &d) == 0;
	}
	/* Fingerprints, paths and numbers can be others; keys cannot. */
	assert_in_range(read, 1, 60);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_samples),
		cmocka_unit_test(test_bsms),
		cmocka_unit_test(test_bip388),
		cmocka_unit_test(test_forms_agree),
		cmocka_unit_test(test_restrictions),
		cmocka_unit_test(test_round_trip),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_each_byte),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
