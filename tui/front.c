#include <stdio.h>

#include "core/proc/sandbox.h"
#include "tui/cli.h"
#include "tui/front.h"
#include "tui/loop.h"

static int
run(struct engine *en, const struct options *opt)
{
	int code = cli_words(en, opt);

	if (code != EXIT_DONE)
		return code;
	if (opt->command == CMD_TUI) {
		struct tui_options t = { .network = opt->network,
		    .have_keys = opt->nwords > 0, .idle = opt->idle,
		    .banner = opt->banner };

		return tui_run(en, &t);
	}
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
