/* BIP129: every record of its vectors, sealed and not; what is refused. */
#include "tests/unit/arena_setup.h"
#include "tests/vectors.h"

#include "core/chain/bitcoin/bsms.h"
#include "core/encode/hex.h"

/* The text behind this mark, up to the end of its line. */
static struct span
after(const char *at, const char *mark)
{
	const char *p = strstr(at, mark);

	if (p == NULL)
		return (struct span){ 0 };
	p += strlen(mark);
	return span_of(p, strcspn(p, "\n"));
}

static char *
slurp_vectors(void)
{
	char path[1024], *p = calloc(1, 1 << 17);
	FILE *f;

	vectors_path("bip129.txt", path, sizeof(path));
	assert_non_null(f = fopen(path, "rb"));
	assert_non_null(p);
	assert_true(fread(p, 1, (1 << 17) - 1, f) > 0);
	(void)fclose(f);
	return p;
}

/* A record as it stands there: so many lines from here. */
static struct span
record_at(const char *at, size_t lines)
{
	const char *end = at;

	while (lines-- > 0)
		end = strchr(end, '\n') + 1;
	return span_of(at, (size_t)(end - at) - 1);
}

static void
check_signed(struct span file)
{
	struct bsms_record r;
	char *bent;
	size_t i;

	assert_int_equal(bsms_kind(file), BSMS_KEY);
	assert_int_equal(bsms_record_read(file, &r), 0);
	assert_int_equal(bsms_verify(&r), 0);
	assert_true(r.k.has_origin);
	/* The control: one letter of what is signed. */
	assert_non_null(bent = malloc(file.n));
	memcpy(bent, file.p, file.n);
	i = (size_t)(r.label.p - file.p);
	bent[i] ^= 1;
	assert_int_equal(bsms_record_read(span_of(bent, file.n), &r), 0);
	assert_int_equal(bsms_verify(&r), ERR_MISMATCH);
	free(bent);
}

/* What stands sealed behind it is this record, under this token. */
static void
check_sealed(const char *at, struct span file, struct span token)
{
	struct span sealed = after(at, ".dat: "), open;
	struct span both[2] = { span_text("00000000000000000000000000000000"),
	    token };
	struct bsms_token t;
	uint8_t out[8192];
	struct sink s = sink_to_buf(out, sizeof(out));

	assert_true(bsms_is_sealed(sealed));
	assert_int_equal(bsms_open(sealed, both, 2, &arena, &open), 0);
	assert_true(span_eq(open, file));
	assert_int_equal(bsms_open(sealed, both, 1, &arena, &open),
	    ERR_CHECKSUM);
	assert_int_equal(bsms_token_read(token, &t), 0);
	assert_int_equal(bsms_seal(&t, file, &arena, &s), 0);
	assert_true(span_eq(span_of(out, s.total), sealed));
	arena_clear(&arena);
}

static void
test_vectors(void **state)
{
	char *text = slurp_vectors(), *at = text, *next;
	struct span tokens[8], file;
	size_t nkey = 0, nsealed = 0, nwallet = 0;

	(void)state;
	while ((at = strstr(at, "BSMS 1.0\n")) != NULL) {
		if (at[9] == 'w' || at[9] == 's') {
			assert_int_equal(bsms_kind(record_at(at, 4)),
			    BSMS_WALLET);
			nwallet++;
			at += 9;
			continue;
		}
		file = record_at(at, 5);
		check_signed(file);
		tokens[nkey % 8] = record_at(at + 9, 1);
		if ((next = strstr(at + 9, "BSMS 1.0\n")) != NULL &&
		    tokens[nkey % 8].n > 2) {
			check_sealed(at, file, tokens[nkey % 8]);
			nsealed++;
		}
		nkey++;
		at += 9;
	}
	assert_int_equal(nkey, 9);
	assert_int_equal(nsealed, 5);
	assert_int_equal(nwallet, 4);
	free(text);
}

/* Second rounds: one file for all, or one for each of three. */
static void
test_sealed_wallets(void **state)
{
	static const char *const token[] = { "a54044308ceac9b7",
	    "108a2360adb302774eb521daebbeda5e",
	    "d3fabc873b98165254fe18a71b5335b0",
	    "78a7d5e7549453d719150de5459c9ce5" };
	struct span all[4], sealed, open;
	char *text = slurp_vectors(), *at = text;
	size_t i, n = 0;

	(void)state;
	for (i = 0; i < 4; i++)
		all[i] = span_text(token[i]);
	while ((at = strstr(at, "** my_multisig_wallet")) != NULL) {
		sealed = after(at, ".dat: ");
		if (strchr(at, '\n') > strstr(at, ".dat: ")) {
			assert_int_equal(bsms_open(sealed, all, 4, &arena,
			    &open), 0);
			assert_int_equal(bsms_kind(open), BSMS_WALLET);
			arena_clear(&arena);
			n++;
		}
		at++;
	}
	assert_int_equal(n, 4);
	free(text);
}

