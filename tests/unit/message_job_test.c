/* Requests to sign a message: which text is one, and what comes out.  Known
 * attack 34. */
#include "core/job/table.h"
#include "tests/unit/message_rig.h"

#define PATH_A "m/84'/1'/0'/0/0"
#define ADDRESS_A "bcrt1q6rz28mcfaxtmd6v789l9rrlrusdprr9pz3cppk"

/* Not the node's own bytes: it does not grind for a low R here, we always do;
 * it holds them valid. */
#define SIGNATURE "Hz/17FFEqN29uxFd7/piayTRPWMR2WsJ1MyZooHo+RDeAf7+" \
    "CnhTxwr4MoRlH+/RA01t5cfk7k59NgQ40jwWofc="

static void
test_what_is_a_request(void **state)
{
	static const char *const is[] = {
		"a\n" PATH_A,
		"a\n" PATH_A "\n",
		"a\n" PATH_A "\n\n\n",
		"a\r\n" PATH_A "\r\np2wpkh\r\n",
		"\xef\xbb\xbf" "a\n" PATH_A "\n",
		"\n" PATH_A "\n",
		"a\n  m/0  \np2tr",
		"a\nm/84h/1H/0'/0/0\nP2WPKH BIP322\n",
		"a\n[73c5da0a/84'/1'/0'/0/0]\n",
		"a\n" PATH_A "\nno such kind\n",
		"gr\xc3\xbc\xc3\x9f\n" PATH_A "\n",
	};
	static const char *const is_not[] = {
		"", "a", "a\n", PATH_A, PATH_A "\n",
		"a\nb\n",
		"a\nm\n", "a\nm/\n", "a\nm/x\n", "a\n84'/1'/0'/0/0\n",
		"a\nm/2147483648\n", "a\nm/1/\n",
		"a\n\n" PATH_A "\n",
		"a\n" PATH_A "\np2wpkh\nmore\n",
		"a\n" PATH_A "\n\np2wpkh\n",
		"a\r" PATH_A "\r",
		"a\n[73c5da0/84'/1'/0'/0/0]\n", "a\n[73c5da0a]\n",
		"a\n[73c5da0a/84'\n", "a\n[73c5da0x/84']\n",
		"gr\xfc\xdf\n" PATH_A "\n",		/* Latin-1 */
		"\xed\xa0\x80\n" PATH_A "\n",		/* a surrogate */
		"\xc0\xaf\n" PATH_A "\n",		/* overlong */
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(is) / sizeof(is[0]); i++)
		if (job_sniff(span_text(is[i])) != &message_job)
			fail_msg("is a request: %s", is[i]);
	for (i = 0; i < sizeof(is_not) / sizeof(is_not[0]); i++)
		if (job_sniff(span_text(is_not[i])) != NULL)
			fail_msg("is no request: %s", is_not[i]);
}

/* Two certain matches are a refusal: so there must never be two. */
static void
test_no_psbt_is_a_request(void **state)
{
	static const char *const psbts[] = { "forms/wpkh.psbt",
	    "forms/wpkh.b64.psbt", "forms/wpkh.hex.psbt",
	    "forms/wpkh.wrapped.b64.psbt" };
	struct letter *l = *state;
	size_t i;

	for (i = 0; i < 4; i++) {
		arena_clear(&l->a);
		assert_false(message_sniff(fixture(psbts[i], &l->a)));
	}
	/* And a PSBT that was made the message of a request is unclear. */
	assert_null(job_sniff(span_text("cHNidP8BAAoAAAAAAAAAAAAAAA==\n"
	    PATH_A "\n")));
}

static void
test_a_large_text_is_no_request(void **state)
{
	static char text[MESSAGE_FILE_MAX + 2];
	static const char tail[] = "\n" PATH_A;
	size_t n = MESSAGE_FILE_MAX;

	(void)state;
	memset(text, 'a', n);
	memcpy(text + n - (sizeof(tail) - 1), tail, sizeof(tail) - 1);
	assert_ptr_equal(job_sniff(span_of(text, n)), &message_job);
	text[n] = '\n';
	assert_null(job_sniff(span_of(text, n + 1)));
}

