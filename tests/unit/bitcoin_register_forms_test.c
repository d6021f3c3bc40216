/* Forms of other programs that describe a wallet, and what is said of those
 * that cannot be read or written. */
#include "tests/unit/arena_setup.h"
#include "tests/vectors.h"

#include "core/chain/bitcoin/descriptor.h"
#include "core/chain/bitcoin/register.h"
#include "core/job/table.h"

#define XPUB_A "xpub6EfEGa5isJbQFSswM5Uptw5BSq2Td1ZDJ" \
    "r3QUNUcMySpC7itZ3ccypVHtLPnvMzKQ2qxrAgH49vhVxRcaQLFbixAVRR8RACrYTp88Uv9h8Z"
#define XPUB_B "xpub6FFEQVG6QR28giDuML74Y7EMPwqEiKftN" \
    "jScLzg5WKM41bf6LMP2XspjBgNp28tvkNUZdokmTY4TcRbuGZBSMvNoUECrKW1y3TBPeQJVmAg"
#define MAIN_A "[0f056943/48h/0h/0h/2h]" XPUB_A
#define MAIN_B "[6ba6cfd0/48h/0h/0h/2h]" XPUB_B

static enum err
read_file(struct span file, struct wallet_file *w)
{
	struct fault f = { 0 };

	arena_clear(&arena);
	return wallet_file_read(file, &arena, w, &f);
}

/* It is said before all else, whatever the form; the same one letter shorter
 * or public is no private key. */
static void
test_private_keys(void **state)
{
	static const char *const key[] = { ("xprv9s21ZrQH143K3GJpoapnV8SFfukcVB"
	    "SfeCficPSGfubmSFDxo1kuHnLisriDvSnRRuL2Qrg5ggqHKNVpxR86QEC8w35uxmG"
	    "oggxtQTPvfUu"), ("KwDiBf89QgGbjEhKnhXJuH7LrciVrZi3qYjgd9M7rFU73sVH"
	    "noWn"), "cMahea7zqjxrtgAbB7LSGbcQUr1uX1ojuat9jZodMN87JcbXMTcA" };
	static const struct { const char *open, *close; } form[] = {
		{ "wsh(sortedmulti(1,", "," MAIN_A "/<0;1>/*))" },
		{ "Policy: 1 of 2\nFormat: P2WSH\n0F056943: ", "\n" },
		{ "{\"descriptor\":\"wpkh(", ")\"}" },
		{ "BSMS 1.0\nwsh(multi(1,", "," MAIN_B "/**))\n/0/*,/1/*\n"
		    "bc1q\n" },
	};
	struct wallet_file w;
	char text[2048];
	size_t i, k, cut;
	enum err e;

	(void)state;
	for (k = 0; k < sizeof(key) / sizeof(key[0]); k++)
		for (i = 0; i < sizeof(form) / sizeof(form[0]); i++)
			for (cut = 0; cut < 2; cut++) {
				(void)snprintf(text, sizeof(text), "%s%s%s",
				    form[i].open, key[k] + cut,
				    form[i].close);
				e = read_file(span_text(text), &w);
				assert_int_equal(e == ERR_PRIVATE, cut == 0);
			}
}

