/*
 * What changes the vault itself leaves a line in its log: keys that come or
 * go, wallets that go, coins forgotten, another passphrase.  After a theft
 * these are the lines one wants.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/proc/memory.h"
#include "tui/engine_state.h"

#define LINE ENGINE_TRAIL_MAX
#define CHECKSUM 8			/* letters after # in a descriptor */

/* A vault that is full does without: what makes room must go on. */
enum err
engine_trail(struct engine *e, const char *what)
{
	uint8_t line[LINE];
	struct sink s = sink_to_buf(line, sizeof(line));
	struct fault f = { 0 };
	enum err err;

	engine_put_when(&s);
	put_u8(&s, ' ');
	put_text(&s, what);
	if (s.err != 0)
		return ERR_RANGE;
	err = engine_ask_keeper(e, MSG_VAULT_LOG, span_of(line, s.total), &f);
	e->changed = e->changed || err == 0;
	packet_end(&e->packet);
	return err == ERR_SPACE ? ERR_NONE : err;
}

static void
say_key(const struct kept *k, char out[LINE])
{
	struct kept_key key;
	struct fpr fpr;
	char text[9];

	if (read_kept_key(k->body, &key) != 0)
		return;
	memcpy(fpr.b, key.fpr, sizeof(fpr.b));
	fpr_text(&fpr, text);
	(void)snprintf(out, LINE, "key-out key=%s", text);
}

/* A quote in the name does not end it. */
static void
put_quoted(struct sink *s, struct span name)
{
	size_t i;

	put_u8(s, '"');
	for (i = 0; i < name.n; i++) {
		if (name.p[i] == '"' || name.p[i] == '\\')
			put_u8(s, '\\');
		put_u8(s, name.p[i]);
	}
	put_u8(s, '"');
}

/* By the checksum of its descriptor, too, as every page names it: that no two
 * have. */
enum err
engine_put_wallet(struct sink *s, struct span kept_wallet)
{
	struct kept_wallet w;
	const uint8_t *sum;
	enum err e;
	size_t i;

	if ((e = read_kept_wallet(kept_wallet, &w)) != 0)
		return e;
	put_text(s, " wallet=");
	put_quoted(s, w.name);
	if (w.text.n < CHECKSUM + 1)
		return s->err;
	sum = w.text.p + w.text.n - CHECKSUM;
	for (i = 0; i < CHECKSUM; i++)
		if (!isalnum(sum[i]))
			return s->err;
	if (sum[-1] == '#')
		put_span(s, span_of(sum - 1, CHECKSUM + 1));
	return s->err;
}

static void
say_wallet(const struct kept *k, char out[LINE])
{
	struct sink s = sink_to_buf((uint8_t *)out, LINE - 1);

	put_text(&s, "wallet-out");
	if (engine_put_wallet(&s, k->body) != 0)
		s.total = sizeof("wallet-out") - 1;
	out[s.total] = '\0';
}

/* Of the thing of this number, before it goes; "": nothing. */
enum err
engine_trail_of(struct engine *e, uint32_t id, char out[ENGINE_TRAIL_MAX])
{
	struct span list;
	struct reader r;
	struct kept k;
	size_t coins = 0;
	bool coin = false;
	enum err err;
	int fd;

	out[0] = '\0';
	if ((err = engine_vault_list(e, &fd)) != 0)
		return err;
	err = memfd_map(fd, &list);
	(void)close(fd);
	if (err != 0)
		return err;
	for (r = reader_of(list); read_kept(&r, &k);) {
		coins += k.type == KEPT_COIN;
		coin = coin || (k.id == id && k.type == KEPT_COIN);
		if (k.id == id && k.type == KEPT_KEY)
			say_key(&k, out);
		else if (k.id == id && k.type == KEPT_WALLET)
			say_wallet(&k, out);
	}
	/* They go one by one; the last says it. */
	if (coin && coins == 1)
		(void)snprintf(out, LINE, "coins-out");
	err = reader_done(&r);
	memfd_unmap(list);
	return err;
}
