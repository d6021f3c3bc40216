#include "core/clerk/state.h"
#include "core/crypto/cryptonight.h"
#include "core/proc/random.h"

enum err
clerk_ask(struct clerk *c, enum msg m, struct span body, struct fault *f)
{
	enum err e;

	packet_end(&c->ask);
	if ((e = channel_send(c->keeper, m, body, NULL, 0)) != 0 ||
	    (e = channel_recv(c->keeper, ST_ANY, &c->ask)) != 0)
		return e;
	if (c->ask.type == MSG_KEY_FAIL)
		return packet_failure(&c->ask, f);
	return c->ask.type == MSG_KEY_OK ? ERR_NONE : ERR_STATE;
}

/* All keys at hand; the ring learns of those that have extended ones. */
enum err
clerk_ask_keys(struct clerk *c, struct pubring *ring)
{
	struct fault f = { 0 };
	struct reader r;
	size_t i, n;
	enum err e;

	if ((e = clerk_ask(c, MSG_KEYS, span_of(NULL, 0), &f)) != 0)
		return e;
	r = reader_of(c->ask.body);
	n = read_u8(&r);
	if (n > FPR_MAX)
		return ERR_RANGE;
	ring->nfpr = 0;
	for (i = 0; i < n && r.err == 0; i++) {
		struct key_row *key = &c->key[i];

		read_bytes(&r, key->fpr.b, sizeof(key->fpr.b));
		key->kind = (enum key_kind)read_u8(&r);
		if (key->kind == KEY_BIP32)
			ring->fpr[ring->nfpr++] = key->fpr;
	}
	c->nkey = n;
	return reader_done(&r);
}

/* The file key takes a while: once a wallet, not once a file. */
static enum err
file_key(struct clerk *c, struct viewer *v, const struct viewer *old,
    size_t nold)
{
	size_t i, used = c->arena.used;
	enum err e;

	for (i = 0; i < nold; i++)
		if (point_eq(&old[i].spend_pub, &v->spend_pub)) {
			v->file_key = old[i].file_key;
			return 0;
		}
	e = cryptonight(SPAN_OF(v->view.b), &c->arena, &v->file_key);
	arena_back(&c->arena, used);
	return e;
}

enum err
clerk_ask_viewers(struct clerk *c, struct pubring *ring)
{
	struct viewer *old = c->old_viewer;
	struct fault f = { 0 };
	struct reader r;
	size_t i, n, nold = c->nviewer;
	enum err e;

	c->nviewer = 0;
	memcpy(old, c->viewer, sizeof(c->viewer));
	if ((e = clerk_ask(c, MSG_VIEWERS, span_of(NULL, 0), &f)) != 0)
		return e;
	r = reader_of(c->ask.body);
	n = read_u8(&r);
	if (n > FPR_MAX)
		return ERR_RANGE;
	for (i = 0; i < n; i++) {
		struct viewer *v = &c->viewer[i];

		read_bytes(&r, v->fpr.b, sizeof(v->fpr.b));
		read_bytes(&r, v->view.b, sizeof(v->view.b));
		read_bytes(&r, v->spend_pub.b, sizeof(v->spend_pub.b));
		read_bytes(&r, v->view_pub.b, sizeof(v->view_pub.b));
		v->born = read_u64le(&r);
		if ((e = r.err) != 0 ||
		    (e = file_key(c, v, old, nold)) != 0)
			break;
	}
	if (e == 0 && (e = reader_done(&r)) == 0) {
		c->nviewer = n;
		ring->viewer = c->viewer;
		ring->nviewer = n;
	}
	wipe(old, sizeof(c->old_viewer));
	packet_end(&c->ask);
	return e;
}

enum err
clerk_ask_pubkeys(struct clerk *c, const struct wants *w,
    struct pubring *ring, struct fault *f)
{
	uint8_t body[WANTS_MAX * (8 + 4 * PATH_DEPTH) + 4];
	struct sink s = sink_to_buf(body, sizeof(body));
	struct reader r;
	enum err e;
	size_t i;

	if (w->n == 0)
		return 0;
	put_u32le(&s, (uint32_t)w->n);
	for (i = 0; i < w->n; i++)
		put_keyref(&s, &w->ref[i]);
	if (s.err != 0)
		return s.err;
	if ((e = clerk_ask(c, MSG_PUBKEYS, span_of(body, s.total), f)) != 0)
		return e;
	r = reader_of(c->ask.body);
	if (read_u32le(&r) != w->n)
		return ERR_MISMATCH;
	for (i = 0; i < w->n; i++) {
		struct xpub x;

		read_xpub(&r, &x);
		if (r.err != 0)
			break;
		if ((e = pubring_add(ring, &w->ref[i], &x)) != 0)
			return e;
	}
	return reader_done(&r);
}

static enum err
sign_batch(void *ctx, struct sign_item *it, size_t n)
{
	struct clerk *c = ctx;
	static uint8_t body[WIRE_MAX];	/* one batch at a time */
	struct sink s = sink_to_buf(body, sizeof(body));
	struct fault f = { 0 };
	struct reader r;
	enum err e;
	size_t i;

	put_span(&s, SPAN_OF(c->digest.b));
	put_u32le(&s, (uint32_t)n);
	for (i = 0; i < n; i++)
		put_sign_ask(&s, &it[i]);
	if (s.err != 0)
		return s.err;
	if ((e = clerk_ask(c, MSG_SIGN, span_of(body, s.total), &f)) != 0)
		return e;
	r = reader_of(c->ask.body);
	if (read_u32le(&r) != n)
		return ERR_MISMATCH;
	for (i = 0; i < n; i++)
		read_sign_answer(&r, &it[i]);
	return reader_done(&r);
}

/* For blinding and nonces of proofs that the clerk makes itself: they guard
 * amounts and which coin is spent, not the key. */
static enum err
seed(void *ctx, struct secret32 *out)
{
	(void)ctx;
	random_bytes(out, sizeof(*out));
	return 0;
}

struct signatory
clerk_signatory(struct clerk *c)
{
	return (struct signatory){ .sign = sign_batch, .seed = seed,
	    .ctx = c };
}

#define TOLD_STEPS 200		/* finer than a screen can show */

/* Only what has moved: each message is drawn. */
static enum err
tell(struct clerk *c, uint32_t done, uint32_t total)
{
	uint32_t step = total == 0 ? 0 :
	    (uint32_t)((uint64_t)done * TOLD_STEPS / total);
	uint8_t body[8];
	struct sink s = sink_to_buf(body, sizeof(body));

	if (step == c->told)
		return 0;
	c->told = step;
	put_u32le(&s, done);
	put_u32le(&s, total);
	return channel_send(c->front, MSG_PROGRESS,
	    span_of(body, sizeof(body)), NULL, 0);
}

/* Progress out; anything but STOP while busy is refused by the table. */
static enum err
tick(void *ctx, uint32_t done, uint32_t total)
{
	struct clerk *c = ctx;
	enum err e;

	if ((e = tell(c, done, total)) != 0)
		return e;
	while (channel_wait(c->front, 0) == 1) {
		e = channel_recv(c->front, CLERK_WORKING, &c->poke);
		if (e == 0 && c->poke.type == MSG_STOP)
			c->stop = true;
		packet_end(&c->poke);
		if (e == ERR_DEAD)
			return e;
	}
	return c->stop ? ERR_STOPPED : ERR_NONE;
}

struct pace
clerk_pace(struct clerk *c)
{
	c->stop = false;
	c->told = 0;
	return (struct pace){ .tick = tick, .ctx = c };
}
