/*
 * monero_files outputs N FILE: an outputs file of N records.
 * monero_files set INPUTS OUTPUTS FILE: an unsigned set of one transaction,
 * and before it all records that it needs.
 *
 * For the published wallet of tests/fixtures/monero ("offline"), to measure
 * with.  Each record is of a transaction of its own.  No chain stands behind
 * them, and the other members of the rings are nobody's; a signer cannot tell.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/chain/monero/frame.h"
#include "core/chain/monero/own.h"
#include "tests/unit/monero_sets.h"
#include "tests/unit/rig_monero.h"

#define AMOUNT 1000000000000u
#define FEE 50000000u			/* an input or an output */
#define RECORD_BYTES 160
#define SET_BYTES 200000

/* The fixtures' peer, who is paid. */
#define PEER_SPEND							\
	"79473286d9ceec18fd3e9a249ceed7ec08a319dd6bc4ddef1444478fc3d9d339"
#define PEER_VIEW							\
	"0e03f9b06d24d74b4208e8a5e0aca2bd96463dea9be5299cf3be2758b120d47f"

static struct rig_monero rig;
static struct noise noise;

static void
must(enum err e, const char *what)
{
	if (e == 0)
		return;
	(void)fprintf(stderr, "monero_files: %s: %s\n", what, err_text(e));
	exit(1);
}

static void *
room(size_t n, size_t size)
{
	void *p = calloc(n, size);

	must(p == NULL ? ERR_SPACE : ERR_NONE, "memory");
	return p;
}

static struct point
hex_point(const char *hex)
{
	struct point p;
	size_t n;

	must(hex_bytes(span_text(hex), p.b, sizeof(p.b), &n), "a key");
	return p;
}

static struct point
any_point(void)
{
	struct scalar k;
	struct point p;

	noise_scalar(&noise, &k);
	must(ed_base(&k, &p), "a point");
	return p;
}

/* P = Hs(8aR || 0) G + B. */
static void
make_record(struct record *r, uint64_t number)
{
	const struct viewer *v = &rig.keys.viewer;
	struct scalar a, s;
	struct point d;

	memcpy(a.b, v->view.b, sizeof(a.b));
	*r = (struct record){ .version = 1, .tx_key = any_point(),
	    .global = 1000 + 20 * number, .amount = AMOUNT,
	    .flags = RECORD_RCT };
	must(derive(&a, &r->tx_key, &d), "a derivation");
	derive_scalar(&d, r->index, &s);
	must(ed_base(&s, &r->key), "a key");
	must(ed_add(&r->key, &v->spend_pub, &r->key), "a key");
}

static struct records
make_records(size_t n)
{
	struct records l = { .total = n, .n = n,
	    .r = room(n, sizeof(*l.r)) };
	size_t i;

	for (i = 0; i < n; i++)
		make_record(&l.r[i], i);
	return l;
}

static void
make_source(struct source *o, const struct record *r)
{
	struct scalar v;
	size_t i;

	*o = (struct source){ .members = RING_MAX, .tx_key = r->tx_key,
	    .index = r->index, .amount = r->amount, .rct = true };
	o->ring.n = RING_MAX;
	o->ring.real = RING_MAX / 2;
	noise_scalar(&noise, &o->mask);
	for (i = 0; i < RING_MAX; i++) {
		o->member[i] = r->global - RING_MAX / 2 + i;
		o->ring.key[i] = any_point();
		o->ring.commit[i] = any_point();
	}
	o->ring.key[o->ring.real] = r->key;
	sc_of_u64(r->amount, &v);
	must(ed_commit(&o->mask, &v, &o->ring.commit[o->ring.real]),
	    "a commitment");
}

