#include "core/base/text.h"
#include "core/wire/label.h"

#define TXID 64				/* characters */

static const char *const names[LABEL_KINDS] = {
	[LABEL_TX] = "tx", [LABEL_ADDR] = "addr", [LABEL_PUBKEY] = "pubkey",
	[LABEL_INPUT] = "input", [LABEL_OUTPUT] = "output",
	[LABEL_XPUB] = "xpub", [LABEL_KEY] = "key", [LABEL_WALLET] = "wallet",
};

const char *
label_kind_name(enum label_kind k)
{
	return k < LABEL_KINDS ? names[k] : "";
}

static bool
is_digit(uint8_t c)
{
	return c >= '0' && c <= '9';
}

static bool
is_letter(uint8_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
all_hex(struct span s)
{
	size_t i;

	for (i = 0; i < s.n; i++)
		if (!is_digit(s.p[i]) && (s.p[i] < 'a' || s.p[i] > 'f'))
			return false;
	return true;
}

/* Letters and digits: base58, bech32, the checksum of a descriptor. */
static bool
all_plain(struct span s)
{
	size_t i;

	for (i = 0; i < s.n; i++)
		if (!is_digit(s.p[i]) && !is_letter(s.p[i]))
			return false;
	return true;
}

/* "txid:0", the number as short as it can be, of 32 bits. */
static bool
is_outpoint(struct span s)
{
	uint64_t n = 0;
	size_t i;

	if (s.n < TXID + 2 || s.n > TXID + 11 || s.p[TXID] != ':' ||
	    !all_hex(span_of(s.p, TXID)) ||
	    (s.p[TXID + 1] == '0' && s.n > TXID + 2))
		return false;
	for (i = TXID + 1; i < s.n; i++) {
		if (!is_digit(s.p[i]))
			return false;
		n = n * 10 + (uint64_t)(s.p[i] - '0');
	}
	return n <= UINT32_MAX;
}

static bool
is_of(enum label_kind kind, struct span s)
{
	switch (kind) {
	case LABEL_TX:
		return s.n == TXID && all_hex(s);
	case LABEL_INPUT:
	case LABEL_OUTPUT:
		return is_outpoint(s);
	case LABEL_PUBKEY:
		return (s.n == 64 || s.n == 66 || s.n == 130) && all_hex(s);
	case LABEL_ADDR:
		return s.n >= 14 && s.n <= 128 && all_plain(s);
	case LABEL_XPUB:
		return s.n >= 100 && s.n <= 120 && all_plain(s);
	case LABEL_KEY:
		return s.n == 8 && all_hex(s);
	case LABEL_WALLET:
		return s.n == 8 && all_plain(s);
	case LABEL_KINDS:
		break;
	}
	return false;
}

enum err
label_ref_ok(enum label_kind kind, struct span ref)
{
	return is_of(kind, ref) ? ERR_NONE : ERR_FORM;
}

/* "addr bc1q...": the kind in front of the blank. */
static enum err
split(struct span key, enum label_kind *kind, struct span *ref)
{
	unsigned i;
	size_t n;

	for (i = 0; i < LABEL_KINDS; i++) {
		n = strlen(names[i]);
		if (key.n <= n + 1 || memcmp(key.p, names[i], n) != 0 ||
		    key.p[n] != ' ')
			continue;
		*kind = (enum label_kind)i;
		*ref = span_of(key.p + n + 1, key.n - n - 1);
		return label_ref_ok(*kind, *ref);
	}
	return ERR_FORM;
}

/* Exactly what text_escape() makes of something. */
static bool
is_escaped(struct span s, size_t most)
{
	size_t i;

	if (s.n > most || !text_is_printable(s) || (s.n > 0 &&
	    (s.p[0] == ' ' || s.p[s.n - 1] == ' ')))
		return false;
	for (i = 0; i < s.n; i++) {
		if (s.p[i] == ' ' && s.p[i - 1] == ' ')
			return false;
		if (s.p[i] != '\\')
			continue;
		if (s.n - i >= 4 && s.p[i + 1] == 'x' &&
		    all_hex(span_of(s.p + i + 2, 2)))
			i += 3;
		else if (s.n - i >= 2 && s.p[i + 1] == '\\')
			i++;
		else
			return false;
	}
	return true;
}

enum err
label_read(struct span body, struct label *l)
{
	struct reader r = reader_of(body);
	enum err e;

	*l = (struct label){ .key = read_block(&r) };
	l->text = read_block(&r);
	if (reader_left(&r) > 0) {
		l->origin = read_block(&r);
		l->flags = read_u8(&r);
	}
	if ((e = reader_done(&r)) != 0)
		return e;
	if (l->flags > 7)
		return ERR_RANGE;
	if (!is_escaped(l->text, LABEL_TEXT_MAX) ||
	    !is_escaped(l->origin, LABEL_ORIGIN_MAX))
		return ERR_FORM;
	return split(l->key, &l->kind, &l->ref);
}

void
label_put(struct sink *s, const struct label *l)
{
	const char *name = label_kind_name(l->kind);

	put_u32le(s, (uint32_t)(strlen(name) + 1 + l->ref.n));
	put_text(s, name);
	put_text(s, " ");
	put_span(s, l->ref);
	put_block(s, l->text);
	if (l->origin.n == 0 && l->flags == 0)
		return;
	put_block(s, l->origin);
	put_u8(s, (uint8_t)l->flags);
}

void
label_put_pair(struct sink *s, const char *key, const char *text)
{
	put_block(s, span_text(key));
	put_block(s, span_text(text));
}

/* --- typed ---------------------------------------------------------------- */

static bool
is_extended(struct span s)
{
	static const char first[] = "xyztuvYZUV";

	return s.n >= 100 && strchr(first, s.p[0]) != NULL &&
	    memcmp(s.p + 1, "pub", 3) == 0;
}

static enum label_kind
guess(struct span s)
{
	static const enum label_kind tries[] = { LABEL_KEY, LABEL_TX,
	    LABEL_PUBKEY, LABEL_OUTPUT };
	size_t i;

	for (i = 0; i < sizeof(tries) / sizeof(tries[0]); i++)
		if (is_of(tries[i], s))
			return tries[i];
	return is_extended(s) ? LABEL_XPUB : LABEL_ADDR;
}

/* A bech32 address in capitals is the same in small letters. */
static void
lower(char *s)
{
	static const char *const heads[] = { "BC1", "TB1", "BCRT1" };
	size_t i, n = strlen(s);
	bool is = false;

	for (i = 0; i < sizeof(heads) / sizeof(heads[0]); i++)
		is = is || strncmp(s, heads[i], strlen(heads[i])) == 0;
	for (i = 0; i < n; i++)
		is = is && !(s[i] >= 'a' && s[i] <= 'z');
	for (i = 0; is && i < n; i++)
		if (s[i] >= 'A' && s[i] <= 'Z')
			s[i] = (char)(s[i] + ('a' - 'A'));
}

enum err
label_key(struct span typed, char out[LABEL_KEY_MAX + 1])
{
	enum label_kind kind;
	struct span ref;
	size_t n;

	if (split(typed, &kind, &ref) != 0) {
		kind = guess(typed);
		ref = typed;
	}
	if (!is_of(kind, ref) || ref.n > LABEL_REF_MAX)
		return ERR_FORM;
	n = strlen(names[kind]);
	memcpy(out, names[kind], n);
	out[n] = ' ';
	memcpy(out + n + 1, ref.p, ref.n);
	out[n + 1 + ref.n] = '\0';
	if (kind == LABEL_ADDR)
		lower(out + n + 1);
	return 0;
}

enum err
label_text(struct span typed, char out[LABEL_TEXT_MAX + 1])
{
	if (typed.n > LABEL_RAW_MAX)
		return ERR_RANGE;
	/* text_escape() leaves room for one more than it writes. */
	return text_escape(typed, out, LABEL_TEXT_MAX + 1);
}