static const struct {
	const char		*lines;
	enum spend		 how;
	enum message_form	 form;
} ways[] = {
	{ "m/44'/1'/0'/0/0", SPEND_PKH, MESSAGE_BIP137 },
	{ "m/49'/1'/0'/0/0", SPEND_SH_WPKH, MESSAGE_FULL },
	{ "m/84'/1'/0'/0/0", SPEND_WPKH, MESSAGE_SIMPLE },
	{ "m/86'/1'/0'/0/0", SPEND_TR, MESSAGE_SIMPLE },
	{ "m/84'/1'/0'/0/0\nfull", SPEND_WPKH, MESSAGE_FULL },
	{ "m/84'/1'/0'/0/0\nbip137", SPEND_WPKH, MESSAGE_BIP137 },
	{ "m/84'/1'/0'/0/0\np2wpkh bip137", SPEND_WPKH, MESSAGE_BIP137 },
	{ "m/49'/1'/0'/0/0\np2wpkh-p2sh bip137", SPEND_SH_WPKH,
	    MESSAGE_BIP137 },
	{ "m/49'/1'/0'/0/0\nP2SH-P2WPKH", SPEND_SH_WPKH, MESSAGE_FULL },
	{ "m/44'/1'/0'/0/0\np2pkh bip322", SPEND_PKH, MESSAGE_FULL },
	{ "m/44'/1'/0'/0/0\np2pkh full", SPEND_PKH, MESSAGE_FULL },
	{ "m/86'/1'/0'/0/0\np2tr full", SPEND_TR, MESSAGE_FULL },
	{ "m/86'/1'/0'/0/0\np2tr bip322-full", SPEND_TR, MESSAGE_FULL },
	{ "m/86'/1'/0'/0/0\np2tr\tbip322-simple ", SPEND_TR,
	    MESSAGE_SIMPLE },
	{ "m/0/1\np2pkh", SPEND_PKH, MESSAGE_BIP137 },
};

/* Each way in which a message can be signed: chosen as asked, signed, and
 * held valid by a reader that knows the answer alone. */
static void
test_every_way_is_signed(void **state)
{
	struct letter *l = *state;
	const struct message *m;
	char text[256];
	size_t i;
	enum err e;

	for (i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		arena_clear(&l->a);
		(void)snprintf(text, sizeof(text), "It is mine.\n%s\n",
		    ways[i].lines);
		if ((e = letter_sign(l, letter_copy(l, text))) != 0)
			fail_msg("%s: %s", ways[i].lines, err_text(e));
		m = l->s.req;
		assert_int_equal(m->how, ways[i].how);
		assert_int_equal(m->form, ways[i].form);
		assert_int_equal(l->rig.asked, 1);
		assert_true(l->answer.n > 0);
	}
}

static const struct {
	const char	*lines, *where;
	enum err	 err;
} faults[] = {
	{ "m/1/2\n", "line 3: kind of address", ERR_MISSING },
	{ "m/1/2\nbip137\n", "line 3: kind of address", ERR_MISSING },
	{ PATH_A "\np2wsh\n", "line 3: kind of address", ERR_FORM },
	{ PATH_A "\np2wpkh fool\n", "line 3: kind of address", ERR_FORM },
	{ PATH_A "\nfull p2wpkh\n", "line 3: kind of address", ERR_FORM },
	{ PATH_A "\np2wpkh full bip137\n", "line 3: kind of address",
	    ERR_FORM },
	{ PATH_A "\np2tr bip137\n", "line 3: no such signature for this kind "
	    "of address", ERR_FORM },
	{ PATH_A "\np2pkh simple\n", "line 3: no such signature for this "
	    "kind of address", ERR_FORM },
	{ PATH_A "\np2sh-p2wpkh simple\n", "line 3: no such signature for "
	    "this kind of address", ERR_FORM },
};

static void
test_what_is_refused_in_line_3(void **state)
{
	struct letter *l = *state;
	char text[256];
	size_t i;

	for (i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
		arena_clear(&l->a);
		(void)snprintf(text, sizeof(text), "a\n%s", faults[i].lines);
		assert_int_equal(letter_read(l, letter_copy(l, text)),
		    faults[i].err);
		assert_string_equal(l->s.fault.where, faults[i].where);
		assert_true(l->s.fault.at > 0);
	}
}

