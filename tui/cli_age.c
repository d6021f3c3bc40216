/* A file under a passphrase that the age program opens, too: wallets and
 * labels, and the keys at hand where --keys asks for them. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/base/secret.h"
#include "core/proc/memory.h"
#include "media/save.h"
#include "tui/cli_lock.h"

#define TEXT_MAX 61440
#define NAME "coldseal-backup.age"

static const char magic[] = "age-encryption.org/v1\n";

bool
cli_age_is(struct span file)
{
	return file.n >= sizeof(magic) - 1 &&
	    memcmp(file.p, magic, sizeof(magic) - 1) == 0;
}

static int
fail(const char *file, enum err e, const struct fault *f)
{
	char why[FAULT_TEXT_MAX];

	fault_text(f, e, why);
	cli_say(file, why);
	return cli_code(e);
}

int
cli_age_load(struct engine *en, const struct options *opt, const char *name,
    struct span file, bool print)
{
	struct fault f = { 0 };
	struct fpr fpr[FPR_MAX];
	struct lock *l;
	int code, fd = -1;
	char text[9];
	size_t i, n = 0;
	enum err e;

	if ((code = lock_ask(opt->passphrase, "Passphrase of the backup: ",
	    false, &l)) != EXIT_DONE)
		return code;
	e = engine_age_open(en, l->text, file, fpr, &n, &fd, &f);
	lock_end(l);
	if (e != 0)
		return fail(name, e, &f);
	for (i = 0; print && i < n; i++) {
		fpr_text(&fpr[i], text);
		fprintf(stderr, "key %s is in it: --words %s\n", text, name);
	}
	if (!print && n == 0)
		code = fail(name, ERR_NO_KEY, &f);
	if (print && fd >= 0)
		return cli_text(fd);
	if (fd >= 0)
		(void)close(fd);
	return code;
}

int
cli_age_open(struct engine *en, const struct options *opt)
{
	struct span file;
	int code = cli_secret_file(opt->file[1], &file);

	if (code != EXIT_DONE)
		return code;
	if (cli_age_is(file))
		code = cli_age_load(en, opt, opt->file[1], file, true);
	else
		code = fail(opt->file[1], ERR_UNKNOWN, &(struct fault){ 0 });
	cli_secret_end(file);
	return code;
}

/* The files that shall be in it, one after the other. */
static int
gather(const struct options *opt, struct sink *s)
{
	struct span file;
	size_t i;
	int code;

	for (i = 1; i < opt->nfile; i++) {
		if ((code = cli_secret_file(opt->file[i], &file)) != EXIT_DONE)
			return code;
		put_span(s, file);
		if (file.n > 0 && file.p[file.n - 1] != '\n')
			put_u8(s, '\n');
		cli_secret_end(file);
	}
	if (s->err == 0)
		return EXIT_DONE;
	fprintf(stderr, "coldseal: more than %d bytes in one backup\n",
	    TEXT_MAX);
	return EXIT_UNREADABLE;
}

static int
save(const struct options *opt, int fd)
{
	char name[NAME_MAX + 1];
	int dir = open(opt->out != NULL ? opt->out : ".", O_RDONLY |
	    O_DIRECTORY | O_CLOEXEC);
	enum err e = dir < 0 ? ERR_IO : save_file(dir, NAME, fd, name);

	if (dir >= 0)
		(void)close(dir);
	if (e != 0)
		return fail(opt->out != NULL ? opt->out : ".", e,
		    &(struct fault){ 0 });
	printf("written: %s\n", name);
	return EXIT_DONE;
}

static int
seal(struct engine *en, const struct options *opt, struct span text)
{
	struct fault f = { 0 };
	struct lock *l;
	int code, fd = -1;
	enum err e;

	if ((code = lock_ask(opt->passphrase, "Passphrase for the backup: ",
	    true, &l)) != EXIT_DONE)
		return code;
	e = engine_age_seal(en, opt->keys, l->text, text, &fd, &f);
	lock_end(l);
	if (e != 0)
		return fail(NAME, e, &f);
	code = save(opt, fd);
	(void)close(fd);
	return code;
}

int
cli_age(struct engine *en, const struct options *opt)
{
	uint8_t *buf = secret_new(TEXT_MAX);
	struct sink s = sink_to_buf(buf, buf != NULL ? TEXT_MAX : 0);
	int code;

	if (buf == NULL) {
		(void)fputs("coldseal: no locked memory\n", stderr);
		return EXIT_USAGE;
	}
	if (opt->nfile < 2 && !opt->keys) {
		(void)fputs("coldseal: name files for it, or --keys\n",
		    stderr);
		code = EXIT_USAGE;
	} else if ((code = gather(opt, &s)) == EXIT_DONE) {
		code = seal(en, opt, span_of(buf, s.total));
	}
	secret_free(buf);
	return code;
}
