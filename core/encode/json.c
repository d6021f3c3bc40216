#include <string.h>

#include "core/encode/json.h"

#define DEPTH_MAX 32

struct walk {
	struct span	text;
	size_t		at;
	unsigned	depth;
	enum err	err;
};

static void
blank(struct walk *w)
{
	while (w->at < w->text.n && w->text.p[w->at] != '\0' &&
	    strchr(" \t\r\n", w->text.p[w->at]) != NULL)
		w->at++;
}

static void
fail(struct walk *w, enum err e)
{
	if (w->err == 0)
		w->err = e;
}

static bool
take(struct walk *w, char c)
{
	blank(w);
	if (w->err != 0 || w->at >= w->text.n ||
	    w->text.p[w->at] != (uint8_t)c)
		return false;
	w->at++;
	return true;
}

static void
want(struct walk *w, char c)
{
	if (!take(w, c))
		fail(w, ERR_FORM);
}

/* With its quotes. */
static struct span
string(struct walk *w)
{
	size_t first;

	blank(w);
	first = w->at;
	want(w, '"');
	while (w->err == 0 && w->at < w->text.n && w->text.p[w->at] != '"') {
		if (w->text.p[w->at] < 0x20)
			fail(w, ERR_FORM);
		w->at += w->text.p[w->at] == '\\' ? 2 : 1;
	}
	if (w->at >= w->text.n)
		fail(w, ERR_FORM);
	w->at++;
	return w->err != 0 ? (struct span){ 0 } :
	    span_of(w->text.p + first, w->at - first);
}

static void value(struct walk *);

static void
members(struct walk *w, bool object)
{
	char end = object ? '}' : ']';

	if (take(w, end))
		return;
	do {
		if (object) {
			(void)string(w);
			want(w, ':');
		}
		value(w);
	} while (take(w, ','));
	want(w, end);
}

/* A number, or one of the three words. */
static void
plain(struct walk *w)
{
	static const char set[] = "0123456789+-.eEtrufalsn";
	size_t first = w->at;

	while (w->at < w->text.n && w->text.p[w->at] != '\0' &&
	    strchr(set, w->text.p[w->at]) != NULL)
		w->at++;
	if (w->at == first)
		fail(w, ERR_FORM);
}

static void
value(struct walk *w)
{
	if (++w->depth > DEPTH_MAX)
		fail(w, ERR_TOO_LARGE);
	blank(w);
	if (w->err == 0 && w->at < w->text.n && w->text.p[w->at] == '"')
		(void)string(w);
	else if (take(w, '{'))
		members(w, true);
	else if (take(w, '['))
		members(w, false);
	else if (w->err == 0)
		plain(w);
	w->depth--;
}

enum err
json_check(struct span text, size_t *at)
{
	struct walk w = { .text = text };

	value(&w);
	blank(&w);
	*at = w.at < text.n ? w.at : text.n;
	if (w.err != 0)
		return w.err;
	return w.at < text.n ? ERR_TRAILING : ERR_NONE;
}

static struct span
next_value(struct walk *w)
{
	size_t first;

	blank(w);
	first = w->at;
	value(w);
	return w->err != 0 ? (struct span){ 0 } :
	    span_of(w->text.p + first, w->at - first);
}

static bool
named(struct span quoted, const char *name, size_t n)
{
	return quoted.n == n + 2 && memcmp(quoted.p + 1, name, n) == 0;
}

static enum err
member(struct span object, const char *name, size_t n, struct span *out)
{
	struct walk w = { .text = object };
	size_t found = 0;

	if (!take(&w, '{'))
		return ERR_MISSING;
	if (take(&w, '}'))
		return ERR_MISSING;
	do {
		struct span key = string(&w), v;

		want(&w, ':');
		v = next_value(&w);
		if (w.err == 0 && named(key, name, n) && found++ == 0)
			*out = v;
	} while (take(&w, ','));
	if (w.err != 0)
		return w.err;
	return found == 1 ? ERR_NONE : found == 0 ? ERR_MISSING :
	    ERR_DUPLICATE;
}

enum err
json_member(struct span object, const char *name, struct span *out)
{
	return member(object, name, strlen(name), out);
}

enum err
json_at(struct span object, const char *path, struct span *out)
{
	const char *dot;
	enum err e;

	while ((dot = strchr(path, '.')) != NULL) {
		if ((e = member(object, path, (size_t)(dot - path),
		    &object)) != 0)
			return e;
		path = dot + 1;
	}
	return json_member(object, path, out);
}

enum err
json_item(struct span array, size_t i, struct span *out)
{
	struct walk w = { .text = array };
	struct span v;

	if (!take(&w, '[') || take(&w, ']'))
		return ERR_MISSING;
	do {
		v = next_value(&w);
		if (i-- == 0 && w.err == 0) {
			*out = v;
			return 0;
		}
	} while (take(&w, ','));
	return w.err != 0 ? w.err : ERR_MISSING;
}

static int
hex_of(uint8_t c)
{
	static const char digits[] = "0123456789abcdef";
	const char *at = c == '\0' ? NULL : strchr(digits, c | 0x20);

	return c >= '0' && at != NULL ? (int)(at - digits) : -1;
}

/* What stands behind a backslash, as far as it is ASCII. */
static enum err
escaped(struct span s, size_t *i, char *out)
{
	int v = 0, k, digit;

	if (*i + 1 >= s.n)
		return ERR_FORM;
	*out = (char)s.p[*i + 1];
	if (*out == '"' || *out == '\\' || *out == '/') {
		*i += 2;
		return 0;
	}
	if (*out != 'u' || s.n - *i < 6)
		return ERR_FORM;
	for (k = 2; k < 6; k++) {
		if ((digit = hex_of(s.p[*i + (size_t)k])) < 0)
			return ERR_FORM;
		v = v * 16 + digit;
	}
	if (v < 0x20 || v > 0x7e)
		return ERR_FORM;
	*out = (char)v;
	*i += 6;
	return 0;
}

enum err
json_chars(struct span value_of, char *out, size_t cap)
{
	struct span s = value_of;
	size_t i = 0, n = 0;
	enum err e;

	if (s.n < 2 || s.p[0] != '"')
		return ERR_FORM;
	s = span_of(s.p + 1, s.n - 2);
	while (i < s.n) {
		if (n + 1 >= cap)
			return ERR_SPACE;
		if (s.p[i] == '\\') {
			if ((e = escaped(s, &i, &out[n])) != 0)
				return e;
		} else if (s.p[i] < 0x20 || s.p[i] == 0x7f) {
			return ERR_FORM;
		} else {
			out[n] = (char)s.p[i++];
		}
		n++;
	}
	out[n] = '\0';
	return 0;
}
