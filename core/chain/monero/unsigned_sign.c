#include "core/chain/monero/unsigned.h"
#include "core/encode/hex.h"

/* "<64 hex> " for each input, in the transaction's order. */
static void
put_image_text(const struct tx_found *w, size_t n, struct sink *s)
{
	char hex[65];
	size_t i;

	put_varint(s, n * (64 + 3));
	for (i = 0; i < n; i++) {
		hex_text(SPAN_OF(w->coin[w->in_order[i]].image.b), hex);
		put_u8(s, '<');
		put_text(s, hex);
		put_text(s, "> ");
	}
}

/* As it came, but sources and payments in the transaction's order. */
static void
put_construction(const struct construction *c, const struct tx_found *w,
    struct sink *s)
{
	size_t i;

	put_varint(s, c->nsource);
	for (i = 0; i < c->nsource; i++)
		put_span(s, c->source[w->in_order[i]].raw);
	put_span(s, c->change.raw);
	put_varint(s, c->ndest);
	for (i = 0; i < c->ndest; i++)
		put_span(s, c->dest[w->out_order[i]].raw);
	put_span(s, c->selected_raw);
	put_varint(s, c->extra.n);
	put_span(s, c->extra);
	put_span(s, c->tail_raw);
}

/* The transaction's own secret stays here: the number one stands for it. */
static void
put_pending(const struct construction *c, const struct tx_found *w,
    struct sink *s)
{
	static const uint8_t zeros[32];

	put_varint(s, 1);
	put_span(s, w->blob);
	put_u64le(s, 0);			/* dust */
	put_u64le(s, w->fee);
	put_u8(s, 0);				/* dust added to the fee */
	put_span(s, c->change.raw);
	put_span(s, c->selected_raw);
	put_image_text(w, c->nsource, s);
	put_span(s, SPAN_OF(sc_one.b));
	put_varint(s, 0);			/* additional secrets */
	put_span(s, c->asked_raw);
	put_construction(c, w, s);
	put_varint(s, 0);			/* of shared wallets */
	put_span(s, SPAN_OF(zeros));
}

static void
put_pairs(const struct image_ask *ask, size_t n, struct sink *s)
{
	size_t i;

	for (i = 0; i < n; i++) {
		put_varint(s, 2);
		put_span(s, SPAN_OF(ask[i].key.b));
		put_span(s, SPAN_OF(ask[i].image.b));
	}
}

static void
put_signed(const struct unsigned_request *q, struct sink *s)
{
	const struct unsigned_found *w = q->found;
	size_t i, pairs = q->set.list.n;

	put_varint(s, 0);
	put_varint(s, q->set.n);
	for (i = 0; i < q->set.n; i++) {
		put_pending(&q->set.tx[i], &w->tx[i], s);
		pairs += w->tx[i].nback;
	}
	put_varint(s, w->prefix);
	for (i = 0; i < w->prefix; i++)
		put_span(s, SPAN_OF(w->image[i].b));
	put_varint(s, pairs);
	for (i = 0; i < q->set.n; i++)
		put_pairs(w->tx[i].back, w->tx[i].nback, s);
	put_pairs(w->listed, q->set.list.n, s);
}

enum err
signed_plain(const struct unsigned_request *q, struct arena *a,
    struct span *out)
{
	struct sink n = sink_to_count(), s;
	uint8_t *p;

	put_signed(q, &n);
	if ((p = arena_new(a, uint8_t, n.total)) == NULL)
		return ERR_SPACE;
	s = sink_to_buf(p, n.total);
	put_signed(q, &s);
	*out = span_of(p, s.total);
	return s.err;
}

/* The images of the outputs that came with the set. */
static enum err
ask_listed(const struct unsigned_request *q, struct signatory *who,
    struct arena *a)
{
	struct unsigned_found *w = q->found;
	const struct records *l = &q->set.list;
	enum err e;
	size_t i;

	if ((e = images_ask(q->frame.viewer, w->listed, l->n, who, NULL,
	    a)) != 0)
		return e;
	for (i = 0; i < l->n; i++)
		if (l->offset + i < w->prefix)
			w->image[l->offset + i] = w->listed[i].image;
	return 0;
}

static enum err
sign_each(const struct unsigned_request *q, struct signatory *who,
    struct noise *noise, struct pace *pace, struct arena *a)
{
	enum err e;
	size_t i;

	if ((e = ask_listed(q, who, a)) != 0)
		return e;
	for (i = 0; i < q->set.n; i++)
		if ((e = tx_make(q, i, who, noise, a)) != 0 ||
		    (e = pace_tick(pace, (uint32_t)i + 1,
		    (uint32_t)q->set.n)) != 0)
			return e;
	if ((e = signed_plain(q, a, &q->found->plain)) != 0)
		return e;
	return frame_seal(&q->frame, FRAME_SIGNED, q->found->plain, noise, a,
	    &q->found->answer);
}

enum err
unsigned_sign(const struct unsigned_request *q, struct signatory *who,
    struct pace *pace, struct arena *a)
{
	struct secret32 seed;
	struct noise noise;
	enum err e;

	if (!q->found->judged || q->found->answer.n > 0)
		return ERR_STATE;
	if (q->found->refused)
		return ERR_REFUSED;
	if ((e = who->seed(who->ctx, &seed)) != 0)
		return e;
	noise_begin(&noise, &seed, SPAN_OF(q->frame.viewer->view.b),
	    q->frame.plain);
	e = sign_each(q, who, &noise, pace, a);
	noise_end(&noise);
	wipe(&seed, sizeof(seed));
	return e;
}
