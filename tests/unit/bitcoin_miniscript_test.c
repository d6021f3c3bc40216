/* Miniscript: types, scripts, limits, witnesses, words (BIP379). */
#include "tests/vectors.h"

#include "core/chain/bitcoin/ms_ask.h"

#define ARENA ((size_t)8 << 20)
#define KEYS 16

/* Keys as they stand, or the letters A to P for made-up ones. */
struct ring {
	struct pubkey	key[KEYS];
	size_t		n;
};

static struct arena arena;

static enum err
read_key(void *ctx, struct span text, uint32_t *number)
{
	struct ring *r = ctx;
	size_t n = 0, i;
	struct pubkey k = { { 2 } };
	enum err e = 0;

	if (text.n == 1)
		memset(k.b + 1, text.p[0], 32);
	else
		e = hex_bytes(text, k.b, sizeof(k.b), &n);
	if (e != 0 || (text.n > 1 && n != sizeof(k.b)))
		return ERR_KEY;
	for (i = 0; i < r->n; i++)
		if (memcmp(&r->key[i], &k, sizeof(k)) == 0)
			break;
	if (i == r->n && r->n == KEYS)
		return ERR_RANGE;
	r->key[i] = k;
	r->n += i == r->n;
	*number = (uint32_t)i;
	return 0;
}

static enum err
parse(const char *text, bool tap, struct ring *r, struct ms **m)
{
	struct scan s = { span_text(text), 0 };
	struct ms_keys keys = { read_key, r, tap };
	enum err e;

	arena_clear(&arena);
	r->n = 0;
	if ((e = ms_read(&s, &keys, &arena, m)) != 0)
		return e;
	return scan_end(&s) ? ERR_NONE : ERR_TRAILING;
}

static bool
flag(const json_t *v, const char *name)
{
	const json_t *flags = json_object_get(v, "flags"), *f;
	size_t i;

	json_array_foreach(flags, i, f)
		if (strcmp(json_string_value(f), name) == 0)
			return true;
	return false;
}

static void
check_script(const struct ms *m, const struct ring *r, const char *want)
{
	uint8_t script[4096], same[4096];
	struct sink s = sink_to_buf(script, sizeof(script));
	size_t n;

	ms_put(&s, m, r->key);
	assert_int_equal(s.err, 0);
	assert_int_equal(s.total, ms_cost(m).script);
	assert_int_equal(hex_bytes(span_text(want), same, sizeof(same), &n),
	    0);
	assert_true(span_eq(span_of(script, s.total), span_of(same, n)));
}

static void
check_vector(const json_t *v)
{
	const char *text = vectors_string(v, "ms");
	const char *script = json_string_value(json_object_get(v, "script"));
	const char *ops = json_string_value(json_object_get(v, "ops"));
	const char *items = json_string_value(json_object_get(v, "stack"));
	struct ring r = { .n = 0 };
	struct ms *m;
	enum err e = parse(text, false, &r, &m);
	bool valid = e == 0 && (m->type & TY_B) != 0;

	if (valid != flag(v, "VALID"))
		fail_msg("%s: %d", text, (int)e);
	if (!valid)
		return;
	if (((m->type & TY_m) != 0) != flag(v, "NONMAL") ||
	    ((m->type & TY_s) != 0) != flag(v, "NEEDSIG") ||
	    ((m->type & TY_k) == 0) != flag(v, "TIMELOCKMIX"))
		fail_msg("%s: type %x", text, m->type);
	if (script != NULL)
		check_script(m, &r, script);
	if (ops != NULL && ms_cost(m).ops != (uint32_t)atoi(ops))
		fail_msg("%s: %u opcodes", text, ms_cost(m).ops);
	/* There the script itself is counted, too. */
	if (items != NULL && ms_cost(m).items + 1 != (uint32_t)atoi(items))
		fail_msg("%s: %u items", text, ms_cost(m).items);
}

static void
test_vectors(void **state)
{
	json_t *all = vectors_json("miniscript-p2wsh.json"), *v;
	size_t i;

	(void)state;
	json_array_foreach(all, i, v)
		check_vector(v);
	assert_true(i > 90);
	json_decref(all);
}

static int
setup(void **state)
{
	(void)state;
	arena = (struct arena){ malloc(ARENA), ARENA, 0 };
	return arena.base == NULL;
}

static int
teardown(void **state)
{
	(void)state;
	free(arena.base);
	return 0;
}

static void
name(void *ctx, uint32_t number, struct sink *s)
{
	const struct ring *r = ctx;

	put_u8(s, r->key[number].b[1]);
}