/* The frame, exactly; and the line ends of the request are not signed. */
static void
test_the_answer_as_others_read_it(void **state)
{
	static const char want[] =
	    "-----BEGIN BITCOIN SIGNED MESSAGE-----\n"
	    "Hello World\n"
	    "-----BEGIN BITCOIN SIGNATURE-----\n"
	    "mkpZhYtJu2r87Js3pDiWJDmPte2NRZ8bJV\n"
	    SIGNATURE "\n"
	    "-----END BITCOIN SIGNATURE-----\n";
	struct letter *l = *state;

	arena_clear(&l->a);
	assert_int_equal(letter_sign(l, letter_copy(l, "\xef\xbb\xbfHello "
	    "World\r\nm/44'/1'/0'/0/0\r\np2pkh")), 0);
	assert_int_equal(l->answer.n, sizeof(want) - 1);
	assert_memory_equal(l->answer.p, want, l->answer.n);
	assert_string_equal(l->s.job->answers[0].suffix, "-signed.txt");
}

static void
test_whose_key(void **state)
{
	struct letter *l = *state;
	struct rig one = l->rig;

	arena_clear(&l->a);
	assert_int_equal(letter_read(l, letter_copy(l,
	    "a\n[00112233/84'/1'/0'/0/0]\n")), 0);
	assert_true(letter_has(l, "btc.key.none"));
	assert_int_equal(rig_make(&l->rig, &l->s, &l->a), ERR_REFUSED);
	assert_int_equal(rig_add(&l->rig, "legal winner thank year wave "
	    "sausage worth useful legal winner thank yellow", ""), 0);
	assert_int_equal(letter_read(l, letter_copy(l, "a\n" PATH_A "\n")),
	    0);
	assert_true(letter_has(l, "btc.key.several"));
	assert_int_equal(rig_make(&l->rig, &l->s, &l->a), ERR_REFUSED);
	assert_int_equal(letter_sign(l, letter_copy(l,
	    "a\n[73C5DA0A/84'/1'/0'/0/0]\n")), 0);
	assert_int_equal(l->j.verdict, VERDICT_ALLOW);
	l->rig = one;
	l->rig.nkey = 0;
	assert_int_equal(letter_read(l, letter_copy(l, "a\n" PATH_A "\n")),
	    0);
	assert_true(letter_has(l, "btc.key.none"));
	l->rig = one;
}

/* One signature of the one key that is shown, and the rows that say so. */
static void
test_what_the_owner_is_asked(void **state)
{
	struct letter *l = *state;
	const struct intent *in = &l->s.intent;

	arena_clear(&l->a);
	assert_int_equal(letter_read(l, letter_copy(l, "gr\xc3\xbc\xc3\x9f  "
	    "dich\n" PATH_A "\n")), 0);
	assert_int_equal(in->plan.n, 1);
	assert_int_equal(in->plan.row[0].count, 1);
	assert_int_equal(in->nfact, 3);
	assert_string_equal(in->fact[0].to, "gr\\xc3\\xbc\\xc3\\x9f \\x20"
	    "dich");
	assert_string_equal(in->fact[1].to, ADDRESS_A);
	assert_int_equal(in->fact[1].known, KNOWN_PROVEN);
	assert_string_equal(in->fact[1].how, "our key");
	assert_string_equal(in->fact[2].to, "BIP322 simple");
	assert_string_equal(in->job, "bitcoin message");
}

/* What the keeper refuses, or does wrongly, ends without an answer. */
static void
test_a_false_signature_is_not_let_out(void **state)
{
	static const char *const paths[] = { "m/44'/1'/0'/0/0",
	    "m/49'/1'/0'/0/0", "m/84'/1'/0'/0/0", "m/86'/1'/0'/0/0" };
	struct letter *l = *state;
	char text[64];
	size_t i;

	for (i = 0; i < 4; i++) {
		arena_clear(&l->a);
		(void)snprintf(text, sizeof(text), "a\n%s\n", paths[i]);
		l->rig.spoil = true;
		assert_int_equal(letter_sign(l, letter_copy(l, text)),
		    ERR_MISMATCH);
		l->rig.spoil = false;
		assert_false(l->s.job->answers[0].ready(l->s.req));
	}
	arena_clear(&l->a);
	l->rig.fail = ERR_DEAD;
	assert_int_equal(letter_sign(l, letter_copy(l, "a\n" PATH_A)),
	    ERR_DEAD);
	l->rig.fail = 0;
	assert_false(l->s.job->answers[0].ready(l->s.req));
}

