#include "core/base/reader.h"
#include "core/chain/monero/extra.h"
#include "core/chain/monero/traits.h"

enum tag { TAG_KEY = 1, TAG_NONCE = 2, TAG_MORE_KEYS = 4 };

#define NONCE_CLEAR_ID 0
#define NONCE_ID 1
#define CLEAR_ID 33

static void
nonce(struct extra *o, struct span n)
{
	static const uint8_t zeros[PAYMENT_ID];

	if (n.n == CLEAR_ID && n.p[0] == NONCE_CLEAR_ID) {
		o->traits |= XMR_BIT(ID_LONG);
		return;
	}
	if (o->has_id || n.n != EXTRA_NONCE || n.p[0] != NONCE_ID) {
		o->traits |= XMR_BIT(EXTRA_MORE);
		return;
	}
	o->has_id = true;
	memcpy(o->id, n.p + 1, PAYMENT_ID);
	o->blank = memcmp(o->id, zeros, PAYMENT_ID) == 0;
}

/* The keys in it are left out: ours take their place. */
void
extra_read(struct span s, struct extra *o)
{
	struct reader r = reader_of(s);

	*o = (struct extra){ 0 };
	while (reader_left(&r) > 0) {
		switch (read_u8(&r)) {
		case TAG_KEY:
			(void)read_span(&r, 32);
			break;
		case TAG_NONCE:
			nonce(o, read_span(&r,
			    read_varint_count(&r, 1, 255)));
			break;
		case TAG_MORE_KEYS:
			(void)read_span(&r,
			    32 * read_varint_count(&r, 32, 64));
			break;
		default:
			o->traits |= XMR_BIT(EXTRA_MORE);
			(void)read_span(&r, reader_left(&r));
		}
	}
	if (reader_done(&r) != 0)
		o->traits |= XMR_BIT(EXTRA_FORM);
}

void
extra_put(struct sink *s, const struct point *tx_key,
    const struct point *more, size_t nmore, const uint8_t *id)
{
	size_t i;

	put_u8(s, TAG_KEY);
	put_span(s, SPAN_OF(tx_key->b));
	if (nmore > 0) {
		put_u8(s, TAG_MORE_KEYS);
		put_varint(s, nmore);
	}
	for (i = 0; i < nmore; i++)
		put_span(s, SPAN_OF(more[i].b));
	if (id == NULL)
		return;
	put_u8(s, TAG_NONCE);
	put_varint(s, EXTRA_NONCE);
	put_u8(s, NONCE_ID);
	put_span(s, span_of(id, PAYMENT_ID));
}
