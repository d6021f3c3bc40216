#include <stdio.h>

#include "core/chain/monero/set.h"

#define NONE SIZE_MAX

void
parse_begin(struct parse *p, struct span s, struct arena *a)
{
	*p = (struct parse){ .r = reader_of(s), .a = a, .what = "",
	    .tx = NONE, .part = NONE, .part_name = "" };
}

/* "transaction 2, source 3: ring": where the reading stopped. */
enum err
parse_end(struct parse *p, size_t at, struct fault *f)
{
	char tx[40] = "", part[40] = "";
	enum err e = reader_done(&p->r);

	if (e == 0)
		return 0;
	if (e == ERR_TRAILING)
		p->what = "the end";
	else if (p->tx != NONE)
		(void)snprintf(tx, sizeof(tx), "transaction %zu%s",
		    p->tx + 1, p->part != NONE ? ", " : ": ");
	if (e != ERR_TRAILING && p->part != NONE)
		(void)snprintf(part, sizeof(part), "%s %zu: ", p->part_name,
		    p->part);
	fault_set(f, at + p->r.err_at, "%s%s%s", tx, part, p->what);
	return e;
}

static void
field(struct parse *p, const char *what)
{
	if (p->r.err == 0)
		p->what = what;
}

static void
part(struct parse *p, const char *name, size_t i)
{
	if (p->r.err != 0)
		return;
	p->part_name = name;
	p->part = i;
}

void *
parse_room(struct parse *p, size_t n, size_t size, size_t align)
{
	void *m = p->r.err != 0 ? NULL : arena_take(p->a, n, size, align);

	if (m == NULL)
		reader_fail(&p->r, ERR_SPACE);
	return m;
}

#define room(p, type, n) \
	((type *)parse_room((p), (n), sizeof(type), _Alignof(type)))

static size_t
count(struct parse *p, size_t item_min, size_t max)
{
	return read_varint_count(&p->r, item_min, max);
}

static void
expect(struct parse *p, uint64_t want)
{
	uint64_t v = read_varint(&p->r, 64);

	if (p->r.err == 0 && v != want)
		reader_fail(&p->r, ERR_FORM);
}

static bool
read_bool(struct parse *p)
{
	uint8_t b = read_u8(&p->r);

	if (b > 1)
		reader_fail(&p->r, ERR_FORM);
	return b == 1;
}

static void
read_point(struct parse *p, struct point *out)
{
	read_bytes(&p->r, out->b, sizeof(out->b));
}

static struct span
read_points(struct parse *p)
{
	return read_span(&p->r, 32 * count(p, 32, SET_EXTRA));
}

static struct span
since(const struct parse *p, const uint8_t *start)
{
	return p->r.err != 0 ? (struct span){ 0 } :
	    span_of(start, (size_t)(p->r.at - start));
}

static void
read_record(struct parse *p, struct record *o)
{
	field(p, "record version");
	o->version = read_varint(&p->r, 64);
	if (o->version > 1)
		reader_fail(&p->r, ERR_VERSION);
	field(p, "output key");
	read_point(p, &o->key);
	field(p, "index in its transaction");
	o->index = read_varint(&p->r, 64);
	if (o->index >= INDEX_IN_TX)
		reader_fail(&p->r, ERR_RANGE);
	field(p, "global index");
	o->global = read_varint(&p->r, 64);
	field(p, "transaction key");
	read_point(p, &o->tx_key);
	field(p, "flags");
	o->flags = read_u8(&p->r);
	field(p, "amount");
	o->amount = read_varint(&p->r, 64);
	field(p, "additional transaction keys");
	o->more = read_points(p);
	if (o->version == 0)
		return;
	field(p, "address");
	o->account = (uint32_t)read_varint(&p->r, 32);
	o->minor = (uint32_t)read_varint(&p->r, 32);
}

#define RECORD_MIN 69
#define TICK_EACH 256

