/* coldseal vault: made, listed, added to, taken from, copied. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/passphrase.h"
#include "media/import.h"
#include "media/save.h"
#include "tui/cli_listing.h"
#include "tui/cli_lock.h"

/* --- list, log ------------------------------------------------------------ */

static enum err
list(struct engine *en, const struct vault_about *a)
{
	struct listing l = { .log = false };
	enum err e = listing_each(en, &l);

	if (e != 0)
		return e;
	printf("%zu coins seen, %zu lines of the log, %u bytes left; state "
	    "%llu\n", l.coins, l.lines, a->room,
	    (unsigned long long)a->sequence);
	printf("opening takes %u MiB of memory, %u passes%s\n",
	    a->cost.kib >> 10, a->cost.passes,
	    (a->flags & VAULT_EACH_TIME) != 0 ?
	    "; the passphrase is asked for each time" : "");
	return 0;
}

/* Is it to be gone?  What --yes says, or who sits before it. */
static enum err
sure(const struct options *opt, const char *what)
{
	char line[16];

	if (opt->yes)
		return 0;
	if (!isatty(STDIN_FILENO)) {
		cli_say(opt->file[1], "nothing was taken out: that needs "
		    "--yes, or a terminal to ask on");
		return ERR_STOPPED;
	}
	(void)fprintf(stderr, "Nothing brings it back. Type yes to take out "
	    "%s: ", what);
	return fgets(line, sizeof(line), stdin) != NULL &&
	    strcmp(line, "yes\n") == 0 ? ERR_NONE : ERR_STOPPED;
}

static enum err
show_log(struct engine *en, const struct options *opt)
{
	struct listing l = { .log = true };
	enum err e = listing_each(en, &l);

	(void)fflush(stdout);
	if (e == 0 && opt->clear &&
	    (e = sure(opt, "all lines but the last")) == 0)
		e = engine_vault_cut_log(en);
	return e;
}

/* --- add, remove ---------------------------------------------------------- */

/* The keys at hand that came by --words; those of the vault are there. */
static enum err
keep_keys(struct engine *en, const char *name, struct fault *f)
{
	struct key_id key[FPR_MAX];
	char text[9];
	size_t i, n = 0;
	enum err e = engine_fingerprints(en, key, &n);

	for (i = 0; e == 0 && i < n; i++) {
		fpr_text(&key[i].fpr, text);
		e = engine_vault_keep(en, &key[i].fpr, span_text(name != NULL ?
		    name : text), f);
	}
	return e;
}

/* When it is stored, and not before. */
static void
say_keys(struct engine *en, const struct options *opt)
{
	struct key_id key[FPR_MAX];
	char text[9];
	size_t i, n = 0;

	if (engine_fingerprints(en, key, &n) != 0)
		return;
	for (i = 0; i < n; i++) {
		fpr_text(&key[i].fpr, text);
		printf("%s: has the key %s now, called %s\n", opt->file[1],
		    text, opt->name != NULL ? opt->name : text);
	}
}

static int
add(struct engine *en, const struct options *opt)
{
	struct options with = *opt;
	struct fault f = { 0 };
	enum err e;
	int code;

	if (opt->nwords == 0 && opt->nfile == 2) {
		cli_say(opt->file[1], "add what? --words FILE, or a wallet's "
		    "file");
		return EXIT_USAGE;
	}
	if ((e = keep_keys(en, opt->name, &f)) != 0)
		return lock_fail(opt->file[1], e, &f);
	code = lock_store(en, opt->file[1], false);
	if (code == EXIT_DONE && opt->nwords > 0)
		say_keys(en, opt);
	if (code != EXIT_DONE || opt->nfile == 2 ||
	    (code = lock_load(en, opt->file[1], NULL)) != EXIT_DONE)
		return code;
	with.vault = opt->file[1];
	return cli_files(en, &with, opt->file + 2, opt->nfile - 2);
}

