#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/proc/sandbox.h"
#include "tui/cli.h"
#include "tui/front.h"
#include "tui/loop.h"

/* What the live image tells and offers. */
struct image {
	char		 text[AIRGAP_TEXT_MAX];
	struct airgap	 report;
	char		 tables[KEYMAPS_MAX * KEYMAP_RECORD];
	struct keymaps	 keymaps;
};

/* Read whole before any screen is drawn; more than fits is none. */
static bool
read_whole(const char *path, char *buf, size_t cap, struct span *out)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = 0, all = 0;

	while (fd >= 0 && (size_t)all < cap &&
	    (n = read(fd, buf + all, cap - (size_t)all)) > 0)
		all += n;
	if (fd >= 0)
		(void)close(fd);
	*out = span_of(buf, (size_t)all);
	return fd >= 0 && n == 0;
}

/* What cannot be read is no gap, and no choice of keyboards. */
static bool
read_image(const struct options *opt, struct image *im, struct tui_options *t)
{
	const char *path = opt->airgap;
	struct span s;

	if (path != NULL && (!read_whole(path, im->text, sizeof(im->text),
	    &s) || airgap_read(s, &im->report) != 0)) {
		(void)fprintf(stderr, "coldseal: %s: no report of the air "
		    "gap\n", path);
		return false;
	}
	t->airgap = path != NULL ? &im->report : NULL;
	path = opt->keymaps;
	if (path != NULL && (!read_whole(path, im->tables,
	    sizeof(im->tables), &s) || keymaps_read(s, &im->keymaps) != 0)) {
		(void)fprintf(stderr, "coldseal: %s: no keyboard layouts\n",
		    path);
		return false;
	}
	t->keymaps = path != NULL ? &im->keymaps : NULL;
	t->wishes = path != NULL ? (int)opt->wishes : -1;
	return true;
}

static int
run_screen(struct engine *en, const struct options *opt,
    const struct vault_about *about)
{
	struct tui_options t = { .network = opt->network,
	    .have_keys = opt->nwords > 0 ||
	    opt->vault != NULL, .idle = opt->idle, .base = opt->base,
	    .has_network = opt->has_network,
	    .banner = opt->banner, .vault = opt->vault, .about = *about };
	struct image *im = calloc(1, sizeof(*im));
	int code = EXIT_USAGE;

	if (im != NULL && read_image(opt, im, &t))
		code = tui_run(en, &t);
	free(im);
	return code;
}

static int
run(struct engine *en, const struct options *opt)
{
	struct vault_about about = { 0 };
	struct options as = *opt;
	int code = cli_words(en, opt);

	if (code == EXIT_DONE && opt->vault != NULL &&
	    (code = cli_vault_open(en, opt, &about)) == EXIT_DONE)
		code = cli_as_set(en, &as);
	if (code != EXIT_DONE)
		return code;
	if (opt->command == CMD_TUI)
		return run_screen(en, &as, &about);
	return cli_run(en, &as);
}

int
front_run(struct channel *keeper, struct channel *clerk,
    struct channel *mounter, struct channel *parent, void *options)
{
	const struct options *opt = options;
	struct engine *en;
	int code;

	if (sandbox_narrow(ROLE_FRONT) != 0 ||
	    engine_new(keeper, clerk, mounter, parent, &en) != 0) {
		fputs("coldseal: this system does not let it start safely\n",
		    stderr);
		return EXIT_DIED;
	}
	code = run(en, opt);
	if (code == EXIT_DIED)
		fputs("coldseal: a part of the program has ended; nothing "
		    "more is signed and the keys are wiped\n", stderr);
	engine_end(en);
	return code;
}
