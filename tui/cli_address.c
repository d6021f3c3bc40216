#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/base/limits.h"
#include "core/proc/memory.h"
#include "tui/cli.h"

int
cli_text(int fd)
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

/* The keys at hand of the chain that was named, or all. */
struct mine {
	struct key_id	key[FPR_MAX];
	size_t		n;
	bool		use[FPR_MAX];
};

static int
keys_of(struct engine *en, const struct options *opt, struct mine *m)
{
	enum err e = engine_fingerprints(en, m->key, &m->n);
	size_t i, used = 0;

	if (e == ERR_DEAD)
		return EXIT_DIED;
	for (i = 0; e == 0 && i < m->n; i++) {
		m->use[i] = opt->chain == NULL || m->key[i].kind ==
		    (strcmp(opt->chain, "xmr") == 0 ? KEY_MONERO : KEY_BIP32);
		used += m->use[i];
	}
	if (used > 0)
		return EXIT_DONE;
	fprintf(stderr, "coldseal: no key%s%s: give one with --words FILE\n",
	    opt->chain != NULL ? " for " : "",
	    opt->chain != NULL ? opt->chain : "");
	return EXIT_USAGE;
}

static struct address_ask
asked(const struct options *opt, uint32_t key)
{
	struct address_ask a = { .network = opt->network, .key = key,
	    .account = opt->account, .change = opt->change,
	    .from = opt->from, .to = opt->to };

	(void)snprintf(a.with, sizeof(a.with), "%s",
	    opt->with != NULL ? opt->with : "");
	return a;
}

static int
failed(enum err e)
{
	if (e != 0)
		fprintf(stderr, "coldseal: %s; %s\n", err_text(e),
		    err_advice(e));
	return e == ERR_DEAD ? EXIT_DIED : e != 0 ? EXIT_USAGE : EXIT_DONE;
}

static int
list(struct engine *en, const struct options *opt, const struct mine *m)
{
	int fd, code = EXIT_DONE;
	uint32_t i;

	for (i = 0; i < m->n && code == EXIT_DONE; i++) {
		struct address_ask a = asked(opt, i);

		if (!m->use[i])
			continue;
		if ((code = failed(engine_addresses(en, &a, &fd))) ==
		    EXIT_DONE)
			code = cli_text(fd);
	}
	return code;
}

/* Known attack 24: whose is it, by our own derivation?  An address of one
 * chain is no address of another. */
static int
find(struct engine *en, const struct options *opt, const struct mine *m)
{
	struct address_ask a = asked(opt, 0);
	char path[PATH_TEXT_MAX], text[9];
	bool found = false, searched = false;
	enum err e = ERR_NONE, last = ERR_NONE;

	a.from = opt->ranged ? opt->from : 0;
	a.to = opt->ranged ? opt->to + 1 : LIMIT_ADDRESS_SEARCH;
	for (; e != ERR_DEAD && !found && a.key < m->n; a.key++) {
		if (!m->use[a.key])
			continue;
		e = engine_find_address(en, &a, opt->find, &found, path);
		searched |= e == 0;
		last = e != 0 ? e : last;
		fpr_text(&m->key[a.key].fpr, text);
	}
	if (found)
		printf("%s %s\n", text, path);
	else if (searched)
		fprintf(stderr, "coldseal: not among the %s%u addresses of "
		    "each branch; do not let anybody pay to it\n",
		    a.from == 0 ? "first " : "", a.to - a.from);
	else
		fprintf(stderr, "coldseal: not searched: %s; %s\n",
		    err_text(last), err_advice(last));
	return last == ERR_DEAD ? EXIT_DIED : found ? EXIT_DONE :
	    searched ? EXIT_REFUSED : EXIT_USAGE;
}

int
cli_address(struct engine *en, const struct options *opt)
{
	struct mine m;
	int code = keys_of(en, opt, &m);

	if (code != EXIT_DONE)
		return code;
	return opt->find == NULL ? list(en, opt, &m) : find(en, opt, &m);
}

static int
export_one(struct engine *en, const struct address_ask *a,
    const char *format)
{
	struct export_about about;
	enum err e;
	int fd;

	if ((e = engine_export(en, a, format, &about, &fd)) == ERR_UNKNOWN) {
		fprintf(stderr, "coldseal: no such format for this key: %s\n",
		    format);
		return EXIT_USAGE;
	}
	if (e == 0 && about.warning[0] != '\0')
		fprintf(stderr, "coldseal: %s\n", about.warning);
	return e != 0 ? failed(e) : cli_text(fd);
}

/* Without a format, the usual one of each key's chain. */
int
cli_export(struct engine *en, const struct options *opt)
{
	struct mine m;
	int code = keys_of(en, opt, &m);
	uint32_t i;

	for (i = 0; code == EXIT_DONE && i < m.n; i++) {
		struct address_ask a = asked(opt, i);

		if (m.use[i])
			code = export_one(en, &a, opt->format != NULL ?
			    opt->format : m.key[i].kind == KEY_MONERO ?
			    "monero-view" : "descriptors");
	}
	return code;
}
