#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tui/options.h"
#include "tui/version.h"

int
amiss(const char *what, const char *arg)
{
	fprintf(stderr, "coldseal: %s%s%s\ncoldseal: see coldseal --help\n",
	    what, arg != NULL ? ": " : "", arg != NULL ? arg : "");
	return 1;
}

static int
number(const char *s, uint32_t *out)
{
	unsigned long v;
	char *end;

	if (*s < '0' || *s > '9')
		return amiss("not a number", s);
	v = strtoul(s, &end, 10);
	if (*end != '\0' || v > 0x7fffffff)
		return amiss("not a number in range", s);
	*out = (uint32_t)v;
	return 0;
}

static int
add(const char **list, size_t *n, size_t cap, const char *s)
{
	if (*n == cap)
		return amiss("too many of this", s);
	list[(*n)++] = s;
	return 0;
}

static int
add_parts(const char **list, size_t *n, size_t cap, char *s)
{
	char *comma;

	for (; (comma = strchr(s, ',')) != NULL; s = comma + 1) {
		*comma = '\0';
		if (*s != '\0' && add(list, n, cap, s) != 0)
			return 1;
	}
	return *s != '\0' ? add(list, n, cap, s) : 0;
}

static int
on_words(struct options *o, char *v)
{
	return add(o->words, &o->nwords, OPT_WORDS, v);
}

static int
on_accept(struct options *o, char *v)
{
	return add_parts(o->accept, &o->naccept, OPT_CODES, v);
}

static int
on_agree(struct options *o, char *v)
{
	return add_parts(o->agree, &o->nagree, OPT_CODES, v);
}

static int
on_network(struct options *o, char *v)
{
	if (network_of_word(v, &o->network) != 0)
		return amiss("no such network", v);
	o->has_network = true;
	return 0;
}

static int
on_stick(struct options *o, char *v)
{
	return add(o->sticks.dir, &o->sticks.n, STICKS_MAX, v);
}

static int
on_out(struct options *o, char *v)
{
	o->out = v;
	return 0;
}

static int
on_chain(struct options *o, char *v)
{
	o->chain = v;
	return 0;
}

static int
on_with(struct options *o, char *v)
{
	o->with = v;
	return strlen(v) < OPT_WITH ? 0 : amiss("too long", v);
}

static int
on_format(struct options *o, char *v)
{
	o->format = v;
	return 0;
}

static int
on_banner(struct options *o, char *v)
{
	o->banner = v;
	return 0;
}

static int
on_airgap(struct options *o, char *v)
{
	o->airgap = v;
	return 0;
}

static int
on_keymaps(struct options *o, char *v)
{
	o->keymaps = v;
	return 0;
}

static int
on_wishes(struct options *o, char *v)
{
	return number(v, &o->wishes);
}

static int
on_account(struct options *o, char *v)
{
	return number(v, &o->account);
}

static int
on_idle(struct options *o, char *v)
{
	return number(v, &o->idle);
}

static int
on_users(struct options *o, char *v)
{
	if (number(v, &o->users) != 0)
		return 1;
	if (geteuid() != 0 || o->users == 0)
		return amiss("only root can give users of their own", v);
	return 0;
}

/* The mounter alone keeps rights, so the five must be users of their own. */
static int
on_devices(struct options *o, char *v)
{
	(void)v;
	if (geteuid() != 0)
		return amiss("only root can mount sticks; without --devices a "
		    "folder stands for one, by --stick", NULL);
	o->sticks.devices = true;
	return 0;
}

static int
on_index(struct options *o, char *v)
{
	char *dash = strchr(v, '-');

	if (dash != NULL)
		*dash = '\0';
	if (number(v, &o->from) != 0 ||
	    number(dash != NULL ? dash + 1 : v, &o->to) != 0)
		return 1;
	o->ranged = true;
	if (o->to < o->from)
		return amiss("the last index is before the first", dash + 1);
	return 0;
}

static int
on_shares(struct options *o, char *v)
{
	o->shares = v;
	return 0;
}

static int
on_seed(struct options *o, char *v)
{
	return number(v, &o->seed);
}

static int
on_groups(struct options *o, char *v)
{
	return number(v, &o->groups);
}

