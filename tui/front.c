#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/proc/sandbox.h"
#include "tui/cli.h"
#include "tui/front.h"
#include "tui/loop.h"

struct air {
	char		 text[AIRGAP_TEXT_MAX];
	struct airgap	 report;
};

/* Read whole before any screen is drawn: what cannot be read is no gap. */
static bool
air_gap(const char *path, struct air *a)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = 0, all = 0;

	while (fd >= 0 && (size_t)all < sizeof(a->text) &&
	    (n = read(fd, a->text + all, sizeof(a->text) - (size_t)all)) > 0)
		all += n;
	if (fd >= 0)
		(void)close(fd);
	if (fd >= 0 && n == 0 &&
	    airgap_read(span_of(a->text, (size_t)all), &a->report) == 0)
		return true;
	(void)fprintf(stderr, "coldseal: %s: no report of the air gap\n",
	    path);
	return false;
}

static int
run_screen(struct engine *en, const struct options *opt)
{
	struct tui_options t = { .network = opt->network,
	    .have_keys = opt->nwords > 0, .idle = opt->idle,
	    .banner = opt->banner };
	struct air *air = NULL;
	int code = EXIT_USAGE;

	if (opt->airgap != NULL) {
		if ((air = calloc(1, sizeof(*air))) == NULL)
			return EXIT_USAGE;
		t.airgap = &air->report;
	}
	if (air == NULL || air_gap(opt->airgap, air))
		code = tui_run(en, &t);
	free(air);
	return code;
}

static int
run(struct engine *en, const struct options *opt)
{
	int code = cli_words(en, opt);

	if (code != EXIT_DONE)
		return code;
	if (opt->command == CMD_TUI)
		return run_screen(en, opt);
	return cli_run(en, opt);
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
