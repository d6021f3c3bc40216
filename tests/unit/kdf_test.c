#include "core/crypto/aes.h"
#include "core/crypto/kdf.h"
#include "tests/vectors.h"

static void
is(const struct secret64 *got, const char *want)
{
	uint8_t w[64];

	unhex(want, w, sizeof(w));
	assert_memory_equal(got->b, w, sizeof(w));
}

/* RFC 4231, cases 1, 2, 6 and 7. */
static void
test_hmac_rfc4231(void **state)
{
	uint8_t key[131];
	struct secret64 m;

	(void)state;
	memset(key, 0x0b, 20);
	hmac_sha512(span_of(key, 20), span_text("Hi There"), &m);
	is(&m, "87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17c"
	    "dedaa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854"
	    );
	hmac_sha512(span_text("Jefe"),
	    span_text("what do ya want for nothing?"), &m);
	is(&m, "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505"
	    "549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737"
	    );
	memset(key, 0xaa, sizeof(key));
	hmac_sha512(SPAN_OF(key), span_text("Test Using Larger Than "
	    "Block-Size Key - Hash Key First"), &m);
	is(&m, "80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f3"
	    "526b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598"
	    );
	hmac_sha512(SPAN_OF(key), span_text("This is a test using a larger "
	    "than block-size key and a larger than block-size data. The key "
	    "needs to be hashed before being used by the HMAC algorithm."), &m);
	is(&m, "e37b6a775dc87dbaa4dfa9f96e5e3ffddebd71f8867289865df5a32d20cdc9"
	    "44b6022cac3c4982b10d5eeb55c3e4de15134676fb6de0446065c97440fa8c6a58"
	    );
}

static void
test_hmac_of_nothing(void **state)
{
	struct secret64 m;

	(void)state;
	hmac_sha512(span_of(NULL, 0), span_of(NULL, 0), &m);
	is(&m, "b936cee86c9f87aa5d3c6f2e84cb5a4239a5fe50480a6ec66b70ab5b1f4ac6"
	    "730c6c515421b327ec1d69402e53dfb49ad7381eb067b338fd7b0cb22247225d47"
	    );
}

/* RFC 6070's inputs with SHA-512, as published widely. */
static void
test_pbkdf2_known_answers(void **state)
{
	struct secret64 k;

	(void)state;
	pbkdf2_sha512(span_text("password"), span_text("salt"), 1, &k);
	is(&k, "867f70cf1ade02cff3752599a3a53dc4af34c7a669815ae5d513554e1c8cf2"
	    "52c02d470a285a0501bad999bfe943c08f050235d7d68b1da55e63f73b60a57fce"
	    );
	pbkdf2_sha512(span_text("password"), span_text("salt"), 2, &k);
	is(&k, "e1d9c16aa681708a45f5c7c4e215ceb66e011a2e9f0040713f18aefdb866d5"
	    "3cf76cab2868a39b9f7840edce4fef5a82be67335c77a6068e04112754f27ccf4e"
	    );
	pbkdf2_sha512(span_text("password"), span_text("salt"), 4096, &k);
	is(&k, "d197b1b33db0143e018b12f3d1d1479e6cdebdcc97c5c0f87f6902e072f457"
	    "b5143f30602641b3d55cd335988cb36b84376060ecd532e039b742a239434af2d5"
	    );
}

/* The same with SHA-256, published as widely. */
static void
test_pbkdf2_sha256_known_answers(void **state)
{
	struct secret32 k, want;

	(void)state;
	pbkdf2_sha256(span_text("password"), span_text("salt"), 1, &k);
	unhex("120fb6cffcf8b32c43e7225256c4f837a86548c92ccc35480805987cb70be1"
	    "7b", want.b, 32);
	assert_memory_equal(k.b, want.b, 32);
	pbkdf2_sha256(span_text("password"), span_text("salt"), 4096, &k);
	unhex("c5e478d59288c841aa530db6845c4c8d962893a001ce4e11a4963873aa9813"
	    "4a", want.b, 32);
	assert_memory_equal(k.b, want.b, 32);
}

/* A password longer than a block, a salt longer than a block. */
static void
test_pbkdf2_long_inputs(void **state)
{
	uint8_t p[200], s[300];
	struct secret64 k;

	(void)state;
	memset(p, 'p', sizeof(p));
	memset(s, 's', sizeof(s));
	pbkdf2_sha512(SPAN_OF(p), SPAN_OF(s), 3, &k);
	is(&k, "8fc849202bf0a25dfb41e7819909b01b1dcc3c27cce4037c475f4c96023ac1"
	    "528861bab1251faad742c8330a308b6cd3a137b8c130bd354bdae4664e38bf84d0"
	    );
}

/* NIST SP 800-38A, F.5.5; then across the end of a counter's byte. */
static void
test_aes256_ctr(void **state)
{
	uint8_t key[32], counter[16], in[64], want[64], out[64], again[64];

	(void)state;
	unhex("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914df"
	    "f4", key, 32);
	unhex("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff", counter, 16);
	unhex("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e"
	    "5130c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c37"
	    "10", in, 64);
	unhex("601ec313775789a5b7a7f504bbf3d228f443e3ca4d62b59aca84e990cacaf5"
	    "c52b0930daa23de94ce87017ba2d84988ddfc9c58db67aada613c2dd08457941"
	    "a6", want, 64);
	aes256_ctr(key, counter, in, sizeof(in), out);
	assert_memory_equal(out, want, sizeof(out));
	aes256_ctr(key, counter, in, 21, again);
	assert_memory_equal(again, want, 21);
	aes256_ctr(key, counter, out, sizeof(out), out);
	assert_memory_equal(out, in, sizeof(out));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_hmac_rfc4231),
		cmocka_unit_test(test_hmac_of_nothing),
		cmocka_unit_test(test_pbkdf2_known_answers),
		cmocka_unit_test(test_pbkdf2_sha256_known_answers),
		cmocka_unit_test(test_pbkdf2_long_inputs),
		cmocka_unit_test(test_aes256_ctr),
	};

	return cmocka_run_group_tests_name("kdf", tests, NULL, NULL);
}
