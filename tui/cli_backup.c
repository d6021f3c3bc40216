/* Backups on the command line: what is secret is shown on a terminal, when it
 * is asked for and for a time, and written nowhere. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/base/secret.h"
#include "core/proc/memory.h"
#include "tui/cli.h"
#include "tui/cli_ask.h"
#include "tui/cli_lock.h"
#include "tui/sheet.h"
#include "tui/version.h"

#define REVEAL 180			/* seconds */

struct talk {				/* in locked memory */
	struct engine	*en;
	char		line[ASK_LINE];
	char		grid[GRID_MAX];
	struct share	share;
	struct backup_ask ask;
	struct backup_made made;
	struct child_ask child;
	char		path[PATH_TEXT_MAX];
	struct fault	fault;
};

/* Shown when Enter says so, and until Enter or the end of its time. */
static enum err
reveal(struct talk *t, const char *what)
{
	enum err e;

	printf("%s\n\nIt is secret.  Enter shows it, for %d seconds at most: ",
	    what, REVEAL);
	(void)fflush(stdout);
	if ((e = ask_line(t->line)) != 0)
		return e;
	ask_scrub();
	printf("%s\n\n", what);
	(void)fflush(stdout);
	e = ask_show(span_text(t->share.text), t->grid);
	if (e == 0) {
		ask_say("\nEnter when it is on paper: the screen is "
		    "cleared. ");
		e = ask_wait(t->line, REVEAL);
	}
	wipe(t->share.text, sizeof(t->share.text));
	ask_scrub();
	return e;
}

/* --- shares ------------------------------------------------------- */

static void
about(const struct talk *t)
{
	const struct backup_made *m = &t->made;
	char text[9];

	fpr_text(&t->ask.fpr, text);
	printf("Backup of key %s: %u of them.\n\n", text, m->n);
	if (m->words > 0)
		ask_say("This key came from BIP39 words.  What is shared is "
		    "the seed of 64 bytes that the\nwords and the passphrase "
		    "give.  It restores this same wallet wherever seeds of\n"
		    "64 bytes are taken; devices that want 20 or 33 words do "
		    "not take it.  The words\ncannot be had from it again: "
		    "keep them, too.\n\n");
	else
		printf("What is shared is the BIP32 seed of %u bytes, as it "
		    "stands.\n\n", m->seed);
}

static void
name_share(const struct talk *t, unsigned i, char *out, size_t cap)
{
	const struct backup_ask *a = &t->ask;
	const struct share *s = &t->share;

	if (a->form == BACKUP_SLIP39 && a->groups > 1)
		(void)snprintf(out, cap, "Group %u of %u (%u wanted), share "
		    "%u of %u (%u wanted)", s->group + 1u, a->groups, a->need,
		    s->member + 1u, a->group[s->group].of,
		    a->group[s->group].need);
	else if (t->made.n > 1)
		(void)snprintf(out, cap, "Share %u of %u (%u wanted)", i + 1,
		    t->made.n, a->group[0].need);
	else
		(void)snprintf(out, cap, "The only share");
}

static enum err
talk_shares(void *arg)
{
	struct talk *t = arg;
	char what[96];
	enum err e = 0;
	unsigned i;

	about(t);
	for (i = 0; e == 0 && i < t->made.n; i++) {
		if ((e = engine_share(t->en, i, &t->share)) != 0)
			break;
		name_share(t, i, what, sizeof(what));
		e = reveal(t, what);
	}
	return e;
}

/* "2of3", or several of them with commas between. */
static bool
parse_plan(const char *s, struct backup_ask *a)
{
	unsigned long need, of;
	char *end;

	for (a->groups = 0; a->groups < BACKUP_GROUPS; s = end + 1) {
		need = strtoul(s, &end, 10);
		if (end == s || strncmp(end, "of", 2) != 0)
			return false;
		s = end + 2;
		of = strtoul(s, &end, 10);
		if (end == s || need > 255 || of > 255 ||
		    (*end != ',' && *end != '\0'))
			return false;
		a->group[a->groups].need = (uint8_t)need;
		a->group[a->groups++].of = (uint8_t)of;
		if (*end == '\0')
			return true;
	}
	return false;
}

static int
usage(const char *what)
{
	fprintf(stderr, "coldseal: %s\ncoldseal: see coldseal --help\n", what);
	return EXIT_USAGE;
}

static int
say_why(const char *what, enum err e, const struct fault *f)
{
	char why[FAULT_TEXT_MAX];

	fault_text(f, e, why);
	fprintf(stderr, "coldseal: %s: %s\n", what, e == ERR_IO ?
	    "this shows secrets on a terminal, and writes them nowhere else" :
	    e == ERR_STOPPED ? "given up" : why);
	return e == ERR_STOPPED ? EXIT_USAGE : cli_code(e);
}

static int
plan_of(const struct options *opt, struct backup_ask *a)
{
	bool codex = opt->format != NULL && strcmp(opt->format, "codex32") == 0;

	if (!codex && opt->format != NULL &&
	    strcmp(opt->format, "slip39") != 0)
		return usage("shares are made as slip39 or codex32");
	a->form = codex ? BACKUP_CODEX32 : BACKUP_SLIP39;
	if (opt->shares != NULL && !parse_plan(opt->shares, a))
		return usage("--shares is like 2of3, or 2of3,1of1 for groups");
	if (opt->shares == NULL) {
		a->groups = 1;
		a->group[0].need = codex ? 0 : 1;
		a->group[0].of = 1;
	}
	if (a->groups > 1 && opt->groups == 0)
		return usage("so many groups, of which how many are needed? "
		    "--groups N");
	a->need = opt->groups > 0 ? (uint8_t)opt->groups : 1;
	if (codex && (a->groups > 1 || opt->groups > 0))
		return usage("codex32 knows no groups");
	return opt->groups > 255 ? usage("so many groups are not needed") :
	    EXIT_DONE;
}

