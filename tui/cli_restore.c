/* What is in a backup of ours: shown, and put back into a vault.  Wallets and
 * labels go the way of every file: a page, and what the owner says to it. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/base/text.h"
#include "core/proc/memory.h"
#include "core/wire/bundle.h"
#include "media/names.h"
#include "media/save.h"
#include "tui/cli_lock.h"

static void
say_part(const struct bundle_part *p)
{
	if (p->kind == BUNDLE_WALLET)
		fprintf(stderr, "wallet \"%.*s\" (%s) is in it\n",
		    (int)p->name.n, (const char *)p->name.p,
		    network_name(p->network));
	else if (p->kind == BUNDLE_FILE)
		fprintf(stderr, "file \"%.*s\" (%zu line%s) is in it\n",
		    (int)p->name.n, (const char *)p->name.p, p->lines,
		    p->lines == 1 ? "" : "s");
	else if (p->kind == BUNDLE_LABELS)
		fprintf(stderr, "%zu label%s in it\n", p->lines, p->lines ==
		    1 ? " is" : "s are");
}

static int
one_part(struct engine *en, const struct options *opt,
    const struct bundle_part *p)
{
	struct options with = *opt;
	char name[BUNDLE_NAME_MAX + 16];
	int code = EXIT_USAGE, fd;

	if (p->kind != BUNDLE_WALLET && p->kind != BUNDLE_LABELS)
		return EXIT_DONE;
	if (p->kind == BUNDLE_WALLET)
		with.network = p->network;
	with.command = CMD_VAULT;
	(void)snprintf(name, sizeof(name), p->kind == BUNDLE_WALLET ?
	    "wallet %.*s" : "labels", (int)p->name.n,
	    (const char *)p->name.p);
	if (memfd_new("part", &fd) != 0)
		return code;
	if (memfd_write(fd, p->text) == 0 && memfd_seal(fd) == 0)
		code = cli_memory(en, &with, name, fd);
	(void)close(fd);
	return code;
}

/* -o DIR: what the owner had added, as files again. */
static int
write_part(const struct options *opt, const struct bundle_part *p)
{
	char want[NAME_MAX + 1], name[NAME_MAX + 1];
	enum err e = ERR_RANGE;
	int fd, dir;

	if (p->kind != BUNDLE_FILE || p->name.n > NAME_MAX)
		return EXIT_DONE;
	(void)snprintf(want, sizeof(want), "%.*s", (int)p->name.n,
	    (const char *)p->name.p);
	if (memfd_new("part", &fd) != 0)
		return EXIT_USAGE;
	dir = open(opt->out, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if ((e = name_check(want)) == 0)
		e = dir < 0 ? ERR_IO : memfd_write(fd, p->text);
	if (e == 0 && (e = memfd_seal(fd)) == 0 &&
	    (e = save_file(dir, want, fd, name)) == 0)
		printf("written: %s\n", name);
	else
		cli_say(want, e == ERR_IO ? save_advice(e) : err_text(e));
	if (dir >= 0)
		(void)close(dir);
	(void)close(fd);
	return cli_code(e);
}

static int
each_part(struct engine *en, const struct options *opt, struct span text,
    bool restore)
{
	struct bundle_part p;
	int code = EXIT_DONE;

	while (code != EXIT_DIED && bundle_next(&text, &p)) {
		if (!restore)
			say_part(&p);
		else if (opt->vault != NULL)
			code = cli_worse(code, one_part(en, opt, &p));
		if (restore && opt->out != NULL)
			code = cli_worse(code, write_part(opt, &p));
	}
	return code;
}

static int
keep_keys(struct engine *en, const struct options *opt, const struct aged *a)
{
	struct fault f = { 0 };
	char text[9];
	enum err e;
	size_t i;

	for (i = 0; i < a->n; i++) {
		fpr_text(&a->fpr[i], text);
		e = engine_vault_keep(en, &a->fpr[i], span_text(opt->name !=
		    NULL ? opt->name : text), &f);
		if (e == ERR_DUPLICATE)
			fprintf(stderr, "key %s is in the vault already\n",
			    text);
		else if (e != 0)
			return lock_fail(opt->vault, e, &f);
	}
	return lock_store(en, opt->vault, false);
}

static void
say_keys(const struct options *opt, const struct aged *a)
{
	char text[9];
	size_t i;

	for (i = 0; i < a->n; i++) {
		fpr_text(&a->fpr[i], text);
		fprintf(stderr, "key %s is in it: %s\n", text, opt->vault ==
		    NULL ? "--words takes this file" : opt->keys ?
		    "kept in the vault" : "--keys keeps it in the vault");
	}
}

/* Into a file as it is; on a terminal nothing that it would obey. */
static void
show(struct span text)
{
	size_t i;

	if (!isatty(STDOUT_FILENO)) {
		(void)fwrite(text.p, 1, text.n, stdout);
		return;
	}
	for (i = 0; i < text.n; i++)
		if (text.p[i] == '\n' || text_is_printable(span_of(text.p + i,
		    1)))
			putchar(text.p[i]);
		else
			printf("\\x%02x", text.p[i]);
}

static int
opened(struct engine *en, const struct options *opt, const struct aged *a)
{
	struct span text = { 0 };
	int code = EXIT_DONE;

	say_keys(opt, a);
	if (opt->keys)
		code = keep_keys(en, opt, a);
	if (a->fd < 0 || code != EXIT_DONE)
		return code;
	if (memfd_map(a->fd, &text) != 0)
		return EXIT_USAGE;
	(void)each_part(en, opt, text, false);
	if (opt->vault == NULL && opt->out == NULL)
		show(text);
	else
		code = each_part(en, opt, text, true);
	memfd_unmap(text);
	return code;
}

int
cli_age_open(struct engine *en, const struct options *opt)
{
	struct span file;
	struct aged a;
	int code = cli_secret_file(opt->file[1], &file);

	if (code != EXIT_DONE)
		return code;
	a.fd = -1;
	if (cli_age_is(file)) {
		code = cli_age_load(en, opt, opt->file[1], file, &a);
	} else {
		cli_say(opt->file[1], err_text(ERR_UNKNOWN));
		code = cli_code(ERR_UNKNOWN);
	}
	cli_secret_end(file);
	if (code == EXIT_DONE)
		code = opened(en, opt, &a);
	if (a.fd >= 0)
		(void)close(a.fd);
	return code;
}