static bool
same(const void *keys, uint32_t a, uint32_t b)
{
	(void)keys;
	return a == b;
}

#define SECRET "66666666666666666666666666666666" \
    "66666666666666666666666666666666"

static const struct { const char *ms, *words; } told[] = {
	{ "multi(2,A,B,C)", "any 2 of A, B, C" },
	{ "pk(A)", "A" },
	{ "and_v(v:pk(A),pk(B))", "A and B" },
	{ "or_d(multi(2,A,B,C),and_v(v:pkh(D),older(52560)))",
	    "any 2 of A, B, C now, or D alone after 52,560 blocks "
	    "(about 1 year)" },
	{ "and_v(v:pk(A),or_d(pk(B),older(10)))",
	    "A and B now, or A alone after 10 blocks (about 100 "
	    "minutes)" },
	{ "or_d(pk(A),and_v(v:pk(B),after(800000)))",
	    "A now, or B alone not before block 800,000" },
	{ "andor(pk(A),older(10),and_v(v:pk(B),pk(C)))",
	    "B and C now, or A alone after 10 blocks (about 100 "
	    "minutes)" },
	{ "or_d(pk(A),and_v(v:pk(B),older(4194305)))",
	    "A now, or B alone after 512 seconds (about 9 minutes)" },
	{ "or_d(pk(A),and_v(v:pk(B),older(1)))",
	    "A now, or B alone after 1 block (about 10 minutes)" },
	/* Of several of which not all are keys, each way is told. */
	{ "thresh(2,pk(A),a:pkh(B),sln:after(1700000000))",
	    "A and B now, or any 1 of A, B not before 2023-11-14 "
	    "22:13 UTC" },
	{ "thresh(2,pk(A),s:pk(B),s:pk(C),sln:older(52560))",
	    "any 2 of A, B, C now, or any 1 of A, B, C after 52,560 "
	    "blocks (about 1 year)" },
	{ "thresh(3,pk(A),s:pk(B),s:pk(C),sln:older(12960))",
	    "A and B and C now, or any 2 of A, B, C after 12,960 "
	    "blocks (about 90 days)" },
	{ "thresh(3,pk(A),s:pk(B),s:pk(C),sln:older(144),sln:older("
	    "288))", "A and B and C now, or any 2 of A, B, C after "
	    "144 blocks (about 24 hours), or any 1 of A, B, C after "
	    "288 blocks (about 2 days)" },
	{ "thresh(2,pk(A),s:pk(B),a:and_n(pk(C),pk(D)))",
	    "A and B, or (A or B) and C and D" },
	{ "thresh(2,pk(A),a:and_n(pk(B),pk(C)),a:and_n(pk(D),pk("
	    "E)),a:and_n(pk(F),pk(G)),a:and_n(pk(H),pk(I)))",
	    "any 2 of these 5 conditions: (1) A; (2) B and C; (3) D "
	    "and E; (4) F and G; (5) H and I" },
	{ "and_v(v:multi(2,A,B,C),pk(D))", "(any 2 of A, B, C) and D" },
	{ "and_v(v:multi(2,A,B,C),older(10))",
	    "any 2 of A, B, C after 10 blocks (about 100 minutes)" },
	{ "thresh(2,multi(2,A,B,C),s:pk(D),s:pk(E))",
	    "D and E, or (D or E) and (any 2 of A, B, C)" },
	{ "or_d(multi(2,A,B,C),pk(D))", "(any 2 of A, B, C), or D" },
	{ "and_v(or_c(pk(B),or_c(pk(C),v:older(1000))),pk(A))",
	    "A and (B or C) now, or A alone after 1,000 "
	    "blocks (about 7 days)" },
	{ "or_d(pk(A),and_v(v:pk(B),and_v(v:older(144),after("
	    "800000))))", "A now, or B alone after 144 blocks (about "
	    "24 hours) and not before block 800,000" },
	{ "and_v(v:pk(A),sha256(" SECRET "))",
	    "A, with the secret whose SHA-256 is 6666 6666 6666 6666 "
	    "6666 6666 6666 6666 6666 6666 6666 6666 6666 6666 6666 "
	    "6666" },
	{ "or_d(pk(A),and_v(v:pk(A),older(10)))",
	    "A (another way that is in it adds nothing)" },
};

#define TOLD (sizeof(told) / sizeof(told[0]))