static int
on_size(struct options *o, char *v)
{
	return number(v, &o->size);
}

static int
on_need(struct options *o, char *v)
{
	return number(v, &o->need);
}

static int
on_token(struct options *o, char *v)
{
	if (number(v, &o->token) != 0)
		return 1;
	return o->token == 0 || o->token == 64 || o->token == 128 ? 0 :
	    amiss("a token has 0, 64 or 128 bits, not", v);
}

static int
on_script(struct options *o, char *v)
{
	static const char *const name[][2] = { { "p2wsh", "P2WSH" },
	    { "p2sh-p2wsh", "P2SH-P2WSH" }, { "p2tr", "P2TR" } };
	size_t i;

	for (i = 0; i < sizeof(name) / sizeof(name[0]); i++)
		if (strcmp(v, name[i][0]) == 0) {
			o->script = name[i][1];
			return 0;
		}
	return amiss("no such script", v);
}

static int
on_find(struct options *o, char *v)
{
	o->find = v;
	return 0;
}

static int
on_vault(struct options *o, char *v)
{
	o->vault = v;
	return 0;
}

static int
on_passphrase(struct options *o, char *v)
{
	o->passphrase = v;
	return 0;
}

static int
on_fresh(struct options *o, char *v)
{
	o->fresh = v;
	return 0;
}

static int
on_backup(struct options *o, char *v)
{
	o->backup = v;
	return 0;
}

static int
on_name(struct options *o, char *v)
{
	o->name = v;
	return 0;
}

static int
on_cost(struct options *o, char *v)
{
	char *comma = strchr(v, ',');

	if (comma == NULL)
		return amiss("memory and passes are needed, as 256,3", v);
	*comma = '\0';
	if (number(v, &o->mib) != 0 || number(comma + 1, &o->passes) != 0)
		return 1;
	return o->mib > 0 && o->mib <= 4096 && o->passes > 0 ? 0 :
	    amiss("such a cost is not allowed", v);
}

/* Options that take nothing. */
#define SETS(name, field)						\
	static int							\
	name(struct options *o, char *v)				\
	{								\
		(void)v;						\
		o->field = true;					\
		return 0;						\
	}
SETS(on_clear, clear)
SETS(on_yes, yes)
SETS(on_dice, dice)
SETS(on_keys, keys)
SETS(on_json, json)
SETS(on_change, change)
#undef SETS

static const struct {
	const char	*name;
	bool		 takes;
	int		(*on)(struct options *, char *);
} flags[] = {
	{ "--words", true, on_words },
	{ "--vault", true, on_vault },
	{ "--passphrase", true, on_passphrase },
	{ "--new-passphrase", true, on_fresh },
	{ "--backup-passphrase", true, on_backup },
	{ "--name", true, on_name },
	{ "--cost", true, on_cost },
	{ "--clear", false, on_clear },
	{ "--network", true, on_network },
	{ "--stick", true, on_stick },
	{ "--accept", true, on_accept },
	{ "--agree", true, on_agree },
	{ "--chain", true, on_chain },
	{ "--format", true, on_format },
	{ "--payment-id", true, on_with },
	{ "--height", true, on_with },
	{ "--account", true, on_account },
	{ "--index", true, on_index },
	{ "--find", true, on_find },
	{ "--shares", true, on_shares },
	{ "--groups", true, on_groups },
	{ "--size", true, on_size },
	{ "--seed", true, on_seed },
	{ "--need", true, on_need },
	{ "--token", true, on_token },
	{ "--script", true, on_script },
	{ "--banner", true, on_banner },
	{ "--idle", true, on_idle },
	{ "--users", true, on_users },
	{ "--airgap", true, on_airgap },
	{ "--keymaps", true, on_keymaps },
	{ "--wishes", true, on_wishes },
	{ "-o", true, on_out },
	{ "--devices", false, on_devices },
	{ "--yes", false, on_yes },
	{ "--json", false, on_json },
	{ "--keys", false, on_keys },
	{ "--dice", false, on_dice },
	{ "--change", false, on_change },
};

