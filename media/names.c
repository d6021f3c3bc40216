#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "core/base/text.h"
#include "media/names.h"

#define EXTENSION_MAX 5			/* ".jsonl" is one, ".2019-11-04" not */
#define SUFFIX_MAX 32
#define NUMBER_DIGITS 4
#define NUMBER_MAX 99999u

enum err
name_check(const char *s)
{
	size_t n = strnlen(s, NAME_MAX + 1);

	if (n > NAME_MAX)
		return ERR_SPACE;
	if (n == 0 || strcmp(s, ".") == 0 || strcmp(s, "..") == 0 ||
	    memchr(s, '/', n) != NULL)
		return ERR_FORM;
	return 0;
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The clerk names the suffix, so it is checked like foreign text. */
static enum err
suffix_check(const char *s)
{
	size_t i, n = strnlen(s, SUFFIX_MAX + 1);

	if (n == 0)
		return ERR_FORM;
	if (n > SUFFIX_MAX)
		return ERR_SPACE;
	for (i = 0; i < n; i++)
		if (!is_letter(s[i]) && !is_digit(s[i]) && s[i] != '-' &&
		    s[i] != '_' && s[i] != '.')
			return ERR_FORM;
	return 0;
}

static bool
ends_with(const char *s, size_t n, const char *tail, size_t tail_n)
{
	return tail_n > 0 && n > tail_n &&
	    strncasecmp(s + n - tail_n, tail, tail_n) == 0;
}

/*
 * The name without its extension.  A short run of letters and digits with a
 * letter in it is one ("txt", "b64"); "v1.2" has none.
 */
static size_t
without_extension(const char *s, size_t n)
{
	bool letter = false;
	size_t i;

	for (i = n; i > 1 && n - i <= EXTENSION_MAX; i--) {
		char c = s[i - 1];

		if (c == '.')
			return letter ? i - 1 : n;
		if (!is_letter(c) && !is_digit(c))
			return n;
		letter = letter || is_letter(c);
	}
	return n;
}

/* "x.psbt", "x.psbt.txt" and "x.txt" are all about x. */
static size_t
without_extensions(const char *s, size_t n)
{
	static const char psbt[] = ".psbt";

	if (!ends_with(s, n, psbt, sizeof(psbt) - 1))
		n = without_extension(s, n);
	if (ends_with(s, n, psbt, sizeof(psbt) - 1))
		n -= sizeof(psbt) - 1;
	return n;
}

/*
 * Takes "-signed" or "-signed-7" off the end; 1 or 7 comes back in *number,
 * 0 when there is neither.
 */
static size_t
without_tag(const char *s, size_t n, const char *tag, size_t tag_n,
    unsigned *number)
{
	size_t i = n;
	unsigned v = 0;

	*number = 0;
	while (i > 0 && is_digit(s[i - 1]))
		i--;
	if (i < n && n - i <= NUMBER_DIGITS && i > 0 && s[i - 1] == '-' &&
	    s[i] != '0' && ends_with(s, i - 1, tag, tag_n)) {
		for (n = i - 1; is_digit(s[i]); i++)
			v = v * 10 + (unsigned)(s[i] - '0');
		*number = v;
		return n - tag_n;
	}
	if (!ends_with(s, n, tag, tag_n))
		return n;
	*number = 1;
	return n - tag_n;
}

/* Microsoft's FAT specification, long names: these are not legal. */
static bool
legal_on_fat(unsigned char c)
{
	return c >= 0x20 && c != 0x7f && strchr("\\/:*?\"<>|", c) == NULL;
}

/*
 * As much of the stem as fits: whole characters only, and every byte that FAT
 * or exFAT would refuse, or that steers a terminal, as '_'.  A name that
 * begins with '.' would be hidden, with '-' be taken for an option.
 */
static size_t
put_stem(char *out, size_t cap, const char *s, size_t n)
{
	const unsigned char *p = (const unsigned char *)s;
	size_t i = 0, o = 0, len;

	while (i < n) {
		len = text_character(span_of(p, n), i, NULL);
		if (o + (len == 0 ? 1 : len) > cap)
			break;
		if (len == 0 || (len == 1 && !legal_on_fat(p[i])) ||
		    (len == 2 && p[i] == 0xc2 && p[i + 1] < 0xa0)) {
			out[o++] = '_';
			i += len == 0 ? 1 : len;
			continue;
		}
		memcpy(out + o, s + i, len);
		o += len;
		i += len;
	}
	if (o > 0 && (out[0] == '.' || out[0] == '-'))
		out[0] = '_';
	return o;
}

/* stem, tag, "-7", extension: the stem gives way when it is too long. */
static enum err
compose(const char *stem, size_t stem_n, const char *suffix, size_t tag_n,
    unsigned number, char out[NAME_MAX + 1])
{
	char end[SUFFIX_MAX + 16];
	size_t o, end_n;
	int r;

	if (number > 1)
		r = snprintf(end, sizeof(end), "%.*s-%u%s", (int)tag_n, suffix,
		    number, suffix + tag_n);
	else
		r = snprintf(end, sizeof(end), "%s", suffix);
	if (r < 0 || (size_t)r >= sizeof(end))
		return ERR_SPACE;
	end_n = (size_t)r;
	o = put_stem(out, NAME_MAX - end_n, stem, stem_n);
	memcpy(out + o, end, end_n + 1);
	return name_check(out);
}

/*
 * Names by which wallets know each other's files: what a name must end with is
 * fixed, so a number comes before it.
 */
static const struct custom {
	const char	*suffix;	/* of the answer */
	const char	*tail;		/* of the file, replaced by it */
	const char	*joint;		/* between another name and it */
	bool		 leads;		/* "2_", not "-2" */
} customs[] = {
	{ "signed_monero_tx", "unsigned_monero_tx", "_", true },
	{ "_keyImages", "_outputs", "", false },
};

static const struct custom *
custom_of(const char *suffix)
{
	size_t i;

	for (i = 0; i < sizeof(customs) / sizeof(customs[0]); i++)
		if (strcmp(suffix, customs[i].suffix) == 0)
			return &customs[i];
	return NULL;
}

static enum err
name_custom(const struct custom *c, const char *file, unsigned n,
    char out[NAME_MAX + 1])
{
	size_t file_n = strlen(file), tail_n = strlen(c->tail), o;
	char number[16] = "", end[SUFFIX_MAX + 32];
	const char *joint = "";

	if (n == 0 || n > NUMBER_MAX)
		return ERR_RANGE;
	if (file_n >= tail_n &&
	    strcasecmp(file + file_n - tail_n, c->tail) == 0) {
		file_n -= tail_n;
	} else {
		file_n = without_extensions(file, file_n);
		joint = c->joint;
	}
	if (n > 1)
		(void)snprintf(number, sizeof(number), c->leads ? "%u_" :
		    "-%u", n);
	(void)snprintf(end, sizeof(end), "%s%s%s", joint, number, c->suffix);
	o = put_stem(out, NAME_MAX - strlen(end), file, file_n);
	memcpy(out + o, end, strlen(end) + 1);
	return name_check(out);
}

enum err
name_answer(const char *file, const char *suffix, unsigned n,
    char out[NAME_MAX + 1])
{
	static const char signed_tag[] = "-signed";
	const char *dot;
	size_t stem_n, tag_n, left;
	unsigned number;
	enum err e;

	if ((e = name_check(file)) != 0 || (e = suffix_check(suffix)) != 0)
		return e;
	if (custom_of(suffix) != NULL)
		return name_custom(custom_of(suffix), file, n, out);
	dot = strrchr(suffix, '.');
	tag_n = dot == NULL ? strlen(suffix) : (size_t)(dot - suffix);
	stem_n = without_extensions(file, strlen(file));
	left = without_tag(file, stem_n, suffix, tag_n, &number);
	/* The final transaction of x-signed.psbt is x-final.txn. */
	if (left == stem_n) {
		left = without_tag(file, stem_n, signed_tag,
		    sizeof(signed_tag) - 1, &number);
		number = 0;
	}
	if (n == 0 || n > NUMBER_MAX)
		return ERR_RANGE;
	return compose(file, left, suffix, tag_n, number + n, out);
}

enum err
name_numbered(const char *name, unsigned n, char out[NAME_MAX + 1])
{
	enum err e = name_check(name);
	size_t stem_n;

	if (e != 0)
		return e;
	if (n == 0 || n > NUMBER_MAX)
		return ERR_RANGE;
	stem_n = without_extension(name, strlen(name));
	return compose(name, stem_n, name + stem_n, 0, n, out);
}
