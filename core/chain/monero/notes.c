#include "core/base/reader.h"
#include "core/base/sink.h"
#include "core/chain/monero/notes.h"

#define KEY 36
#define NOTE (32 + 32 + 8 + 3 * 4 + 1)

struct note
note_of(const struct record *r, const struct own *o, const struct point *image)
{
	return (struct note){ .key = r->key, .image = *image,
	    .amount = r->amount, .global = r->global,
	    .index = (uint32_t)r->index, .account = o->account,
	    .minor = o->minor, .flags = r->flags };
}

static void
number_key(const struct fpr *f, uint64_t number, uint8_t key[KEY])
{
	struct sink s = sink_to_buf(key, KEY);

	memset(key, 0, KEY);
	put_text(&s, "xmro");
	put_span(&s, SPAN_OF(f->b));
	put_u64le(&s, number);
}

void
note_put(const struct fpr *f, uint64_t number, const struct note *n,
    struct session_record *out)
{
	struct sink s = sink_to_buf(out->note, sizeof(out->note));

	*out = (struct session_record){ .amount = num_of(n->amount),
	    .known = KNOWN_CLAIMED };
	number_key(f, number, out->key);
	put_span(&s, SPAN_OF(n->key.b));
	put_span(&s, SPAN_OF(n->image.b));
	put_u64le(&s, n->global);
	put_u32le(&s, n->index);
	put_u32le(&s, n->account);
	put_u32le(&s, n->minor);
	put_u8(&s, n->flags);
}

bool
note_find(const struct session *session, const struct fpr *f, uint64_t number,
    struct note *out)
{
	const struct session_record *rec;
	uint8_t key[KEY];
	struct reader r;

	number_key(f, number, key);
	if ((rec = session_find(session, key)) == NULL ||
	    num_u64(&rec->amount, &out->amount) != 0)
		return false;
	r = reader_of(span_of(rec->note, NOTE));
	read_bytes(&r, out->key.b, sizeof(out->key.b));
	read_bytes(&r, out->image.b, sizeof(out->image.b));
	out->global = read_u64le(&r);
	out->index = read_u32le(&r);
	out->account = read_u32le(&r);
	out->minor = read_u32le(&r);
	out->flags = read_u8(&r);
	return reader_done(&r) == 0;
}

uint64_t
note_prefix(const struct session *session, const struct fpr *f)
{
	struct note n;
	uint64_t i = 0;

	while (note_find(session, f, i, &n))
		i++;
	return i;
}

bool
note_same(const struct note *n, const struct record *r)
{
	return point_eq(&n->key, &r->key) && n->amount == r->amount &&
	    n->global == r->global && n->index == r->index;
}

static void
signed_key(const struct point *p, uint8_t key[KEY])
{
	struct sink s = sink_to_buf(key, KEY);

	put_text(&s, "xmrs");
	put_span(&s, SPAN_OF(p->b));
}

void
signed_put(const struct point *p, struct session_record *out)
{
	*out = (struct session_record){ .known = KNOWN_PROVEN };
	signed_key(p, out->key);
}

bool
signed_before(const struct session *session, const struct point *p)
{
	uint8_t key[KEY];

	signed_key(p, key);
	return session_find(session, key) != NULL;
}