/* All coins that were seen, the last first: what is behind one moves up. */
static enum err
remove_coins(struct engine *en, struct fault *f)
{
	struct listing l = { .quiet = true };
	enum err e;

	do {
		l.coin = 0;
		if ((e = listing_each(en, &l)) != 0 || l.coin == 0)
			return e;
	} while ((e = engine_vault_drop(en, l.coin, f)) == 0);
	return e;
}

static enum err
remove_one(struct engine *en, const struct options *opt, struct fault *f)
{
	const char *number = opt->file[2];
	struct listing l = { .log = false };
	char *end;
	unsigned long id = strtoul(number, &end, 10);
	enum err e;

	if (strcmp(number, "coins") == 0)
		return (e = sure(opt, "all coins that were seen")) != 0 ? e :
		    remove_coins(en, f);
	if (*end != '\0' || id == 0 || id > UINT32_MAX) {
		fault_set(f, 0, "a number is needed, as the list says it");
		return ERR_RANGE;
	}
	l.only = (uint32_t)id;
	if ((e = listing_each(en, &l)) != 0)
		return e;
	(void)fflush(stdout);
	if (l.found && (e = sure(opt, "this")) != 0)
		return e;
	return engine_vault_drop(en, l.only, f);
}

static enum err
each_time(struct engine *en, const char *word, struct span passphrase,
    struct vault_about *a, struct fault *f)
{
	bool on = strcmp(word, "on") == 0;

	if (!on && strcmp(word, "off") != 0) {
		fault_set(f, 0, "on or off is needed");
		return ERR_RANGE;
	}
	return engine_vault_flags(en, on ? VAULT_EACH_TIME : 0,
	    passphrase, a);
}

/* --- the file itself ------------------------------------------------------ */

static struct vault_cost
said_cost(const struct options *opt)
{
	return (struct vault_cost){ .kib = opt->mib << 10,
	    .passes = opt->passes };
}

/* As the owner says, or as this machine can; that is not measured for a
 * passphrase which will not do. */
static enum err
cost(struct engine *en, const struct options *opt, struct span passphrase,
    struct vault_cost *c, struct fault *f)
{
	enum err e = passphrase_fits(passphrase.n, f);

	if (e != 0)
		return e;
	if (opt->passes == 0)
		return engine_vault_cost(en, c);
	*c = said_cost(opt);
	return 0;
}

static void
say_cost(const char *what, const char *vault, struct vault_cost c)
{
	printf("%s: %s; opening takes %u MiB of memory, %u passes\n", vault,
	    what, c.kib >> 10, c.passes);
}

static int
create(struct engine *en, const struct options *opt)
{
	const char *vault = opt->file[1], *base;
	char name[NAME_MAX + 1];
	struct vault_about a;
	struct vault_cost c;
	struct fault f = { 0 };
	struct lock *l;
	enum err e;
	int dir, code;

	if (access(vault, F_OK) == 0) {
		cli_say(vault, "there is such a file already");
		return EXIT_USAGE;
	}
	if ((code = lock_ask(opt->passphrase, "Passphrase of the new vault: ",
	    true, &l)) != EXIT_DONE)
		return code;
	if ((e = cost(en, opt, l->text, &c, &f)) == 0)
		e = engine_vault_new(en, l->text, &c, &a, &f);
	lock_end(l);
	if (e == 0)
		e = keep_keys(en, opt->name, &f);
	if (e != 0)
		return lock_fail(vault, e, &f);
	dir = cli_folder(vault, &base);
	e = dir < 0 ? ERR_IO : engine_vault_store_new(en, dir, base, name);
	if (dir >= 0)
		(void)close(dir);
	if (e != 0) {
		cli_say(vault, save_advice(e));
		return EXIT_USAGE;
	}
	say_cost("a vault", name, c);
	return EXIT_DONE;
}

