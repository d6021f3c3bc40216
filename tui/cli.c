#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "media/import.h"
#include "media/save.h"
#include "tui/cli.h"
#include "tui/cli_listing.h"

int
cli_code(enum err e)
{
	switch ((unsigned)e) {
	case ERR_NONE:
		return EXIT_DONE;
	case ERR_IO:
	case ERR_FULL:
	case ERR_READONLY:
	case ERR_GONE:
	case ERR_STATE:
		return EXIT_USAGE;
	case ERR_REFUSED:
	case ERR_TYPED:
	case ERR_NO_KEY:
		return EXIT_REFUSED;
	case ERR_WARNED:
	case ERR_UNSTORED:
		return EXIT_WARNED;
	case ERR_DEAD:
	case ERR_INTERNAL:
		return EXIT_DIED;
	default:
		return EXIT_UNREADABLE;
	}
}

int
cli_worse(int a, int b)
{
	static const int rank[] = {
		[EXIT_DONE] = 0, [EXIT_WARNED] = 1, [EXIT_REFUSED] = 2,
		[EXIT_UNREADABLE] = 3, [EXIT_USAGE] = 4, [EXIT_DIED] = 5,
	};

	return rank[a] >= rank[b] ? a : b;
}

static void
failed(struct outcome *o, const char *what, enum err e,
    const struct fault *f)
{
	o->failed = what;
	o->err = e;
	if (f != NULL)
		o->fault = *f;
}

static bool
take(struct engine *en, struct outcome *o, const char *what,
    enum engine_kind want, enum err begun, struct engine_event *ev)
{
	if (begun != 0) {
		failed(o, what, begun, NULL);
		return false;
	}
	*ev = engine_wait(en);
	if (ev->kind == want)
		return true;
	failed(o, what, ev->err, &ev->fault);
	return false;
}

static void
look(struct engine *en, const struct options *opt, int memory,
    struct outcome *o)
{
	struct engine_event ev;
	uint64_t size;
	enum err e;
	int fd = memory;

	if (memory < 0 && (e = import_path(o->file, import_budget(), &fd,
	    &size)) != 0) {
		failed(o, "reading", e, NULL);
		return;
	}
	if (take(en, o, "reading", ENGINE_PAGE,
	    engine_open(en, fd, opt->network), &ev)) {
		o->page = engine_page(en);
		o->digest = ev.digest;
	}
	if (memory < 0)
		(void)close(fd);
}

int
cli_folder(const char *file, const char **base)
{
	const char *slash = strrchr(file, '/');
	char *dir;
	int fd;

	*base = slash != NULL ? slash + 1 : file;
	if (slash == NULL)
		return open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if ((dir = strndup(file, (size_t)(slash - file) + 1)) == NULL)
		return -1;
	fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	free(dir);
	return fd;
}

