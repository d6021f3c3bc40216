#include <stdio.h>

#include "core/chain/bitcoin/script.h"
#include "core/encode/base58.h"
#include "core/encode/bech32.h"

enum {
	OP_0 = 0x00, OP_PUSH20 = 0x14, OP_PUSH32 = 0x20, OP_1 = 0x51,
	OP_16 = 0x60, OP_RETURN = 0x6a, OP_DUP = 0x76, OP_EQUAL = 0x87,
	OP_EQUALVERIFY = 0x88, OP_HASH160 = 0xa9, OP_CHECKSIG = 0xac
};

static const struct {
	const char	*hrp;
	uint8_t		 pkh, sh;	/* Base58Check version bytes */
} networks[NET_COUNT] = {
	[NET_MAIN] = { "bc", 0x00, 0x05 },
	[NET_TEST] = { "tb", 0x6f, 0xc4 },
	[NET_SIGNET] = { "tb", 0x6f, 0xc4 },
	[NET_REGTEST] = { "bcrt", 0x6f, 0xc4 },
};

static bool
is_pkh(struct span s)
{
	return s.n == 25 && s.p[0] == OP_DUP && s.p[1] == OP_HASH160 &&
	    s.p[2] == OP_PUSH20 && s.p[23] == OP_EQUALVERIFY &&
	    s.p[24] == OP_CHECKSIG;
}

static bool
is_sh(struct span s)
{
	return s.n == 23 && s.p[0] == OP_HASH160 && s.p[1] == OP_PUSH20 &&
	    s.p[22] == OP_EQUAL;
}

/* BIP141: a version, and one push of 2 to 40 bytes. */
static bool
is_program(struct span s)
{
	return s.n >= 4 && s.n <= 42 && s.p[1] + (size_t)2 == s.n &&
	    (s.p[0] == OP_0 || (s.p[0] >= OP_1 && s.p[0] <= OP_16));
}

static enum script_kind
program_kind(unsigned version, struct span program)
{
	static const uint8_t anchor[] = { 0x4e, 0x73 };

	if (version == 0)
		return program.n == 20 ? SCRIPT_WPKH :
		    program.n == 32 ? SCRIPT_WSH : SCRIPT_OTHER;
	if (version == 1 && program.n == 32)
		return SCRIPT_TR;
	if (version == 1 && span_eq(program, SPAN_OF(anchor)))
		return SCRIPT_ANCHOR;
	return SCRIPT_WITNESS;
}

struct script
script_of(struct span s)
{
	struct script out = { SCRIPT_OTHER, 0, { 0 } };

	if (is_pkh(s)) {
		out.kind = SCRIPT_PKH;
		out.hash = span_of(s.p + 3, 20);
	} else if (is_sh(s)) {
		out.kind = SCRIPT_SH;
		out.hash = span_of(s.p + 2, 20);
	} else if (is_program(s)) {
		out.version = s.p[0] == OP_0 ? 0 : s.p[0] - OP_1 + 1u;
		out.hash = span_of(s.p + 2, s.n - 2);
		out.kind = program_kind(out.version, out.hash);
	} else if (s.n >= 1 && s.p[0] == OP_RETURN) {
		out.kind = SCRIPT_DATA;
		out.hash = span_of(s.p + 1, s.n - 1);
	}
	return out;
}

bool
script_is_witness(const struct script *s)
{
	return s->kind == SCRIPT_WPKH || s->kind == SCRIPT_WSH ||
	    s->kind == SCRIPT_TR || s->kind == SCRIPT_ANCHOR ||
	    s->kind == SCRIPT_WITNESS;
}

enum err
script_address(const struct script *s, enum network n,
    char out[ADDRESS_TEXT_MAX])
{
	uint8_t b[21];

	if (n >= NET_COUNT || networks[n].hrp == NULL)
		return ERR_RANGE;
	if (script_is_witness(s))
		return segwit_text(networks[n].hrp, s->version, s->hash, out,
		    ADDRESS_TEXT_MAX);
	if (s->kind != SCRIPT_PKH && s->kind != SCRIPT_SH)
		return ERR_FORM;
	b[0] = s->kind == SCRIPT_PKH ? networks[n].pkh : networks[n].sh;
	memcpy(b + 1, s->hash.p, 20);
	return base58check_text(SPAN_OF(b), out, ADDRESS_TEXT_MAX);
}

bool
spend_is_script(enum spend how)
{
	return how == SPEND_SH || how == SPEND_SH_WSH || how == SPEND_WSH;
}

