#include <stdio.h>
#include <unistd.h>

#include "core/base/limits.h"
#include "core/proc/memory.h"
#include "tui/cli.h"

static int
print_text(int fd)
{
	struct span s;
	size_t n;

	if (memfd_map(fd, &s) != 0)
		return EXIT_DIED;
	n = s.n > 0 ? fwrite(s.p, 1, s.n, stdout) : 0;
	(void)close(fd);
	memfd_unmap(s);
	return n == s.n && fflush(stdout) == 0 ? EXIT_DONE : EXIT_USAGE;
}

static int
no_keys(struct engine *en, size_t *n)
{
	struct fpr fpr[FPR_MAX];
	enum err e = engine_fingerprints(en, fpr, n);

	if (e == ERR_DEAD)
		return EXIT_DIED;
	if (e != 0 || *n == 0) {
		fputs("coldseal: no key: give one with --words FILE\n",
		    stderr);
		return EXIT_USAGE;
	}
	return EXIT_DONE;
}

static struct address_ask
asked(const struct options *opt, uint32_t key)
{
	return (struct address_ask){ .network = opt->network, .key = key,
	    .account = opt->account, .change = opt->change,
	    .from = opt->from, .to = opt->to };
}

static int
each_key(struct engine *en, const struct options *opt, const char *format)
{
	int code, fd;
	size_t n = 0;
	uint32_t i;
	enum err e;

	if ((code = no_keys(en, &n)) != EXIT_DONE)
		return code;
	for (i = 0; i < n && code == EXIT_DONE; i++) {
		struct address_ask a = asked(opt, i);

		e = format != NULL ? engine_export(en, &a, format, &fd) :
		    engine_addresses(en, &a, &fd);
		if (e == ERR_UNKNOWN)
			fprintf(stderr, "coldseal: no such format: %s\n",
			    format != NULL ? format : "");
		else if (e != 0)
			fprintf(stderr, "coldseal: %s\n", err_text(e));
		code = e == ERR_DEAD ? EXIT_DIED :
		    e != 0 ? EXIT_USAGE : print_text(fd);
	}
	return code;
}

/* Known attack 24: whose is it, by our own derivation? */
static int
find(struct engine *en, const struct options *opt)
{
	struct address_ask a = asked(opt, 0);
	char path[PATH_TEXT_MAX], text[9];
	struct fpr fpr[FPR_MAX];
	bool found = false;
	size_t n = 0;
	enum err e;

	a.from = opt->ranged ? opt->from : 0;
	a.to = opt->ranged ? opt->to + 1 : LIMIT_ADDRESS_SEARCH;
	e = engine_fingerprints(en, fpr, &n);
	for (; e == 0 && !found && a.key < n; a.key++) {
		e = engine_find_address(en, &a, opt->find, &found, path);
		fpr_text(&fpr[a.key], text);
	}
	if (e == 0 && found)
		printf("%s %s\n", text, path);
	else if (e == 0)
		fprintf(stderr, "coldseal: not among the %s%u addresses of "
		    "each branch; do not let anybody pay to it\n",
		    a.from == 0 ? "first " : "", a.to - a.from);
	else
		fprintf(stderr, "coldseal: not searched: %s; %s\n",
		    err_text(e), err_advice(e));
	return e == ERR_DEAD ? EXIT_DIED : e != 0 ? EXIT_USAGE :
	    found ? EXIT_DONE : EXIT_REFUSED;
}

int
cli_address(struct engine *en, const struct options *opt)
{
	size_t n = 0;
	int code;

	if (opt->find == NULL)
		return each_key(en, opt, NULL);
	if ((code = no_keys(en, &n)) != EXIT_DONE)
		return code;
	return find(en, opt);
}

int
cli_export(struct engine *en, const struct options *opt)
{
	return each_key(en, opt,
	    opt->format != NULL ? opt->format : "descriptors");
}