static void
test_words(void **state)
{
	const char *words;
	struct ring r;
	struct ms_who who = { name, &r, same, NULL };
	struct ms *m;
	size_t i;

	(void)state;
	for (i = 0; i < TOLD; i++) {
		assert_int_equal(parse(told[i].ms, false, &r, &m), 0);
		assert_int_equal(ms_sane(m), MS_FINE);
		assert_int_equal(ms_words(m, &who, &arena, &words), 0);
		assert_string_equal(words, told[i].words);
	}
}

/* Who is there, and how long it has been. */
struct day { uint32_t keys, blocks; bool late, secret; };

static bool
held(const struct ask *x, const struct day *d)
{
	size_t i, n = 0;

	switch (x->kind) {
	case ASK_NEVER:
	case ASK_ALWAYS:
		return x->kind == ASK_ALWAYS;
	case ASK_KEY:
		return (d->keys >> x->key & 1) != 0;
	case ASK_LOCK:
		return x->of->kind == MS_AFTER ? d->late :
		    OLDER_LENGTH(x->of->k) <= d->blocks;
	case ASK_HASH:
		return d->secret;
	case ASK_SOME:
		break;
	}
	for (i = 0; i < x->n; i++)
		n += held(x->sub[i], d);
	return n >= x->k;
}

/* The ways mean what the script means: on every day, for all who may come. */
static void
test_ways(void **state)
{
	static const uint32_t wait[] = { 0, 1, 144, 65535 };
	struct ask *x, *ways;
	struct ring r;
	struct ms_who who = { name, &r, same, NULL };
	struct day d;
	struct ms *m;
	size_t i, w, idle;
	uint32_t n;

	(void)state;
	for (i = 0; i < TOLD; i++) {
		assert_int_equal(parse(told[i].ms, false, &r, &m), 0);
		assert_non_null(x = ask_of(m, &arena));
		assert_int_equal(ask_ways(x, &who, &arena, &ways, &idle), 0);
		for (w = 0; w < 4; w++)
			for (n = 0; n < 4u << r.n; n++) {
				d = (struct day){ n >> 2, wait[w],
				    (n & 1) != 0, (n & 2) != 0 };
				if (held(x, &d) != held(ways, &d))
					fail_msg("%s: %u", told[i].ms, n);
			}
	}
}

static void
test_insane(void **state)
{
	static const struct { const char *ms; enum ms_fault want; } t[] = {
		{ "or_b(pk(A),s:older(10))", MS_FINE },	/* control below */
		{ "older(10)", MS_NO_SIGNATURE },
		{ "or_d(pk(A),older(10))", MS_NO_SIGNATURE },
		{ "and_b(pk(A),a:and_b(older(10),a:older(4194305)))",
		    MS_LOCKS_MIXED },
		{ "and_v(v:pk(A),0)", MS_NOT_WHOLE },
		{ "or_d(pk(A),and_v(v:pk(B),older(65535)))", MS_FINE },
		{ "or_d(pk(A),and_v(v:pk(B),older(65536)))", MS_LOCK_VOID },
		{ "or_d(pk(A),and_v(v:pk(B),older(4194304)))",
		    MS_LOCK_VOID },
		{ "or_d(pk(A),and_v(v:pk(B),older(131077)))",
		    MS_LOCK_OTHER },
		{ "and_v(v:pk(A),or_i(sha256("
		    "0000000000000000000000000000000000000000000000000000"
		    "000000000000),sha256(11111111111111111111111111111111"
		    "11111111111111111111111111111111)))", MS_MALLEABLE },
	};
	struct ring r;
	struct ms *m;
	size_t i;

	(void)state;
	assert_int_equal(parse(t[0].ms, false, &r, &m), ERR_TYPES);
	for (i = 1; i < sizeof(t) / sizeof(t[0]); i++) {
		assert_int_equal(parse(t[i].ms, false, &r, &m), 0);
		if (ms_sane(m) != t[i].want)
			fail_msg("%s: %s", t[i].ms, ms_fault_text(
			    ms_sane(m)));
	}
}

/* Who has signed, and what else holds. */
struct hand { const char *signers; bool lock, preimage; };

static struct span
sig(const void *ctx, const struct pubkey *k)
{
	static const uint8_t sigs[256][72];
	const struct hand *h = ctx;

	return strchr(h->signers, k->b[1]) != NULL ?
	    SPAN_OF(sigs[k->b[1]]) : (struct span){ 0 };
}

static struct span
preimage(const void *ctx, enum ms_kind kind, struct span hash)
{
	static const uint8_t secret[32] = { 7 };
	const struct hand *h = ctx;

	(void)kind;
	(void)hash;
	return h->preimage ? SPAN_OF(secret) : (struct span){ 0 };
}

