#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "core/base/secret.h"
#include "core/proc/memory.h"
#include "media/import.h"
#include "tui/cli_lock.h"
#include "tui/vault_says.h"

/* --- the passphrase ------------------------------------------------------- */

/* The first line of it. */
static void
first_line(struct lock *l, size_t n)
{
	const uint8_t *nl = memchr(l->buf, '\n', n);

	if (nl != NULL)
		n = (size_t)(nl - l->buf);
	if (n > 0 && l->buf[n - 1] == '\r')
		n--;
	l->text = span_of(l->buf, n);
}

static int
of_file(const char *file, struct lock *l)
{
	bool in = strcmp(file, "-") == 0;
	int fd = in ? STDIN_FILENO : open(file, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : cli_read_all(fd, l->buf, sizeof(l->buf));

	if (n < 0)
		cli_say(file, strerror(errno));
	else if (n == sizeof(l->buf))
		cli_say(file, "too long to be a passphrase");
	else
		first_line(l, (size_t)n);
	if (fd >= 0 && !in)
		(void)close(fd);
	return l->text.p != NULL ? EXIT_DONE : EXIT_USAGE;
}

/* One line from the terminal, which does not show it. */
static bool
typed(const char *prompt, struct lock *l)
{
	ssize_t n;

	(void)fputs(prompt, stderr);
	(void)fflush(stderr);
	do
		n = read(STDIN_FILENO, l->buf, sizeof(l->buf));
	while (n < 0 && errno == EINTR);
	(void)fputc('\n', stderr);
	if (n <= 0 || l->buf[n - 1] != '\n')
		return false;
	first_line(l, (size_t)n);
	return true;
}

static int
of_terminal(const char *prompt, struct lock *l, struct lock *again)
{
	struct termios was, now;
	bool good;

	if (tcgetattr(STDIN_FILENO, &was) != 0) {
		(void)fputs("coldseal: the passphrase is asked for on a "
		    "terminal, or read by --passphrase FILE\n", stderr);
		return EXIT_USAGE;
	}
	now = was;
	now.c_lflag = (now.c_lflag | ICANON) & ~(tcflag_t)ECHO;
	if (tcsetattr(STDIN_FILENO, TCSAFLUSH, &now) != 0)
		return EXIT_USAGE;
	good = typed(prompt, l) && (again == NULL ||
	    typed("The same once more: ", again));
	if (tcsetattr(STDIN_FILENO, TCSAFLUSH, &was) != 0 || !good)
		return EXIT_USAGE;
	if (again == NULL || (again->text.n == l->text.n &&
	    ct_equal(again->buf, l->buf, l->text.n)))
		return EXIT_DONE;
	(void)fputs("coldseal: the two are not the same\n", stderr);
	return EXIT_USAGE;
}

int
lock_ask(const char *file, const char *prompt, bool twice, struct lock **out)
{
	struct lock *l = secret_new(sizeof(*l)), *again = NULL;
	int code = EXIT_USAGE;

	*out = NULL;
	if (l != NULL)
		wipe(l, sizeof(*l));
	if (twice && file == NULL && (again = secret_new(sizeof(*again))) !=
	    NULL)
		wipe(again, sizeof(*again));
	if (l == NULL || (twice && file == NULL && again == NULL))
		(void)fputs("coldseal: no locked memory for a passphrase\n",
		    stderr);
	else
		code = file != NULL ? of_file(file, l) :
		    of_terminal(prompt, l, again);
	if (again != NULL)
		secret_free(again);
	if (code == EXIT_DONE)
		*out = l;
	else if (l != NULL)
		secret_free(l);
	return code;
}

void
lock_end(struct lock *l)
{
	if (l != NULL)
		secret_free(l);
}

/* --- the file ------------------------------------------------------------- */

int
lock_fail(const char *vault, enum err e, const struct fault *f)
{
	char text[FAULT_TEXT_MAX];

	vault_why(e, f, text);
	cli_say(vault, text);
	return cli_code(e);
}

static void
say_odd(const char *vault, const struct vault_about *a)
{
	size_t i;

	for (i = 0; i < 2; i++)
		if (vault_odd(a->state[i]) != NULL)
			cli_say(vault, vault_odd(a->state[i]));
	if (a->odd.n > 0)
		cli_say(vault, "something that it remembers is not readable, "
		    "and is left out; vault list says its number");
}

int
lock_here(const char *vault)
{
	struct stat st;

	if (stat(vault, &st) != 0)
		cli_say(vault, strerror(errno));
	else if (!S_ISREG(st.st_mode))
		cli_say(vault, "this is no vault");
	else
		return EXIT_DONE;
	return EXIT_USAGE;
}

int
lock_open(struct engine *en, const char *vault, struct span passphrase,
    struct vault_about *a)
{
	struct fault f = { 0 };
	uint64_t size;
	enum err e;
	int fd;

	if ((e = import_path(vault, 2 * (uint64_t)LIMIT_VAULT, &fd,
	    &size)) != 0) {
		cli_say(vault, e == ERR_TOO_LARGE ? "this is no vault" :
		    err_text(e));
		return e == ERR_TOO_LARGE ? EXIT_UNREADABLE : EXIT_USAGE;
	}
	e = engine_vault_open(en, fd, passphrase, a, &f);
	(void)close(fd);
	if (e != 0)
		return lock_fail(vault, e, &f);
	say_odd(vault, a);
	return EXIT_DONE;
}

static enum err
load_named(struct engine *en, struct span list, const char *name,
    struct fault *f)
{
	struct reader r = reader_of(list);
	enum err e = ERR_MISSING;
	struct kept_key key;
	struct kept k;

	while ((e == 0 || e == ERR_MISSING) && read_kept(&r, &k))
		if (k.type == KEPT_KEY && read_kept_key(k.body, &key) == 0 &&
		    span_eq(key.name, span_text(name)))
			e = engine_vault_load(en, k.id, f);
	if (e == ERR_MISSING)
		fault_set(f, 0, "no key of that name");
	return e != 0 ? e : reader_done(&r);
}

int
lock_load(struct engine *en, const char *vault, const char *name)
{
	struct fault f = { 0 };
	struct span list;
	enum err e;
	int fd = -1;

	if (name == NULL) {
		e = engine_vault_load(en, 0, &f);
	} else if ((e = engine_vault_list(en, &fd)) == 0) {
		if ((e = memfd_map(fd, &list)) == 0) {
			e = load_named(en, list, name, &f);
			memfd_unmap(list);
		}
		(void)close(fd);
	}
	return e != 0 ? lock_fail(vault, e, &f) : EXIT_DONE;
}

int
lock_store(struct engine *en, const char *vault, bool both)
{
	const char *base;
	enum err e = ERR_IO;
	int dir;

	if (engine_vault_clean(en))
		return EXIT_DONE;
	if ((dir = cli_folder(vault, &base)) >= 0) {
		e = both ? engine_vault_store_both(en, dir, base) :
		    engine_vault_store(en, dir, base);
		(void)close(dir);
	}
	if (e == 0)
		return EXIT_DONE;
	cli_say(vault, e == ERR_MISMATCH ? "another program has changed it "
	    "since it was opened; nothing was written into it, begin anew" :
	    "could not be written; as it was before, it opens still");
	return cli_code(e);
}

/* --- beside other commands ------------------------------------------------ */

static int
asked(struct engine *en, const struct options *opt, bool again,
    struct vault_about *a)
{
	struct lock *l;
	enum err e;
	int code;

	if ((code = lock_here(opt->vault)) != EXIT_DONE ||
	    (code = lock_ask(opt->passphrase, "Passphrase of the vault: ",
	    false, &l)) != EXIT_DONE)
		return code;
	if (again && (e = engine_vault_again(en, l->text, a)) != 0)
		code = lock_fail(opt->vault, e, &(struct fault){ 0 });
	else if (!again)
		code = lock_open(en, opt->vault, l->text, a);
	lock_end(l);
	return code == EXIT_DONE && opt->command != CMD_NEW ?
	    lock_load(en, opt->vault, opt->name) : code;
}

int
cli_vault_open(struct engine *en, const struct options *opt,
    struct vault_about *a)
{
	return asked(en, opt, false, a);
}

int
cli_vault_again(struct engine *en, const struct options *opt)
{
	struct vault_about a;

	if (opt->vault == NULL || !engine_vault_asks(en))
		return EXIT_DONE;
	return asked(en, opt, true, &a);
}

/* A key that was just made goes in. */
int
cli_vault_take(struct engine *en, const struct options *opt,
    const struct fpr *fpr)
{
	struct fault f = { 0 };
	char text[9];
	enum err e;

	if (opt->vault == NULL)
		return EXIT_DONE;
	fpr_text(fpr, text);
	if ((e = engine_vault_keep(en, fpr, span_text(opt->name != NULL ?
	    opt->name : text), &f)) != 0)
		return lock_fail(opt->vault, e, &f);
	return lock_store(en, opt->vault, false);
}

static bool
accepted(const struct options *opt, const char *code)
{
	size_t i;

	for (i = 0; i < opt->naccept; i++)
		if (strcmp(opt->accept[i], code) == 0)
			return true;
	return false;
}

/* It is stored before anything is signed; where it cannot be, the owner may
 * accept that by name. */
enum err
cli_vault_learn(struct engine *en, const struct options *opt,
    struct fault *f)
{
	enum err e;
	size_t n;

	if (opt->vault == NULL)
		return 0;
	if ((e = engine_vault_learn(en, &n, f)) == 0) {
		bool stored = lock_store(en, opt->vault, false) == EXIT_DONE;

		e = engine_vault_learnt(en, stored);
		if (e != 0 || stored)
			return e;
	}
	if (e == ERR_DEAD || !accepted(opt, err_code(ERR_UNSTORED)))
		return e != 0 ? e : ERR_UNSTORED;
	engine_vault_without(en);
	return 0;
}

enum err
cli_vault_note(struct engine *en, const struct options *opt,
    const char *what, struct fault *f)
{
	enum err e;

	if (opt->vault == NULL)
		return 0;
	if ((e = engine_vault_note(en, what, f)) != 0)
		return e;
	return lock_store(en, opt->vault, false) == EXIT_DONE ||
	    accepted(opt, err_code(ERR_UNSTORED)) ? ERR_NONE : ERR_IO;
}
