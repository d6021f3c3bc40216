/* What is in a vault, a line each. */
#include <stdio.h>
#include <unistd.h>

#include "core/base/text.h"
#include "core/proc/memory.h"
#include "core/wire/label.h"
#include "tui/cli_listing.h"

static void
show_span(struct span s)
{
	(void)fwrite(s.p, 1, s.n, stdout);
}

static enum err
show_key(const struct kept *k)
{
	static const char *const chain[KEY_KINDS] = { "btc", "xmr" };
	struct kept_key key;
	enum err e = read_kept_key(k->body, &key);

	if (e != 0)
		return e;
	printf("%u key %s %02x%02x%02x%02x ", k->id, chain[key.kind],
	    key.fpr[0], key.fpr[1], key.fpr[2], key.fpr[3]);
	show_span(key.name);
	putchar('\n');
	return 0;
}

static enum err
show_wallet(const struct kept *k)
{
	struct kept_wallet w;
	enum err e = read_kept_wallet(k->body, &w);

	if (e != 0)
		return e;
	printf("%u wallet ", k->id);
	show_span(w.chain);
	printf(" %s ", network_word(w.network));
	show_span(w.name.n > 0 ? w.name : span_text("-"));
	putchar(' ');
	show_span(w.text);
	putchar('\n');
	return 0;
}

static void
show_two(const struct kept *k, const char *what, struct span a, struct span b)
{
	printf("%u %s ", k->id, what);
	show_span(a);
	putchar(' ');
	show_span(b);
	putchar('\n');
}

static enum err
show_label(const struct kept *k)
{
	struct label l;
	enum err e = label_read(k->body, &l);

	if (e == 0)
		show_two(k, "label", l.key, l.text);
	return e;
}

static enum err
show_setting(const struct kept *k)
{
	struct span name, value;
	enum err e;

	if ((e = setting_read(k->body, &name, &value)) == 0)
		show_two(k, "setting", name, value);
	return e;
}

/* One that a newer version may know. */
static void
show_unknown(const struct kept *k)
{
	struct span name, value;
	enum setting which;

	if (k->type != KEPT_SETTING || setting_read(k->body, &name,
	    &value) != 0 || setting_find(name, &which) == 0)
		return;
	show_span(name);
	putchar(' ');
	show_span(value);
	puts(" (not known to this version: kept, without effect)");
}

/* Of what is looked for. */
static void
note_kept(struct listing *l, const struct kept *k)
{
	if (k->type == KEPT_COIN)
		l->coin = k->id;
	if (k->type == KEPT_WALLET)
		l->wallet = k->id;
	if (l->settings)
		show_unknown(k);
}

static enum err
show_kept(struct listing *l, const struct kept *k)
{
	if (k->type == KEPT_LOG && !text_is_printable(k->body))
		return ERR_FORM;
	note_kept(l, k);
	if (l->quiet || (l->only != 0 && l->only != k->id))
		return 0;
	l->found = true;
	l->coins += k->type == KEPT_COIN;
	l->lines += k->type == KEPT_LOG;
	if (l->log && k->type == KEPT_LOG) {
		show_span(k->body);
		putchar('\n');
	}
	if (l->log || l->settings)
		return 0;
	if ((k->type == KEPT_KEY ? show_key(k) :
	    k->type == KEPT_WALLET ? show_wallet(k) :
	    k->type == KEPT_LABEL ? show_label(k) :
	    k->type == KEPT_SETTING ? show_setting(k) : ERR_NONE) != 0)
		printf("%u is not readable\n", k->id);
	return 0;
}

enum err
listing_each(struct engine *en, struct listing *l)
{
	struct span list;
	struct reader r;
	struct kept k;
	enum err e;
	int fd;

	if ((e = engine_vault_list(en, &fd)) != 0)
		return e;
	if ((e = memfd_map(fd, &list)) == 0) {
		r = reader_of(list);
		while (e == 0 && read_kept(&r, &k))
			e = show_kept(l, &k);
		if (e == 0)
			e = reader_done(&r);
		memfd_unmap(list);
	}
	(void)close(fd);
	return e;
}
