#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/proc/memory.h"
#include "tui/sheet.h"

#define WIDE 80
#define INDENT 4

static const char blanks[] =
    "  kind of backup  [ ] words  [ ] SLIP-39 ___ of ___  [ ] codex32 ___ of "
    "___\n"
    "  passphrase      [ ] none   [ ] yes, kept at ____________________\n"
    "  it lies         __________________________________\n"
    "                  __________________________________\n"
    "  rehearsed on    ____________  ____________  ____________\n\n";

static const char restoring[] =
    "To restore it without Coldseal: words by BIP39, shares by SLIP-39 or "
    "BIP93\n"
    "(codex32), in any wallet that knows the standard; the fingerprint above "
    "must\n"
    "come out.  A file named coldseal-backup.age opens with:\n\n"
    "  age -d coldseal-backup.age\n\n";

static const char joined[] =
    "A descriptor is one line: lines that\n"
    "stand further in are joined to the one above, without blanks.\n\n";

/* So much of it as stands on one line: words whole, where there are any. */
static size_t
fits(struct span left, size_t w)
{
	size_t n = w;

	if (left.n <= w)
		return left.n;
	while (n > 0 && left.p[n - 1] != ' ')
		n--;
	return n > 0 ? n : w;
}

/* What is longer than a line goes on further in. */
static void
put_wrapped(struct sink *s, struct span line)
{
	size_t at = 0, n, in = INDENT / 2;

	while (at < line.n) {
		n = fits(span_of(line.p + at, line.n - at), WIDE - in);
		put_span(s, span_of("    ", in));
		put_span(s, span_of(line.p + at, n));
		put_u8(s, '\n');
		at += n;
		in = INDENT;
	}
	put_u8(s, '\n');
}

static struct span
cut_line(struct span *text)
{
	const uint8_t *nl = text->n > 0 ? memchr(text->p, '\n', text->n) :
	    NULL;
	struct span line = *text;

	if (nl != NULL)
		line.n = (size_t)(nl - text->p);
	*text = span_of(line.p + line.n + (nl != NULL), text->n - line.n -
	    (nl != NULL));
	return line;
}

static enum err
put_lines(struct sink *s, int fd)
{
	struct span text, left;
	enum err e = memfd_map(fd, &text);

	for (left = text; e == 0 && left.n > 0;)
		put_wrapped(s, cut_line(&left));
	if (e == 0)
		memfd_unmap(text);
	(void)close(fd);
	return e;
}

static void
put_head(const struct sheet_ask *ask, struct sink *s)
{
	char day[16] = "", line[128];
	struct tm tm;

	if (gmtime_r(&ask->now, &tm) != NULL)
		(void)strftime(day, sizeof(day), "%Y-%m-%d", &tm);
	if (s->total > 0)
		put_u8(s, '\f');
	(void)snprintf(line, sizeof(line), "%-40sColdseal %s, printed %s\n\n",
	    "RECOVERY SHEET", ask->version, day);
	put_text(s, line);
	put_text(s, "No secret is printed here: write it on another paper, or "
	    "on several.\n\n");
}

/* Of Bitcoin all accounts' descriptors; of Monero the main address: a view key
 * is no text for paper that lies about. */
static enum err
key_page(struct engine *e, const struct sheet_ask *ask, uint32_t i,
    const struct key_id *key, struct sink *s)
{
	struct address_ask q = { .network = ask->network, .key = i,
	    .account = ask->account };
	struct export_about about;
	char line[128], fpr[9];
	enum err err;
	int fd;

	fpr_text(&key->fpr, fpr);
	put_head(ask, s);
	(void)snprintf(line, sizeof(line), "Key %s, %s; %s, account %u\n\n",
	    fpr, key->kind == KEY_MONERO ?
	    "a Monero wallet: 25 or 16 words, or keys" : "BIP32",
	    network_name(ask->network), ask->account);
	put_text(s, line);
	put_text(s, blanks);
	put_text(s, restoring);
	put_text(s, key->kind == KEY_MONERO ? "Its main address, public:\n\n" :
	    "For watching, public.  ");
	if (key->kind != KEY_MONERO)
		put_text(s, joined);
	err = key->kind == KEY_MONERO ? engine_addresses(e, &q, &fd) :
	    engine_export(e, &q, "descriptors", &about, &fd);
	return err != 0 ? err : put_lines(s, fd);
}

/* "P2WSH: any 2 of 73c5da0a, ...|Family". */
static enum err
wallet_page(struct engine *e, const struct sheet_ask *ask, enum network net,
    uint32_t which, struct span what, struct sink *s)
{
	const struct wallet_ask q = { .network = net, .which = which,
	    .form = "descriptors" };
	struct export_about about;
	size_t at = what.n;		/* of the name */
	enum err err;
	int fd;

	while (at > 0 && what.p[at - 1] != '|')
		at--;
	put_head(ask, s);
	put_text(s, "Wallet ");
	put_span(s, span_of(what.p + at, what.n - at));
	put_text(s, ", ");
	put_text(s, network_name(net));
	put_text(s, "\n\n");
	put_wrapped(s, span_of(what.p, at > 0 ? at - 1 : 0));
	put_text(s, "Each key's backup is its owner's.  Without the text below "
	    "the wallet cannot be\nfound again, though all of its keys are at "
	    "hand.  It is public.\n\n");
	put_text(s, joined);
	if ((err = engine_wallet(e, &q, &about, &fd)) != 0)
		return err;
	return put_lines(s, fd);
}

static enum err
wallets(struct engine *e, const struct sheet_ask *ask, enum network net,
    struct sink *s)
{
	struct span text, left;
	uint32_t which = 1;
	enum err err;
	int fd;

	if ((err = engine_wallets(e, net, &fd)) != 0)
		return err;
	if ((err = memfd_map(fd, &text)) == 0) {
		for (left = text; err == 0 && left.n > 0; which++)
			err = wallet_page(e, ask, net, which, cut_line(&left),
			    s);
		memfd_unmap(text);
	}
	(void)close(fd);
	return err;
}

enum err
sheet_put(struct engine *e, const struct sheet_ask *ask, struct sink *s)
{
	struct key_id key[FPR_MAX];
	enum network net;
	size_t n = 0;
	uint32_t i;
	enum err err = engine_fingerprints(e, key, &n);

	for (i = 0; err == 0 && i < n; i++)
		err = key_page(e, ask, i, &key[i], s);
	for (net = 0; err == 0 && net < NET_COUNT; net++)
		err = wallets(e, ask, net, s);
	return err != 0 ? err : s->err;
}
