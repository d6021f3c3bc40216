#include "core/base/text.h"
#include "core/chain/bitcoin/message.h"
#include "core/encode/hex.h"

#define LINES_MAX 3

struct lines {
	struct span	line[LINES_MAX];
	size_t		n;
};

static struct span
without_mark(struct span s)
{
	static const uint8_t mark[] = { 0xef, 0xbb, 0xbf };

	if (s.n >= sizeof(mark) && memcmp(s.p, mark, sizeof(mark)) == 0)
		return span_of(s.p + sizeof(mark), s.n - sizeof(mark));
	return s;
}

static bool
is_utf8(struct span s)
{
	size_t i, n;

	for (i = 0; i < s.n; i += n)
		if ((n = text_character(s, i, NULL)) == 0)
			return false;
	return true;
}

/* The next line without its end, LF or CR LF; *at goes behind it. */
static struct span
next_line(struct span s, size_t *at)
{
	size_t from = *at, end = from;

	while (end < s.n && s.p[end] != '\n')
		end++;
	*at = end < s.n ? end + 1 : end;
	if (end < s.n && end > from && s.p[end - 1] == '\r')
		end--;
	return span_of(s.p + from, end - from);
}

/* Two or three lines; empty ones at the end are what editors leave there. */
static bool
split(struct span file, struct lines *l)
{
	struct span s = without_mark(file), line;
	size_t at = 0, n = 0;

	l->n = 0;
	for (; at < s.n; n++) {
		line = next_line(s, &at);
		if (n >= LINES_MAX && line.n > 0)
			return false;
		if (n < 2 || line.n > 0)
			l->line[l->n++] = line;
	}
	return l->n >= 2;
}

static struct span
trim(struct span s)
{
	while (s.n > 0 && (s.p[0] == ' ' || s.p[0] == '\t'))
		s = span_of(s.p + 1, s.n - 1);
	while (s.n > 0 && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\t' ||
	    s.p[s.n - 1] == '\r'))
		s.n--;
	return s;
}

#define FPR_TEXT 8
#define PATH_LINE_MAX 160

/* m/84'/0'/0'/0/0, or with whose key it is: [73c5da0a/84'/0'/0'/0/0]. */
static enum err
read_path(struct span line, struct message *m)
{
	struct span s = trim(line);
	char text[PATH_LINE_MAX];
	size_t n;

	if (s.n >= 2 && s.p[0] == '[' && s.p[s.n - 1] == ']') {
		s = span_of(s.p + 1, s.n - 2);
		if (s.n < FPR_TEXT + 2 || s.n >= sizeof(text))
			return ERR_FORM;
		if (hex_bytes(span_of(s.p, FPR_TEXT), m->fpr.b,
		    sizeof(m->fpr.b), &n) != 0)
			return ERR_FORM;
		m->has_fpr = true;
		text[0] = 'm';
		memcpy(text + 1, s.p + FPR_TEXT, s.n - FPR_TEXT);
		s = span_of(text, s.n - FPR_TEXT + 1);
	}
	return s.n > 2 ? path_of_text(s, &m->path) : ERR_FORM;
}

/* Spaces, letters of either case; a word of line 3. */
static struct span
next_word(struct span s, size_t *at)
{
	size_t from;

	while (*at < s.n && (s.p[*at] == ' ' || s.p[*at] == '\t'))
		(*at)++;
	for (from = *at; *at < s.n && s.p[*at] != ' ' && s.p[*at] != '\t';)
		(*at)++;
	return span_of(s.p + from, *at - from);
}

static bool
word_is(struct span s, const char *word)
{
	size_t i;

	if (s.n != strlen(word))
		return false;
	for (i = 0; i < s.n; i++) {
		uint8_t c = s.p[i];

		if (c >= 'A' && c <= 'Z')
			c = (uint8_t)(c + 'a' - 'A');
		if (c != (uint8_t)word[i])
			return false;
	}
	return true;
}

static const struct {
	const char	*word;
	enum spend	 how;
} types[] = {
	{ "p2pkh", SPEND_PKH },
	{ "p2sh-p2wpkh", SPEND_SH_WPKH },
	{ "p2wpkh-p2sh", SPEND_SH_WPKH },
	{ "p2wpkh", SPEND_WPKH },
	{ "p2tr", SPEND_TR },
};