/* Any change of any byte of the answer is seen when it is read back. */
static void
test_attack_34_every_flip_of_the_answer(void **state)
{
	struct letter *l = *state;
	struct span out;
	size_t bit, used;
	uint8_t *p;

	arena_clear(&l->a);
	assert_int_equal(letter_sign(l, letter_copy(l, "a b\n" PATH_A)), 0);
	p = arena_new(&l->a, uint8_t, l->answer.n);
	assert_non_null(p);
	memcpy(p, l->answer.p, l->answer.n);
	used = l->a.used;
	for (bit = 0; bit < 8 * l->answer.n; bit++) {
		p[bit / 8] ^= (uint8_t)(1 << bit % 8);
		out = span_of(p, l->answer.n);
		assert_int_not_equal(l->s.job->answers[0].readback(l->s.req,
		    out, &l->a), 0);
		p[bit / 8] ^= (uint8_t)(1 << bit % 8);
		l->a.used = used;
	}
	for (bit = 0; bit < l->answer.n; bit++)
		assert_int_not_equal(l->s.job->answers[0].readback(l->s.req,
		    span_of(p, bit), &l->a), 0);
	assert_int_equal(l->s.job->answers[0].readback(l->s.req,
	    span_of(p, l->answer.n), &l->a), 0);
}

static const char *const whole[] = {
	"Gr\xc3\xbc\xc3\x9f dich\r\nm/84'/1'/0'/0/0\r\np2wpkh\r\n",
	"\xef\xbb\xbfI own this.\n[73c5da0a/86h/1h/0h/0/0]\np2tr full",
	"a\nm/49'/1'/0'/0/1\n",
	"a\nm/44'/1'/0'/0/1\np2pkh bip322\n",
};

/* A copy of exactly its size, so that a sanitizer sees one byte past it. */
static enum err
sign_exactly(struct letter *l, const char *p, size_t n)
{
	uint8_t *copy = malloc(n > 0 ? n : 1);
	enum err e;

	assert_non_null(copy);
	if (n > 0)
		memcpy(copy, p, n);
	arena_clear(&l->a);
	e = letter_sign(l, span_of(copy, n));
	free(copy);
	return e;
}

/* What is cut short or bent is no request, is refused, or is another request
 * whose answer reads back as what it says. */
static void
test_attack_34_every_cut_and_every_bit(void **state)
{
	struct letter *l = *state;
	size_t i, k, n, went = 0, all = 0;
	char text[128];
	enum err e;

	for (i = 0; i < sizeof(whole) / sizeof(whole[0]); i++) {
		n = strlen(whole[i]);
		for (k = 0; k < n + 8 * n; k++, all++) {
			memcpy(text, whole[i], n);
			if (k >= n)
				text[(k - n) / 8] ^= (char)(1 << (k - n) % 8);
			e = sign_exactly(l, text, k < n ? k : n);
			assert_true(e == 0 || e == ERR_UNKNOWN ||
			    e == ERR_FORM || e == ERR_MISSING ||
			    e == ERR_RANGE || e == ERR_REFUSED);
			went += e == 0;
		}
		assert_int_equal(sign_exactly(l, whole[i], n), 0);
	}
	assert_true(went > 0 && went < all);
}

static void
test_every_arena_size(void **state)
{
	struct letter *l = *state;
	size_t n, size = l->a.size, failed = 0;
	enum err e = ERR_SPACE;

	for (n = 0; e != 0; n += 7) {
		l->a.size = n;
		l->a.used = 0;
		e = letter_sign(l, span_text(whole[1]));
		assert_true(e == 0 || e == ERR_SPACE);
		failed += e != 0;
		assert_true(n < size);
	}
	l->a.size = size;
	assert_true(failed > 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_is_a_request),
		cmocka_unit_test(test_no_psbt_is_a_request),
		cmocka_unit_test(test_a_large_text_is_no_request),
		cmocka_unit_test(test_every_way_is_signed),
		cmocka_unit_test(test_what_is_refused_in_line_3),
		cmocka_unit_test(test_the_answer_as_others_read_it),
		cmocka_unit_test(test_whose_key),
		cmocka_unit_test(test_what_the_owner_is_asked),
		cmocka_unit_test(test_a_false_signature_is_not_let_out),
		cmocka_unit_test(test_attack_34_every_flip_of_the_answer),
		cmocka_unit_test(test_attack_34_every_cut_and_every_bit),
		cmocka_unit_test(test_every_arena_size),
	};

	return cmocka_run_group_tests(tests, letter_setup, letter_teardown);
}
