/*
 * The vault: opened, made, closed, sealed.  Its bytes come and go in memory
 * that the front hands over; of them the header alone is read before it is
 * known to be ours.
 */
#include "core/keeper/state.h"
#include "core/proc/memory.h"

/* What the front may show of the vault at hand. */
static void
put_about(const struct vault *v, struct sink *reply)
{
	unsigned i;

	put_u8(reply, v->open);
	put_u8(reply, v->has_keys);
	put_u32le(reply, v->flags);
	put_u64le(reply, v->head.sequence);
	put_u32le(reply, v->head.cost.passes);
	put_u32le(reply, v->head.cost.kib);
	put_u32le(reply, (uint32_t)(VAULT_BODY - v->used));
	for (i = 0; i < VAULT_SLOTS; i++)
		put_u8(reply, (uint8_t)v->state[i]);
}

static struct cost
read_cost(struct reader *r)
{
	struct cost c;

	c.passes = read_u32le(r);
	c.kib = read_u32le(r);
	return c;
}

enum err
keeper_number(struct span body, uint32_t *n)
{
	struct reader r = reader_of(body);

	*n = read_u32le(&r);
	return reader_done(&r);
}

/* How long does it take?  Only the front has a clock. */
enum err
keeper_on_vault_try(struct keeper *k, struct span body, struct sink *reply,
    struct fault *f)
{
	static const uint8_t salt[SEAL_SALT];
	struct reader r = reader_of(body);
	struct cost c = read_cost(&r);
	struct secret32 out;
	enum err e;

	(void)k;
	(void)reply;
	(void)f;
	if ((e = reader_done(&r)) != 0 || (e = vault_cost_ok(c)) != 0)
		return e;
	e = argon2id(span_of(NULL, 0), salt, c, &out);
	wipe(&out, sizeof(out));
	return e;
}

/* What is out of its bounds is the cost: which they are. */
static enum err
say_bounds(enum err e, struct fault *f)
{
	if (e == ERR_RANGE)
		fault_set(f, 0, "opening may take %d to %u MiB of memory, and "
		    "%d to %u passes", VAULT_KIB_MIN >> 10,
		    LIMIT_VAULT_MEMORY >> 10, VAULT_PASSES_MIN,
		    LIMIT_VAULT_PASSES);
	return e;
}

enum err
keeper_on_vault_new(struct keeper *k, struct span body, struct sink *reply,
    struct fault *f)
{
	struct reader r = reader_of(body);
	struct cost c = read_cost(&r);
	struct span passphrase = read_block(&r);
	enum err e;

	if ((e = reader_done(&r)) != 0 ||
	    (e = passphrase_fits(passphrase.n, f)) != 0)
		return e;
	keeper_close_vault(k);
	if ((e = vault_new(&k->vault, passphrase, c)) == 0)
		put_about(&k->vault, reply);
	return say_bounds(e, f);
}

enum err
keeper_on_vault_open(struct keeper *k, struct span body, struct sink *reply,
    struct fault *f)
{
	struct reader r = reader_of(body);
	uint32_t kib = read_u32le(&r);
	struct span passphrase = read_block(&r), file;
	enum err e;

	if ((e = reader_done(&r)) != 0)
		return e;
	keeper_close_vault(k);
	if ((e = memfd_map(k->fd, &file)) != 0)
		return e;
	e = vault_open(&k->vault, file, passphrase, kib, f);
	memfd_unmap(file);
	if (e == 0)
		put_about(&k->vault, reply);
	return say_bounds(e, f);
}

enum err
keeper_on_vault_again(struct keeper *k, struct span body, struct sink *reply,
    struct fault *f)
{
	struct reader r = reader_of(body);
	struct span passphrase = read_block(&r);
	enum err e;

	(void)f;
	if ((e = reader_done(&r)) == 0 &&
	    (e = vault_again(&k->vault, passphrase)) == 0)
		put_about(&k->vault, reply);
	return e;
}

/* A consent that is under way ends with the keys that it needs. */
enum err
keeper_on_vault_close(struct keeper *k, struct span body, struct sink *reply,
    struct fault *f)
{
	(void)body;
	(void)reply;
	(void)f;
	keeper_end_consent(k);
	keeper_close_vault(k);
	return 0;
}

enum err
keeper_on_vault_passwd(struct keeper *k, struct span body, struct sink *reply,
    struct fault *f)
{
	struct reader r = reader_of(body);
	struct cost c = read_cost(&r);
	struct span old = read_block(&r), passphrase = read_block(&r);
	enum err e;

	if ((e = reader_done(&r)) != 0 ||
	    (e = passphrase_fits(passphrase.n, f)) != 0)
		return e;
	if ((e = vault_passwd(&k->vault, old, passphrase, c)) == 0)
		put_about(&k->vault, reply);
	return say_bounds(e, f);
}

/* Who finds the machine unlocked, or took over the front, does not loosen what
 * the owner set: to ask for less needs the passphrase, to ask for more none. */
enum err
keeper_on_vault_flags(struct keeper *k, struct span body, struct sink *reply,
    struct fault *f)
{
	struct reader r = reader_of(body);
	uint32_t flags = read_u32le(&r);
	struct span passphrase = read_block(&r);
	struct vault *v = &k->vault;
	enum err e;

	(void)f;
	if ((e = reader_done(&r)) != 0)
		return e;
	if (!v->open)
		return ERR_STATE;
	if ((flags & ~(uint32_t)VAULT_EACH_TIME) != 0)
		return ERR_RANGE;
	if ((v->flags & ~flags) != 0 &&
	    (e = vault_again(v, passphrase)) != 0)
		return e;
	v->flags = flags;
	put_about(v, reply);
	return 0;
}

/* One slot, at its place in the file; sealed, so the front and the stick see
 * nothing of it. */
enum err
keeper_on_vault_seal(struct keeper *k, struct span body, struct sink *reply,
    struct fault *f)
{
	struct vault *v = &k->vault;
	uint64_t sequence;
	enum err e;

	(void)body;
	(void)f;
	if ((e = vault_seal(v, &sequence)) != 0 ||
	    (e = memfd_write_at(k->fd, v->slot * VAULT_SLOT,
	    span_of(v->image, VAULT_SLOT))) != 0)
		return e;
	put_u32le(reply, (uint32_t)(v->slot * VAULT_SLOT));
	put_u32le(reply, (uint32_t)VAULT_SLOT);
	put_u64le(reply, sequence);
	return 0;
}

enum err
keeper_on_vault_saved(struct keeper *k, struct span body, struct sink *reply,
    struct fault *f)
{
	struct reader r = reader_of(body);
	uint64_t sequence = read_u64le(&r);
	enum err e;

	(void)reply;
	(void)f;
	if ((e = reader_done(&r)) != 0)
		return e;
	return vault_saved(&k->vault, sequence);
}