#define KEY "[59865f44/48'/0'/0'/2']026d15412460ba0d881c21837bb9992338960" \
    "85a9ed4e5445bd637c10e579768ba"

static void
test_refused(void **state)
{
	static const struct { const char *file; enum bsms_kind kind;
	    enum err want; } t[] = {
		{ "BSMS 1.0\n00", BSMS_INVITATION, 0 },
		{ "BSMS 1.0\r\n00\r\n", BSMS_INVITATION, 0 },
		{ "BSMS 1.0\na54044308ceac9b7\nm/48'/0'/0'/2'\nAnna",
		    BSMS_INVITATION, 0 },
		{ "BSMS 1.0\n00\n73c5da0a/48h/1h/0h/2h", BSMS_INVITATION,
		    0 },
		{ "BSMS 1.0\n00\nm/84'/0'/0'/0/5", BSMS_INVITATION,
		    ERR_RANGE },
		{ "BSMS 1.0\n00\nm", BSMS_INVITATION, ERR_RANGE },
		{ "BSMS 1.0\n00\nm/48'\na\tb", BSMS_INVITATION,
		    ERR_RANGE },
		{ "BSMS 1.0\n00\nm/48'\na\nmore", BSMS_INVITATION,
		    ERR_FORM },
		{ "BSMS 1.0\n00\n\nm/48'", BSMS_WALLET, 0 },
		{ "BSMS 1.0\na540", BSMS_WALLET, 0 },
		{ "BSMS 2.0\n00", BSMS_NOT, 0 },
		{ "BSMS 1.0\n00\n" KEY "\nlabel", BSMS_KEY, ERR_FORM },
		{ "BSMS 1.0\n00\n" KEY "/0/*\nlabel\nAAAA", BSMS_KEY,
		    ERR_FORM },
		{ "BSMS 1.0\n00\n[59865f44]x\nlabel\nAAAA", BSMS_KEY,
		    ERR_FORM },
	};
	struct bsms_invitation v;
	struct bsms_record r;
	struct span file;
	size_t i;
	enum err e = 0;

	(void)state;
	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		file = span_text(t[i].file);
		assert_int_equal(bsms_kind(file), t[i].kind);
		if (t[i].kind == BSMS_INVITATION)
			e = bsms_invitation_read(file, &v);
		else if (t[i].kind == BSMS_KEY)
			e = bsms_record_read(file, &r);
		else
			continue;
		if (e != t[i].want)
			fail_msg("%s: %s", t[i].file, err_text(e));
	}
	assert_false(bsms_is_sealed(span_text("70736274ff")));
}

/* The vectors' signers, joined by us: the descriptor and the first address
 * that they give. */
static void
joined(const char *from, size_t nkey, const char *script, uint32_t need)
{
	struct arena memory = { malloc(1 << 16), 1 << 16, 0 };
	struct session session = { .network = NET_MAIN, .arena = &memory };
	struct job_join j = { .form = span_text("plain"),
	    .script = span_text(script), .need = need };
	static uint8_t out[8192];
	struct sink s = sink_to_buf(out, sizeof(out));
	struct span want;
	enum err e;
	size_t i;

	for (i = 0; i < nkey; i++) {
		from = strstr(from + 1, "BSMS 1.0\n");
		assert_int_equal(session_keep(&session, &session.piece,
		    record_at(from, 5)), 0);
	}
	from = strstr(strstr(from + 1, "** my_multisig_wallet"), "BSMS 1.0");
	want = record_at(from, 4);
	if ((e = bsms_join(&session, &j, &arena, &s)) != 0)
		fail_msg("%s", err_text(e));
	assert_string_equal(j.file, "wallet.bsms");
	/* One of them was written with a checksum, one with keys that are not
	 * sorted. */
	if (need == 2 && nkey == 3)
		assert_memory_equal(out + 29 + 6, want.p + 29, 380);
	else if (memchr(want.p, '#', want.n) == NULL)
		assert_memory_equal(out, want.p, want.n);
	else
		assert_true(span_eq(span_of(out + s.total - 63, 62),
		    span_of(want.p + want.n - 62, 62)));
	free(memory.base);
	arena_clear(&arena);
}

static void
test_joined(void **state)
{
	char *text = slurp_vectors();

	(void)state;
	joined(strstr(text, "NO_ENCRYPTION with"), 2, "P2WSH", 1);
	joined(strstr(text, "NO_ENCRYPTION="), 2, "P2WSH", 2);
	joined(strstr(text, "STANDARD"), 2, "P2WSH", 2);
	joined(strstr(text, "EXTENDED"), 3, "P2SH-P2WSH", 2);
	free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_vectors),
		cmocka_unit_test(test_sealed_wallets),
		cmocka_unit_test(test_joined),
		cmocka_unit_test(test_refused),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