static bool
met(const void *ctx, uint32_t value)
{
	const struct hand *h = ctx;

	(void)value;
	return h->lock;
}

/* "72 1 0": lengths of the items, the deepest first. */
static void
shape(const struct ms_witness *w, char out[64])
{
	size_t i, o = 0;

	out[0] = '\0';
	for (i = 0; i < w->n; i++)
		o += (size_t)snprintf(out + o, 64 - o, "%s%zu",
		    i == 0 ? "" : " ", w->item[i].n);
}

static void
test_witness(void **state)
{
	static const char decay[] =
	    "or_d(multi(2,A,B,C),and_v(v:pkh(D),older(10)))";
	static const char thresh[] =
	    "thresh(3,pk(A),s:pk(B),s:pk(C),sln:older(10))";
	static const char htlc[] = "andor(pk(A),older(10),and_v(v:pk(B),"
	    "sha256(00000000000000000000000000000000000000000000000000000000"
	    "00000000)))";
	static const struct {
		const char *ms; bool tap; struct hand hand; const char *want;
	} t[] = {
		{ "multi(2,A,B,C)", false, { "AC", 0, 0 }, "0 72 72" },
		{ "multi(2,A,B,C)", false, { "ABC", 0, 0 }, "0 72 72" },
		{ "multi(2,A,B,C)", false, { "B", 0, 0 }, NULL },
		{ "multi_a(2,A,B,C)", true, { "AC", 0, 0 }, "72 0 72" },
		{ "multi_a(2,A,B,C)", true, { "C", 0, 0 }, NULL },
		{ decay, false, { "AB", 0, 0 }, "0 72 72" },
		{ decay, false, { "D", 0, 0 }, NULL },
		{ decay, false, { "D", 1, 0 }, "72 33 0 0 0" },
		{ thresh, false, { "AB", 0, 0 }, NULL },
		{ thresh, false, { "AB", 1, 0 }, "0 0 72 72" },
		{ thresh, false, { "ABC", 0, 0 }, "1 72 72 72" },
		{ htlc, false, { "A", 1, 0 }, "72" },
		{ htlc, false, { "B", 0, 1 }, "32 72 0" },
		{ htlc, false, { "B", 0, 0 }, NULL },
	};
	struct ms_hand hand = { NULL, sig, preimage, met, met };
	struct ms_witness w;
	struct ring r;
	struct ms *m;
	char text[64];
	size_t i;
	enum err e;

	(void)state;
	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		hand.ctx = &t[i].hand;
		assert_int_equal(parse(t[i].ms, t[i].tap, &r, &m), 0);
		e = ms_satisfy(m, r.key, &hand, &arena, &w);
		assert_int_equal(e, t[i].want == NULL ? ERR_MISSING : 0);
		if (e != 0)
			continue;
		shape(&w, text);
		assert_string_equal(text, t[i].want);
	}
}

/* Deeper than a script may be; keys in the wrong place; no such thing. */
static void
test_refused(void **state)
{
	static char deep[400];
	static const struct { const char *ms; bool tap; enum err want; } t[] = {
		{ deep, false, ERR_TOO_LARGE },
		{ "multi_a(2,A,B)", false, ERR_FORM },
		{ "multi(2,A,B)", true, ERR_FORM },
		{ "and_v(v:sortedmulti(1,A),pk(B))", false, ERR_FORM },
		{ "multi(0,A,B)", false, ERR_RANGE },	/* known attack 20 */
		{ "multi(3,A,B)", false, ERR_RANGE },
		{ "thresh(0,pk(A))", false, ERR_RANGE },
		{ "older(0)", false, ERR_RANGE },
		{ "older(01)", false, ERR_FORM },
		{ "pk(A", false, ERR_FORM },
		{ "pk(A))", false, ERR_TRAILING },
		{ "q:pk(A)", false, ERR_NO_SUCH },
		{ "", false, ERR_NO_SUCH },
	};
	struct ring r;
	struct ms *m;
	size_t i;

	(void)state;
	memset(deep, 'n', 300);
	memcpy(deep + 300, ":pk(A)", 7);
	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++)
		if (parse(t[i].ms, t[i].tap, &r, &m) != t[i].want)
			fail_msg("%s", t[i].ms);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_vectors),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_ways),
		cmocka_unit_test(test_insane),
		cmocka_unit_test(test_witness),
		cmocka_unit_test(test_refused),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
