#include "core/chain/bitcoin/multi.h"

/* In a leaf each key stands in 34 bytes: a push, the key, its opcode. */
#define LEAF_KEY_SIZE 34

bool
script_next(struct reader *r, struct script_op *op)
{
	size_t n = SIZE_MAX;

	if (r->err != 0 || reader_left(r) == 0)
		return false;
	*op = (struct script_op){ .op = read_u8(r) };
	if (op->op < OP_PUSHDATA1)
		n = op->op;
	else if (op->op == OP_PUSHDATA1)
		n = read_u8(r);
	else if (op->op == OP_PUSHDATA2)
		n = read_u16le(r);
	else if (op->op == OP_PUSHDATA4)
		n = read_u32le(r);
	if (n == SIZE_MAX)
		return true;
	op->is_push = true;
	op->push = read_span(r, n);
	return r->err == 0;
}

/* BIP342: a leaf with one of these may be spent by anybody. */
static bool
is_success(uint8_t op)
{
	return op == 80 || op == 98 || (op >= 126 && op <= 129) ||
	    (op >= 131 && op <= 134) || (op >= 137 && op <= 138) ||
	    (op >= 141 && op <= 142) || (op >= 149 && op <= 153) ||
	    (op >= 187 && op <= 254);
}

bool
script_sane(struct span script, bool tap)
{
	struct reader r = reader_of(script);
	struct script_op op;

	if (script.n == 0 || script.n > CODE_SIZE_MAX)
		return false;
	while (script_next(&r, &op))
		if (op.op == OP_CODESEPARATOR || (tap && is_success(op.op)))
			return false;
	return reader_done(&r) == 0;
}

bool
script_holds(struct span script, struct span key)
{
	struct reader r = reader_of(script);
	struct script_op op;
	struct hash20 h;
	bool found = false;

	hash160(key, &h);
	while (script_next(&r, &op))
		found = found || (op.is_push && (span_eq(op.push, key) ||
		    span_eq(op.push, SPAN_OF(h.b))));
	return reader_done(&r) == 0 && found;
}

/* A count as a script writes it, in the shortest way. */
static bool
read_number(struct reader *r, size_t *out)
{
	struct script_op op;

	if (!script_next(r, &op))
		return false;
	if (op.op >= OP_NUM_1 && op.op <= OP_NUM_16) {
		*out = op.op - OP_NUM_1 + 1u;
		return true;
	}
	if (!op.is_push || op.op != op.push.n)
		return false;
	if (op.push.n == 1 && op.push.p[0] > 16 && op.push.p[0] < 0x80) {
		*out = op.push.p[0];
		return true;
	}
	if (op.push.n != 2 || op.push.p[1] >= 0x80 ||
	    (op.push.p[1] == 0 && op.push.p[0] < 0x80))
		return false;
	*out = op.push.p[0] + 256u * op.push.p[1];
	return true;
}

bool
multi_read(struct span script, struct multi *out)
{
	struct reader r = reader_of(script);
	struct multi m = { .script = script };
	size_t n = 0;
	uint8_t size;

	if (!read_number(&r, &m.m))
		return false;
	while (reader_left(&r) > 0 && (*r.at == 33 || *r.at == 65)) {
		if (m.n == MULTI_KEYS_MAX)
			return false;
		size = read_u8(&r);
		m.key[m.n++] = read_span(&r, size);
	}
	/* Known attack 20: none of them needed, or more than there are. */
	if (!read_number(&r, &n) || read_u8(&r) != OP_MULTISIG ||
	    reader_done(&r) != 0 || n != m.n || m.m < 1 || m.m > n)
		return false;
	*out = m;
	return true;
}

bool
multi_leaf_read(struct span script, struct multi *out)
{
	struct reader r = reader_of(script);
	struct multi m = { .tap = true, .m = 1, .script = script };

	while (reader_left(&r) > 0 && *r.at == 32) {
		(void)read_u8(&r);
		(void)read_span(&r, 32);
		if (read_u8(&r) != (m.n == 0 ? OP_SIG : OP_SIGADD))
			return false;
		m.n++;
	}
	if (m.n == 0 || m.n > LEAF_KEYS_MAX)
		return false;
	if (reader_left(&r) > 0 || m.n > 1)
		if (!read_number(&r, &m.m) || read_u8(&r) != OP_NUMEQUAL)
			return false;
	if (reader_done(&r) != 0 || m.m < 1 || m.m > m.n)
		return false;
	*out = m;
	return true;
}

struct span
multi_key(const struct multi *m, size_t k)
{
	return m->tap ? span_of(m->script.p + k * LEAF_KEY_SIZE + 1, 32) :
	    m->key[k];
}
