#include <sys/wait.h>

#include <signal.h>
#include <unistd.h>

#include "core/crypto/hash.h"
#include "core/crypto/secp.h"
#include "tests/vectors.h"

/* There in a build with the undefined behaviour sanitizer. */
void __ubsan_handle_nonnull_arg(void *) __attribute__((__weak__));

static const char order[] = "fffffffffffffffffffffffffffffffe"
    "baaedce6af48a03bbfd25e8cd0364141";
static const char generator[] = "0279be667ef9dcbbac55a06295ce870b"
    "07029bfcdb2dce28d959f2815b16f81798";

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
	struct secret32 blind = { { 1, 2, 3 } };

	(void)state;
	if (secp_init(NULL) != 0)
		return -1;
	/* A second time, with blinding, as the keeper does it. */
	return secp_init(&blind) == 0 ? 0 : -1;
}

static void
test_secret_to_public(void **state)
{
	struct secret32 k = secret_of(1), none = secret_of(0);
	struct pubkey p, g;

	(void)state;
	unhex(generator, g.b, 33);
	assert_int_equal(pub_of_secret(&k, &p), 0);
	assert_memory_equal(p.b, g.b, 33);
	assert_int_equal(pub_of_secret(&none, &p), ERR_KEY);
	unhex(order, k.b, 32);
	assert_int_equal(pub_of_secret(&k, &p), ERR_KEY);
	k.b[31]--;
	assert_int_equal(pub_of_secret(&k, &p), 0);
	g.b[0] = 3;	/* n - 1 is the negative of 1 */
	assert_memory_equal(p.b, g.b, 33);
}

static void
test_public_keys_in_their_forms(void **state)
{
	uint8_t full[65];
	struct pubkey p, g;
	struct xonly x;

	(void)state;
	unhex(generator, g.b, 33);
	unhex("0479be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f8"
	    "1798483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10"
	    "d4b8", full, 65);
	assert_int_equal(pub_check(&g), 0);
	assert_int_equal(pub_of_span(SPAN_OF(g.b), &p), 0);
	assert_memory_equal(p.b, g.b, 33);
	assert_int_equal(pub_of_span(SPAN_OF(full), &p), 0);
	assert_memory_equal(p.b, g.b, 33);
	x = xonly_of_pub(&g);
	assert_memory_equal(x.b, g.b + 1, 32);
	assert_int_equal(xonly_check(&x), 0);
	/* hybrid, off the curve, cut short, empty */
	full[0] = 6;
	assert_int_equal(pub_of_span(SPAN_OF(full), &p), ERR_KEY);
	full[0] = 4;
	full[64] ^= 1;
	assert_int_equal(pub_of_span(SPAN_OF(full), &p), ERR_KEY);
	assert_int_equal(pub_of_span(span_of(full, 33), &p), ERR_KEY);
	assert_int_equal(pub_of_span(span_of(g.b, 32), &p), ERR_KEY);
	assert_int_equal(pub_of_span(span_of(NULL, 0), &p), ERR_KEY);
	g.b[0] = 4;
	assert_int_equal(pub_check(&g), ERR_KEY);
	memset(g.b, 0, 33);
	g.b[0] = 2;
	g.b[32] = 7;	/* BIP32's example of an x that is on no point */
	assert_int_equal(pub_check(&g), ERR_KEY);
	x = xonly_of_pub(&g);
	assert_int_equal(xonly_check(&x), ERR_KEY);
}

static void
test_adding_agrees_on_both_sides_and_has_no_zero(void **state)
{
	struct secret32 k = secret_of(7), t = secret_of(5), n;
	struct pubkey p, want, got;
	struct pubpoint at;
	struct hash32 h;

	(void)state;
	assert_int_equal(pub_of_secret(&k, &p), 0);
	assert_int_equal(secret_add(&k, &t), 0);
	assert_int_equal(k.b[31], 12);
	assert_int_equal(pub_of_secret(&k, &want), 0);
	memcpy(h.b, t.b, 32);
	assert_int_equal(pub_point(&p, &at), 0);
	assert_int_equal(pub_add(&at, &h, &got), 0);
	assert_memory_equal(got.b, want.b, 33);
	/* 12 + (n - 12) is no key, n is no tweak; the secret stays. */
	unhex(order, n.b, 32);
	assert_int_equal(secret_add(&k, &n), ERR_KEY);
	memcpy(h.b, n.b, 32);
	assert_int_equal(pub_point(&want, &at), 0);
	assert_int_equal(pub_add(&at, &h, &got), ERR_KEY);
	n.b[31] = (uint8_t)(n.b[31] - 12);
	assert_int_equal(secret_add(&k, &n), ERR_KEY);
	assert_int_equal(k.b[31], 12);
	memcpy(h.b, n.b, 32);
	assert_int_equal(pub_add(&at, &h, &got), ERR_KEY);
}