/* Of SLIP-39 alone; it is not the vault's, which --passphrase is. */
static int
share_passphrase(const struct options *opt, struct lock **l)
{
	const char *file = opt->backup;

	*l = NULL;
	if (file == NULL)
		return EXIT_DONE;
	return lock_ask(strcmp(file, "ask") == 0 ? NULL : file,
	    "Passphrase for the shares: ", true, l);
}

static int
make(struct talk *t, const struct options *opt)
{
	struct lock *l;
	enum err e, end;
	int code = plan_of(opt, &t->ask);

	if (code != EXIT_DONE ||
	    (code = share_passphrase(opt, &l)) != EXIT_DONE)
		return code;
	e = engine_backup(t->en, &t->ask, l != NULL ? l->text :
	    span_of(NULL, 0), &t->made, &t->fault);
	lock_end(l);
	if (e != 0)
		return say_why("no backup was made", e, &t->fault);
	e = ask_terminal(talk_shares, t);
	end = e != ERR_DEAD ? engine_end_backup(t->en) : ERR_NONE;
	if (e != 0 || end != 0)
		return say_why("the backup was not finished", e != 0 ? e :
		    end, &t->fault);
	puts("Try it before you need it: coldseal backup rehearse");
	return EXIT_DONE;
}

int
cli_shares(struct engine *en, const struct options *opt,
    const struct fpr *fpr)
{
	struct talk *t = secret_new(sizeof(*t));
	int code;

	if (t == NULL)
		return usage("no locked memory");
	wipe(t, sizeof(*t));
	t->en = en;
	t->ask.fpr = *fpr;
	code = make(t, opt);
	secret_free(t);
	return code;
}

/* --- children ------------------------------------------------------- */

static enum err
talk_child(void *arg)
{
	struct talk *t = arg;
	char what[PATH_TEXT_MAX + 16];

	(void)snprintf(what, sizeof(what), "Child %s", t->path);
	return reveal(t, what);
}

static int
child(struct talk *t, const struct options *opt)
{
	const char *name = opt->format != NULL ? opt->format : "words";
	struct child_ask *c = &t->child;
	int i = 0;
	enum err e;

	while (i < CHILD_KINDS &&
	    strcmp(child_form((enum child_kind)i)->name, name) != 0)
		i++;
	if (i == CHILD_KINDS)
		return usage("a child is words, wif, xprv, hex, base64, base85 "
		    "or dice");
	c->kind = (enum child_kind)i;
	c->size = opt->size > 0 ? opt->size : child_form(c->kind)->usual;
	c->sides = 6;
	c->index = opt->ranged ? opt->from : 0;
	if ((e = engine_child(t->en, c, t->path, sizeof(t->path),
	    t->share.text, sizeof(t->share.text), &t->fault)) != 0)
		return say_why("no child was made", e, &t->fault);
	if ((e = ask_terminal(talk_child, t)) != 0)
		return say_why("it was not shown", e, &t->fault);
	printf("child: %s\n", t->path);
	return EXIT_DONE;
}

static int
sheet(struct engine *en, const struct options *opt)
{
	struct sheet_ask ask = { .network = opt->network,
	    .account = opt->account, .version = COLDSEAL_VERSION,
	    .now = time(NULL) };
	uint8_t *buf = calloc(1, SHEET_MAX);
	struct sink s = sink_to_buf(buf, buf != NULL ? SHEET_MAX : 0);
	enum err e = sheet_put(en, &ask, &s);

	if (e == 0)
		(void)fwrite(buf, 1, s.total, stdout);
	free(buf);
	return e == 0 ? EXIT_DONE : say_why("no sheet", e,
	    &(struct fault){ 0 });
}

static int
run(struct talk *t, const struct options *opt, const char *what)
{
	struct key_id key[FPR_MAX];
	size_t n = 0;
	enum err e;

	if ((e = engine_fingerprints(t->en, key, &n)) != 0)
		return cli_code(e);
	if (n == 0 && opt->vault == NULL)
		return usage("name the key with --words or --vault");
	if (strcmp(what, "rehearse") == 0)
		return cli_rehearse(t->en, opt);
	if (opt->nfile > 1)
		return usage("this takes no file");
	if (strcmp(what, "sheet") == 0)
		return sheet(t->en, opt);
	if (n != 1)
		return usage("one key at a time");
	t->ask.fpr = t->child.fpr = key[0].fpr;
	return strcmp(what, "make") == 0 ? make(t, opt) : child(t, opt);
}

int
cli_backup(struct engine *en, const struct options *opt)
{
	struct talk *t;
	int code;

	if (strcmp(opt->file[0], "age") == 0)
		return cli_age(en, opt);
	if (strcmp(opt->file[0], "open") == 0)
		return cli_age_open(en, opt);
	if (strcmp(opt->file[0], "recover") == 0)
		return cli_recover(en, opt);
	t = secret_new(sizeof(*t));
	if (t == NULL)
		return usage("no locked memory");
	wipe(t, sizeof(*t));
	t->en = en;
	code = run(t, opt, opt->file[0]);
	secret_free(t);
	return code;
}
