#include "core/base/order.h"
#include "core/chain/bitcoin/miniscript.h"
#include "core/chain/bitcoin/multi.h"
#include "core/crypto/hash.h"

enum {
	OP_IF = 0x63, OP_NOTIF = 0x64, OP_ELSE = 0x67, OP_ENDIF = 0x68,
	OP_VERIFY = 0x69, OP_TOALT = 0x6b, OP_FROMALT = 0x6c,
	OP_IFDUP = 0x73, OP_DUP = 0x76, OP_SWAP = 0x7c, OP_SIZE = 0x82,
	OP_EQUAL = 0x87, OP_EQUALVERIFY = 0x88, OP_0NOTEQUAL = 0x92,
	OP_ADD = 0x93, OP_BOOLAND = 0x9a, OP_BOOLOR = 0x9b,
	OP_RIPEMD = 0xa6, OP_SHA = 0xa8, OP_HASH160 = 0xa9,
	OP_HASH256 = 0xaa
};

/* As a script's numbers are: the shortest form. */
void
put_number(struct sink *s, uint32_t v)
{
	uint8_t b[5];
	uint8_t n = 0;

	if (v <= 16) {
		put_u8(s, v == 0 ? 0 : (uint8_t)(OP_NUM_1 + v - 1));
		return;
	}
	for (; v > 0; v >>= 8)
		b[n++] = (uint8_t)v;
	if (b[n - 1] >= 0x80)
		b[n++] = 0;
	put_u8(s, n);
	put_span(s, span_of(b, n));
}

struct drawing {
	struct sink		*s;
	const struct pubkey	*key;
};

static struct span
key_bytes(const struct ms *m, const struct pubkey *k)
{
	return m->tap ? span_of(k->b + 1, 32) : SPAN_OF(k->b);
}

static void
put_key(struct drawing *d, const struct ms *m, const struct pubkey *k)
{
	struct span b = key_bytes(m, k);

	put_u8(d->s, (uint8_t)b.n);
	put_span(d->s, b);
}

static void
put_key_hash(struct drawing *d, const struct ms *m)
{
	struct hash20 h;

	hash160(key_bytes(m, &d->key[m->key[0]]), &h);
	put_u8(d->s, OP_DUP);
	put_u8(d->s, OP_HASH160);
	put_u8(d->s, sizeof(h.b));
	put_span(d->s, SPAN_OF(h.b));
	put_u8(d->s, OP_EQUALVERIFY);
}

struct listed {
	const struct ms		*m;
	const struct pubkey	*key;
};

static int
key_cmp(const void *ctx, uint32_t a, uint32_t b)
{
	const struct listed *l = ctx;
	struct span x = key_bytes(l->m, &l->key[l->m->key[a]]);
	struct span y = key_bytes(l->m, &l->key[l->m->key[b]]);

	return memcmp(x.p, y.p, x.n);
}

void
ms_order(const struct ms *m, const struct pubkey *key, uint32_t *index)
{
	struct listed l = { m, key };
	uint32_t i;

	for (i = 0; i < m->n; i++)
		index[i] = i;
	if (m->sorted)
		order_sort(index, m->n, key_cmp, &l);
	for (i = 0; i < m->n; i++)
		index[i] = m->key[index[i]];
}

static void
put_multi(struct drawing *d, const struct ms *m, bool verify)
{
	uint32_t index[LEAF_KEYS_MAX];
	size_t i;

	ms_order(m, d->key, index);
	if (m->kind == MS_MULTI)
		put_number(d->s, m->k);
	for (i = 0; i < m->n; i++) {
		put_key(d, m, &d->key[index[i]]);
		if (m->kind == MS_MULTI_A)
			put_u8(d->s, i == 0 ? OP_SIG : OP_SIGADD);
	}
	put_number(d->s, m->kind == MS_MULTI ? (uint32_t)m->n : m->k);
	put_u8(d->s, (uint8_t)((m->kind == MS_MULTI ? OP_MULTISIG :
	    OP_NUMEQUAL) + verify));
}

static void
put_hash(struct drawing *d, const struct ms *m, bool verify)
{
	static const uint8_t op[] = { OP_SHA, OP_HASH256, OP_RIPEMD,
	    OP_HASH160 };
	uint8_t n = m->kind == MS_SHA256 || m->kind == MS_HASH256 ? 32 : 20;

	put_u8(d->s, OP_SIZE);
	put_number(d->s, 32);
	put_u8(d->s, OP_EQUALVERIFY);
	put_u8(d->s, op[m->kind - MS_SHA256]);
	put_u8(d->s, n);
	put_span(d->s, span_of(m->hash, n));
	put_u8(d->s, verify ? OP_EQUALVERIFY : OP_EQUAL);
}

static void put(struct drawing *, const struct ms *, bool verify);

