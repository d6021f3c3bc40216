/* Labels and settings in the vault: one under a key, the newer one. */
#include <stdlib.h>
#include <unistd.h>

#include "core/proc/memory.h"
#include "tui/engine_state.h"

/* What stands under the same key: the block that all of them begin with. */
static bool
same_key(struct span body, struct span key)
{
	return body.n >= key.n && span_eq(span_of(body.p, key.n), key);
}

/* The number of the one that is there, or 0; how many there are. */
static enum err
find(struct engine *e, enum kept_type type, struct span key, uint32_t *id,
    size_t *n)
{
	struct span list;
	struct reader r;
	struct kept k;
	enum err err;
	int fd;

	*id = 0;
	*n = 0;
	if ((err = engine_vault_list(e, &fd)) != 0)
		return err;
	if ((err = memfd_map(fd, &list)) == 0) {
		for (r = reader_of(list); read_kept(&r, &k);) {
			if (k.type != type)
				continue;
			++*n;
			if (same_key(k.body, key))
				*id = k.id;
		}
		err = reader_done(&r);
		memfd_unmap(list);
	}
	(void)close(fd);
	return err;
}

/* The key of a body, with its length in front. */
static enum err
key_of(struct span body, struct span *key)
{
	struct reader r = reader_of(body);
	struct span k = read_block(&r);
	enum err err;

	(void)read_span(&r, reader_left(&r));
	if ((err = reader_done(&r)) == 0)
		*key = span_of(body.p, 4 + k.n);
	return err;
}

/* old: the one that it replaces, or 0; *id: its own, 0 where it is the same. */
static enum err
add(struct engine *e, enum kept_type type, struct span body, uint32_t *old,
    uint32_t *id, struct fault *f)
{
	struct span key;
	size_t n;
	enum err err;

	if ((err = key_of(body, &key)) != 0 ||
	    (err = find(e, type, key, old, &n)) != 0)
		return err;
	if (*old == 0 && type == KEPT_LABEL && n >= LIMIT_LABELS) {
		fault_set(f, 0, "more than %d labels", LIMIT_LABELS);
		return ERR_RANGE;
	}
	return engine_put_thing(e, type, body, id, f);
}

enum err
engine_label_add(struct engine *e, struct span body, uint32_t *id,
    struct fault *f)
{
	uint32_t old;

	return add(e, KEPT_LABEL, body, &old, id, f);
}

/* The new one first: what fails in between leaves two, of which the later one
 * counts. */
static enum err
replace(struct engine *e, enum kept_type type, struct span body, bool gone,
    struct fault *f)
{
	struct span key;
	uint32_t old = 0, id = 0;
	size_t n;
	enum err err;

	if (!gone)
		err = add(e, type, body, &old, &id, f);
	else if ((err = key_of(body, &key)) == 0)
		err = find(e, type, key, &old, &n);
	if (err != 0 || old == 0 || (!gone && id == 0))
		return err;
	return engine_take_out(e, old, f);
}

/* Those that a later one replaces.  fresh: where the later ones begin. */
static enum err
replaced(struct span list, uint32_t from, uint32_t *id, size_t *n)
{
	struct reader r = reader_of(list), fresh = r, s;
	struct kept k, later;
	struct span key;

	*n = 0;
	for (s = r; read_kept(&s, &k) && k.id < from;)
		fresh = s;
	while (read_kept(&r, &k)) {
		if (k.id >= from || *n == LIMIT_LABELS ||
		    k.type != KEPT_LABEL || key_of(k.body, &key) != 0)
			continue;
		for (s = fresh; read_kept(&s, &later);)
			if (later.type == KEPT_LABEL &&
			    same_key(later.body, key)) {
				id[(*n)++] = k.id;
				break;
			}
	}
	return reader_done(&r);
}

enum err
engine_label_tidy(struct engine *e, uint32_t from)
{
	uint32_t *id = calloc(LIMIT_LABELS, sizeof(*id));
	struct fault f = { 0 };
	struct span list;
	size_t i, n = 0;
	enum err err;
	int fd;

	if (id == NULL)
		return ERR_SPACE;
	if ((err = engine_vault_list(e, &fd)) == 0) {
		if ((err = memfd_map(fd, &list)) == 0) {
			err = replaced(list, from, id, &n);
			memfd_unmap(list);
		}
		(void)close(fd);
	}
	for (i = 0; err == 0 && i < n; i++)
		err = engine_take_out(e, id[i], &f);
	free(id);
	return err;
}

enum err
engine_label_put(struct engine *e, struct span body, struct fault *f)
{
	struct label l;
	enum err err = label_read(body, &l);

	if (err != 0)
		return err;
	return replace(e, KEPT_LABEL, body, l.text.n == 0 && l.flags == 0, f);
}

