#include "core/base/text.h"
#include "core/crypto/hash.h"
#include "core/encode/hex.h"
#include "core/vault/vault.h"

#define FRONT 16			/* of the body, before the things */
#define THING 9				/* type, number, length */
#define LOG_LINE_MAX 4096

struct reader
vault_things(const struct vault *v)
{
	return reader_of(span_of(v->body + FRONT, v->used - FRONT));
}

/* Numbers rise as things come, and none is given twice. */
static enum err
in_order(const struct vault *v)
{
	struct reader r = vault_things(v);
	uint32_t last = 0;
	struct kept k;

	while (read_kept(&r, &k)) {
		if (k.id <= last || k.id >= v->next ||
		    (k.type == KEPT_KEY && k.body.n <= VAULT_SEALED))
			return ERR_FORM;
		last = k.id;
	}
	return reader_done(&r);
}

/* What was authenticated was written by us, or by a newer program. */
enum err
vault_check(struct vault *v, struct fault *f)
{
	struct reader r = reader_of(span_of(v->body, FRONT));
	uint32_t used;
	enum err e;

	v->flags = read_u32le(&r);
	v->next = read_u32le(&r);
	v->used = FRONT;
	fault_set(f, 0, "inside the vault");
	if ((v->flags & ~(uint32_t)VAULT_EACH_TIME) != 0)
		return ERR_VERSION;
	used = read_u32le(&r);
	if (used > VAULT_BODY - FRONT)
		return ERR_FORM;
	v->used += used;
	if ((e = in_order(v)) != 0)
		return e;
	*f = (struct fault){ 0 };
	return 0;
}

static size_t
count(const struct vault *v, enum kept_type type)
{
	struct reader r = vault_things(v);
	struct kept k;
	size_t n = 0;

	while (read_kept(&r, &k))
		n += k.type == type;
	return n;
}

static bool
has(const struct vault *v, enum kept_type type, struct span body)
{
	struct reader r = vault_things(v);
	struct kept k;

	while (read_kept(&r, &k))
		if (k.type == type && span_eq(k.body, body))
			return true;
	return false;
}

/* The same thing again is no second one: its number is 0. */
enum err
vault_put(struct vault *v, enum kept_type type, struct span body,
    uint32_t *id)
{
	size_t left = VAULT_BODY - v->used;
	struct sink s;
	enum err e;

	if (!v->open)
		return ERR_STATE;
	if ((e = kept_fits(type, body.n)) != 0)
		return e;
	*id = 0;
	if (type != KEPT_LOG && has(v, type, body))
		return 0;
	if ((type == KEPT_KEY && count(v, type) == LIMIT_VAULT_KEYS) ||
	    (type == KEPT_WALLET && count(v, type) == LIMIT_WALLETS) ||
	    left < THING + body.n || v->next == UINT32_MAX)
		return ERR_SPACE;
	s = sink_to_buf(v->body + v->used, left);
	put_kept(&s, type, v->next, body);
	v->used += s.total;
	*id = v->next++;
	return 0;
}

enum err
vault_find(const struct vault *v, uint32_t id, struct kept *k)
{
	struct reader r = vault_things(v);

	while (read_kept(&r, k))
		if (k->id == id)
			return 0;
	return ERR_MISSING;
}

/* What is behind it moves up, and what that leaves is wiped. */
static void
take_out(struct vault *v, const struct kept *k)
{
	size_t from = (size_t)(k->body.p - v->body) - THING;
	size_t n = THING + k->body.n;

	memmove(v->body + from, v->body + from + n, v->used - from - n);
	v->used -= n;
	wipe(v->body + v->used, n);
}

/* A line of the log does not go alone: the next ones hang on it. */
enum err
vault_drop(struct vault *v, uint32_t id)
{
	struct kept k;
	enum err e;

	if (!v->open)
		return ERR_STATE;
	if ((e = vault_find(v, id, &k)) != 0)
		return e;
	if (k.type == KEPT_LOG)
		return ERR_REFUSED;
	take_out(v, &k);
	return 0;
}

void
vault_list(const struct vault *v, struct sink *s)
{
	struct reader r = vault_things(v);
	struct kept k;

	while (read_kept(&r, &k)) {
		if (k.type == KEPT_KEY)
			k.body.n -= VAULT_SEALED;
		put_kept(s, k.type, k.id, k.body);
	}
}

/* --- the log -------------------------------------------------------------- */

static bool
last_line(const struct vault *v, struct kept *last)
{
	struct reader r = vault_things(v);
	struct kept k;

	last->type = KEPT_NONE;
	while (read_kept(&r, &k))
		if (k.type == KEPT_LOG)
			*last = k;
	return last->type == KEPT_LOG;
}

/* The number in front of a line that we wrote. */
static uint32_t
number_of(struct span line)
{
	uint32_t n = 0;
	size_t i;

	for (i = 0; i < line.n && i < 9 && line.p[i] >= '0' &&
	    line.p[i] <= '9'; i++)
		n = 10 * n + (uint32_t)(line.p[i] - '0');
	return n;
}

static void
put_number(struct sink *s, uint32_t n)
{
	char digits[11];
	size_t at = sizeof(digits);

	digits[--at] = '\0';
	do
		digits[--at] = (char)('0' + n % 10);
	while ((n /= 10) != 0);
	put_text(s, digits + at);
}

/* Each line begins with the digest of the one before, so that none can be
 * changed or left out unless all that follow are written anew. */
enum err
vault_log(struct vault *v, struct span text, uint32_t *id)
{
	uint8_t line[LOG_LINE_MAX];
	struct sink s = sink_to_buf(line, sizeof(line));
	struct hash32 before = { { 0 } };
	char hex[2 * sizeof(before.b) + 1];
	struct sha256 h;
	struct kept k;
	uint32_t n = 1;

	if (text.n == 0 || !text_is_printable(text))
		return ERR_FORM;
	if (v->open && last_line(v, &k)) {
		n = number_of(k.body) + 1;
		sha256_begin(&h);
		sha256_put(&h, k.body);
		sha256_put(&h, span_text("\n"));
		sha256_end(&h, &before);
	}
	hex_text(SPAN_OF(before.b), hex);
	put_number(&s, n);
	put_u8(&s, ' ');
	put_text(&s, hex);
	put_u8(&s, ' ');
	put_span(&s, text);
	return s.err != 0 ? ERR_RANGE :
	    vault_put(v, KEPT_LOG, span_of(line, s.total), id);
}

void
vault_cut_log(struct vault *v)
{
	struct kept last, k;
	struct reader r;

	while (last_line(v, &last)) {
		r = vault_things(v);
		while (read_kept(&r, &k) && k.type != KEPT_LOG)
			continue;
		if (k.id == last.id)
			return;
		take_out(v, &k);
	}
}
