#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/base/secret.h"
#include "core/proc/memory.h"
#include "tui/cli.h"

#define WORDS_FILE_MAX 768

static int
complain(const char *file, const char *what)
{
	fprintf(stderr, "coldseal: %s: %s\n", file, what);
	return EXIT_USAGE;
}

/* Straight into locked memory: no buffer of stdio sees the words. */
static ssize_t
read_all(int fd, uint8_t *p, size_t cap)
{
	size_t n = 0;

	while (n < cap) {
		ssize_t got = read(fd, p + n, cap - n);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -1;
		if (got == 0)
			break;
		n += (size_t)got;
	}
	return (ssize_t)n;
}

static struct span
line(struct span *rest)
{
	const uint8_t *nl = rest->n > 0 ? memchr(rest->p, '\n', rest->n) :
	    NULL;
	struct span s = *rest;

	if (nl == NULL) {
		rest->n = 0;
	} else {
		s.n = (size_t)(nl - s.p);
		*rest = span_of(nl + 1, rest->n - s.n - 1);
	}
	if (s.n > 0 && s.p[s.n - 1] == '\r')
		s.n--;
	return s;
}

static int
load(struct engine *en, const char *name, struct span text)
{
	struct span words = line(&text), passphrase = line(&text);
	char why[192];
	struct fault f = { 0 };
	struct fpr fpr;
	enum err e;

	if (text.n > 0)
		return complain(name, "more than two lines");
	if ((e = engine_check_words(en, words, &f)) == ERR_RANGE)
		return complain(name, "12, 15, 18, 21 or 24 words are needed, "
		    "or 25 or 16 of a Monero wallet");
	if (e == 0)
		e = engine_unlock(en, words, passphrase, &fpr);
	if (e == ERR_DEAD)
		return EXIT_DIED;
	if (e == 0)
		return EXIT_DONE;
	(void)snprintf(why, sizeof(why), "%s%s%s", f.where,
	    f.where[0] != '\0' ? ": " : "", err_text(e));
	return complain(name, why);
}

static int
load_file(struct engine *en, const char *name)
{
	uint8_t *buf = secret_new(WORDS_FILE_MAX);
	bool in = strcmp(name, "-") == 0;
	int fd = in ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC);
	int code = EXIT_USAGE;
	ssize_t n;

	if (buf == NULL)
		code = complain(name, "no locked memory for the words");
	else if (fd < 0)
		code = complain(name, strerror(errno));
	else if ((n = read_all(fd, buf, WORDS_FILE_MAX)) < 0)
		code = complain(name, strerror(errno));
	else if (n == WORDS_FILE_MAX)
		code = complain(name, "too long to be words");
	else
		code = load(en, name, span_of(buf, (size_t)n));
	if (buf != NULL)
		secret_free(buf);
	if (fd >= 0 && !in)
		(void)close(fd);
	return code;
}

int
cli_words(struct engine *en, const struct options *opt)
{
	int code = EXIT_DONE;
	size_t i;

	for (i = 0; i < opt->nwords && code == EXIT_DONE; i++)
		code = load_file(en, opt->words[i]);
	return code;
}