enum asked { ASKED_NOTHING, ASKED_BIP137, ASKED_BIP322, ASKED_SIMPLE,
    ASKED_FULL };

static const struct {
	const char	*word;
	enum asked	 asked;
} forms[] = {
	{ "bip137", ASKED_BIP137 },
	{ "bip322", ASKED_BIP322 },
	{ "simple", ASKED_SIMPLE },
	{ "bip322-simple", ASKED_SIMPLE },
	{ "full", ASKED_FULL },
	{ "bip322-full", ASKED_FULL },
};

/* A kind of address, a form, or both in this order. */
static enum err
read_ways(struct span line, enum spend *how, enum asked *asked)
{
	struct span word;
	size_t i, at = 0;

	word = next_word(line, &at);
	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (word_is(word, types[i].word))
			*how = types[i].how;
	if (*how != SPEND_NONE)
		word = next_word(line, &at);
	for (i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
		if (word_is(word, forms[i].word))
			*asked = forms[i].asked;
	if (*asked == ASKED_NOTHING && word.n > 0)
		return ERR_FORM;
	return next_word(line, &at).n == 0 ? ERR_NONE : ERR_FORM;
}

/* What the path's purpose says: 44, 49, 84, 86. */
static enum spend
spend_of_path(const struct path *p)
{
	static const enum spend all[] = { SPEND_PKH, SPEND_SH_WPKH,
	    SPEND_WPKH, SPEND_TR };
	size_t i;

	for (i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (p->e[0] == (spend_purpose(all[i]) | HARDENED))
			return all[i];
	return SPEND_NONE;
}

/*
 * BIP322 has a simple form for native segwit alone, the full one for all; the
 * old form knows no taproot.  Where nothing is asked, a legacy address signs
 * as every wallet can check it.
 */
static enum err
choose_form(enum spend how, enum asked asked, enum message_form *out)
{
	bool native = how == SPEND_WPKH || how == SPEND_TR;

	if ((asked == ASKED_BIP137 && how == SPEND_TR) ||
	    (asked == ASKED_SIMPLE && !native))
		return ERR_FORM;
	if (asked == ASKED_BIP137 ||
	    (asked == ASKED_NOTHING && how == SPEND_PKH))
		*out = MESSAGE_BIP137;
	else
		*out = native && asked != ASKED_FULL ? MESSAGE_SIMPLE :
		    MESSAGE_FULL;
	return 0;
}

bool
message_sniff(struct span file)
{
	struct message m = { 0 };
	struct lines l;

	return file.n <= MESSAGE_FILE_MAX && is_utf8(file) &&
	    split(file, &l) && read_path(l.line[1], &m) == 0;
}

enum err
message_read(struct span file, struct message *out, struct fault *f)
{
	struct message m = { .review = out->review };
	enum asked asked = ASKED_NOTHING;
	struct lines l;
	enum err e;

	if (!is_utf8(file) || !split(file, &l)) {
		fault_set(f, 0, "the lines of a message");
		return ERR_FORM;
	}
	m.text = l.line[0];
	fault_set(f, (size_t)(l.line[1].p - file.p), "line 2: path");
	if ((e = read_path(l.line[1], &m)) != 0)
		return e;
	if (l.n == 3) {
		fault_set(f, (size_t)(l.line[2].p - file.p),
		    "line 3: kind of address");
		if ((e = read_ways(trim(l.line[2]), &m.how, &asked)) != 0)
			return e;
	}
	if (m.how == SPEND_NONE)
		m.how = spend_of_path(&m.path);
	if (m.how == SPEND_NONE) {
		fault_set(f, file.n, "line 3: kind of address");
		return ERR_MISSING;
	}
	if ((e = choose_form(m.how, asked, &m.form)) != 0) {
		fault_set(f, (size_t)(l.line[2].p - file.p),
		    "line 3: no such signature for this kind of address");
		return e;
	}
	*f = (struct fault){ 0 };
	*out = m;
	return 0;
}

const char *
message_form_name(enum message_form form)
{
	static const char *const names[] = { "BIP137", "BIP322 simple",
	    "BIP322 full" };

	return names[form];
}