/* A script made of a head, a hash or key, and a tail. */
static void
build(struct key_script *s, struct span head, struct span middle,
    struct span tail)
{
	memcpy(s->b, head.p, head.n);
	memcpy(s->b + head.n, middle.p, middle.n);
	if (tail.n > 0)
		memcpy(s->b + head.n + middle.n, tail.p, tail.n);
	s->n = head.n + middle.n + tail.n;
}

void
script_code(const struct hash20 *h, struct key_script *out)
{
	static const uint8_t head[] = { OP_DUP, OP_HASH160, OP_PUSH20 };
	static const uint8_t tail[] = { OP_EQUALVERIFY, OP_CHECKSIG };

	build(out, SPAN_OF(head), SPAN_OF(h->b), SPAN_OF(tail));
}

static void
build_program(uint8_t version, struct span program, struct key_script *out)
{
	const uint8_t head[] = { version, (uint8_t)program.n };

	build(out, SPAN_OF(head), program, (struct span){ 0 });
}

static enum err
of_base58(enum network n, struct span text, struct key_script *out)
{
	static const uint8_t sh_head[] = { OP_HASH160, OP_PUSH20 };
	static const uint8_t sh_tail[] = { OP_EQUAL };
	uint8_t b[BASE58_MAX];
	struct hash20 h;
	size_t len;
	enum err e;

	if ((e = base58check_bytes(text, b, sizeof(b), &len)) != 0)
		return e;
	if (len != 1 + sizeof(h.b))
		return ERR_FORM;
	memcpy(h.b, b + 1, sizeof(h.b));
	if (b[0] == networks[n].pkh)
		script_code(&h, out);
	else if (b[0] == networks[n].sh)
		build(out, SPAN_OF(sh_head), SPAN_OF(h.b), SPAN_OF(sh_tail));
	else
		return ERR_MISMATCH;
	return 0;
}

enum err
script_of_address(enum network n, struct span text, struct key_script *out)
{
	uint8_t program[40];
	unsigned version;
	size_t len;
	enum err e;

	if (n >= NET_COUNT || networks[n].hrp == NULL)
		return ERR_RANGE;
	e = segwit_bytes(networks[n].hrp, text, &version, program, &len);
	if (e != 0)
		return of_base58(n, text, out) == 0 ? ERR_NONE : e;
	if (len > 32)
		return ERR_SPACE;
	build_program((uint8_t)(version == 0 ? OP_0 : OP_1 + version - 1),
	    span_of(program, len), out);
	return 0;
}

static enum err
build_taproot(const struct pubkey *p, struct key_script *out)
{
	struct xonly internal = xonly_of_pub(p), key;
	uint8_t parity;
	enum err e;

	if ((e = tap_output(&internal, NULL, &key, &parity)) != 0)
		return e;
	build_program(OP_1, SPAN_OF(key.b), out);
	return 0;
}

enum err
script_of_key(enum spend how, const struct pubkey *p, struct key_script *out)
{
	static const uint8_t sh_head[] = { OP_HASH160, OP_PUSH20 };
	static const uint8_t sh_tail[] = { OP_EQUAL };
	struct hash20 h;

	hash160(SPAN_OF(p->b), &h);
	switch (how) {
	case SPEND_PKH:
		script_code(&h, out);
		return 0;
	case SPEND_WPKH:
		build_program(OP_0, SPAN_OF(h.b), out);
		return 0;
	case SPEND_SH_WPKH:
		build_program(OP_0, SPAN_OF(h.b), out);
		hash160(key_script_span(out), &h);
		build(out, SPAN_OF(sh_head), SPAN_OF(h.b), SPAN_OF(sh_tail));
		return 0;
	case SPEND_TR:
		return build_taproot(p, out);
	case SPEND_NONE:
	case SPEND_SH:
	case SPEND_SH_WSH:
	case SPEND_WSH:
		break;
	}
	return ERR_RANGE;
}

struct span
key_script_span(const struct key_script *s)
{
	return span_of(s->b, s->n);
}

uint32_t
spend_purpose(enum spend how)
{
	switch (how) {
	case SPEND_PKH:
		return 44;
	case SPEND_SH_WPKH:
		return 49;
	case SPEND_WPKH:
		return 84;
	case SPEND_TR:
		return 86;
	case SPEND_NONE:
	case SPEND_SH:
	case SPEND_SH_WSH:
	case SPEND_WSH:
		break;
	}
	return 0;
}