/* Opcodes around the parts: before the first, between, after the last. */
static void
around(struct drawing *d, const struct ms *m, const uint8_t *front,
    size_t nfront, const uint8_t *back, size_t nback)
{
	put_span(d->s, span_of(front, nfront));
	put(d, m->sub[0], false);
	put_span(d->s, span_of(back, nback));
}

static void
put_wrapped(struct drawing *d, const struct ms *m, bool verify)
{
	static const uint8_t toalt = OP_TOALT, fromalt = OP_FROMALT;
	static const uint8_t dup[] = { OP_DUP, OP_IF }, end = OP_ENDIF;
	static const uint8_t size[] = { OP_SIZE, OP_0NOTEQUAL, OP_IF };
	static const uint8_t check[] = { OP_SIG, OP_SIG + 1 };
	static const uint8_t not0 = OP_0NOTEQUAL;

	switch ((unsigned)m->kind) {
	case MS_WRAP_A:
		around(d, m, &toalt, 1, &fromalt, 1);
		break;
	case MS_WRAP_S:
		put_u8(d->s, OP_SWAP);
		put(d, m->sub[0], verify);
		break;
	case MS_WRAP_C:
		around(d, m, NULL, 0, check + verify, 1);
		break;
	case MS_WRAP_D:
		around(d, m, dup, sizeof(dup), &end, 1);
		break;
	case MS_WRAP_V:
		put(d, m->sub[0], true);
		if ((m->sub[0]->type & TY_x) != 0)
			put_u8(d->s, OP_VERIFY);
		break;
	case MS_WRAP_J:
		around(d, m, size, sizeof(size), &end, 1);
		break;
	default:
		around(d, m, NULL, 0, &not0, 1);
		break;
	}
}

static void
put_branches(struct drawing *d, const struct ms *m)
{
	bool either = m->kind == MS_OR_I;

	if (!either)
		put(d, m->sub[0], false);
	if (m->kind == MS_OR_D)
		put_u8(d->s, OP_IFDUP);
	put_u8(d->s, either ? OP_IF : OP_NOTIF);
	put(d, m->sub[m->kind == MS_ANDOR ? 2 : either ? 0 : 1], false);
	if (either || m->kind == MS_ANDOR) {
		put_u8(d->s, OP_ELSE);
		put(d, m->sub[1], false);
	}
	put_u8(d->s, OP_ENDIF);
}

static void
put_joined(struct drawing *d, const struct ms *m, bool verify)
{
	size_t i;

	for (i = 0; i < m->n; i++) {
		put(d, m->sub[i], m->kind == MS_AND_V && i == 1 && verify);
		if (m->kind == MS_THRESH && i > 0)
			put_u8(d->s, OP_ADD);
	}
	if (m->kind == MS_AND_B)
		put_u8(d->s, OP_BOOLAND);
	else if (m->kind == MS_OR_B)
		put_u8(d->s, OP_BOOLOR);
	else if (m->kind == MS_THRESH) {
		put_number(d->s, m->k);
		put_u8(d->s, verify ? OP_EQUALVERIFY : OP_EQUAL);
	}
}

/* verify: an OP_VERIFY follows, which some opcodes take into themselves. */
static void
put(struct drawing *d, const struct ms *m, bool verify)
{
	switch (m->kind) {
	case MS_FALSE:
	case MS_TRUE:
		put_number(d->s, m->kind == MS_TRUE);
		break;
	case MS_PK_K:
		put_key(d, m, &d->key[m->key[0]]);
		break;
	case MS_PK_H:
		put_key_hash(d, m);
		break;
	case MS_OLDER:
	case MS_AFTER:
		put_number(d->s, m->k);
		put_u8(d->s, m->kind == MS_OLDER ? OP_SEQUENCE : OP_LOCKTIME);
		break;
	case MS_SHA256: case MS_HASH256: case MS_RIPEMD160: case MS_HASH160:
		put_hash(d, m, verify);
		break;
	case MS_MULTI:
	case MS_MULTI_A:
		put_multi(d, m, verify);
		break;
	case MS_AND_V: case MS_AND_B: case MS_OR_B: case MS_THRESH:
		put_joined(d, m, verify);
		break;
	case MS_ANDOR: case MS_OR_C: case MS_OR_D: case MS_OR_I:
		put_branches(d, m);
		break;
	case MS_WRAP_A: case MS_WRAP_S: case MS_WRAP_C: case MS_WRAP_D:
	case MS_WRAP_V: case MS_WRAP_J: case MS_WRAP_N:
		put_wrapped(d, m, verify);
		break;
	}
}

void
ms_put(struct sink *s, const struct ms *m, const struct pubkey *key)
{
	struct drawing d = { s, key };

	put(&d, m, false);
}
