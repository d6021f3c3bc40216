#include "core/keys/signatory.h"

#define PLAN_ROW_MIN 9		/* fingerprint, depth, count */

void
put_plan(struct sink *s, const struct plan *p)
{
	size_t i;

	put_u32le(s, (uint32_t)p->n);
	for (i = 0; i < p->n; i++) {
		put_keyref(s, &p->row[i].key);
		put_u32le(s, p->row[i].count);
	}
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
		read_keyref(r, &row[i].key);
		row[i].count = read_u32le(r);
		if (r->err == 0 && (row[i].count == 0 ||
		    row[i].count > PLAN_MAX))
			reader_fail(r, ERR_RANGE);
		if (r->err == 0 && i > 0 &&
		    keyref_cmp(&row[i - 1].key, &row[i].key) >= 0)
			reader_fail(r, ERR_FORM);
		if (r->err != 0)
			return r->err;
	}
	*out = (struct plan){ .n = n, .row = row };
	return 0;
}
