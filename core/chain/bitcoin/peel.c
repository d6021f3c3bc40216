#include "core/chain/bitcoin/peel.h"
#include "core/chain/bitcoin/psbt.h"

static const char hex_magic[] = "70736274ff";
static const char base64_magic[] = "cHNidP";

static uint8_t
lower(uint8_t c)
{
	return c >= 'A' && c <= 'Z' ? (uint8_t)(c + 'a' - 'A') : c;
}

static bool
is_hex(struct span file)
{
	size_t i, n = sizeof(hex_magic) - 1;

	for (i = 0; i < n && i < file.n; i++)
		if (lower(file.p[i]) != (uint8_t)hex_magic[i])
			return false;
	return file.n >= n;
}

enum peel_kind
peel_kind(struct span file)
{
	size_t n = sizeof(base64_magic) - 1;

	if (file.n >= PSBT_MAGIC_SIZE &&
	    memcmp(file.p, psbt_magic, PSBT_MAGIC_SIZE) == 0)
		return PEEL_BINARY;
	if (file.n >= n && memcmp(file.p, base64_magic, n) == 0)
		return PEEL_BASE64;
	return is_hex(file) ? PEEL_HEX : PEEL_NONE;
}

static int
nibble(uint8_t c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = lower(c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The line end at i, if one is there: its length. */
static size_t
line_end(struct span s, size_t i)
{
	if (s.p[i] == '\n')
		return 1;
	return s.p[i] == '\r' && i + 1 < s.n && s.p[i + 1] == '\n' ? 2 : 0;
}

/* Length of the first line, its kind of end, and whether the last has one. */
static void
lines_of(struct span s, struct base64_shape *shape)
{
	size_t i = 0, end = 0;

	while (i < s.n && (end = line_end(s, i)) == 0)
		i++;
	shape->crlf = end == 2;
	shape->newline = s.n > 0 && s.p[s.n - 1] == '\n';
	if (end > 0 && i + end < s.n)
		shape->wrap = (uint32_t)i;
}

static enum err
hex_in(struct span file, uint8_t *out, size_t *n, struct peel *p, size_t *at)
{
	bool big = false, small = false;
	size_t i, end, digits = 0;
	int v, high = 0;

	lines_of(file, &p->shape);
	for (i = 0; i < file.n; i++) {
		if ((end = line_end(file, i)) > 0) {
			i += end - 1;
			continue;
		}
		*at = i;
		if ((v = nibble(file.p[i])) < 0)
			return ERR_FORM;
		big = big || (file.p[i] >= 'A' && file.p[i] <= 'F');
		small = small || (file.p[i] >= 'a' && file.p[i] <= 'f');
		if (digits++ % 2 == 0)
			high = v << 4;
		else
			out[digits / 2 - 1] = (uint8_t)(high | v);
	}
	p->upper = big && !small;
	*n = digits / 2;
	return digits % 2 != 0 ? ERR_FORM : ERR_NONE;
}

enum err
peel(struct span file, struct arena *a, struct peel *p, struct span *bytes,
    size_t *at)
{
	size_t n = 0, cap;
	uint8_t *out;
	enum err e;

	p->kind = peel_kind(file);
	*at = 0;
	if (p->kind == PEEL_NONE)
		return ERR_FORM;
	if (p->kind == PEEL_BINARY) {
		*bytes = file;
		return 0;
	}
	cap = p->kind == PEEL_HEX ? file.n / 2 + 1 : BASE64_BYTES(file.n);
	if ((out = arena_new(a, uint8_t, cap)) == NULL)
		return ERR_SPACE;
	if (p->kind == PEEL_HEX)
		e = hex_in(file, out, &n, p, at);
	else
		e = base64_bytes(file, out, cap, &n, &p->shape);
	if (e != 0)
		return e;
	*bytes = span_of(out, n);
	return 0;
}

static void
hex_out(struct sink *s, struct span b, const struct peel *p)
{
	static const char small[] = "0123456789abcdef";
	static const char big[] = "0123456789ABCDEF";
	const char *digit = p->upper ? big : small;
	const char *end = p->shape.crlf ? "\r\n" : "\n";
	size_t i, column = 0;

	for (i = 0; i < 2 * b.n; i++) {
		uint8_t v = b.p[i / 2];

		if (p->shape.wrap > 0 && column == p->shape.wrap) {
			put_text(s, end);
			column = 0;
		}
		put_u8(s, (uint8_t)digit[i % 2 == 0 ? v >> 4 : v & 15]);
		column++;
	}
	if (p->shape.newline)
		put_text(s, end);
}

void
peel_put(struct sink *s, struct span bytes, const struct peel *p)
{
	if (p->kind == PEEL_HEX)
		hex_out(s, bytes, p);
	else if (p->kind == PEEL_BASE64)
		base64_put(s, bytes, &p->shape);
	else
		put_span(s, bytes);
}
