#include "core/keys/signatory.h"

#define PLAN_ROW_MIN 10		/* fingerprint, depth, kind, count */

bool
sign_names_coin(enum sign_kind kind)
{
	return kind == SIGN_KEY_IMAGE || kind == SIGN_CLSAG_NONCE;
}

/* By key, then by kind, then by coin. */
int
plan_cmp(const struct plan_row *a, const struct plan_row *b)
{
	int c = keyref_cmp(&a->key, &b->key);

	if (c == 0)
		c = (a->kind > b->kind) - (a->kind < b->kind);
	return c != 0 ? c : memcmp(a->coin.b, b->coin.b, sizeof(a->coin.b));
}

static enum sign_kind
read_kind(struct reader *r)
{
	uint8_t kind = read_u8(r);

	if (kind >= SIGN_KINDS) {
		reader_fail(r, ERR_RANGE);
		return SIGN_ECDSA;
	}
	return (enum sign_kind)kind;
}

void
put_plan(struct sink *s, const struct plan *p)
{
	size_t i;

	put_u32le(s, (uint32_t)p->n);
	for (i = 0; i < p->n; i++) {
		put_keyref(s, &p->row[i].key);
		put_u8(s, (uint8_t)p->row[i].kind);
		put_u32le(s, p->row[i].count);
		if (sign_names_coin(p->row[i].kind))
			put_span(s, SPAN_OF(p->row[i].coin.b));
	}
}

static void
read_row(struct reader *r, struct plan_row *row)
{
	*row = (struct plan_row){ 0 };
	read_keyref(r, &row->key);
	row->kind = read_kind(r);
	row->count = read_u32le(r);
	if (r->err == 0 && (row->count == 0 || row->count > PLAN_MAX))
		reader_fail(r, ERR_RANGE);
	if (sign_names_coin(row->kind))
		read_bytes(r, row->coin.b, sizeof(row->coin.b));
}

enum err
read_plan(struct reader *r, struct arena *a, struct plan *out)
{
	size_t i, n = read_count(r, PLAN_ROW_MIN, PLAN_MAX);
	struct plan_row *row;

	if (r->err != 0)
		return r->err;
	if ((row = arena_new(a, struct plan_row, n)) == NULL) {
		reader_fail(r, ERR_SPACE);
		return ERR_SPACE;
	}
	for (i = 0; i < n; i++) {
		read_row(r, &row[i]);
		if (r->err == 0 && i > 0 &&
		    plan_cmp(&row[i - 1], &row[i]) >= 0)
			reader_fail(r, ERR_FORM);
		if (r->err != 0)
			return r->err;
	}
	*out = (struct plan){ .n = n, .row = row };
	return 0;
}

void
put_sign_ask(struct sink *s, const struct sign_item *it)
{
	put_keyref(s, &it->key);
	put_u8(s, (uint8_t)it->kind);
	put_span(s, SPAN_OF(it->digest.b));
	put_span(s, SPAN_OF(it->root.b));
	put_span(s, SPAN_OF(it->aux.b));
}

enum err
read_sign_ask(struct reader *r, struct sign_item *it)
{
	read_keyref(r, &it->key);
	it->kind = read_kind(r);
	read_bytes(r, it->digest.b, sizeof(it->digest.b));
	read_bytes(r, it->root.b, sizeof(it->root.b));
	read_bytes(r, it->aux.b, sizeof(it->aux.b));
	return r->err;
}

void
put_sign_answer(struct sink *s, const struct sign_item *it)
{
	put_span(s, SPAN_OF(it->sig.b));
	put_span(s, SPAN_OF(it->image.b));
}

void
read_sign_answer(struct reader *r, struct sign_item *it)
{
	read_bytes(r, it->sig.b, sizeof(it->sig.b));
	read_bytes(r, it->image.b, sizeof(it->image.b));
}
