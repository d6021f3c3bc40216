#include "core/base/text.h"
#include "core/chain/bitcoin/descriptor.h"
#include "core/chain/bitcoin/register.h"
#include "core/encode/base58.h"

static bool
is_blank(uint8_t c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

bool
wallet_line(struct span file, size_t *at, struct span *line)
{
	size_t first = *at, end;

	if (first >= file.n)
		return false;
	while (*at < file.n && file.p[*at] != '\n')
		(*at)++;
	end = (*at)++;
	while (first < end && is_blank(file.p[first]))
		first++;
	while (end > first && is_blank(file.p[end - 1]))
		end--;
	*line = span_of(file.p + first, end - first);
	return true;
}

enum err
wallet_name(struct span s, struct wallet_file *w)
{
	if (s.n > WALLET_NAME_MAX)
		return ERR_RANGE;
	return text_escape(s, w->name, sizeof(w->name)) == 0 ? ERR_NONE :
	    ERR_RANGE;
}

/* must: a text that can be mistyped has one. */
static enum err
take_sum(struct span *text, bool must)
{
	const uint8_t *mark = text->n == 0 ? NULL :
	    memchr(text->p, '#', text->n);
	char sum[DESCRIPTOR_SUM + 1];
	struct span said;
	enum err e;

	if (mark == NULL)
		return must ? ERR_NO_SUM : ERR_NONE;
	said = span_of(mark + 1, text->n - (size_t)(mark - text->p) - 1);
	text->n = (size_t)(mark - text->p);
	if ((e = descriptor_sum(*text, sum)) != 0)
		return e;
	return span_eq(said, span_text(sum)) ? ERR_NONE : ERR_CHECKSUM;
}

static bool
stands(struct span s, size_t i, const char *word)
{
	size_t n = strlen(word);

	return s.n - i >= n && memcmp(s.p + i, word, n) == 0;
}

enum err
wallet_replace(struct span s, const char *from, const char *to, struct arena *a,
    const char **out)
{
	size_t cap = s.n + 1, i, n = 0, nfrom = strlen(from), nto = strlen(to);
	char *p;

	for (i = 0; i < s.n; i++)
		cap += stands(s, i, from) ? nto : 0;
	if ((p = arena_new(a, char, cap)) == NULL)
		return ERR_SPACE;
	for (i = 0; i < s.n;) {
		if (stands(s, i, from)) {
			memcpy(p + n, to, nto);
			n += nto;
			i += nfrom;
		} else {
			p[n++] = (char)s.p[i++];
		}
	}
	p[n] = '\0';
	*out = p;
	return 0;
}

enum err
wallet_tidy(struct span text, bool must, struct arena *a, const char **out)
{
	const char *t;
	enum err e;

	if (text.n > DESC_TEXT_MAX)
		return ERR_TOO_LARGE;
	if (text.n > 0 && memchr(text.p, '\0', text.n) != NULL)
		return ERR_FORM;
	if ((e = take_sum(&text, must)) != 0 ||
	    (e = wallet_replace(text, "'", "h", a, &t)) != 0)
		return e;
	return wallet_replace(span_text(t), "/**", "/<0;1>/*", a, out);
}

static bool
is_number(struct span s)
{
	size_t i;

	for (i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return s.n > 0;
}

/* They differ in steps of paths and in nothing else. */
enum err
wallet_pair(const char *receive, const char *change, struct arena *a,
    const char **out)
{
	struct scan x = { span_text(receive), 0 };
	struct scan y = { span_text(change), 0 };
	size_t cap = x.text.n + y.text.n + DESC_TEXT_MAX;
	uint8_t *p = arena_new(a, uint8_t, cap + 1);
	struct sink o = sink_to_buf(p, cap);

	if (p == NULL)
		return ERR_SPACE;
	while (!scan_end(&x) || !scan_end(&y)) {
		struct span v = scan_until(&x, "/"), w = scan_until(&y, "/");

		if (!span_eq(v, w) && (!is_number(v) || !is_number(w)))
			return ERR_MISMATCH;
		put_text(&o, span_eq(v, w) ? "" : "<");
		put_span(&o, v);
		if (!span_eq(v, w)) {
			put_u8(&o, ';');
			put_span(&o, w);
			put_u8(&o, '>');
		}
		if (scan_take(&x, '/') != scan_take(&y, '/'))
			return ERR_MISMATCH;
		put_text(&o, scan_end(&x) ? "" : "/");
	}
	if (o.err != 0 || strcmp(receive, change) == 0)
		return o.err != 0 ? o.err : ERR_MISMATCH;
	p[o.total] = '\0';
	*out = (const char *)p;
	return 0;
}

/* Other letters in front say which script; the key is the same. */
static enum err
plain_xpub(struct span text, bool pathless, char out[XPUB_TEXT_MAX])
{
	static const struct { uint32_t is, plain; } row[] = {
		{ 0x049d7cb2, XPUB_VERSION_MAIN },
		{ 0x0295b43f, XPUB_VERSION_MAIN },
		{ 0x04b24746, XPUB_VERSION_MAIN },
		{ 0x02aa7ed3, XPUB_VERSION_MAIN },
		{ 0x044a5262, XPUB_VERSION_TEST },
		{ 0x024289ef, XPUB_VERSION_TEST },
		{ 0x045f1cf6, XPUB_VERSION_TEST },
		{ 0x02575483, XPUB_VERSION_TEST },
	};
	uint8_t b[BASE58_MAX];
	uint32_t version;
	struct xpub x;
	size_t i, n;
	enum err e;

	if ((e = base58check_bytes(text, b, sizeof(b), &n)) != 0)
		return e;
	if (xpub_of_bytes(span_of(b, n), &version, &x) != 0)
		return ERR_KEY;
	if (pathless && x.depth > 0)
		return ERR_NO_PATH;
	for (i = 0; i < sizeof(row) / sizeof(row[0]); i++)
		if (row[i].is == version)
			version = row[i].plain;
	return version == XPUB_VERSION_MAIN || version == XPUB_VERSION_TEST ?
	    xpub_text(&x, version, out) : ERR_KEY;
}

enum err
wallet_kit_begin(struct wallet_kit *k, struct span format, uint32_t m)
{
	static const struct { const char *name, *open, *close; } row[] = {
		{ "P2WSH", "wsh(", "))" }, { "P2SH", "sh(", "))" },
		{ "P2WSH-P2SH", "sh(wsh(", ")))" },
		{ "P2SH-P2WSH", "sh(wsh(", ")))" },
		{ "P2SH_P2WSH", "sh(wsh(", ")))" },
	};
	size_t i;

	for (i = 0; i < sizeof(row) / sizeof(row[0]); i++)
		if (span_eq(format, span_text(row[i].name)))
			break;
	if (i == sizeof(row) / sizeof(row[0]) || m < 1 || m > 99)
		return ERR_RANGE;
	k->s = sink_to_buf(k->text, sizeof(k->text));
	k->nkey = 0;
	k->close = row[i].close;
	put_text(&k->s, row[i].open);
	put_text(&k->s, "sortedmulti(");
	if (m >= 10)
		put_u8(&k->s, (uint8_t)('0' + m / 10));
	put_u8(&k->s, (uint8_t)('0' + m % 10));
	return 0;
}

enum err
wallet_kit_key(struct wallet_kit *k, struct span fpr, struct span path,
    struct span xpub)
{
	char text[XPUB_TEXT_MAX];
	size_t i;
	enum err e;

	if (fpr.n != 8 || path.n < 1 || path.p[0] != 'm')
		return ERR_FORM;
	if ((e = plain_xpub(xpub, path.n == 1, text)) != 0)
		return e;
	put_text(&k->s, ",[");
	for (i = 0; i < fpr.n; i++)
		put_u8(&k->s, fpr.p[i] >= 'A' && fpr.p[i] <= 'F' ?
		    (uint8_t)(fpr.p[i] + 'a' - 'A') : fpr.p[i]);
	put_span(&k->s, span_of(path.p + 1, path.n - 1));
	put_text(&k->s, "]");
	put_text(&k->s, text);
	put_text(&k->s, "/<0;1>/*");
	k->nkey++;
	return k->s.err;
}

enum err
wallet_kit_end(struct wallet_kit *k, struct arena *a, const char **out)
{
	put_text(&k->s, k->close);
	if (k->s.err != 0)
		return k->s.err;
	return wallet_tidy(span_of(k->text, k->s.total), false, a, out);
}