/* What is no point is not made one; a signature and its check at once are the
 * same as one after the other. */
static void
test_points_and_sure_signatures(void **state)
{
	const struct secret32 k = secret_of(9), zero = { { 0 } };
	const struct hash32 digest = { { 4, 2 } };
	struct pubkey p, none = { { 2, [32] = 5 } };
	struct sig64 sure, plain;
	struct pubpoint at;

	(void)state;
	assert_int_equal(pub_point(&none, &at), ERR_KEY);
	assert_int_equal(pub_of_secret(&k, &p), 0);
	assert_int_equal(ecdsa_sign_sure(&k, &digest, &sure), 0);
	assert_int_equal(ecdsa_sign(&k, &digest, &plain), 0);
	assert_memory_equal(&sure, &plain, sizeof(sure));
	assert_int_equal(ecdsa_verify(&p, &digest, &sure), 0);
	assert_int_equal(ecdsa_sign_sure(&zero, &digest, &sure), ERR_KEY);
	assert_int_equal(pub_of_secret(&zero, &p), ERR_KEY);
}

/* RFC 6979 with Core's counter, answers computed apart from this library.
 * tries: how often the counter had to be raised. */
static void
test_ecdsa_low_r_known_answers(void **state)
{
	static const struct {
		uint8_t key;
		int tries;
		const char *text, *sig;
	} t[] = {
		{ 1, 1, "Satoshi Nakamoto",
		    "3311d51d1326e30774b2fb1fbfd5e199ebccb43be1db2ce41051eb2d"
		    "75e4b68f44d2ea67486df31a242363de1f835d583620fea148ee422c"
		    "8c80b904b53f5ac3" },
		{ 5, 4, "coldseal 3",
		    "60a6b5996ddd43a0d4d080dd69ffbe5bbe730114e3e99e4055607291"
		    "dff0a9044d999f064eee8304fe42633aec6a8288fd9105aa3c0a9bad"
		    "d10626529c2a7a56" },
		{ 5, 5, "coldseal 36",
		    "2121415315b8ba1e52a28b87908c59160e4548d03baccfa6a10a37bc"
		    "cac7bb102a0300c85dc23e9cd517a096e540534a3e670fb747b0a383"
		    "5dabed4a1b49cea5" } };
	uint8_t want[64];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		struct secret32 k = secret_of(t[i].key);
		struct hash32 h;
		struct sig64 s;
		struct pubkey p;

		sha256(span_text(t[i].text), &h);
		assert_int_equal(ecdsa_sign(&k, &h, &s), 0);
		unhex(t[i].sig, want, 64);
		assert_memory_equal(s.b, want, 64);
		assert_int_equal(pub_of_secret(&k, &p), 0);
		assert_int_equal(ecdsa_verify(&p, &h, &s), 0);
	}
}

static void
test_ecdsa_what_does_not_verify(void **state)
{
	struct secret32 k = secret_of(9), none = secret_of(0);
	struct hash32 h = { { 1 } };
	struct sig64 s, bad;
	struct pubkey p;
	size_t i;

	(void)state;
	assert_int_equal(ecdsa_sign(&none, &h, &s), ERR_KEY);
	assert_int_equal(ecdsa_sign(&k, &h, &s), 0);
	assert_int_equal(pub_of_secret(&k, &p), 0);
	for (i = 0; i < 64; i++) {
		bad = s;
		bad.b[i] ^= 1;
		assert_int_equal(ecdsa_verify(&p, &h, &bad), ERR_MISMATCH);
	}
	h.b[31] ^= 1;
	assert_int_equal(ecdsa_verify(&p, &h, &s), ERR_MISMATCH);
	p.b[0] = 5;
	assert_int_equal(ecdsa_verify(&p, &h, &s), ERR_KEY);
}

