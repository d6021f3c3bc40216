#include "core/base/limits.h"
#include "core/base/order.h"
#include "core/base/reader.h"
#include "core/chain/bitcoin/psbt.h"


const uint8_t psbt_magic[PSBT_MAGIC_SIZE] = { 'p', 's', 'b', 't', 0xff };

static const char *const side_name[] = { "file", "input", "output" };

/* Where we are, for a fault; and whom to tell how far that is. */
struct where {
	enum psbt_side		 side;
	size_t			 index;
	struct fault		*fault;
	const struct pace	*pace;
};

static enum err
fault_at(const struct where *w, enum err e, size_t at, const char *what)
{
	if (w->side == PSBT_GLOBAL)
		fault_set(w->fault, at, "%s", what);
	else
		fault_set(w->fault, at, "%s %zu: %s", side_name[w->side],
		    w->index, what);
	return e;
}

struct span
psbt_entry_raw(const struct psbt_entry *e)
{
	return span_of(e->raw, (size_t)(e->value.p + e->value.n - e->raw));
}

size_t
psbt_offset(const struct psbt *p, const struct psbt_entry *e)
{
	return (size_t)(e->raw - p->file.p);
}

const struct psbt_entry *
psbt_find(const struct psbt_map *m, uint64_t type)
{
	size_t i;

	for (i = 0; i < m->n; i++)
		if (m->e[i].type == type && m->e[i].data.n == 0)
			return &m->e[i];
	return NULL;
}

struct span
psbt_value(const struct psbt_map *m, uint64_t type)
{
	const struct psbt_entry *e = psbt_find(m, type);

	return e == NULL ? (struct span){ 0 } : e->value;
}

/* How many entries all maps have together: one array serves them all. */
static size_t
count_entries(struct reader r)
{
	size_t n = 0;

	while (reader_left(&r) > 0 && r.err == 0) {
		if (read_compact_span(&r).n == 0)
			continue;
		(void)read_compact_span(&r);
		n++;
	}
	return n;
}

static void
read_entry(struct reader *r, size_t key_n, const uint8_t *raw,
    struct psbt_entry *e)
{
	struct reader k;

	e->raw = raw;
	e->key = read_span(r, key_n);
	k = reader_of(e->key);
	e->type = read_compact(&k);
	e->data = read_span(&k, reader_left(&k));
	if (r->err == 0 && reader_done(&k) != 0)
		reader_fail(r, k.err);
	e->value = read_compact_span(r);
}

static int
key_cmp(const void *ctx, uint32_t a, uint32_t b)
{
	const struct psbt_entry *e = ctx;
	struct span x = e[a].key, y = e[b].key;
	int c = memcmp(x.p, y.p, x.n < y.n ? x.n : y.n);

	return c != 0 ? c : x.n < y.n ? -1 : x.n > y.n;
}

/* BIP174: a key stands once in its map. */
static enum err
refuse_duplicates(const struct psbt *p, const struct psbt_map *m,
    uint32_t *index, const struct where *w)
{
	size_t i;

	for (i = 0; i < m->n; i++)
		index[i] = (uint32_t)i;
	order_sort(index, m->n, key_cmp, m->e);
	for (i = 1; i < m->n; i++) {
		const struct psbt_entry *e = &m->e[index[i]];

		if (key_cmp(m->e, index[i - 1], index[i]) == 0)
			return fault_at(w, ERR_DUPLICATE, psbt_offset(p, e),
			    psbt_field_name(w->side, e->type));
	}
	return 0;
}

/* One map, into the array's next free places; index is scratch. */
static enum err
read_map(struct reader *r, const struct psbt *p, struct psbt_map *m,
    struct psbt_entry *next, uint32_t *index, const struct where *w)
{
	m->e = next;
	m->n = 0;
	for (;;) {
		const uint8_t *raw = r->at;
		size_t at = reader_offset(r);
		uint64_t key_n = read_compact(r);

		if (r->err != 0 || key_n > reader_left(r))
			return fault_at(w, r->err != 0 ? r->err : ERR_SHORT,
			    at, "key");
		if (key_n == 0)
			break;
		read_entry(r, (size_t)key_n, raw, &m->e[m->n]);
		if (r->err != 0)
			return fault_at(w, r->err, at,
			    psbt_field_name(w->side, m->e[m->n].type));
		m->n++;
	}
	return refuse_duplicates(p, m, index, w);
}

static enum err
check_map(const struct psbt *p, const struct psbt_map *m,
    const struct where *w)
{
	enum err e;
	size_t i;

	for (i = 0; i < m->n; i++)
		if ((e = psbt_field_check(w->side, p->version,
		    &m->e[i])) != 0)
			return fault_at(w, e, psbt_offset(p, &m->e[i]),
			    psbt_field_name(w->side, m->e[i].type));
	return 0;
}

static enum err
read_version(struct psbt *p, struct fault *f)
{
	const struct psbt_entry *e = psbt_find(&p->global, GLOBAL_VERSION);
	struct reader r;

	if (e == NULL)
		return 0;
	r = reader_of(e->value);
	p->version = read_u32le(&r);
	if (reader_done(&r) == 0 && (p->version == 0 || p->version == 2))
		return 0;
	fault_set(f, psbt_offset(p, e), "version");
	return r.err != 0 ? r.err : ERR_VERSION;
}

