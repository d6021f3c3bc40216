/* A file under a passphrase that the age program opens, too: wallets and
 * labels, and the keys at hand where --keys asks for them. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/base/secret.h"
#include "core/base/text.h"
#include "core/proc/memory.h"
#include "core/wire/bundle.h"
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
	cli_say(file, e == ERR_PASSPHRASE ?
	    "that is not the passphrase of this backup" : why);
	return cli_code(e);
}

/* Of the backup.  Where a vault is named, --passphrase is the vault's. */
static int
ask(const struct options *opt, bool twice, struct lock **l)
{
	const char *file = opt->backup != NULL ? opt->backup :
	    opt->vault == NULL ? opt->passphrase : NULL;

	return lock_ask(file != NULL && strcmp(file, "ask") == 0 ? NULL : file,
	    twice ? "Passphrase for the backup: " :
	    "Passphrase of the backup: ", twice, l);
}

int
cli_age_load(struct engine *en, const struct options *opt, const char *name,
    struct span file, struct aged *out)
{
	struct fault f = { 0 };
	struct lock *l;
	enum err e;
	int code;

	*out = (struct aged){ .fd = -1 };
	if ((code = ask(opt, false, &l)) != EXIT_DONE)
		return code;
	e = engine_age_open(en, l->text, file, out->fpr, &out->n, &out->fd,
	    &f);
	lock_end(l);
	return e != 0 ? fail(name, e, &f) : EXIT_DONE;
}

int
cli_age_keys(struct engine *en, const struct options *opt, const char *name,
    struct span file)
{
	struct aged a;
	int code = cli_age_load(en, opt, name, file, &a);

	if (a.fd >= 0)
		(void)close(a.fd);
	return code == EXIT_DONE && a.n == 0 ? fail(name, ERR_NO_KEY,
	    &(struct fault){ 0 }) : code;
}

static void
add_file(struct sink *s, const char *path, struct span file)
{
	const char *slash = strrchr(path, '/');
	const char *base = slash != NULL ? slash + 1 : path;
	char name[4 * NAME_MAX + 1];

	if (text_escape(span_text(base), name, sizeof(name)) != 0)
		name[0] = '\0';
	bundle_file(s, span_text(name), file);
}

/* Behind what is collected, the files that were named, as they are. */
static int
add_files(const struct options *opt, struct sink *s)
{
	struct span file;
	size_t i;
	int code;

	for (i = 1; i < opt->nfile; i++) {
		if ((code = cli_secret_file(opt->file[i], &file)) != EXIT_DONE)
			return code;
		add_file(s, opt->file[i], file);
		cli_secret_end(file);
	}
	return EXIT_DONE;
}

static int
gather(struct engine *en, const struct options *opt, struct sink *s)
{
	struct collected c;
	int code = EXIT_DONE;
	enum err e = 0;

	if (opt->vault != NULL)
		e = engine_collect(en, true, s, &c);
	if (e != 0 && e != ERR_TOO_LARGE)
		return fail(opt->vault, e, &(struct fault){ 0 });
	if (e == 0 && (code = add_files(opt, s)) != EXIT_DONE)
		return code;
	if (e == 0 && s->err == 0 && opt->vault != NULL)
		fprintf(stderr, "coldseal: of the vault: %zu wallet%s, %zu "
		    "label%s\n", c.wallets, c.wallets == 1 ? "" : "s",
		    c.labels, c.labels == 1 ? "" : "s");
	if (e == 0 && s->err == 0)
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
	enum err e = dir < 0 ? ERR_IO : save_private(dir, NAME, fd, name);

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

	if ((code = ask(opt, true, &l)) != EXIT_DONE)
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
	if (opt->nfile < 2 && !opt->keys && opt->vault == NULL) {
		(void)fputs("coldseal: name files for it, or --vault FILE, or "
		    "--keys\n", stderr);
		code = EXIT_USAGE;
	} else if ((code = gather(en, opt, &s)) != EXIT_DONE) {
		;
	} else if (s.total == 0 && !opt->keys) {
		(void)fputs("coldseal: no wallet and no label is in the vault; "
		    "--keys puts its keys in\n", stderr);
		code = EXIT_USAGE;
	} else {
		code = seal(en, opt, span_of(buf, s.total));
	}
	secret_free(buf);
	return code;
}
