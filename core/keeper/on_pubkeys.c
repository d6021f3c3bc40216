#include "core/keeper/state.h"

/* The clerk asks whose keys are at hand: public, the same answer. */
enum err
keeper_on_keys(struct keeper *k, struct span body, struct sink *reply,
    struct fault *f)
{
	return keeper_on_fingerprints(k, body, reply, f);
}

static void
put_viewer(struct sink *reply, const struct viewer *v)
{
	put_span(reply, SPAN_OF(v->fpr.b));
	put_span(reply, SPAN_OF(v->view.b));
	put_span(reply, SPAN_OF(v->spend_pub.b));
	put_span(reply, SPAN_OF(v->view_pub.b));
	put_u64le(reply, v->born);
}

/* What the review of a chain with view keys needs: all but spend keys. */
enum err
keeper_on_viewers(struct keeper *k, struct span body, struct sink *reply,
    struct fault *f)
{
	const struct seedkey *key;
	uint8_t n = 0;
	size_t i;
	enum err e = 0;

	(void)body;
	(void)f;
	for (i = 0; i < k->nkey; i++)
		n = (uint8_t)(n + (k->key[i].kind == KEY_MONERO));
	put_u8(reply, n);
	for (i = 0; i < k->nkey && e == 0; i++)
		if (k->key[i].kind == KEY_MONERO &&
		    (e = keeper_open(k, &k->key[i], &key)) == 0)
			put_viewer(reply, &key->u.monero.viewer);
	return e;
}

/* Extended public keys, one for each path asked for, in that order. */
enum err
keeper_on_pubkeys(struct keeper *k, struct span body, struct sink *reply,
    struct fault *f)
{
	struct reader r = reader_of(body);
	size_t i, n = read_count(&r, 5, WANTS_MAX);
	enum err e = 0;

	put_u32le(reply, (uint32_t)n);
	for (i = 0; i < n && r.err == 0 && e == 0; i++) {
		struct keyref ref;
		struct xprv x;
		struct xpub pub;

		read_keyref(&r, &ref);
		if (r.err != 0)
			break;
		if ((e = keeper_derive(k, &ref, &x)) == 0 &&
		    (e = xprv_neuter(&x, &pub)) == 0)
			put_xpub(reply, &pub);
		else
			fault_set(f, i, "path %zu", i);
		wipe(&x, sizeof(x));
	}
	if (e != 0)
		return e;
	return reader_done(&r);
}