/* Where in the descriptor, and what is wrong there. */
static void
test_where(void **state)
{
	static const struct { const char *d, *text; } t[] = {
		{ "wsh(foo(" MAIN_A "))", "the descriptor, at its character "
		    "4, near wsh(foo([0f056943/: that is no word of a "
		    "descriptor or of miniscript; look at its spelling, or "
		    "take a newer signer" },
		{ "sh(or_d(pk(" MAIN_A "),pk(" MAIN_B ")))", NULL },
		{ "wsh(sortedmulti(3," MAIN_A "," MAIN_B "))", "the "
		    "descriptor, at its character 17, near (sortedmulti(3,[0f"
		    "056943/48h: a number is outside its allowed range; look "
		    "at that number again" },
	};
	char file[1024], sum[9], said[FAULT_TEXT_MAX];
	struct fault f;
	void *req;
	size_t i;
	enum err e;

	(void)state;
	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		arena_clear(&arena);
		f = (struct fault){ 0 };
		assert_int_equal(descriptor_sum(span_text(t[i].d), sum), 0);
		(void)snprintf(file, sizeof(file), "%s#%s", t[i].d, sum);
		e = wallet_job.parse(&arena, span_text(file), NULL, NULL,
		    &req, &f);
		fault_text(&f, e, said);
		if (t[i].text == NULL)
			assert_int_equal(e, ERR_CONDITION);
		else
			assert_string_equal(said, t[i].text);
	}
}

/* With the checksum of each descriptor. */
static void
core_file(char *out, size_t cap, const char *open, const char *const *d,
    size_t n)
{
	char sum[DESCRIPTOR_SUM + 1];
	size_t i, o = (size_t)snprintf(out, cap, "%s", open);

	for (i = 0; i < n; i++) {
		assert_int_equal(descriptor_sum(span_text(d[i]), sum), 0);
		o += (size_t)snprintf(out + o, cap - o, "%s{\"desc\":\"%s#%s"
		    "\",\"internal\":%s,\"active\":true}", i == 0 ? "[" :
		    ",", d[i], sum, i == 1 ? "true" : "false");
	}
	(void)snprintf(out + o, cap - o, open[0] == '\0' ? "]" : "]}");
}

#define PAIR(x) "wsh(sortedmulti(2," MAIN_A "/" x "/*," MAIN_B "/" x "/*))"

/* listdescriptors and importdescriptors of Bitcoin Core. */
static void
test_core(void **state)
{
	static const char listed[] = "{\"wallet_name\":\"Family\",\"descrip"
	    "tors\":";
	static const struct {
		const char *open, *d[3];
		size_t n;
		enum err want;
		const char *text;
	} t[] = {
		{ "", { PAIR("0"), PAIR("1") }, 2, 0, PAIR("<0;1>") },
		{ listed, { PAIR("0"), PAIR("1") }, 2, 0, PAIR("<0;1>") },
		{ listed, { PAIR("4"), PAIR("7") }, 2, 0, PAIR("<4;7>") },
		{ listed, { PAIR("<0;1>") }, 1, 0, PAIR("<0;1>") },
		{ listed, { PAIR("0") }, 1, 0, PAIR("0") },
		{ "", { PAIR("0"), PAIR("0") }, 2, ERR_MISMATCH, NULL },
		{ "", { PAIR("0"), "wsh(pk(" MAIN_A "/1/*))" }, 2,
		    ERR_MISMATCH, NULL },
		{ "", { PAIR("0"), PAIR("1"), PAIR("2") }, 3, ERR_SEVERAL,
		    NULL },
	};
	struct wallet_file w;
	char file[4096];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		core_file(file, sizeof(file), t[i].open, t[i].d, t[i].n);
		assert_int_equal(read_file(span_text(file), &w), t[i].want);
		if (t[i].want != 0)
			continue;
		assert_string_equal(w.text, t[i].text);
		assert_string_equal(w.form, "Bitcoin Core");
		assert_string_equal(w.name, t[i].open[0] == '\0' ? "" :
		    "Family");
	}
	*strchr(file, '#') = 'q';
	assert_int_equal(read_file(span_text(file), &w), ERR_NO_SUM);
	assert_null(job_sniff(span_text("[{\"a\":1}]")));
	assert_null(job_sniff(span_text("[]")));
}

/* A mark in front, the names that a policy's template goes by, lines in the
 * other order, a path that is missing. */
