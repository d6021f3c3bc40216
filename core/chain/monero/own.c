#include "core/base/sink.h"
#include "core/chain/monero/own.h"
#include "core/crypto/keccak.h"

#define FEW_MINORS 5

enum err
finder_begin(struct finder *f, const struct viewer *v, struct arena *a)
{
	struct ge b;
	enum err e;

	*f = (struct finder){ .v = v, .a = a };
	if ((e = ge_of_point(&ed_g, &f->g)) != 0 ||
	    (e = ge_of_point(&v->spend_pub, &b)) != 0)
		return e;
	ge_make_ready(&b, &f->b);
	return finder_know(f, 0, 0);
}

/* A spend key is as good as a hash; whoever made it up gains a slow look. */
static size_t
slot(const struct finder *f, const struct point *spend)
{
	size_t h;

	memcpy(&h, spend->b, sizeof(h));
	for (h &= f->cap - 1; f->row[h].used; h = (h + 1) & (f->cap - 1))
		if (point_eq(&f->row[h].spend, spend))
			break;
	return h;
}

static enum err
grow(struct finder *f)
{
	struct finder bigger = *f;
	size_t i;

	if (2 * (f->n + 1) <= f->cap)
		return 0;
	bigger.cap = f->cap == 0 ? 1024 : 2 * f->cap;
	if ((bigger.row = arena_new(f->a, struct own_row,
	    bigger.cap)) == NULL)
		return ERR_SPACE;
	for (i = 0; i < f->cap; i++)
		if (f->row[i].used)
			bigger.row[slot(&bigger, &f->row[i].spend)] =
			    f->row[i];
	*f = bigger;
	return 0;
}

enum err
finder_know(struct finder *f, uint32_t account, uint32_t minor)
{
	struct own_row r = { .account = account, .minor = minor,
	    .used = true };
	struct scalar m;
	struct ge d;
	enum err e;

	if ((e = grow(f)) != 0)
		return e;
	monero_sub_secret(f->v, account, minor, &m);
	ge_mul(&m, &f->g, &d);
	ge_add(&d, &f->b, &d);
	ge_point(&d, &r.spend);
	wipe(&m, sizeof(m));
	if (!f->row[slot(f, &r.spend)].used) {
		f->row[slot(f, &r.spend)] = r;
		f->n++;
	}
	return 0;
}

static enum err
know_first(struct finder *f, uint32_t account, uint32_t minors)
{
	enum err e = 0;
	uint32_t i;

	for (i = 0; i < minors && e == 0; i++)
		e = finder_know(f, account, i);
	return e;
}

/* Of very many accounts the later ones are known one address at a time. */
enum err
finder_account(struct finder *f, uint32_t account)
{
	size_t i;

	for (i = 0; i < f->naccount; i++)
		if (f->account[i] == account)
			return 0;
	if (f->naccount == sizeof(f->account) / sizeof(f->account[0]))
		return 0;
	f->account[f->naccount++] = account;
	return know_first(f, account, OWN_MINORS);
}

enum err
finder_wide(struct finder *f)
{
	uint32_t i;
	enum err e = 0;

	for (i = 0; i < OWN_ACCOUNTS && e == 0; i++)
		e = know_first(f, i, FEW_MINORS);
	return e;
}

enum err
finder_all(struct finder *f)
{
	uint32_t i;
	enum err e = 0;

	for (i = 0; i < OWN_ACCOUNTS && e == 0; i++)
		e = finder_account(f, i);
	return e;
}

const struct own_row *
own_address(const struct finder *f, const struct point *spend)
{
	const struct own_row *r;

	if (f->cap == 0)
		return NULL;
	r = &f->row[slot(f, spend)];
	return r->used ? r : NULL;
}

enum err
derive(const struct scalar *k, const struct point *p, struct point *d)
{
	enum err e;

	if ((e = ed_mul8(p, d)) != 0)
		return e;
	return ed_mul(k, d, d);
}

static struct span
with_index(const char *label, const struct point *d, uint64_t index,
    uint8_t buf[64])
{
	struct sink s = sink_to_buf(buf, 64);

	put_text(&s, label);
	put_span(&s, SPAN_OF(d->b));
	put_varint(&s, index);
	return span_of(buf, s.total);
}

void
derive_scalar(const struct point *d, uint64_t index, struct scalar *out)
{
	uint8_t buf[64];

	hash_to_scalar(with_index("", d, index, buf), out);
	wipe(buf, sizeof(buf));
}

uint8_t
derive_tag(const struct point *d, uint64_t index)
{
	uint8_t buf[64];
	struct hash32 h;

	keccak256(with_index("view_tag", d, index, buf), &h);
	wipe(buf, sizeof(buf));
	return h.b[0];
}

/* By one transaction key; what does not decode makes nothing ours. */
static const struct own_row *
by_key(const struct finder *f, const struct paid *p, const struct point *r,
    struct own *out)
{
	const struct own_row *row;
	struct point d, spend;
	struct scalar a;
	enum err e;

	memcpy(a.b, f->v->view.b, sizeof(a.b));
	e = derive(&a, r, &d);
	wipe(&a, sizeof(a));
	if (e != 0)
		return NULL;
	derive_scalar(&d, p->index, &out->s);
	if (ed_base(&out->s, &spend) != 0 ||
	    ed_sub(&p->key, &spend, &spend) != 0)
		return NULL;
	if ((row = own_address(f, &spend)) == NULL)
		return NULL;
	out->account = row->account;
	out->minor = row->minor;
	return row;
}

static bool
by_any_key(const struct finder *f, const struct paid *p, struct own *out)
{
	struct point r;

	if (by_key(f, p, &p->tx_key, out) != NULL)
		return true;
	if (p->index >= p->more.n / 32)
		return false;
	memcpy(r.b, p->more.p + 32 * p->index, sizeof(r.b));
	return by_key(f, p, &r, out) != NULL;
}

enum err
finder_paid(const struct finder *f, const struct paid *p, struct own *out)
{
	return by_any_key(f, p, out) ? ERR_NONE : ERR_NO_KEY;
}
