#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/base/secret.h"
#include "core/proc/memory.h"
#include "tui/cli.h"

#define WORDS_FILE_MAX 65536	/* shares, as many as may be; a backup */

static int
complain(const char *file, const char *what)
{
	fprintf(stderr, "coldseal: %s: %s\n", file, what);
	return EXIT_USAGE;
}

/* Straight into locked memory: no buffer of stdio sees the words. */
ssize_t
cli_read_all(int fd, uint8_t *p, size_t cap)
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

static int
load(struct engine *en, const char *name, struct span text)
{
	char why[192];
	struct fault f = { 0 };
	struct fpr fpr;
	enum err e;

	if ((e = engine_check_words(en, text, &f)) == ERR_RANGE)
		return complain(name, "12, 15, 18, 21 or 24 words are needed, "
		    "or 25 or 16 of a Monero wallet, or shares of 20, 33 or "
		    "59");
	if (e == 0)
		e = cli_unlock(en, text, span_of(NULL, 0), &fpr, &f);
	if (e == ERR_DEAD)
		return EXIT_DIED;
	if (e == 0)
		return EXIT_DONE;
	(void)snprintf(why, sizeof(why), "%s%s%s", f.where,
	    f.where[0] != '\0' ? ": " : "", err_text(e));
	return complain(name, why);
}

int
cli_secret_file(const char *name, struct span *out)
{
	uint8_t *buf = secret_new(WORDS_FILE_MAX);
	bool in = strcmp(name, "-") == 0;
	int fd = in ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC);
	ssize_t n = -1;
	int code;

	if (buf == NULL)
		code = complain(name, "no locked memory for the words");
	else if (fd < 0 || (n = cli_read_all(fd, buf, WORDS_FILE_MAX)) < 0)
		code = complain(name, strerror(errno));
	else
		code = n == WORDS_FILE_MAX ?
		    complain(name, "too long to be words") : EXIT_DONE;
	if (fd >= 0 && !in)
		(void)close(fd);
	if (code != EXIT_DONE && buf != NULL)
		secret_free(buf);
	if (code == EXIT_DONE)
		*out = span_of(buf, (size_t)n);
	return code;
}

void
cli_secret_end(struct span s)
{
	union {
		const uint8_t	*from;
		uint8_t		*memory;
	} u = { .from = s.p };

	secret_free(u.memory);
}

static int
load_file(struct engine *en, const struct options *opt, const char *name)
{
	struct span text;
	int code = cli_secret_file(name, &text);

	if (code == EXIT_DONE) {
		code = cli_age_is(text) ? cli_age_keys(en, opt, name, text) :
		    load(en, name, text);
		cli_secret_end(text);
	}
	return code;
}

int
cli_words(struct engine *en, const struct options *opt)
{
	int code = EXIT_DONE;
	size_t i;

	for (i = 0; i < opt->nwords && code == EXIT_DONE; i++)
		code = load_file(en, opt, opt->words[i]);
	return code;
}