static void
test_odd_files(void **state)
{
	static const struct { const char *file; enum err want; } t[] = {
		{ "\xef\xbb\xbfPolicy: 2 of 2\nFormat: P2WSH\nDerivation: "
		    "m/48h/0h/0h/2h\n0F056943: " XPUB_A "\n6BA6CFD0: " XPUB_B
		    "\n", 0 },
		{ "Policy: 2 of 2\nFormat: P2WSH\n0F056943: " XPUB_A "\n"
		    "6BA6CFD0: " XPUB_B "\n", ERR_NO_PATH },
		{ "{\"descriptor_template\":\"wsh(sortedmulti(2,@0/**,@1/**))"
		    "\",\"keys\":[\"" MAIN_A "\",\"" MAIN_B "\"]}", 0 },
		{ "{\"description_template\":\"wsh(sortedmulti(2,@0/**,@1/**)"
		    ")\",\"keys_info\":[\"" MAIN_A "\",\"" MAIN_B "\"]}", 0 },
	};
	char file[2048], sum[2][DESCRIPTOR_SUM + 1];
	struct wallet_file w;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		assert_int_equal(read_file(span_text(t[i].file), &w),
		    t[i].want);
		if (t[i].want == 0)
			assert_string_equal(w.text, PAIR("<0;1>"));
	}
	assert_int_equal(descriptor_sum(span_text(PAIR("1")), sum[0]), 0);
	assert_int_equal(descriptor_sum(span_text(PAIR("0")), sum[1]), 0);
	(void)snprintf(file, sizeof(file), "%s#%s\n%s#%s\n", PAIR("1"), sum[0],
	    PAIR("0"), sum[1]);
	assert_int_equal(read_file(span_text(file), &w), 0);
	assert_string_equal(w.text, PAIR("<0;1>"));
}

/* Specter-DIY's line: with its branches, in its own form, without. */
static void
test_specter_line(void **state)
{
	static const char *const line[] = {
		"addwallet Family&" PAIR("<0;1>"), "Family&" PAIR("{0,1}"),
		"addwallet Family&wsh(sortedmulti(2," MAIN_A "," MAIN_B "))\n"
	};
	struct wallet_file w;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(line) / sizeof(line[0]); i++) {
		assert_int_equal(read_file(span_text(line[i]), &w), 0);
		assert_string_equal(w.text, PAIR("<0;1>"));
		assert_string_equal(w.name, "Family");
		assert_string_equal(w.form, "Specter-DIY");
	}
	assert_int_equal(read_file(span_text("addwallet F&wsh(x)#qqqqqqqq"),
	    &w), ERR_CHECKSUM);
	assert_null(job_sniff(span_text("addwallet Family")));
}

/* What sorted keys alone can say, what two branches can. */
static void
test_cannot_say(void **state)
{
	static const struct { const char *form; enum err want; } t[] = {
		{ "descriptors", 0 }, { "core", 0 }, { "bsms", 0 },
		{ "specter", 0 }, { "policy", 0 },
		{ "coldcard", ERR_CANNOT_SAY }, { "sparrow", ERR_CANNOT_SAY },
		{ "caravan", ERR_CANNOT_SAY },
	};
	static const char file[] = "{\"name\":\"n\",\"descriptor\":\"wsh("
	    "and_v(v:pk(" MAIN_A "/<0;1>/*),pk(" MAIN_B "/<0;1>/*)))\"}";
	static uint8_t text[4096];
	struct session session = { .network = NET_MAIN };
	struct job_tell tell = { .from = 0 };
	struct pubring ring;
	struct intent intent;
	struct fault f;
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
	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		tell.form = span_text(t[i].form);
		s = sink_to_buf(text, sizeof(text));
		assert_int_equal(wallet_job.tell(req, &tell, &arena, &s),
		    t[i].want);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_private_keys),
		cmocka_unit_test(test_where),
		cmocka_unit_test(test_core),
		cmocka_unit_test(test_odd_files),
		cmocka_unit_test(test_specter_line),
		cmocka_unit_test(test_cannot_say),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
