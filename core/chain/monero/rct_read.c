#include "core/chain/monero/rct_read.h"
#include "core/crypto/keccak.h"

static void
expect(struct parse *p, uint64_t want)
{
	if (read_varint(&p->r, 64) != want)
		reader_fail(&p->r, ERR_FORM);
}

static void
point(struct parse *p, struct point *out)
{
	read_bytes(&p->r, out->b, sizeof(out->b));
}

static void
scalar(struct parse *p, struct scalar *out)
{
	read_bytes(&p->r, out->b, sizeof(out->b));
	if (p->r.err == 0 && sc_reduced(out) != 0)
		reader_fail(&p->r, ERR_FORM);
}

static void
input(struct parse *p, struct rct_read_in *in)
{
	size_t i;

	if (read_u8(&p->r) != 2)
		reader_fail(&p->r, ERR_FORM);
	expect(p, 0);
	expect(p, RING_MAX);
	for (i = 0; i < RING_MAX; i++) {
		in->member[i] = read_varint(&p->r, 64);
		if (i > 0 && __builtin_add_overflow(in->member[i],
		    in->member[i - 1], &in->member[i]))
			reader_fail(&p->r, ERR_RANGE);
	}
	point(p, &in->image);
}

#define IN_MIN (3 + RING_MAX + 32)
#define OUT_MIN 35

static void
prefix(struct parse *p, struct rct_read *t)
{
	size_t i;

	expect(p, 2);
	expect(p, 0);
	t->nin = read_varint_count(&p->r, IN_MIN, SET_SOURCES);
	t->in = parse_room(p, t->nin, sizeof(*t->in),
	    _Alignof(struct rct_read_in));
	for (i = 0; i < t->nin && p->r.err == 0; i++)
		input(p, &t->in[i]);
	t->nout = read_varint_count(&p->r, OUT_MIN, BPP_AMOUNTS);
	for (i = 0; i < t->nout && p->r.err == 0; i++) {
		expect(p, 0);
		if (read_u8(&p->r) != 3)
			reader_fail(&p->r, ERR_FORM);
		point(p, &t->out[i].key);
		t->out[i].tag = read_u8(&p->r);
	}
	t->extra = read_span(&p->r, read_varint_count(&p->r, 1, SET_EXTRA));
}

static void
base(struct parse *p, struct rct_read *t)
{
	size_t i;

	if (read_u8(&p->r) != 6)
		reader_fail(&p->r, ERR_FORM);
	t->fee = read_varint(&p->r, 64);
	for (i = 0; i < t->nout; i++)
		read_bytes(&p->r, t->out[i].amount, 8);
	for (i = 0; i < t->nout; i++)
		point(p, &t->out[i].commit);
}

static void
rounds(struct parse *p, size_t n, struct point *out, struct keccak *k)
{
	size_t i;

	expect(p, n);
	for (i = 0; i < n && p->r.err == 0; i++) {
		point(p, &out[i]);
		keccak_put(k, SPAN_OF(out[i].b));
	}
}

static void
proof(struct parse *p, size_t nout, struct bpp *b, struct keccak *k)
{
	const uint8_t *start;
	size_t m = 1;

	b->rounds = 6;
	for (; m < nout; m *= 2)
		b->rounds++;
	expect(p, 1);
	start = p->r.at;
	point(p, &b->a);
	point(p, &b->a1);
	point(p, &b->b);
	scalar(p, &b->r1);
	scalar(p, &b->s1);
	scalar(p, &b->d1);
	if (p->r.err == 0)
		keccak_put(k, span_of(start, 6 * 32));
	rounds(p, b->rounds, b->l, k);
	rounds(p, b->rounds, b->r, k);
}

static void
signatures(struct parse *p, struct rct_read *t)
{
	size_t i, k;

	for (i = 0; i < t->nin && p->r.err == 0; i++) {
		for (k = 0; k < RING_MAX; k++)
			scalar(p, &t->in[i].sig.s[k]);
		scalar(p, &t->in[i].sig.c1);
		point(p, &t->in[i].sig.d8);
	}
	for (i = 0; i < t->nin && p->r.err == 0; i++)
		point(p, &t->in[i].pseudo);
}

static struct span
since(const struct parse *p, const uint8_t *start)
{
	return p->r.err != 0 ? (struct span){ 0 } :
	    span_of(start, (size_t)(p->r.at - start));
}

void
rct_read(struct parse *p, struct rct_read *t)
{
	const uint8_t *start = p->r.at, *at;
	struct hash32 part[3];
	struct keccak k;

	*t = (struct rct_read){ 0 };
	keccak_begin(&k);
	prefix(p, t);
	keccak256(since(p, start), &part[0]);
	at = p->r.at;
	base(p, t);
	keccak256(since(p, at), &part[1]);
	proof(p, t->nout, &t->bpp, &k);
	keccak_end(&k, &part[2]);
	keccak256(span_of(part, sizeof(part)), &t->message);
	signatures(p, t);
	t->whole = since(p, start);
}