/* Where an answer goes to: -o, or beside the file. */
int
cli_out(const struct options *opt, const char *file, const char **base)
{
	const char *slash = strrchr(file, '/');

	if (opt->out == NULL)
		return cli_folder(file, base);
	*base = slash != NULL ? slash + 1 : file;
	return open(opt->out, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

/* Who ends us in the middle of an answer waits until it is whole, or gone. */
static void
undisturbed(sigset_t *was)
{
	sigset_t set;

	(void)sigemptyset(&set);
	(void)sigaddset(&set, SIGINT);
	(void)sigaddset(&set, SIGTERM);
	(void)sigaddset(&set, SIGHUP);
	(void)sigaddset(&set, SIGQUIT);
	(void)sigprocmask(SIG_BLOCK, &set, was);
}

static void
save(struct engine *en, const struct options *opt, struct outcome *o)
{
	const struct engine_answer *a;
	const char *base;
	int dir = cli_out(opt, o->file, &base);
	enum err e = dir < 0 ? ERR_IO : ERR_NONE;
	sigset_t was;
	size_t i;

	undisturbed(&was);
	for (i = 0; e == 0 && (a = engine_answer(en, i)) != NULL; i++) {
		e = save_answer(dir, base, a->suffix, a->fd, o->answer[i]);
		o->nanswer += e == 0;
	}
	(void)sigprocmask(SIG_SETMASK, &was, NULL);
	if (e != 0)
		failed(o, "saving", e, NULL);
	if (dir >= 0)
		(void)close(dir);
}

void
cli_digest(const struct hash32 *h, char out[DIGEST_TEXT])
{
	static const char hex[] = "0123456789abcdef";
	size_t i;

	for (i = 0; i < sizeof(h->b); i++) {
		out[2 * i] = hex[h->b[i] >> 4];
		out[2 * i + 1] = hex[h->b[i] & 15];
	}
	out[DIGEST_TEXT - 1] = '\0';
}

static bool
agree(struct engine *en, const struct options *opt, struct outcome *o)
{
	const char *typed = opt->nagree > 0 ? opt->agree[0] : "";
	struct engine_event ev;
	char digest[DIGEST_TEXT];
	size_t i;

	cli_digest(&o->digest, digest);
	for (i = 0; i < opt->nagree; i++)
		if (strcmp(opt->agree[i], digest) == 0)
			typed = opt->agree[i];
	return take(en, o, "agreeing", ENGINE_AGREED, engine_agree(en,
	    opt->yes ? AGREE_YES : AGREE_DIGEST, typed, opt->accept,
	    opt->naccept), &ev);
}

/* Agreed to, an invitation's token opens the files behind it; that its own
 * answer is not signed here changes nothing. */
static bool
invites(const struct outcome *o)
{
	return o->err == 0 && strcmp(o->page->job, "bitcoin invitation") == 0;
}

/* The number that the wallet got, unless it had one. */
static void
say_wallet(struct engine *en, uint32_t before, struct outcome *o)
{
	struct listing l = { .quiet = true };

	if (listing_each(en, &l) != 0 || l.wallet == 0)
		return;
	o->registered = true;
	o->number = l.wallet != before ? l.wallet : 0;
}

static void
sign(struct engine *en, const struct options *opt, struct outcome *o)
{
	struct listing l = { .quiet = true };
	struct engine_event ev;
	bool wallet = o->page->plan.n == 0;
	enum err e = 0;

	if (opt->command == CMD_VAULT && !wallet && !invites(o)) {
		failed(o, "registering", ERR_FORM, NULL);
		return;
	}
	if (opt->yes)
		cli_say(o->file, "--yes: agreeing to whatever it shows");
	if (!agree(en, opt, o) || (opt->command == CMD_VAULT && invites(o)))
		return;
	if (opt->vault != NULL && wallet)
		e = listing_each(en, &l);
	if (e != 0 || (e = cli_vault_learn(en, opt, &o->fault)) != 0) {
		failed(o, "writing the vault", e, NULL);
		return;
	}
	if (!take(en, o, "signing", ENGINE_MADE, engine_make(en), &ev))
		return;
	save(en, opt, o);
	if ((e = cli_vault_note(en, opt, wallet ? "register" : "sign",
	    &o->fault)) != 0)
		failed(o, "writing the vault's log", e, NULL);
	else if (opt->command == CMD_VAULT && wallet)
		say_wallet(en, l.wallet, o);
}

/* Told only of what may be registered: a page that refuses is shown. */
static bool
wallet(struct engine *en, const struct options *opt, struct outcome *o)
{
	const struct wallet_ask a = { .network = opt->network,
	    .form = opt->format != NULL ? opt->format : "",
	    .change = opt->change, .from = opt->from, .to = opt->to };
	struct export_about about;
	enum err e;
	int fd;

	if (o->err != 0)
		return false;
	if (o->page->verdict == VERDICT_REFUSE)
		e = ERR_REFUSED;
	else
		e = engine_wallet(en, &a, &about, &fd);
	if (e == ERR_UNKNOWN)
		cli_say(o->file, "it has no such form (--format)");
	if (e != 0) {
		failed(o, "telling of the wallet", e, NULL);
		return false;
	}
	return cli_text(fd) == EXIT_DONE;
}

/*
 * A file that asks for no signature, before others: what it teaches holds for
 * them as it does when they are signed, so that they have the same page here.
 * One that warns of something must be accepted by name, here too.
 */
static void
learn(struct engine *en, const struct options *opt, const struct outcome *o)
{
	struct engine_event ev;

	if (o->err != 0 || (o->page->plan.n > 0 && !invites(o)) ||
	    o->page->verdict == VERDICT_REFUSE)
		return;
	if (engine_agree(en, AGREE_YES, "", opt->accept, opt->naccept) != 0)
		return;
	ev = engine_wait(en);
	if (ev.kind != ENGINE_AGREED)
		cli_say(o->file, "not taken into account for the next ones: "
		    "its warnings were not accepted");
}

static int
one_file(struct engine *en, const struct options *opt, const char *file,
    int memory)
{
	struct outcome *o = calloc(1, sizeof(*o));
	bool told;
	int code;

	if (o == NULL)
		return EXIT_USAGE;
	o->file = file;
	look(en, opt, memory, o);
	if (o->err == 0 && (opt->command == CMD_SIGN ||
	    opt->command == CMD_VAULT))
		sign(en, opt, o);
	if (opt->command == CMD_LOOK && o->err == 0 && page_waits(o->page))
		cli_say(file, "its page is another one after the file with "
		    "all outputs was signed: coldseal sign OUTPUTS, or "
		    "OUTPUTS and this file in one call");
	told = opt->command == CMD_WALLET && (invites(o) ||
	    wallet(en, opt, o));
	if (opt->json && !told)
		cli_json(o, opt);
	else if (!told)
		cli_show(o, opt);
	if (opt->command == CMD_LOOK || opt->command == CMD_WALLET ||
	    opt->command == CMD_JOIN)
		learn(en, opt, o);
	code = cli_code(o->err);
	if (o->err != ERR_DEAD)
		code = cli_worse(code, cli_code(engine_forget(en)));
	free(o);
	return code;
}

/* Where the vault's owner is to be asked each time, that is before each file
 * but the first. */
int
cli_files(struct engine *en, const struct options *opt,
    const char *const *file, size_t n)
{
	int code = EXIT_DONE, asked;
	size_t i;

	for (i = 0; i < n && code != EXIT_DIED; i++) {
		if (i > 0 && (asked = cli_vault_again(en, opt)) != EXIT_DONE)
			return cli_worse(code, asked);
		code = cli_worse(code, one_file(en, opt, file[i], -1));
	}
	return code;
}

int
cli_memory(struct engine *en, const struct options *opt, const char *name,
    int fd)
{
	int code = cli_vault_again(en, opt);

	return code != EXIT_DONE ? code : one_file(en, opt, name, fd);
}

int
cli_run(struct engine *en, const struct options *opt)
{
	int code = opt->command == CMD_ADDRESS ? cli_address(en, opt) :
	    opt->command == CMD_NEW ? cli_new(en, opt) :
	    opt->command == CMD_BACKUP ? cli_backup(en, opt) :
	    opt->command == CMD_EXPORT ? cli_export(en, opt) :
	    opt->command == CMD_CODES ? cli_codes() :
	    opt->command == CMD_VAULT ? cli_vault(en, opt) :
	    opt->command == CMD_INVITE ? cli_invite(en, opt) :
	    cli_files(en, opt, opt->file, opt->nfile);

	if (opt->command == CMD_JOIN && code == EXIT_DONE)
		code = cli_join(en, opt);

	/* What failed on the way stands in the stream, whatever the last
	 * flush says. */
	if (fflush(stdout) == 0 && ferror(stdout) == 0)
		return code;
	fputs("coldseal: standard output cannot be written\n", stderr);
	return cli_worse(code, EXIT_USAGE);
}
