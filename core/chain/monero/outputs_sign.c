#include "core/chain/monero/outputs.h"

/* offset || account keys || (I, c, r) of each record, in order. */
static void
put_images(const struct outputs_request *q, struct sink *s)
{
	size_t i;

	put_u32le(s, (uint32_t)q->file.list.offset);
	put_span(s, SPAN_OF(q->file.spend.b));
	put_span(s, SPAN_OF(q->file.view.b));
	for (i = 0; i < q->file.list.n; i++) {
		put_span(s, SPAN_OF(q->found->ask[i].image.b));
		put_span(s, SPAN_OF(q->found->ask[i].proof.b));
	}
}

static enum err
images_plain(const struct outputs_request *q, struct arena *a,
    struct span *out)
{
	struct sink n = sink_to_count(), s;
	uint8_t *p;

	put_images(q, &n);
	if ((p = arena_new(a, uint8_t, n.total)) == NULL)
		return ERR_SPACE;
	s = sink_to_buf(p, n.total);
	put_images(q, &s);
	*out = span_of(p, s.total);
	return s.err;
}

static enum err
seal(const struct outputs_request *q, struct signatory *who, struct arena *a)
{
	struct secret32 seed;
	struct span plain;
	struct noise n;
	enum err e;

	if ((e = images_plain(q, a, &plain)) != 0 ||
	    (e = who->seed(who->ctx, &seed)) != 0)
		return e;
	noise_begin(&n, &seed, SPAN_OF(q->frame.viewer->view.b), plain);
	e = frame_seal(&q->frame, FRAME_KEY_IMAGES, plain, &n, a,
	    &q->found->answer);
	noise_end(&n);
	wipe(&seed, sizeof(seed));
	return e;
}

enum err
outputs_sign(const struct outputs_request *q, struct signatory *who,
    struct pace *pace, struct arena *a)
{
	enum err e;

	if (!q->found->judged || q->found->answer.n > 0)
		return ERR_STATE;
	if (q->found->refused)
		return ERR_REFUSED;
	if ((e = images_ask(q->frame.viewer, q->found->ask, q->file.list.n,
	    who, pace, a)) != 0)
		return e;
	return seal(q, who, a);
}

/* Each image was verified against its output when it came; what was written
 * is opened again and holds those very images, in the order asked for. */
enum err
outputs_readback(const struct outputs_request *q, struct span answer,
    struct arena *a)
{
	struct pubring ring = { .viewer = q->frame.viewer, .nviewer = 1 };
	struct fault f = { 0 };
	struct frame g;
	struct span want;
	enum err e;

	if ((e = frame_open(answer, FRAME_KEY_IMAGES, &ring, a, &g,
	    &f)) != 0 || (e = images_plain(q, a, &want)) != 0)
		return e;
	return g.pem == q->frame.pem && span_eq(g.plain, want) ? ERR_NONE :
	    ERR_MISMATCH;
}
