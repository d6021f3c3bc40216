#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/proc/memory.h"
#include "media/save.h"
#include "tui/cli.h"

static int
failed(enum err e)
{
	const char *text = e == ERR_MISSING ? "no key came; name the files "
	    "that the signers sent" : e == ERR_RANGE ? "--need asks for none, "
	    "or for more keys than came" : e == ERR_DUPLICATE ? "two of the "
	    "keys are of one owner; ask each signer for a key of his own" :
	    NULL;

	if (text != NULL)
		fprintf(stderr, "coldseal: %s\n", text);
	else
		fprintf(stderr, "coldseal: %s; %s\n", err_text(e),
		    err_advice(e));
	return cli_code(e) == EXIT_UNREADABLE ? EXIT_USAGE : cli_code(e);
}

int
cli_invite(struct engine *en, const struct options *opt)
{
	char form[32];
	const struct join_ask q = { .network = opt->network, .form = form,
	    .script = "" };
	struct export_about about;
	enum err e;
	int fd;

	(void)snprintf(form, sizeof(form), "invite-%u", opt->token);
	if ((e = engine_join(en, &q, &about, &fd)) != 0)
		return failed(e);
	return cli_text(fd);
}

static int
write_one(struct engine *en, const struct options *opt, const char *form)
{
	const struct join_ask q = { .network = opt->network, .form = form,
	    .script = opt->script, .need = opt->need };
	struct export_about about;
	char name[NAME_MAX + 1];
	const char *base;
	enum err e;
	int fd, dir;

	if ((e = engine_join(en, &q, &about, &fd)) != 0)
		return failed(e);
	dir = cli_out(opt, opt->file[0], &base);
	e = dir < 0 ? ERR_IO : save_file(dir, about.file, fd, name);
	if (dir >= 0)
		(void)close(dir);
	(void)close(fd);
	if (e != 0)
		return failed(e);
	cli_say(name, "written; every signer looks at it and agrees to it");
	return EXIT_DONE;
}

/* Read out to the others, it is the same on each one's page. */
static int
read_out(struct engine *en, const struct options *opt)
{
	const struct join_ask q = { .network = opt->network, .form = "#",
	    .script = opt->script, .need = opt->need };
	struct export_about about;
	enum err e;
	int fd;

	if (opt->json)
		return EXIT_DONE;
	return (e = engine_join(en, &q, &about, &fd)) != 0 ? failed(e) :
	    cli_text(fd);
}

/* For each signer what he can open; where nothing is sealed, one for all. */
int
cli_join(struct engine *en, const struct options *opt)
{
	const struct join_ask q = { .network = opt->network, .form = "?",
	    .script = "" };
	struct export_about about;
	char form[16], text[16384] = "", *p = text;
	int fd, code = EXIT_DONE;
	struct span s;
	enum err e;

	if ((e = engine_join(en, &q, &about, &fd)) != 0)
		return failed(e);
	if ((e = memfd_map(fd, &s)) == 0) {
		(void)snprintf(text, sizeof(text), "%.*s", (int)s.n,
		    (const char *)s.p);
		memfd_unmap(s);
	}
	(void)close(fd);
	do {
		(void)snprintf(form, sizeof(form), "%.*s",
		    (int)strcspn(p, "|"), p);
		if (strcmp(form, "plain") != 0 || p == text)
			code = cli_worse(code, write_one(en, opt, form));
		p += strcspn(p, "\n");
		p += *p == '\n';
	} while (*p != '\0');
	return code == EXIT_DONE ? read_out(en, opt) : code;
}
