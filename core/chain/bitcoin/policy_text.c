#include <stdio.h>

#include "core/base/order.h"
#include "core/chain/bitcoin/policy_text.h"

#define NUMBER_SIZE_MAX 5	/* of what a time lock takes */

/* A positive number in its shortest form; what else is pushed is bytes. */
static bool
number_of(struct span b, uint64_t *out)
{
	size_t i;

	if (b.n == 0 || b.n > NUMBER_SIZE_MAX || b.p[b.n - 1] >= 0x80 ||
	    (b.p[b.n - 1] == 0 && (b.n == 1 || b.p[b.n - 2] < 0x80)))
		return false;
	for (*out = 0, i = b.n; i-- > 0;)
		*out = *out << 8 | b.p[i];
	return true;
}

static void
put_push(struct pen *p, struct span b, uint64_t *number)
{
	char text[24];

	if (pen_known(p, b))
		return;
	if (number_of(b, number)) {
		(void)snprintf(text, sizeof(text), "%llu",
		    (unsigned long long)*number);
		put_text(&p->s, text);
	} else {
		put_text(&p->s, b.n == 0 ? "0" : "hex ");
		pen_hex(p, b);
	}
}

static void
put_op(struct pen *p, uint8_t op, uint64_t number)
{
	char text[TIMING_TEXT_MAX];
	const char *name = opcode_name(op);

	if (name != NULL) {
		put_text(&p->s, name);
	} else {
		(void)snprintf(text, sizeof(text), "OP_%02x", op);
		put_text(&p->s, text);
	}
	if ((op != OP_LOCKTIME && op != OP_SEQUENCE) || number == 0 ||
	    number > UINT32_MAX)
		return;
	if (op == OP_LOCKTIME)
		timing_absolute((uint32_t)number, text);
	else
		timing_relative((uint32_t)number, text);
	put_text(&p->s, " (");
	put_text(&p->s, text);
	put_text(&p->s, ")");
}

static void
put_ops(struct pen *p, struct span script)
{
	struct reader r = reader_of(script);
	struct script_op op;
	uint64_t number = 0;
	bool first = true;

	while (script_next(&r, &op)) {
		uint64_t last = number;

		put_text(&p->s, first ? "" : " ");
		first = false;
		number = op.op >= OP_NUM_1 && op.op <= OP_NUM_16 ?
		    op.op - OP_NUM_1 + 1u : 0;
		if (op.is_push)
			put_push(p, op.push, &number);
		else
			put_op(p, op.op, last);
	}
	if (reader_done(&r) != 0)
		put_text(&p->s, " (cut off)");
}

static void
put_code(struct pen *p)
{
	static const char *const kind[] = { [SPEND_SH] = "P2SH ",
	    [SPEND_SH_WSH] = "P2SH-P2WSH ", [SPEND_WSH] = "P2WSH " };
	struct multi m;

	put_text(&p->s, kind[p->of->spend]);
	if (multi_read(p->of->code, &m)) {
		pen_multi(p, &m);
	} else {
		put_text(&p->s, "script: ");
		put_ops(p, p->of->code);
	}
}

static void
put_leaf(struct pen *p)
{
	const struct policy_leaf *l = &p->of->leaf[p->at];
	struct multi m;
	char text[32];

	(void)snprintf(text, sizeof(text), "; leaf at depth %u: ", l->depth);
	put_text(&p->s, text);
	if (l->version != LEAF_VERSION) {
		put_text(&p->s, "of an unknown version, hex ");
		pen_hex(p, l->script);
	} else if (!multi_leaf_read(l->script, &m)) {
		put_ops(p, l->script);
	} else if (m.n == 1) {
		pen_key(p, multi_key(&m, 0));
	} else {
		pen_multi(p, &m);
	}
}

/* Once to count, once to write. */
static enum err
draw(struct pen *p, void (*put)(struct pen *), struct arena *a,
    const char **out)
{
	uint8_t *text;
	size_t n;

	p->s = sink_to_count();
	put(p);
	n = p->s.total;
	if ((text = arena_new(a, uint8_t, n + 1)) == NULL)
		return ERR_SPACE;
	p->s = sink_to_buf(text, n);
	put(p);
	*out = (const char *)text;
	return p->s.err;
}

static void
put_taproot(struct pen *p)
{
	size_t k;

	put_text(&p->s, "P2TR, key path: ");
	pen_internal(p, p->of->internal);
	for (k = 0; k < p->of->nleaf; k++)
		put_text(&p->s, p->leaf[p->order[k]]);
	if (p->of->partial)
		put_text(&p->s, "; other leaves, not shown by the file");
}

/* A tree has no left and no right: its leaves stand in the order of their
 * words. */
static enum err
draw_leaves(struct pen *p, struct arena *a)
{
	size_t n = p->of->nleaf;
	enum err e;

	p->leaf = arena_new(a, const char *, n);
	p->order = arena_new(a, uint32_t, n);
	if (p->leaf == NULL || p->order == NULL)
		return ERR_SPACE;
	for (p->at = 0; p->at < n; p->at++) {
		if ((e = draw(p, put_leaf, a, &p->leaf[p->at])) != 0)
			return e;
		p->order[p->at] = (uint32_t)p->at;
	}
	order_sort(p->order, n, pen_text_cmp, p->leaf);
	return 0;
}

enum err
policy_text(const struct policy_of *of, const struct pubring *ring,
    struct arena *a, const char **out)
{
	struct pen p = { .of = of, .ring = ring };
	enum err e;

	if ((p.name = arena_new(a, struct name, NAMES_MAX)) == NULL)
		return ERR_SPACE;
	pen_names(&p);
	if (of->spend != SPEND_TR)
		return draw(&p, put_code, a, out);
	if ((e = draw_leaves(&p, a)) != 0)
		return e;
	return draw(&p, put_taproot, a, out);
}
