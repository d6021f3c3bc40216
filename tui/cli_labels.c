/* coldseal vault labels, set: what the owner noted and set. */
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "media/save.h"
#include "tui/cli.h"
#include "tui/cli_listing.h"

/* For other wallets: printed, or into the folder of -o. */
enum err
cli_labels(struct engine *en, const struct options *opt)
{
	char name[NAME_MAX + 1];
	enum err e;
	size_t n = 0;
	int fd, dir;

	if ((e = engine_labels(en, &n, &fd)) != 0)
		return e;
	if (opt->out == NULL)
		return cli_text(fd) == EXIT_DONE ? ERR_NONE : ERR_IO;
	dir = open(opt->out, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	e = dir < 0 ? ERR_IO : save_file(dir, BIP329_FILE, fd, name);
	if (dir >= 0)
		(void)close(dir);
	(void)close(fd);
	if (e == 0)
		printf("%s: %zu label%s, for anybody to read\n", name, n,
		    n == 1 ? "" : "s");
	return e;
}

int
cli_as_set(struct engine *en, struct options *opt)
{
	struct settings s;
	enum err e = engine_settings(en, &s);

	if (e != 0)
		return cli_code(e);
	if (!opt->has_network)
		opt->network = (enum network)s.value[SETTING_NETWORK];
	if (opt->idle == 0 && s.set[SETTING_IDLE])
		opt->idle = 60 * s.value[SETTING_IDLE];
	opt->base = s.value[SETTING_UNIT] == UNIT_BASE;
	return EXIT_DONE;
}

static enum err
list(struct engine *en)
{
	char text[SETTING_VALUE_MAX], bounds[SETTING_VALUE_MAX];
	struct listing unknown = { .settings = true };
	struct settings s;
	unsigned i;
	enum err e = engine_settings(en, &s);

	for (i = 0; e == 0 && i < SETTINGS; i++) {
		const struct setting_row *r = setting_row((enum setting)i);

		setting_text((enum setting)i, s.value[i], text);
		setting_bounds((enum setting)i, bounds);
		printf("%s %s%s; %s: %s\n", r->name, text, s.set[i] ? "" :
		    " (not set)", bounds, r->text);
	}
	return e != 0 ? e : listing_each(en, &unknown);
}

enum err
cli_set(struct engine *en, const struct options *opt, struct fault *f)
{
	if (opt->nfile == 2)
		return list(en);
	if (opt->nfile == 3) {
		fault_set(f, 0, "a name and a value are needed");
		return ERR_RANGE;
	}
	return engine_setting(en, opt->file[2], opt->file[3], f);
}