/* What it cost it costs again: a vault for a small machine stays one. */
static int
passwd(struct engine *en, const struct options *opt, struct span old,
    const struct vault_about *was)
{
	struct vault_about a;
	struct vault_cost c = opt->passes != 0 ? said_cost(opt) : was->cost;
	struct fault f = { 0 };
	struct lock *l;
	enum err e;
	int code;

	if ((code = lock_ask(opt->fresh, "The new passphrase: ", true,
	    &l)) != EXIT_DONE)
		return code;
	e = engine_vault_passwd(en, old, l->text, &c, &a, &f);
	lock_end(l);
	if (e != 0)
		return lock_fail(opt->file[1], e, &f);
	if ((code = lock_store(en, opt->file[1], true)) == EXIT_DONE)
		say_cost("the new passphrase holds; copies elsewhere still "
		    "open with the old one", opt->file[1], c);
	return code;
}

/* The file as it is: what opened here opens there. */
static int
copy(const struct options *opt)
{
	const char *base = strrchr(opt->file[1], '/');
	char name[NAME_MAX + 1];
	uint64_t size;
	enum err e;
	int fd, dir;

	base = base != NULL ? base + 1 : opt->file[1];
	if (opt->out == NULL) {
		cli_say(opt->file[1], "where to? -o DIR");
		return EXIT_USAGE;
	}
	dir = open(opt->out, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if ((e = dir < 0 ? ERR_GONE : import_path(opt->file[1],
	    2 * (uint64_t)LIMIT_VAULT, &fd, &size)) == 0) {
		e = save_private(dir, base, fd, name);
		(void)close(fd);
	}
	if (dir >= 0)
		(void)close(dir);
	if (e != 0) {
		cli_say(opt->out, save_advice(e));
		return EXIT_USAGE;
	}
	printf("%s: a copy, read back and compared\n", name);
	return EXIT_DONE;
}

/* --- which ---------------------------------------------------------------- */

static void
say_done(const struct options *opt)
{
	static const struct {
		const char	*verb, *says;
	} done[] = {
		{ "remove", "taken out" }, { "label", "done" },
		{ "each-time", "done" }, { "set", "done" },
	};
	size_t i;

	for (i = 0; i < sizeof(done) / sizeof(done[0]); i++)
		if (strcmp(opt->file[0], done[i].verb) == 0 && opt->nfile > 2)
			printf("%s: %s, and stored\n", opt->file[1],
			    done[i].says);
}

static int
opened(struct engine *en, const struct options *opt, struct span passphrase,
    struct vault_about *a)
{
	const char *verb = opt->file[0];
	struct fault f = { 0 };
	enum err e = 0;
	int code = EXIT_DONE;

	if (strcmp(verb, "list") == 0)
		e = list(en, a);
	else if (strcmp(verb, "log") == 0)
		e = show_log(en, opt);
	else if (strcmp(verb, "remove") == 0)
		e = remove_one(en, opt, &f);
	else if (strcmp(verb, "label") == 0)
		e = engine_label(en, opt->file[2], opt->file[3], &f);
	else if (strcmp(verb, "labels") == 0)
		e = cli_labels(en, opt);
	else if (strcmp(verb, "set") == 0)
		e = cli_set(en, opt, &f);
	else if (strcmp(verb, "each-time") == 0)
		e = each_time(en, opt->file[2], passphrase, a, &f);
	else if (strcmp(verb, "add") == 0)
		code = add(en, opt);
	else if (strcmp(verb, "copy") == 0)
		code = copy(opt);
	else
		code = passwd(en, opt, passphrase, a);
	if (e != 0)
		return lock_fail(opt->file[1], e, &f);
	if (code == EXIT_DONE)
		code = lock_store(en, opt->file[1], false);
	if (code == EXIT_DONE)
		say_done(opt);
	return code;
}

int
cli_vault(struct engine *en, const struct options *opt)
{
	struct vault_about a;
	struct lock *l;
	int code;

	if (strcmp(opt->file[0], "create") == 0)
		return create(en, opt);
	if ((code = lock_here(opt->file[1])) != EXIT_DONE ||
	    (code = lock_ask(opt->passphrase, "Passphrase of the vault: ",
	    false, &l)) != EXIT_DONE)
		return code;
	if ((code = lock_open(en, opt->file[1], l->text, &a)) == EXIT_DONE)
		code = opened(en, opt, l->text, &a);
	lock_end(l);
	return code;
}