/* One flag with its value; how many arguments it took, or -1. */
static int
flag(struct options *o, int left, char **argv)
{
	size_t i;

	for (i = 0; i < sizeof(flags) / sizeof(flags[0]); i++) {
		if (strcmp(argv[0], flags[i].name) != 0)
			continue;
		if (!flags[i].takes)
			return flags[i].on(o, NULL) == 0 ? 1 : -1;
		if (left < 2) {
			(void)amiss("a value is missing after", argv[0]);
			return -1;
		}
		return flags[i].on(o, argv[1]) == 0 ? 2 : -1;
	}
	(void)amiss("no such option", argv[0]);
	return -1;
}

static const struct {
	const char	*name;
	enum command	 command;
} commands[] = {
	{ "look", CMD_LOOK },
	{ "sign", CMD_SIGN },
	{ "address", CMD_ADDRESS },
	{ "export", CMD_EXPORT },
	{ "wallet", CMD_WALLET },
	{ "invite", CMD_INVITE },
	{ "join", CMD_JOIN },
	{ "new", CMD_NEW },
	{ "backup", CMD_BACKUP },
	{ "vault", CMD_VAULT },
	{ "codes", CMD_CODES },
};

static int
command_of(const char *name, struct options *o)
{
	size_t i;

	for (i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
		if (strcmp(name, commands[i].name) == 0) {
			o->command = commands[i].command;
			return 0;
		}
	}
	return amiss("no such command", name);
}

static int
check(struct options *o)
{
	bool files = o->command == CMD_LOOK || o->command == CMD_SIGN ||
	    o->command == CMD_WALLET || o->command == CMD_BACKUP ||
	    o->command == CMD_VAULT || o->command == CMD_JOIN;

	if (o->command == CMD_NEW && options_new(o) != 0)
		return 1;
	if (o->command == CMD_VAULT && options_vault(o) != 0)
		return 1;
	if ((o->dice || o->seed > 0) && o->command != CMD_NEW)
		return amiss("--dice and --seed are for the command new", NULL);
	if (files && o->nfile == 0)
		return amiss("name at least one file", NULL);
	if (!files && o->nfile > 0)
		return amiss("this command takes no file", o->file[0]);
	if (o->command == CMD_JOIN && o->need == 0)
		return amiss("say how many must sign with --need", NULL);
	if (o->command == CMD_SIGN && o->nagree == 0 && !o->yes)
		return amiss("to sign, name the page you agree to with "
		    "--agree DIGEST (coldseal look --json shows it)", NULL);
	if (o->nagree > 0 && o->yes)
		return amiss("--agree and --yes exclude each other", NULL);
	if (o->chain != NULL && strcmp(o->chain, "btc") != 0 &&
	    strcmp(o->chain, "xmr") != 0)
		return amiss("this version signs for btc and xmr, not for",
		    o->chain);
	if ((o->keymaps != NULL) != (o->wishes > 2))
		return amiss("--keymaps and --wishes need each other", NULL);
	if (o->sticks.devices && o->users == 0)
		o->users = USERS_FIRST;
	o->sticks.user = (uid_t)o->users + ROLE_FRONT;
	return 0;
}

int
options_read(int argc, char **argv, struct options *o)
{
	bool plain = false;
	int i = 1, n;

	memset(o, 0, sizeof(*o));
	o->to = 9;
	o->script = "P2WSH";
	if (i < argc && argv[i][0] != '-') {
		if (command_of(argv[i++], o) != 0)
			return 1;
	}
	while (i < argc) {
		if (!plain && (strcmp(argv[i], "--help") == 0 ||
		    strcmp(argv[i], "-h") == 0)) {
			fputs(options_usage, stdout);
			return 2;
		}
		if (!plain && strcmp(argv[i], "--version") == 0) {
			puts("coldseal " COLDSEAL_VERSION);
			return 2;
		}
		if (!plain && strcmp(argv[i], "--") == 0) {
			plain = true;
			i++;
		} else if (plain || argv[i][0] != '-') {
			if (add(o->file, &o->nfile, OPT_FILES, argv[i]) != 0)
				return 1;
			i++;
		} else {
			if ((n = flag(o, argc - i, argv + i)) < 0)
				return 1;
			i += n;
		}
	}
	return check(o);
}
