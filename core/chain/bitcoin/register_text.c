#include "core/base/text.h"
#include "core/chain/bitcoin/register.h"

static bool
begins(struct span s, const char *word)
{
	size_t n = strlen(word);

	return s.n >= n && memcmp(s.p, word, n) == 0;
}

/* Behind the word and its blanks. */
static struct span
behind(struct span s, const char *word)
{
	size_t n = strlen(word);

	while (n < s.n && (s.p[n] == ' ' || s.p[n] == '\t'))
		n++;
	return span_of(s.p + n, s.n - n);
}

#define LINES_MAX 3

/* "# wallet main Family", as a backup of ours has it (core/wire/bundle.h): a
 * name that was escaped when it first came. */
static void
backup_name(struct span line, struct wallet_file *w)
{
	size_t i;

	if (!begins(line, "# wallet ") || w->name[0] != '\0')
		return;
	line = behind(line, "# wallet ");
	for (i = 0; i < line.n && line.p[i] != ' '; i++)
		continue;
	for (; i < line.n && line.p[i] == ' '; i++)
		continue;
	line = span_of(line.p + i, line.n - i);
	if (line.n > 0 && line.n < sizeof(w->name) && text_is_plain(line))
		memcpy(w->name, line.p, line.n);
}

/*
 * One with both branches; or one for receiving and one for change; or all
 * three, which must agree.  Lines that begin with # are remarks.
 */
enum err
wallet_read_descriptor(struct span file, struct arena *a,
    struct wallet_file *w)
{
	const char *text[LINES_MAX], *both;
	size_t at = 0, n = 0;
	struct span line;
	enum err e;

	while (wallet_line(file, &at, &line)) {
		backup_name(line, w);
		if (line.n == 0 || line.p[0] == '#')
			continue;
		if (begins(line, "Receive:"))
			line = behind(line, "Receive:");
		else if (begins(line, "Change:"))
			line = behind(line, "Change:");
		if (n == LINES_MAX)
			return ERR_TRAILING;
		if ((e = wallet_tidy(line, true, a, &text[n++])) != 0)
			return e;
	}
	if (n == 0)
		return ERR_MISSING;
	w->form = "descriptor";
	w->text = text[0];
	/* In either order. */
	if (n == 2 && strstr(text[0], "/1/*") != NULL &&
	    strstr(text[1], "/0/*") != NULL)
		return wallet_pair(text[1], text[0], a, &w->text);
	if (n == 2)
		return wallet_pair(text[0], text[1], a, &w->text);
	if (n == 3 && ((e = wallet_pair(text[1], text[2], a, &both)) != 0 ||
	    strcmp(both, text[0]) != 0))
		return e != 0 ? e : ERR_MISMATCH;
	return 0;
}

/* The branches that a key's two stars stand for; nothing is said: 0 and 1. */
static enum err
restrictions(struct span s, struct arena *a, const char **out)
{
	bool any = span_eq(s, span_text("No path restrictions"));
	struct scan at = { s, 0 };
	uint32_t branch[2] = { 0, 1 };
	size_t i;
	enum err e;

	for (i = 0; !any && i < 2; i++)
		if ((i > 0 && !scan_take(&at, ',')) || !scan_take(&at, '/'))
			return ERR_RANGE;
		else if ((e = scan_number(&at, HARDENED - 1,
		    &branch[i])) != 0)
			return e;
		else if (!scan_word(&at, "/*"))
			return ERR_RANGE;
	if (!any && !scan_end(&at))
		return ERR_RANGE;
	*out = arena_text(a, "/<%u;%u>/*", branch[0], branch[1]);
	return *out == NULL ? ERR_SPACE : ERR_NONE;
}

/* BIP129, round 2: version, descriptor, path restrictions, first address. */
enum err
wallet_read_bsms(struct span file, struct arena *a, struct wallet_file *w)
{
	struct span line[4] = { { 0 } }, extra;
	const char *branches, *tidy;
	size_t at = 0, n = 0;
	enum err e;

	while (n < 4 && wallet_line(file, &at, &line[n]))
		n++;
	if (n < 4 || line[3].n == 0)
		return ERR_MISSING;
	while (wallet_line(file, &at, &extra))
		if (extra.n > 0)
			return ERR_TRAILING;
	w->form = "BSMS";
	w->first = arena_text(a, "%.*s", (int)line[3].n,
	    (const char *)line[3].p);
	if (w->first == NULL)
		return ERR_SPACE;
	if ((e = restrictions(line[2], a, &branches)) != 0 ||
	    (e = wallet_tidy(line[1], false, a, &tidy)) != 0 ||
	    (e = wallet_replace(span_text(tidy), "/<0;1>/*", branches, a,
	    &w->text)) != 0)
		return e;
	return strncmp(w->text, "BSMS", 4) == 0 ? ERR_FORM : ERR_NONE;
}

struct coldcard {
	uint32_t	m, n;
	struct span	format, path;
	bool		begun;
	struct wallet_kit *kit;
};

/* "2 of 3", "2/3" */
static enum err
policy(struct span s, struct coldcard *c)
{
	struct scan at = { s, 0 };
	enum err e;

	if ((e = scan_number(&at, LIMIT_WALLET_KEYS, &c->m)) != 0)
		return e;
	while (scan_take(&at, ' '))
		continue;
	if (!scan_word(&at, "of") && !scan_take(&at, '/'))
		return ERR_FORM;
	while (scan_take(&at, ' '))
		continue;
	if ((e = scan_number(&at, LIMIT_WALLET_KEYS, &c->n)) != 0)
		return e;
	/* Known attack 20. */
	return !scan_end(&at) ? ERR_FORM : c->m < 1 || c->m > c->n ?
	    ERR_RANGE : ERR_NONE;
}

static enum err
one_line(struct span line, struct coldcard *c, struct wallet_file *w)
{
	struct scan s = { line, 0 };
	struct span word = scan_until(&s, ":");
	struct span rest = behind(span_of(line.p + s.at, line.n - s.at), ":");
	enum err e;

	if (scan_end(&s))
		return ERR_FORM;
	if (span_eq(word, span_text("Name")))
		return wallet_name(rest, w);
	if (span_eq(word, span_text("Policy")))
		return policy(rest, c);
	if (span_eq(word, span_text("Format"))) {
		c->format = rest;
		return c->begun ? ERR_FORM : ERR_NONE;
	}
	if (span_eq(word, span_text("Derivation"))) {
		c->path = rest;
		return 0;
	}
	if (word.n != 8)
		return ERR_FORM;
	if (!c->begun && (e = wallet_kit_begin(c->kit, c->format,
	    c->m)) != 0)
		return e;
	c->begun = true;
	return wallet_kit_key(c->kit, word, c->path, rest);
}

/* Without a derivation a key's origin is its fingerprint alone. */
enum err
wallet_read_coldcard(struct span file, struct arena *a,
    struct wallet_file *w)
{
	struct coldcard c = { .format = span_text("P2SH"),
	    .path = span_text("m") };
	struct span line;
	size_t at = 0;
	enum err e;

	if ((c.kit = arena_new(a, struct wallet_kit, 1)) == NULL)
		return ERR_SPACE;
	w->form = "Coldcard";
	while (wallet_line(file, &at, &line))
		if (line.n > 0 && line.p[0] != '#' &&
		    (e = one_line(line, &c, w)) != 0)
			return e;
	if (!c.begun || c.kit->nkey != c.n)
		return ERR_MISSING;
	return wallet_kit_end(c.kit, a, &w->text);
}
