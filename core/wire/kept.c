#include "core/base/text.h"
#include "core/wire/kept.h"
#include "core/wire/label.h"

/* The longest of each type, and how it is called. */
static const size_t longest[KEPT_TYPES] = {
	[KEPT_KEY] = 512,
	[KEPT_WALLET] = (size_t)40 << 10,
	[KEPT_LABEL] = LABEL_BODY_MAX,
	[KEPT_SETTING] = 256,
	[KEPT_COIN] = 256,
	[KEPT_LOG] = 4096,
};

bool
kept_marked(struct span s)
{
	return s.n >= KEPT_MARK_SIZE &&
	    span_eq(span_of(s.p, KEPT_MARK_SIZE), span_text(KEPT_MARK));
}

void
put_kept(struct sink *s, enum kept_type type, uint32_t id, struct span body)
{
	put_u8(s, (uint8_t)type);
	put_u32le(s, id);
	put_block(s, body);
}

enum err
kept_fits(enum kept_type type, size_t n)
{
	if (type <= KEPT_NONE || type >= KEPT_TYPES)
		return ERR_VERSION;
	return n > 0 && n <= longest[type] ? ERR_NONE : ERR_RANGE;
}

bool
read_kept(struct reader *r, struct kept *k)
{
	enum err e;

	if (r->err != 0 || reader_left(r) == 0)
		return false;
	k->type = (enum kept_type)read_u8(r);
	k->id = read_u32le(r);
	k->body = read_block(r);
	if (r->err == 0 && (e = kept_fits(k->type, k->body.n)) != 0)
		reader_fail(r, e);
	return r->err == 0;
}

static enum err
name_ok(struct span name)
{
	return name.n > 0 && name.n <= KEPT_NAME_MAX &&
	    text_is_printable(name) ? ERR_NONE : ERR_FORM;
}

void
put_kept_key(struct sink *s, const struct kept_key *k)
{
	put_u8(s, (uint8_t)k->kind);
	put_span(s, SPAN_OF(k->fpr));
	put_block(s, k->name);
}

enum err
read_kept_key(struct span body, struct kept_key *k)
{
	struct reader r = reader_of(body);
	uint8_t kind = read_u8(&r);
	enum err e;

	read_bytes(&r, k->fpr, sizeof(k->fpr));
	k->name = read_block(&r);
	if ((e = reader_done(&r)) != 0)
		return e;
	if (kind >= KEY_KINDS)
		return ERR_RANGE;
	k->kind = (enum key_kind)kind;
	return name_ok(k->name);
}

void
put_kept_wallet(struct sink *s, const struct kept_wallet *w)
{
	put_block(s, w->chain);
	put_u8(s, (uint8_t)w->network);
	put_block(s, w->name);
	put_block(s, w->text);
}

enum err
read_kept_wallet(struct span body, struct kept_wallet *w)
{
	struct reader r = reader_of(body);
	uint8_t network;
	enum err e;

	w->chain = read_block(&r);
	network = read_u8(&r);
	w->name = read_block(&r);
	w->text = read_block(&r);
	if ((e = reader_done(&r)) != 0)
		return e;
	if (network >= NET_COUNT)
		return ERR_RANGE;
	w->network = (enum network)network;
	if (!text_is_printable(w->chain) || !text_is_printable(w->text) ||
	    w->text.n == 0)
		return ERR_FORM;
	return w->name.n == 0 ? ERR_NONE : name_ok(w->name);
}

void
put_kept_coin(struct sink *s, const struct kept_coin *c)
{
	size_t i;

	put_span(s, SPAN_OF(c->key));
	for (i = 0; i < 4; i++)
		put_u64le(s, c->amount.w[i]);
}

enum err
read_kept_coin(struct span body, struct kept_coin *c)
{
	struct reader r = reader_of(body);
	size_t i;

	read_bytes(&r, c->key, sizeof(c->key));
	for (i = 0; i < 4; i++)
		c->amount.w[i] = read_u64le(&r);
	return reader_done(&r);
}

/* --- what could not be read ----------------------------------------------- */

void
kept_odd_add(struct kept_odd *o, uint32_t id)
{
	if (o->n < KEPT_ODD_MAX)
		o->id[o->n] = id;
	o->n++;
}

size_t
kept_odd_ids(const struct kept_odd *o)
{
	return o->n < KEPT_ODD_MAX ? o->n : KEPT_ODD_MAX;
}

void
put_kept_odd(struct sink *s, const struct kept_odd *o)
{
	size_t i;

	put_u32le(s, o->n);
	for (i = 0; i < kept_odd_ids(o); i++)
		put_u32le(s, o->id[i]);
}

enum err
read_kept_odd(struct span body, struct kept_odd *o)
{
	struct reader r = reader_of(body);
	size_t i;

	*o = (struct kept_odd){ .n = read_u32le(&r) };
	for (i = 0; i < kept_odd_ids(o); i++)
		o->id[i] = read_u32le(&r);
	return reader_done(&r);
}

/* --- its file ------------------------------------------------------------- */

enum err
kept_file(struct span typed, char out[KEPT_FILE_MAX])
{
	static const char end[] = ".vault";
	const size_t n = sizeof(end) - 1;
	size_t i;

	if (typed.n > n && memcmp(typed.p + typed.n - n, end, n) == 0)
		typed.n -= n;
	if (typed.n == 0 || typed.n + sizeof(end) > KEPT_FILE_MAX)
		return ERR_RANGE;
	for (i = 0; i < typed.n; i++) {
		uint8_t c = typed.p[i];
		bool plain = (c >= 'a' && c <= 'z') ||
		    (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');

		if (!plain && (i == 0 || (c != '-' && c != '_')))
			return ERR_FORM;
	}
	memcpy(out, typed.p, typed.n);
	memcpy(out + typed.n, end, sizeof(end));
	return 0;
}
