#include <stdio.h>
#include <string.h>

#include "core/base/text.h"
#include "core/wire/bundle.h"

static const struct {
	const char	*first, *last;
} section[BUNDLE_FILE] = {
	[BUNDLE_WALLET] = { "# Coldseal backup: wallets, each a descriptor "
	    "with its checksum.", "# end of wallets" },
	[BUNDLE_RECORDS] = { "# Coldseal backup: the same as BSMS records "
	    "(BIP129).", "# end of BSMS records" },
	[BUNDLE_LABELS] = { "# Coldseal backup: labels (BIP329), a line each.",
	    "# end of labels" },
};

#define LINES_MAX 1000000

static const char wallet[] = "# wallet ";
static const char file_of[] = "# file of ";

static void
put_line(struct sink *s, const char *text)
{
	put_text(s, text);
	put_u8(s, '\n');
}

void
bundle_begin(struct sink *s, enum bundle_kind kind)
{
	put_line(s, section[kind].first);
}

void
bundle_end(struct sink *s, enum bundle_kind kind)
{
	put_line(s, section[kind].last);
}

void
bundle_wallet(struct sink *s, enum network network, struct span name,
    struct span text)
{
	put_text(s, wallet);
	put_text(s, network_word(network));
	put_u8(s, ' ');
	put_span(s, name);
	put_u8(s, '\n');
	put_span(s, text);
	if (text.n == 0 || text.p[text.n - 1] != '\n')
		put_u8(s, '\n');
}

void
bundle_file(struct sink *s, struct span name, struct span text)
{
	char head[48];
	size_t i, n = 0;
	bool open = text.n > 0 && text.p[text.n - 1] != '\n';

	for (i = 0; i < text.n; i++)
		n += text.p[i] == '\n';
	(void)snprintf(head, sizeof(head), "%s%zu line%s: ", file_of,
	    n + open, n + open == 1 ? "" : "s");
	put_text(s, head);
	put_span(s, name);
	put_u8(s, '\n');
	put_span(s, text);
	if (open)
		put_u8(s, '\n');
}

/* With its end, where it has one. */
static struct span
line_of(struct span s)
{
	const uint8_t *nl = s.n > 0 ? memchr(s.p, '\n', s.n) : NULL;

	return nl == NULL ? s : span_of(s.p, (size_t)(nl - s.p) + 1);
}

static struct span
cut(struct span *s)
{
	struct span line = line_of(*s);

	*s = span_of(s->p + line.n, s->n - line.n);
	return line;
}

static bool
says(struct span line, const char *what)
{
	size_t n = strlen(what);

	return line.n >= n && memcmp(line.p, what, n) == 0 &&
	    (line.n == n || line.p[n] == '\n');
}

/* "# wallet main Family". */
static bool
heads(struct span line, struct bundle_part *p)
{
	const size_t n = sizeof(wallet) - 1;
	char word[16] = "";
	size_t i;

	if (line.n < n || memcmp(line.p, wallet, n) != 0)
		return false;
	if (line.p[line.n - 1] == '\n')
		line.n--;
	line = span_of(line.p + n, line.n - n);
	for (i = 0; i < line.n && i < sizeof(word) - 1 && line.p[i] != ' ';
	    i++)
		word[i] = (char)line.p[i];
	i += i < line.n && line.p[i] == ' ';
	p->name = span_of(line.p + i, line.n - i);
	return p->name.n <= BUNDLE_NAME_MAX && text_is_plain(p->name) &&
	    network_of_word(word, &p->network) == 0;
}

static enum bundle_kind
opens(struct span line)
{
	enum bundle_kind k = 0;

	while (k < BUNDLE_FILE && !says(line, section[k].first))
		k++;
	return k < BUNDLE_FILE ? k : BUNDLE_OTHER;
}

/* "# file of 2 lines: notes.txt": it has as many, whatever they say. */
static bool
heads_file(struct span line, struct bundle_part *p, size_t *lines)
{
	size_t i = sizeof(file_of) - 1;

	*lines = 0;
	if (line.n <= i || memcmp(line.p, file_of, i) != 0)
		return false;
	if (line.p[line.n - 1] == '\n')
		line.n--;
	for (; i < line.n && line.p[i] >= '0' && line.p[i] <= '9' &&
	    *lines < LINES_MAX; i++)
		*lines = *lines * 10 + line.p[i] - '0';
	while (i < line.n && line.p[i] != ':')
		i++;
	if (line.n - i < 3)
		return false;
	p->name = span_of(line.p + i + 2, line.n - i - 2);
	return text_is_plain(p->name);
}

static bool
next_file(struct span *text, struct bundle_part *p)
{
	size_t lines;

	if (!heads_file(line_of(*text), p, &lines))
		return false;
	(void)cut(text);
	p->kind = BUNDLE_FILE;
	p->text = span_of(text->p, 0);
	for (; p->lines < lines && text->n > 0; p->lines++)
		p->text.n += cut(text).n;
	return true;
}

/* Up to what ends it: of a section its last line, of what the owner added the
 * beginning of one. */
static void
gather(struct span *text, struct bundle_part *p)
{
	struct bundle_part file;
	struct span line;
	size_t n;

	p->text = span_of(text->p, 0);
	p->lines = 0;
	while (text->n > 0) {
		line = line_of(*text);
		if (p->kind == BUNDLE_OTHER ? opens(line) < BUNDLE_OTHER ||
		    heads_file(line, &file, &n) :
		    says(line, section[p->kind].last))
			break;
		(void)cut(text);
		p->text.n += line.n;
		p->lines++;
	}
}

/* One descriptor of many: the section goes on behind it. */
static bool
next_wallet(struct span *text, struct bundle_part *p)
{
	struct span head = line_of(*text);

	if (!heads(head, p))
		return false;
	(void)cut(text);
	p->kind = BUNDLE_WALLET;
	p->text = span_of(head.p, head.n + cut(text).n);
	p->lines = 1;
	return true;
}

bool
bundle_next(struct span *text, struct bundle_part *p)
{
	enum bundle_kind k;

	*p = (struct bundle_part){ .kind = BUNDLE_OTHER };
	if (says(line_of(*text), section[BUNDLE_WALLET].first))
		(void)cut(text);
	if (next_wallet(text, p))
		return true;
	if (says(line_of(*text), section[BUNDLE_WALLET].last))
		(void)cut(text);
	if (text->n == 0)
		return false;
	if (next_file(text, p))
		return true;
	if ((k = opens(line_of(*text))) < BUNDLE_OTHER)
		(void)cut(text);
	p->kind = k == BUNDLE_WALLET ? BUNDLE_OTHER : k;
	gather(text, p);
	if (p->kind < BUNDLE_OTHER)
		(void)cut(text);
	return true;
}