/* A pair (offset, list) until 0.18.1.0, then a triple with the total. */
static void
read_records(struct parse *p, struct records *o)
{
	uint64_t form;
	size_t i;

	field(p, "form of the list");
	form = read_varint(&p->r, 64);
	if (p->r.err == 0 && form != 2 && form != 3)
		reader_fail(&p->r, form > 3 ? ERR_VERSION : ERR_FORM);
	o->old = form == 2;
	field(p, "offset");
	o->offset = read_varint(&p->r, 32);
	field(p, "total");
	o->total = o->old ? 0 : read_varint(&p->r, 32);
	field(p, "count");
	o->n = count(p, RECORD_MIN - 1, SET_RECORDS);
	if (p->r.err == 0 && !o->old && (o->total < o->offset ||
	    o->total - o->offset < o->n)) {
		p->what = "total";
		reader_fail(&p->r, ERR_RANGE);
	}
	o->r = room(p, struct record, o->n);
	for (i = 0; i < o->n && p->r.err == 0; i++) {
		enum err e = i % TICK_EACH != 0 ? 0 : pace_tick(p->pace,
		    (uint32_t)i, (uint32_t)o->n);

		if (e != 0)
			reader_fail(&p->r, e);
		part(p, "record", i);
		read_record(p, &o->r[i]);
	}
}

void
parse_dest(struct parse *p, struct dest *o)
{
	const uint8_t *start = p->r.at;

	field(p, "address as it was typed");
	o->original = read_span(&p->r, count(p, 1, SET_EXTRA));
	field(p, "amount");
	o->amount = read_varint(&p->r, 64);
	field(p, "address");
	read_point(p, &o->spend);
	read_point(p, &o->view);
	o->sub = read_bool(p);
	o->integrated = read_bool(p);
	o->raw = since(p, start);
}

#define DEST_MIN 68

static size_t
read_dests(struct parse *p, const char *name, struct dest **out)
{
	size_t i, n;

	field(p, "count of payments");
	n = count(p, DEST_MIN, SET_DESTS);
	*out = room(p, struct dest, n);
	for (i = 0; i < n && p->r.err == 0; i++) {
		part(p, name, i);
		parse_dest(p, &(*out)[i]);
	}
	if (p->r.err == 0)
		p->part = NONE;
	return n;
}

static void
read_member(struct parse *p, struct source *o, size_t i)
{
	struct point key, commit;
	uint64_t global;

	expect(p, 2);
	global = read_varint(&p->r, 64);
	read_point(p, &key);
	read_point(p, &commit);
	if (i >= RING_MAX || p->r.err != 0)
		return;
	o->member[i] = global;
	o->ring.key[i] = key;
	o->ring.commit[i] = commit;
}

#define MEMBER_MIN 66
#define MEMBERS 1024
#define MULTISIG 128

static void
read_source(struct parse *p, struct source *o)
{
	const uint8_t *start = p->r.at;
	struct span kept;
	uint64_t real;
	size_t i;

	field(p, "ring");
	o->members = count(p, MEMBER_MIN, MEMBERS);
	for (i = 0; i < o->members && p->r.err == 0; i++)
		read_member(p, o, i);
	o->ring.n = o->members < RING_MAX ? o->members : RING_MAX;
	field(p, "which ring member is spent");
	real = read_u64le(&p->r);
	if (real >= o->members)
		reader_fail(&p->r, ERR_RANGE);
	o->ring.real = (size_t)real;
	field(p, "transaction key");
	read_point(p, &o->tx_key);
	field(p, "additional transaction keys");
	o->more = read_points(p);
	field(p, "index in its transaction");
	o->index = read_u64le(&p->r);
	if (o->index >= INDEX_IN_TX)
		reader_fail(&p->r, ERR_RANGE);
	field(p, "amount");
	o->amount = read_u64le(&p->r);
	field(p, "kind of amount");
	o->rct = read_bool(p);
	field(p, "mask");
	read_bytes(&p->r, o->mask.b, sizeof(o->mask.b));
	if (p->r.err == 0 && sc_reduced(&o->mask) != 0)
		reader_fail(&p->r, ERR_FORM);
	field(p, "data of a shared wallet");
	kept = read_span(&p->r, MULTISIG);
	for (i = 0; i < kept.n; i++)
		o->multisig = o->multisig || kept.p[i] != 0;
	o->raw = since(p, start);
}

#define SOURCE_MIN (1 + 8 + 32 + 1 + 8 + 8 + 1 + 32 + MULTISIG)

