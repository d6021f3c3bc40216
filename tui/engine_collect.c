/* What the clerk and the vault know, as the text of a backup that a person
 * reads without us (core/wire/bundle.h). */
#include <string.h>
#include <unistd.h>

#include "core/proc/memory.h"
#include "core/wire/bip329.h"
#include "core/wire/bundle.h"
#include "tui/engine.h"

/* A wallet in one of its forms; ERR_RANGE: it has no such form. */
static enum err
told(struct engine *e, enum network net, uint32_t which, const char *form,
    struct span name, struct sink *s)
{
	const struct wallet_ask q = { .network = net, .which = which,
	    .form = form };
	struct export_about about;
	struct span text;
	enum err err;
	int fd;

	if ((err = engine_wallet(e, &q, &about, &fd)) != 0)
		return err;
	if ((err = memfd_map(fd, &text)) == 0) {
		if (form[0] == 'd')
			bundle_wallet(s, net, name, text);
		else
			put_span(s, text);
		memfd_unmap(text);
	}
	(void)close(fd);
	return err;
}

/* "what it is|name". */
static struct span
name_of(struct span line)
{
	size_t at = line.n;

	while (at > 0 && line.p[at - 1] != '|')
		at--;
	return span_of(line.p + at, line.n - at);
}

static enum err
each(struct engine *e, enum network net, struct span lines, const char *form,
    struct sink *s, size_t *n)
{
	const uint8_t *p = lines.p, *end = lines.p + lines.n, *nl;
	uint32_t which;
	enum err err = 0;

	for (which = 1; err == 0 && p < end && (nl = memchr(p, '\n',
	    (size_t)(end - p))) != NULL; which++, p = nl + 1) {
		err = told(e, net, which, form, name_of(span_of(p,
		    (size_t)(nl - p))), s);
		*n += err == 0;
		if (err == ERR_RANGE)
			err = 0;
	}
	return err;
}

static enum err
wallets(struct engine *e, const char *form, struct sink *s, size_t *n)
{
	enum network net;
	struct span lines;
	enum err err = 0;
	int fd;

	*n = 0;
	for (net = 0; net < NET_COUNT && err == 0; net++) {
		if ((err = engine_wallets(e, net, &fd)) != 0)
			break;
		if ((err = memfd_map(fd, &lines)) == 0) {
			err = each(e, net, lines, form, s, n);
			memfd_unmap(lines);
		}
		(void)close(fd);
	}
	return err;
}

/* A section, unless nothing is in it. */
static enum err
section(struct engine *e, enum bundle_kind kind, struct sink *s, size_t *n)
{
	struct sink was = *s;
	enum err err;

	bundle_begin(s, kind);
	err = wallets(e, kind == BUNDLE_WALLET ? "descriptors" : "bsms", s, n);
	bundle_end(s, kind);
	if (*n == 0)
		*s = was;
	return err;
}

static enum err
labels(struct engine *e, struct sink *s, size_t *n)
{
	struct sink was = *s;
	struct span list;
	enum err err;
	int fd;

	*n = 0;
	if ((err = engine_vault_list(e, &fd)) != 0)
		return err;
	if ((err = memfd_map(fd, &list)) == 0) {
		bundle_begin(s, BUNDLE_LABELS);
		err = bip329_put_all(s, list, n);
		bundle_end(s, BUNDLE_LABELS);
		memfd_unmap(list);
	}
	(void)close(fd);
	if (*n == 0)
		*s = was;
	return err;
}

/* The records say once more what the descriptors say: where there is no room
 * for all of them, there are none. */
enum err
engine_collect(struct engine *e, bool vault, struct sink *s,
    struct collected *c)
{
	struct sink was;
	enum err err;

	*c = (struct collected){ 0 };
	if ((err = section(e, BUNDLE_WALLET, s, &c->wallets)) != 0)
		return err;
	if (vault && (err = labels(e, s, &c->labels)) != 0)
		return err;
	if (s->err != 0)
		return ERR_TOO_LARGE;
	was = *s;
	if ((err = section(e, BUNDLE_RECORDS, s, &c->records)) == 0 &&
	    s->err != 0) {
		*s = was;
		c->records = 0;
	}
	return err;
}
