#include <string.h>

#include "tui/options.h"

/* What may be done with a vault, and how many names it takes: from, to. */
static const struct {
	const char	*verb;
	size_t		 least, most;
} verbs[] = {
	{ "create", 0, 0 }, { "list", 0, 0 }, { "add", 0, OPT_FILES },
	{ "remove", 1, 1 }, { "passwd", 0, 0 }, { "copy", 0, 0 },
	{ "log", 0, 0 }, { "each-time", 1, 1 }, { "label", 2, 2 },
	{ "labels", 0, 0 }, { "set", 0, 2 },
};

int
options_vault(const struct options *o)
{
	size_t i;

	if (o->nfile < 2)
		return amiss("say what to do, and with which vault", NULL);
	if (o->vault != NULL)
		return amiss("the vault is named after what to do with it",
		    NULL);
	for (i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++) {
		if (strcmp(o->file[0], verbs[i].verb) != 0)
			continue;
		return o->nfile - 2 >= verbs[i].least &&
		    o->nfile - 2 <= verbs[i].most ? 0 :
		    amiss("too few or too many names for", o->file[0]);
	}
	return amiss("no such thing can be done with a vault", o->file[0]);
}

/* What is to be done comes first; a rehearsal names one file more. */
int
options_backup(const struct options *o)
{
	static const char *const what[] = { "make", "recover", "rehearse",
	    "child", "age", "open", "sheet" };
	size_t i;

	if (o->keys && (o->nfile == 0 || (strcmp(o->file[0], "age") != 0 &&
	    strcmp(o->file[0], "open") != 0)))
		return amiss("--keys is for backup age and backup open", NULL);
	if (o->keys && strcmp(o->file[0], "open") == 0 && o->vault == NULL)
		return amiss("--keys: into which vault? --vault FILE", NULL);
	if (o->nfile > 0 && strcmp(o->file[0], "open") == 0 && o->nfile != 2)
		return amiss("name one backup to be opened", NULL);

	for (i = 0; o->nfile > 0 && i < sizeof(what) / sizeof(what[0]); i++)
		if (strcmp(o->file[0], what[i]) == 0)
			return 0;
	return amiss("backup does make, recover, rehearse, child, age, open "
	    "or sheet, not",
	    o->nfile > 0 ? o->file[0] : "nothing");
}

/* Here --words says how many; no file of words is read. */
int
options_new(struct options *o)
{
	o->count = 24;
	if (o->seed != 0 && o->nwords > 0)
		return amiss("a key has words or is a bare --seed", NULL);
	if (o->seed != 0 && o->seed != 16 && o->seed != 32)
		return amiss("a bare seed has 16 or 32 bytes", NULL);
	if (o->seed == 16)
		o->count = 12;
	if (o->nwords > 1)
		return amiss("say once how many words", NULL);
	if (o->nwords == 1 && strcmp(o->words[0], "12") == 0)
		o->count = 12;
	else if (o->nwords == 1 && strcmp(o->words[0], "25") == 0)
		o->count = 25;
	else if (o->nwords == 1 && strcmp(o->words[0], "24") != 0)
		return amiss("a new key has 12, 24 or 25 words, not",
		    o->words[0]);
	o->nwords = 0;
	return 0;
}
