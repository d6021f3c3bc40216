#include <string.h>

#include "tui/options.h"

const char options_usage[] =
"coldseal                                 the terminal interface\n"
"coldseal look FILE... [--json]           show each file's page; sign nothing\n"
"coldseal sign FILE... [-o DIR] [--agree DIGEST | --yes] [--accept CODE,...]\n"
"coldseal address [--chain btc|xmr] [--account N] [--change] [--index A-B]\n"
"                 [--payment-id HEX]\n"
"coldseal address --find ADDRESS [--account N] [--index A-B]\n"
"coldseal export  [--chain btc|xmr] [--format descriptors|core|sparrow|\n"
"                 electrum|monero-view|monero-view-json] [--height N|DATE]\n"
"coldseal wallet  FILE... [--change] [--index A-B]\n"
"                 [--format descriptors|bsms|core|coldcard|sparrow|specter|\n"
"                 caravan|policy]\n"
"coldseal new     [--words 12|24|25] [--dice]  make a key, on the terminal\n"
"coldseal backup  make [--format slip39|codex32] [--shares 2of3[,...]]\n"
"                 [--groups N]           shares of the key, on the terminal\n"
"coldseal backup  rehearse FILE         do these words or shares give the key\n"
"coldseal backup  child [--format words|wif|xprv|hex|base64|base85|dice]\n"
"                 [--size N] [--index N] a secret for another device (BIP85)\n"
"coldseal vault   create|list|passwd|copy|log FILE    keys that stay, sealed\n"
"coldseal vault   add FILE [--name NAME] [WALLETFILE... --agree DIGEST|--yes]\n"
"coldseal vault   remove FILE NUMBER    coldseal vault each-time FILE on|off\n"
"coldseal backup  age [FILE...] [--keys] [-o DIR]   an encrypted file of these\n"
"                 files, and of the keys; coldseal backup open FILE\n"
"coldseal codes   every warning and refusal, one sentence each\n"
"\n"
"keys:   --words FILE   first line 12 to 24 BIP39 words, second line the\n"
"                       passphrase if there is one; or 25 words of Monero, or\n"
"                       its spend key in hex; or SLIP-39 shares, codex32, or\n"
"                       parts of Seed XOR, a line each; - is standard input;\n"
"                       may repeat\n"
"        --vault FILE   all keys and wallets of this vault; its passphrase is\n"
"                       asked for, or read by --passphrase FILE (- as above)\n"
"where:  --network main|test|signet|regtest|stagenet   (default main)\n"
"        --stick DIR    a folder that stands for a stick; may repeat\n"
"        --devices      the sticks plugged into this machine; only as root\n"
"screen: --idle SECONDS until the keys are locked    --banner TEXT\n"
"also:   --help  --version\n"
"\n"
"--yes agrees to whatever is shown: it is there for tests.\n"
"exit:   0 done, 1 usage or input/output, 2 a file that cannot be read,\n"
"        3 refused, 4 a warning was not accepted, 5 a process died\n";

/* What may be done with a vault, and how many names it takes: from, to. */
static const struct {
	const char	*verb;
	size_t		 least, most;
} verbs[] = {
	{ "create", 0, 0 }, { "list", 0, 0 }, { "add", 0, OPT_FILES },
	{ "remove", 1, 1 }, { "passwd", 0, 0 }, { "copy", 0, 0 },
	{ "log", 0, 0 }, { "each-time", 1, 1 }, { "label", 2, 2 },
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
	static const char *const what[] = { "make", "rehearse", "child",
	    "age", "open" };
	size_t i;

	if (o->keys && (o->nfile == 0 || strcmp(o->file[0], "age") != 0))
		return amiss("--keys is for backup age", NULL);
	if (o->nfile > 0 && strcmp(o->file[0], "open") == 0 && o->nfile != 2)
		return amiss("name one backup to be opened", NULL);

	for (i = 0; o->nfile > 0 && i < sizeof(what) / sizeof(what[0]); i++)
		if (strcmp(o->file[0], what[i]) == 0)
			return 0;
	return amiss("backup does make, rehearse, child, age or open, not",
	    o->nfile > 0 ? o->file[0] : "nothing");
}

/* Here --words says how many; no file of words is read. */
int
options_new(struct options *o)
{
	o->count = 24;
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