enum err
engine_label(struct engine *e, const char *typed, const char *said,
    struct fault *f)
{
	char key[LABEL_KEY_MAX + 1], text[LABEL_TEXT_MAX + 1];
	uint8_t body[LABEL_BODY_MAX];
	struct sink s = sink_to_buf(body, sizeof(body));
	struct kept_odd odd;
	enum err err;

	if ((err = label_key(span_text(typed), key)) != 0) {
		fault_set(f, 0, "an address, a transaction, an outpoint, or "
		    "with its kind in front");
		return err;
	}
	if ((err = label_text(span_text(said), text)) != 0) {
		fault_set(f, 0, "a label of at most %d bytes", LABEL_RAW_MAX);
		return err;
	}
	label_put_pair(&s, key, text);
	if ((err = engine_label_put(e, span_of(body, s.total), f)) != 0)
		return err;
	return engine_recall(e, &odd);
}

enum err
engine_setting(struct engine *e, const char *name, const char *value,
    struct fault *f)
{
	uint8_t body[SETTING_BODY_MAX];
	struct sink s = sink_to_buf(body, sizeof(body));
	char bounds[SETTING_VALUE_MAX];
	enum setting which;
	struct kept_odd odd;
	uint32_t v = 0;
	enum err err;

	if ((err = setting_find(span_text(name), &which)) != 0) {
		fault_set(f, 0, "no setting is called so");
		return err;
	}
	if (value[0] != '\0' && (err = setting_value(which, span_text(value),
	    &v)) != 0) {
		setting_bounds(which, bounds);
		fault_set(f, 0, "%s may be %s", name, bounds);
		return err;
	}
	setting_put(&s, which, v);
	err = replace(e, KEPT_SETTING, span_of(body, s.total),
	    value[0] == '\0', f);
	if (err != 0)
		return err;
	return engine_recall(e, &odd);
}

enum err
engine_settings(struct engine *e, struct settings *s)
{
	struct span list;
	struct reader r;
	struct kept k;
	enum err err;
	int fd;

	settings_usual(s);
	if (!e->vault)
		return 0;
	if ((err = engine_vault_list(e, &fd)) != 0)
		return err;
	if ((err = memfd_map(fd, &list)) == 0) {
		for (r = reader_of(list); read_kept(&r, &k);)
			if (k.type == KEPT_SETTING &&
			    settings_add(s, k.body, k.id) != 0)
				continue;	/* the clerk counts it */
		err = reader_done(&r);
		memfd_unmap(list);
	}
	(void)close(fd);
	return err;
}

/* Measured, then written: as long as it needs to be. */
static enum err
write_labels(struct span list, size_t *n, int fd)
{
	struct sink count = sink_to_count(), s;
	uint8_t *text;
	enum err err;

	if ((err = bip329_put_all(&count, list, n)) != 0)
		return err;
	if ((text = malloc(count.total + 1)) == NULL)
		return ERR_SPACE;
	s = sink_to_buf(text, count.total);
	if ((err = bip329_put_all(&s, list, n)) == 0)
		err = memfd_write(fd, span_of(text, s.total));
	free(text);
	return err != 0 ? err : memfd_seal(fd);
}

enum err
engine_labels(struct engine *e, size_t *n, int *fd)
{
	struct span list;
	enum err err;
	int from;

	if ((err = engine_vault_list(e, &from)) != 0)
		return err;
	if ((err = memfd_map(from, &list)) == 0) {
		if ((err = memfd_new("labels", fd)) == 0 &&
		    (err = write_labels(list, n, *fd)) != 0)
			(void)close(*fd);
		memfd_unmap(list);
	}
	(void)close(from);
	return err;
}

/* The clerk may know what is gone: a fresh one is told the rest. */
static enum err
begin_anew(struct engine *e)
{
	struct kept_odd odd;
	enum err err;

	engine_drop_answers(e);
	engine_drop_page(e);
	if ((err = engine_new_clerk(e)) != 0)
		return err;
	return engine_recall(e, &odd);
}

static enum err
last_coin(struct engine *e, uint32_t *id)
{
	size_t n;

	return find(e, KEPT_COIN, span_of(NULL, 0), id, &n);
}

enum err
engine_vault_forget(struct engine *e, enum kept_type type, uint32_t id,
    struct fault *f)
{
	enum err err = 0;

	if (type == KEPT_LOG)
		return engine_vault_cut_log(e);
	if (type == KEPT_COIN)
		while ((err = last_coin(e, &id)) == 0 && id != 0 &&
		    (err = engine_vault_drop(e, id, f)) == 0)
			continue;
	else
		err = engine_vault_drop(e, id, f);
	return err != 0 ? err : begin_anew(e);
}