/* BIP174: without scripts, and in the form that has no witness. */
static enum err
read_unsigned(struct psbt *p, struct arena *a, struct fault *f)
{
	const struct psbt_entry *e = psbt_find(&p->global, GLOBAL_TX);
	size_t i, at = 0;
	enum err err;

	if (e == NULL) {
		fault_set(f, PSBT_MAGIC_SIZE, "unsigned tx");
		return ERR_MISSING;
	}
	err = tx_read(e->value, false, a, &p->tx, &at);
	for (i = 0; err == 0 && i < p->tx.nin; i++)
		if (p->tx.in[i].script.n > 0)
			err = ERR_FORM;
	if (err == 0 && (p->tx.nin > LIMIT_INPUTS ||
	    p->tx.nout > LIMIT_OUTPUTS))
		err = ERR_RANGE;
	if (err != 0)
		fault_set(f, (size_t)(e->value.p - p->file.p) + at,
		    "unsigned tx");
	return err;
}

#define TICK_EVERY 1024

static enum err
read_maps(struct psbt *p, struct reader *r, struct psbt_entry *next,
    uint32_t *index, struct where w)
{
	bool in = w.side == PSBT_IN;
	size_t n = in ? p->tx.nin : p->tx.nout;
	enum err e;

	for (w.index = 0; w.index < n; w.index++) {
		struct psbt_map *m = in ? &p->in[w.index] : &p->out[w.index];

		if ((e = read_map(r, p, m, next, index, &w)) != 0 ||
		    (e = check_map(p, m, &w)) != 0)
			return e;
		next += m->n;
		if (w.index % TICK_EVERY == 0 && (e = pace_tick(w.pace,
		    (uint32_t)(w.index + (in ? 0 : p->tx.nin)),
		    (uint32_t)(p->tx.nin + p->tx.nout))) != 0)
			return e;
	}
	return 0;
}

static enum err
read_sides(struct psbt *p, struct reader *r, struct arena *a,
    struct psbt_entry *next, uint32_t *index, struct where w)
{
	struct fault *f = w.fault;
	enum err e;
	size_t i;

	if ((e = read_map(r, p, &p->global, next, index, &w)) != 0 ||
	    (e = read_version(p, f)) != 0 ||
	    (e = check_map(p, &p->global, &w)) != 0)
		return e;
	next += p->global.n;
	if (p->version == 0)
		e = read_unsigned(p, a, f);
	else
		e = psbt_v2_counts(p, &p->tx.nin, &p->tx.nout, f);
	if (e != 0)
		return e;
	p->in = arena_new(a, struct psbt_map, p->tx.nin);
	p->out = arena_new(a, struct psbt_map, p->tx.nout);
	if (p->in == NULL || p->out == NULL)
		return ERR_SPACE;
	w.side = PSBT_IN;
	if ((e = read_maps(p, r, next, index, w)) != 0)
		return e;
	for (i = 0; i < p->tx.nin; i++)
		next += p->in[i].n;
	w.side = PSBT_OUT;
	return read_maps(p, r, next, index, w);
}

/* Twice what a block has room for (BIP141), and more: it could never be
 * mined, and all of it would have to be shown. */

static enum err
refuse_giant(const struct tx *tx, struct fault *f)
{
	struct sink size = sink_to_count();

	tx_put(&size, tx, true);
	if (size.total <= LIMIT_TX_BYTES)
		return 0;
	fault_set(f, PSBT_MAGIC_SIZE, "unsigned tx");
	return ERR_TOO_LARGE;
}

enum err
psbt_read(struct span file, struct arena *a, const struct pace *pace,
    struct psbt *p, struct fault *f)
{
	struct where w = { PSBT_GLOBAL, 0, f, pace };
	struct reader r = reader_of(file);
	struct span magic = read_span(&r, PSBT_MAGIC_SIZE);
	struct psbt_entry *entries;
	uint32_t *index;
	size_t n;
	enum err e;

	p->file = file;
	if (!span_eq(magic, SPAN_OF(psbt_magic))) {
		fault_set(f, 0, "magic");
		return ERR_FORM;
	}
	n = count_entries(r) + 1;	/* one more: half an entry at the end */
	/* Each takes a hundred bytes of memory, however short it is in the
	 * file. */
	if (n - 1 > LIMIT_FIELDS) {
		fault_set(f, PSBT_MAGIC_SIZE, "the number of fields");
		return ERR_TOO_LARGE;
	}
	entries = arena_new(a, struct psbt_entry, n);
	index = arena_new(a, uint32_t, n);
	if (entries == NULL || index == NULL)
		return ERR_SPACE;
	if ((e = read_sides(p, &r, a, entries, index, w)) != 0)
		return e;
	if ((e = reader_done(&r)) != 0) {
		fault_set(f, reader_offset(&r), "the end of the file");
		return e;
	}
	if (p->version != 0 && (e = psbt_v2_tx(p, a, f)) != 0)
		return e;
	return refuse_giant(&p->tx, f);
}