/* s and n - s are both valid to the curve: only the low one is taken. */
static void
test_ecdsa_high_s_is_refused(void **state)
{
	struct secret32 k = secret_of(9);
	struct hash32 h = { { 1 } };
	struct sig64 s, high;
	struct pubkey p;
	uint8_t n[32];
	unsigned borrow = 0;
	size_t i;

	(void)state;
	unhex(order, n, 32);
	assert_int_equal(pub_of_secret(&k, &p), 0);
	assert_int_equal(ecdsa_sign(&k, &h, &s), 0);
	high = s;
	for (i = 32; i-- > 0;) {
		unsigned d = 256u + n[i] - s.b[32 + i] - borrow;

		high.b[32 + i] = (uint8_t)d;
		borrow = d < 256;
	}
	assert_int_equal(ecdsa_verify(&p, &h, &high), ERR_MISMATCH);
	assert_int_equal(ecdsa_verify(&p, &h, &s), 0);
}

static void
test_der_there_and_back(void **state)
{
	struct secret32 k = secret_of(3);
	struct hash32 h = { { 0 } };
	uint8_t der[SIG_DER_MAX], zero[64] = { 0 };
	struct sig64 s, back;
	int i;

	(void)state;
	for (i = 0; i < 50; i++) {
		size_t n, cut;

		h.b[0] = (uint8_t)i;
		assert_int_equal(ecdsa_sign(&k, &h, &s), 0);
		n = ecdsa_to_der(&s, der);
		assert_in_range(n, 60, 70);	/* low R, low S */
		assert_int_equal(ecdsa_of_der(span_of(der, n), &back), 0);
		assert_memory_equal(back.b, s.b, 64);
		for (cut = 0; cut < n; cut++)
			assert_int_equal(ecdsa_of_der(span_of(der, cut),
			    &back), ERR_FORM);
		assert_int_equal(ecdsa_of_der(span_of(der, n + 1), &back),
		    ERR_FORM);
	}
	memset(s.b, 0xff, 64);
	assert_int_equal(ecdsa_to_der(&s, der), 0);
	memcpy(s.b, zero, 64);
	assert_int_equal(ecdsa_to_der(&s, der), 8);
	assert_int_equal(ecdsa_of_der(span_of(der, 8), &back), ERR_FORM);
}

static void
der_case(const char *text, bool good)
{
	uint8_t b[80];
	struct sig64 s;
	size_t n = 0;

	if (hex_bytes(span_text(text), b, sizeof(b), &n) != 0 || n < 2)
		return;		/* a heading between the cases */
	/* Without the sighash byte that stands behind each. */
	assert_int_equal(ecdsa_of_der(span_of(b, n - 1), &s),
	    good ? 0 : ERR_FORM);
}

static void
test_der_core_vectors(void **state)
{
	json_t *good = vectors_json("bitcoinjs/core-sig_canonical.json");
	json_t *bad = vectors_json("bitcoinjs/core-sig_noncanonical.json");
	bool about_sighash = false;
	size_t i;

	(void)state;
	/* The first has r = s = 0: well formed, and no signature. */
	for (i = 1; i < json_array_size(good); i++)
		der_case(json_string_value(json_array_get(good, i)), true);
	for (i = 0; i < json_array_size(bad); i++) {
		const char *s = json_string_value(json_array_get(bad, i));

		/* That case is about the byte that der_case takes off. */
		if (!about_sighash)
			der_case(s, false);
		about_sighash = strcmp(s, "hashtype:") == 0;
	}
	json_decref(good);
	json_decref(bad);
}

