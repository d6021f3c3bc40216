/*
 * What the vault holds.  Keys go in from those at hand, and come out to those
 * at hand: never as bytes.  All else is the front's to put, list and take
 * away; the keeper does not read it.
 */
#include "core/keeper/state.h"
#include "core/proc/memory.h"

/* Public parts, into memory that the front handed over. */
enum err
keeper_on_vault_list(struct keeper *k, struct span body, struct sink *reply,
    struct fault *f)
{
	struct vault *v = &k->vault;
	struct sink s;
	enum err e;

	(void)body;
	(void)f;
	if (!v->open)
		return ERR_STATE;
	s = sink_to_buf(v->image, VAULT_SLOT);
	vault_list(v, &s);
	e = s.err != 0 ? s.err : memfd_write(k->fd, span_of(v->image,
	    s.total));
	put_u32le(reply, (uint32_t)s.total);
	return e;
}

enum err
keeper_on_vault_keep(struct keeper *k, struct span body, struct sink *reply,
    struct fault *f)
{
	struct reader r = reader_of(body);
	const struct held *held;
	const struct seedkey *key;
	struct span name;
	struct fpr fpr;
	uint32_t id = 0;
	enum err e;

	read_bytes(&r, fpr.b, sizeof(fpr.b));
	name = read_block(&r);
	if ((e = reader_done(&r)) != 0)
		return e;
	if ((held = keeper_find(k, &fpr)) == NULL)
		return ERR_NO_KEY;
	if ((e = keeper_whole(k, held, &key)) == 0 &&
	    (e = vault_keep(&k->vault, key, name, &id)) == ERR_FORM)
		fault_set(f, 0, "the name: 1 to %d plain characters",
		    KEPT_NAME_MAX);
	put_u32le(reply, id);
	return e;
}

static enum err
load(struct keeper *k, uint32_t id, struct fault *f)
{
	uint8_t none[sizeof(struct fpr)];
	struct sink said = sink_to_buf(none, sizeof(none));
	struct seedkey key;
	size_t had = k->nkey;
	enum err e;

	if ((e = keeper_room(k, f)) != 0)
		return e;
	if ((e = vault_load(&k->vault, id, &key)) == 0)
		keeper_take(k, &key, &said);
	else
		fault_set(f, 0, "key %u of the vault", id);
	wipe(&key, sizeof(key));
	if (k->nkey > had)
		k->key[had].lent = true;
	return e;
}

/* One key of the vault, or by the number 0 all: now at hand. */
enum err
keeper_on_vault_load(struct keeper *k, struct span body, struct sink *reply,
    struct fault *f)
{
	struct reader things;
	struct kept thing;
	uint32_t id;
	enum err e;

	(void)reply;
	if ((e = keeper_number(body, &id)) != 0)
		return e;
	if (!k->vault.open || !k->vault.has_keys)
		return ERR_STATE;
	if (id != 0)
		return load(k, id, f);
	things = vault_things(&k->vault);
	while (e == 0 && read_kept(&things, &thing))
		if (thing.type == KEPT_KEY)
			e = load(k, thing.id, f);
	return e;
}

/* Only what is public: a key comes in by VAULT_KEEP, a line by VAULT_LOG. */
enum err
keeper_on_vault_put(struct keeper *k, struct span body, struct sink *reply,
    struct fault *f)
{
	struct reader r = reader_of(body);
	enum kept_type type = (enum kept_type)read_u8(&r);
	struct span thing = read_block(&r);
	uint32_t id = 0;
	enum err e;

	if ((e = reader_done(&r)) != 0)
		return e;
	if (type == KEPT_KEY || type == KEPT_LOG)
		return ERR_REFUSED;
	if ((e = vault_put(&k->vault, type, thing, &id)) == ERR_SPACE)
		fault_set(f, 0, "the vault is full");
	put_u32le(reply, id);
	return e;
}

enum err
keeper_on_vault_drop(struct keeper *k, struct span body, struct sink *reply,
    struct fault *f)
{
	uint32_t id;
	enum err e;

	(void)reply;
	if ((e = keeper_number(body, &id)) != 0)
		return e;
	if (id == 0 && k->vault.open) {
		vault_cut_log(&k->vault);
		return 0;
	}
	fault_set(f, 0, "number %u of the vault", id);
	return vault_drop(&k->vault, id);
}

enum err
keeper_on_vault_log(struct keeper *k, struct span body, struct sink *reply,
    struct fault *f)
{
	uint32_t id = 0;
	enum err e = vault_log(&k->vault, body, &id);

	if (e == ERR_SPACE)
		fault_set(f, 0, "the vault is full");
	put_u32le(reply, id);
	return e;
}