static struct construction
make_tx(const struct records *l, size_t outputs)
{
	static uint8_t extra[33 + 11] = { 1 };
	struct construction c = { .nsource = l->n, .ndest = outputs,
	    .nasked = outputs - 1, .nselected = l->n, .flags = 3,
	    .range_type = 3, .bp_version = 4, .nminor = 1 };
	struct point key = any_point();
	uint64_t each = AMOUNT / 2 * l->n / outputs;
	size_t i;

	c.source = room(l->n, sizeof(*c.source));
	c.selected = room(l->n, sizeof(*c.selected));
	c.dest = room(outputs, sizeof(*c.dest));
	c.minor = room(1, sizeof(*c.minor));
	for (i = 0; i < l->n; i++) {
		make_source(&c.source[i], &l->r[i]);
		c.selected[i] = i;
	}
	for (i = 0; i < outputs; i++)
		c.dest[i] = (struct dest){ .amount = each,
		    .spend = hex_point(PEER_SPEND),
		    .view = hex_point(PEER_VIEW) };
	c.asked = c.dest;
	c.change = (struct dest){ .spend = rig.keys.viewer.spend_pub,
	    .view = rig.keys.viewer.view_pub,
	    .amount = AMOUNT * l->n - each * (outputs - 1) -
	    FEE * (l->n + outputs) };
	c.dest[outputs - 1] = c.change;
	memcpy(extra + 1, key.b, sizeof(key.b));
	memcpy(extra + 33, "\x02\x09\x01", 3);
	c.extra = span_of(extra, outputs == 2 ? sizeof(extra) : 33);
	return c;
}

static void
write_sealed(enum frame_kind kind, const struct sink *s, uint8_t *p,
    const char *path)
{
	struct frame like = { .kind = kind, .viewer = &rig.keys.viewer };
	size_t n = s->total + 65536;
	struct arena a = { room(1, n), n, 0 };
	struct span out;
	FILE *f;

	must(s->err, "the plaintext");
	must(frame_seal(&like, kind, span_of(p, s->total), &noise, &a, &out),
	    "the frame");
	f = fopen(path, "wb");
	if (f == NULL || fwrite(out.p, 1, out.n, f) != out.n ||
	    fclose(f) != 0)
		must(ERR_IO, path);
	free(a.base);
}

static void
outputs_file(size_t n, const char *path)
{
	size_t cap = 256 + RECORD_BYTES * n;
	uint8_t *p = room(1, cap);
	struct sink s = sink_to_buf(p, cap);
	struct records l = make_records(n);

	put_span(&s, SPAN_OF(rig.keys.viewer.spend_pub.b));
	put_span(&s, SPAN_OF(rig.keys.viewer.view_pub.b));
	sets_records(&s, &l);
	write_sealed(FRAME_OUTPUTS, &s, p, path);
	free(l.r);
	free(p);
}

static void
set_file(size_t inputs, size_t outputs, const char *path)
{
	uint8_t *p = room(1, SET_BYTES);
	struct sink s = sink_to_buf(p, SET_BYTES);
	struct records l = make_records(inputs);
	struct construction c = make_tx(&l, outputs);
	struct unsigned_set u = { .version = 2, .n = 1, .tx = &c, .list = l };

	sets_put(&s, &u);
	write_sealed(FRAME_UNSIGNED, &s, p, path);
	free(l.r);
	free(c.source);
	free(c.selected);
	free(c.dest);
	free(c.minor);
	free(p);
}

int
main(int argc, char **argv)
{
	struct secret32 seed = { { 0x5a } };
	size_t n;

	must(rig_monero_wallet(&rig, RIG_SPEND, RIG_FILE_KEY), "the wallet");
	noise_begin(&noise, &seed, span_text("bench"), span_text(argv[0]));
	if (argc == 4 && strcmp(argv[1], "outputs") == 0) {
		n = strtoul(argv[2], NULL, 10);
		outputs_file(n, argv[3]);
	} else if (argc == 5 && strcmp(argv[1], "set") == 0) {
		n = strtoul(argv[2], NULL, 10);
		set_file(n, strtoul(argv[3], NULL, 10), argv[4]);
	} else {
		(void)fprintf(stderr, "usage: monero_files outputs N FILE | "
		    "set INPUTS OUTPUTS FILE\n");
		return 2;
	}
	noise_end(&noise);
	return 0;
}
