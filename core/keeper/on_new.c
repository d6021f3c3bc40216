/* A new key: fed, shown once, asked for, loaded.  The words leave in the reply
 * to WORDS and in no other, and what is asked for is checked here. */
#include "core/keeper/state.h"
#include "core/proc/random.h"

static void
put_tally(const struct new_key *n, struct sink *reply)
{
	struct entropy_tally t = entropy_tally(&n->entropy);
	int s;

	put_u32le(reply, t.have);
	put_u32le(reply, t.need);
	for (s = 0; s < SOURCES; s++)
		put_u32le(reply, t.events[s]);
}

enum err
keeper_on_new_key(struct keeper *k, struct span body, struct sink *reply,
    struct fault *f)
{
	struct reader r = reader_of(body);
	enum entropy_mode mode = (enum entropy_mode)read_u8(&r);
	unsigned words = read_u8(&r);
	bool bare = read_u8(&r) != 0;
	enum err e;

	if ((e = reader_done(&r)) != 0 ||
	    (e = keeper_room(k, f)) != 0 ||
	    (e = entropy_begin(&k->made.entropy, mode, words)) != 0)
		return e;
	if (bare && words != 12 && words != 24)
		return ERR_RANGE;
	k->made.bare = bare;
	k->made.stage = MAKING_FEED;
	put_tally(&k->made, reply);
	return 0;
}

enum err
keeper_on_feed(struct keeper *k, struct span body, struct sink *reply,
    struct fault *f)
{
	struct entropy *en = &k->made.entropy;
	struct reader r = reader_of(body);
	enum entropy_source s = (enum entropy_source)read_u8(&r);
	struct span part = read_span(&r, reader_left(&r));
	enum err e;

	if ((e = reader_done(&r)) != 0 ||
	    (e = entropy_feed(en, s, part, f)) != 0)
		return e;
	put_tally(&k->made, reply);
	return 0;
}

enum err
keeper_on_unfeed(struct keeper *k, struct span body, struct sink *reply,
    struct fault *f)
{
	(void)body;
	(void)f;
	entropy_undo(&k->made.entropy);
	put_tally(&k->made, reply);
	return 0;
}

static enum err
hash(struct new_key *made, struct seed *seed, struct fault *f)
{
	struct entropy *en = &made->entropy;
	struct secret32 kernel = { { 0 } }, out = { { 0 } };
	enum err e;

	if (en->mode == ENTROPY_MIXED)
		keeper_chance(&kernel, sizeof(kernel));
	if ((e = entropy_end(en, &kernel, &out, &seed->n, f)) == 0)
		memcpy(seed->b, out.b, sizeof(out.b));
	wipe(&kernel, sizeof(kernel));
	wipe(&out, sizeof(out));
	return e;
}

/* The words go out, this once. */
static enum err
show(struct new_key *made, const struct seed *seed, struct sink *reply)
{
	char text[RESTORE_TEXT_MAX];
	enum err e;

	if ((e = restore_new(made->entropy.words, span_of(seed->b, seed->n),
	    &made->m)) != 0)
		return e;
	wipe(&made->entropy, sizeof(made->entropy));
	restore_text(&made->m, text);
	ct_public(text, sizeof(text));		/* the owner reads them */
	put_text(reply, text);
	wipe(text, sizeof(text));
	made->stage = MAKING_SHOWN;
	return 0;
}

/* A seed without words is at hand at once, for its shares are made of it. */
static enum err
take_bare(struct keeper *k, const struct seed *seed, struct sink *reply,
    struct fault *f)
{
	struct seedkey key = { 0 };
	enum err e;

	if ((e = restore_seed(seed, &key, f)) == 0)
		keeper_take(k, &key, reply);
	wipe(&key, sizeof(key));
	wipe(&k->made, sizeof(k->made));
	return e;
}

/* What is skewed is thrown away whole: it does not get better by more. */
enum err
keeper_on_words(struct keeper *k, struct span body, struct sink *reply,
    struct fault *f)
{
	struct entropy *en = &k->made.entropy;
	struct seed seed = { 0 };
	enum err e;

	(void)body;
	if ((e = hash(&k->made, &seed, f)) == ERR_REFUSED)
		e = entropy_begin(en, en->mode, en->words) == 0 ? e :
		    ERR_INTERNAL;
	else if (e == 0)
		e = k->made.bare ? take_bare(k, &seed, reply, f) :
		    show(&k->made, &seed, reply);
	wipe(&seed, sizeof(seed));
	return e;
}

/* Below n, each as likely as the others. */
static uint8_t
below(uint8_t n)
{
	uint8_t b;

	do {
		random_bytes(&b, 1);
	} while (b >= 256 / n * n);
	return (uint8_t)(b % n);
}

/* Which words are asked for: so many of them anywhere, or all in order. */
enum err
keeper_on_quiz(struct keeper *k, struct span body, struct sink *reply,
    struct fault *f)
{
	struct new_key *made = &k->made;
	struct reader r = reader_of(body);
	uint8_t want = read_u8(&r), i, j, swap;
	uint8_t words = (uint8_t)made->m.n;
	enum err e;

	if ((e = reader_done(&r)) != 0)
		return e;
	if (want == 0 || want > words) {
		fault_set(f, 0, "%u words are asked for", want);
		return ERR_RANGE;
	}
	for (i = 0; i < words; i++)
		made->ask[i] = i;
	for (i = 0; i < want && want < words; i++) {
		j = (uint8_t)(i + below((uint8_t)(words - i)));
		swap = made->ask[i];
		made->ask[i] = made->ask[j];
		made->ask[j] = swap;
	}
	made->nask = want;
	made->at = 0;
	put_u8(reply, want);
	put_span(reply, span_of(made->ask, want));
	return 0;
}

/* How many are left, and after the last one the key is loaded.  After a wrong
 * one there is no quiz any more, and another has to be begun. */
enum err
keeper_on_answer(struct keeper *k, struct span body, struct sink *reply,
    struct fault *f)
{
	struct new_key *made = &k->made;
	uint32_t wrong;
	enum err e;

	if (made->at >= made->nask)
		return ERR_STATE;
	wrong = (uint32_t)restore_index(&made->m, body) ^
	    made->m.w[made->ask[made->at]];
	wrong = ~ct_zero(wrong);
	ct_public(&wrong, sizeof(wrong));	/* the owner is told */
	if (wrong != 0) {
		fault_set(f, made->ask[made->at], "word %u",
		    made->ask[made->at] + 1u);
		made->nask = 0;
		return ERR_MISMATCH;
	}
	put_u8(reply, (uint8_t)(made->nask - ++made->at));
	if (made->at < made->nask)
		return 0;
	if ((e = keeper_load(k, &made->m, span_of(NULL, 0), reply, f)) == 0)
		made->stage = MAKING_NAMED;
	return e;
}

/* The same words under a passphrase: one more key. */
enum err
keeper_on_passphrase(struct keeper *k, struct span body, struct sink *reply,
    struct fault *f)
{
	return keeper_load(k, &k->made.m, body, reply, f);
}

enum err
keeper_on_end_new(struct keeper *k, struct span body, struct sink *reply,
    struct fault *f)
{
	(void)body;
	(void)reply;
	(void)f;
	wipe(&k->made, sizeof(k->made));
	return 0;
}