static void
read_sources(struct parse *p, struct construction *o)
{
	size_t i;

	field(p, "count of sources");
	o->nsource = count(p, SOURCE_MIN, SET_SOURCES);
	o->source = room(p, struct source, o->nsource);
	for (i = 0; i < o->nsource && p->r.err == 0; i++) {
		part(p, "source", i);
		read_source(p, &o->source[i]);
	}
	if (p->r.err == 0)
		p->part = NONE;
}

static void
read_selected(struct parse *p, struct construction *o)
{
	const uint8_t *start = p->r.at;
	size_t i;

	field(p, "numbers of the coins");
	o->nselected = count(p, 1, SET_SOURCES);
	o->selected = room(p, uint64_t, o->nselected);
	for (i = 0; i < o->nselected && p->r.err == 0; i++)
		o->selected[i] = read_varint(&p->r, 64);
	o->selected_raw = since(p, start);
}

/* What comes behind the extra field goes back as it came. */
static void
read_tail(struct parse *p, struct construction *o)
{
	const uint8_t *start = p->r.at, *asked;
	uint64_t version;
	size_t i;

	field(p, "unlock time");
	o->unlock = read_u64le(&p->r);
	field(p, "flags");
	o->flags = read_u8(&p->r);
	field(p, "kind of proofs");
	version = read_varint(&p->r, 64);
	if (p->r.err == 0 && version != 0)
		reader_fail(&p->r, ERR_VERSION);
	o->range_type = read_varint(&p->r, 64);
	o->bp_version = read_varint(&p->r, 64);
	asked = p->r.at;
	o->nasked = read_dests(p, "payment asked for", &o->asked);
	o->asked_raw = since(p, asked);
	field(p, "account");
	o->account = read_u32le(&p->r);
	field(p, "addresses of the account");
	o->nminor = count(p, 1, SET_EXTRA);
	o->minor = room(p, uint32_t, o->nminor);
	for (i = 0; i < o->nminor && p->r.err == 0; i++)
		o->minor[i] = (uint32_t)read_varint(&p->r, 32);
	o->tail_raw = since(p, start);
}

void
parse_construction(struct parse *p, struct construction *o)
{
	read_sources(p, o);
	part(p, "change", 0);
	parse_dest(p, &o->change);
	o->ndest = read_dests(p, "payment", &o->dest);
	read_selected(p, o);
	field(p, "extra field");
	o->extra = read_span(&p->r, count(p, 1, SET_EXTRA));
	read_tail(p, o);
}

enum err
outputs_read(struct span plain, size_t at, struct arena *a,
    const struct pace *pace, struct outputs *out, struct fault *f)
{
	struct parse p;

	*out = (struct outputs){ 0 };
	parse_begin(&p, plain, a);
	p.pace = pace;
	field(&p, "account keys");
	read_point(&p, &out->spend);
	read_point(&p, &out->view);
	read_records(&p, &out->list);
	return parse_end(&p, at, f);
}

#define TX_MIN (1 + DEST_MIN + 1 + 1 + 1 + 8 + 1 + 3 + 1 + 4 + 1)

enum err
unsigned_read(struct span plain, size_t at, struct arena *a,
    const struct pace *pace, struct unsigned_set *out, struct fault *f)
{
	struct parse p;
	size_t i;

	*out = (struct unsigned_set){ 0 };
	parse_begin(&p, plain, a);
	field(&p, "version of the set");
	out->version = read_varint(&p.r, 64);
	if (p.r.err == 0 && (out->version < 1 || out->version > 2))
		reader_fail(&p.r, out->version > 2 ? ERR_VERSION : ERR_FORM);
	field(&p, "count of transactions");
	out->n = count(&p, TX_MIN, SET_TXS);
	out->tx = room(&p, struct construction, out->n);
	for (i = 0; i < out->n && p.r.err == 0; i++) {
		enum err e = pace_tick(pace, (uint32_t)i, (uint32_t)out->n);

		if (e != 0)
			reader_fail(&p.r, e);
		p.tx = i;
		parse_construction(&p, &out->tx[i]);
	}
	if (p.r.err == 0)
		p.tx = p.part = NONE;
	read_records(&p, &out->list);
	if (p.r.err == 0 && out->list.old != (out->version == 1)) {
		p.what = "form of the list";
		reader_fail(&p.r, ERR_FORM);
	}
	return parse_end(&p, at, f);
}