/* BIP340's first vector. */
static void
test_schnorr_known_answer(void **state)
{
	struct secret32 k = secret_of(3), none = secret_of(0);
	struct hash32 h = { { 0 } };
	struct sig64 s;
	struct pubkey p;
	struct xonly x;
	uint8_t want[64];

	(void)state;
	assert_int_equal(schnorr_sign(&none, &h, &s), ERR_KEY);
	assert_int_equal(schnorr_sign(&k, &h, &s), 0);
	unhex("e907831f80848d1069a5371b402410364bdf1c5f8307b0084c55f1ce2dca82"
	    "1525f66a4a85ea8b71e482a74f382d2ce5ebeee8fdb2172f477df4900d310536"
	    "c0", want, 64);
	assert_memory_equal(s.b, want, 64);
	assert_int_equal(pub_of_secret(&k, &p), 0);
	x = xonly_of_pub(&p);
	assert_int_equal(schnorr_verify(&x, &h, &s), 0);
	s.b[40] ^= 1;
	assert_int_equal(schnorr_verify(&x, &h, &s), ERR_MISMATCH);
	memset(x.b, 0xff, 32);
	assert_int_equal(schnorr_verify(&x, &h, &s), ERR_KEY);
}

/* One line of BIP340's table: where the message is a digest. */
static bool
bip340_row(char *line)
{
	char *cell[8] = { NULL }, *at = line;
	struct secret32 k;
	struct hash32 h;
	struct sig64 s, want;
	struct xonly x;
	size_t i;
	enum err e;

	for (i = 0; i < 8; i++)
		cell[i] = strsep(&at, ",");
	if (cell[6] == NULL || strlen(cell[4]) != 64)
		return false;
	unhex(cell[2], x.b, 32);
	unhex(cell[4], h.b, 32);
	unhex(cell[5], want.b, 64);
	e = schnorr_verify(&x, &h, &want);
	if (strcmp(cell[6], "TRUE") == 0)
		assert_int_equal(e, 0);
	else
		assert_true(e == ERR_MISMATCH || e == ERR_KEY);
	/* Ours to make again only where the auxiliary bytes are zero. */
	if (strlen(cell[1]) == 64 && strspn(cell[3], "0") == 64) {
		unhex(cell[1], k.b, 32);
		assert_int_equal(schnorr_sign(&k, &h, &s), 0);
		assert_memory_equal(s.b, want.b, 64);
	}
	return true;
}

static void
test_schnorr_bip340_vectors(void **state)
{
	char path[1024], line[2048];
	size_t n = 0;
	FILE *f;

	(void)state;
	vectors_path("bip340.csv", path, sizeof(path));
	assert_non_null(f = fopen(path, "r"));
	while (fgets(line, sizeof(line), f) != NULL)
		n += bip340_row(line);
	(void)fclose(f);
	assert_int_equal(n, 15);
}

/* A broken promise to the library ends the process, without a word. */
static void
test_misuse_ends_the_process_silently(void **state)
{
	int fd[2], status = 0;
	pid_t pid;
	char c;

	(void)state;
	/* The sanitizer sees the NULL before the library can. */
	if (__ubsan_handle_nonnull_arg != NULL)
		skip();
	assert_int_equal(pipe(fd), 0);
	assert_true((pid = fork()) >= 0);
	if (pid == 0) {
		struct pubkey p;
		struct span hole = { NULL, 33 };

		(void)dup2(fd[1], 1);
		(void)dup2(fd[1], 2);
		signal(SIGABRT, SIG_DFL);
		_exit(pub_of_span(hole, &p) == 0);
	}
	(void)close(fd[1]);
	assert_int_equal(read(fd[0], &c, 1), 0);
	(void)close(fd[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGABRT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_secret_to_public),
		cmocka_unit_test(test_public_keys_in_their_forms),
		cmocka_unit_test(
		    test_adding_agrees_on_both_sides_and_has_no_zero),
		cmocka_unit_test(test_points_and_sure_signatures),
		cmocka_unit_test(test_ecdsa_low_r_known_answers),
		cmocka_unit_test(test_ecdsa_what_does_not_verify),
		cmocka_unit_test(test_ecdsa_high_s_is_refused),
		cmocka_unit_test(test_der_there_and_back),
		cmocka_unit_test(test_der_core_vectors),
		cmocka_unit_test(test_schnorr_known_answer),
		cmocka_unit_test(test_schnorr_bip340_vectors),
		cmocka_unit_test(test_misuse_ends_the_process_silently),
	};

	return cmocka_run_group_tests_name("secp", tests, setup, NULL);
}
