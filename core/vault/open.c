#include "core/proc/random.h"
#include "core/vault/vault.h"

void
vault_close(struct vault *v)
{
	const struct vault room = { .body = v->body, .image = v->image,
	    .shield = v->shield };

	if (v->open || v->used > 0) {
		wipe(v->body, VAULT_BODY);
		wipe(v->image, VAULT_SLOT);
	}
	wipe(v, sizeof(*v));
	*v = room;
}

enum err
vault_new(struct vault *v, struct span passphrase, struct cost cost)
{
	struct vault_keys k;
	enum err e;

	vault_close(v);
	if ((e = vault_cost_ok(cost)) != 0 ||
	    (e = vault_passphrase_ok(passphrase)) != 0)
		return e;
	v->head.cost = cost;
	random_bytes(v->head.salt, sizeof(v->head.salt));
	if ((e = vault_stretch(passphrase, &v->head, &k)) != 0) {
		vault_close(v);
		return e;
	}
	vault_keys_shut(v, &k);
	wipe(&k, sizeof(k));
	v->open = v->has_keys = true;
	v->next = 1;
	v->used = 16;
	wipe(v->body, VAULT_BODY);
	return 0;
}

/* --- opening -------------------------------------------------------------- */

struct slot {
	struct span		bytes;
	struct vault_head	head;
};

struct opening {
	struct slot		s[VAULT_SLOTS];
	struct span		passphrase;
	uint32_t		kib;
	struct vault_keys	k;		/* of .head in the vault */
};

static enum slot_state
state_of(enum err e)
{
	switch ((unsigned)e) {
	case ERR_NONE:
		return SLOT_WHOLE;
	case ERR_SHORT:
		return SLOT_NONE;
	case ERR_FORM:
		return SLOT_FOREIGN;
	case ERR_VERSION:
		return SLOT_NEWER;
	case ERR_RANGE:
		return SLOT_COST;
	default:
		return SLOT_DAMAGED;
	}
}

/* A slot that the file has no room for is as good as damaged, unless there is
 * nothing of it that says vault. */
static void
look(struct vault *v, struct span file, unsigned i, struct slot *s)
{
	size_t at = i * VAULT_SLOT;
	size_t n = file.n > at ? file.n - at : 0;

	s->bytes = span_of(n > 0 ? file.p + at : NULL, n < VAULT_SLOT ? n :
	    VAULT_SLOT);
	v->state[i] = state_of(vault_head_read(span_of(s->bytes.p,
	    n < VAULT_HEAD ? n : VAULT_HEAD), &s->head));
	if (v->state[i] == SLOT_WHOLE && s->bytes.n < VAULT_SLOT)
		v->state[i] = SLOT_DAMAGED;
}

static enum slot_state
unseal(struct vault *v, const struct vault_keys *k, const struct slot *s)
{
	struct span head = span_of(s->bytes.p, VAULT_HEAD);
	struct span box = span_of(s->bytes.p + VAULT_HEAD,
	    VAULT_SLOT - VAULT_HEAD);
	enum err e;

	if (!vault_head_fits(head, &k->check))
		return SLOT_LOCKED;
	e = box_open(&k->body, s->head.nonce, head, box, v->body);
	ct_public(v->body, VAULT_BODY);	/* keys are sealed in it */
	return e == 0 ? SLOT_OPEN : SLOT_TORN;
}

/* What is to be said where no slot opens: the most useful of both. */
static enum err
why(const struct vault *v)
{
	static const struct {
		enum slot_state	state;
		enum err	err;
	} worse[] = {
		{ SLOT_TORN, ERR_DAMAGED },	/* the passphrase is right */
		{ SLOT_LOCKED, ERR_PASSPHRASE },
		{ SLOT_NEWER, ERR_VERSION },
		{ SLOT_COST, ERR_RANGE },
		{ SLOT_DAMAGED, ERR_DAMAGED },
	};
	size_t i, n;

	for (i = 0; i < sizeof(worse) / sizeof(worse[0]); i++)
		for (n = 0; n < VAULT_SLOTS; n++)
			if (v->state[n] == worse[i].state)
				return worse[i].err;
	return ERR_FORM;
}

static bool
same_lock(const struct vault_head *a, const struct vault_head *b)
{
	return a->cost.passes == b->cost.passes && a->cost.kib == b->cost.kib &&
	    span_eq(SPAN_OF(a->salt), SPAN_OF(b->salt));
}

/* One slot: stretched unless the other one's keys are of the same lock.  A
 * sequence number counts only where the keyed check holds: anybody can write
 * a header, with the last number there is. */
static enum err
try(struct vault *v, struct opening *o, unsigned i, struct fault *f)
{
	const struct slot *s = &o->s[i];
	enum err e;

	if (!v->has_keys || !same_lock(&v->head, &s->head)) {
		if (s->head.cost.kib > o->kib) {
			fault_set(f, 0, "it takes %u MiB of memory, and this "
			    "machine has %u MiB free for it",
			    s->head.cost.kib >> 10, o->kib >> 10);
			return ERR_SPACE;
		}
		if ((e = vault_stretch(o->passphrase, &s->head,
		    &o->k)) != 0)
			return e;
		v->has_keys = true;
	}
	v->head = s->head;
	v->state[i] = unseal(v, &o->k, s);
	if (v->state[i] != SLOT_LOCKED && v->head.sequence > v->last)
		v->last = v->head.sequence;
	return 0;
}

/* The other state, beside the one that is open: is it whole, too?  It is opened
 * into .image, which is wiped.  Made with another passphrase, or what nobody
 * made with any, it cannot be looked into. */
static void
look_at_other(struct vault *v, const struct opening *o)
{
	const struct slot *s = &o->s[v->slot];
	struct span head = span_of(s->bytes.p, VAULT_HEAD);

	if (v->state[v->slot] != SLOT_WHOLE)
		return;
	if (!same_lock(&v->head, &s->head)) {
		v->state[v->slot] = SLOT_LOCKED;
	} else if (!vault_head_fits(head, &o->k.check) ||
	    box_open(&o->k.body, s->head.nonce, head, span_of(s->bytes.p +
	    VAULT_HEAD, VAULT_SLOT - VAULT_HEAD), v->image) != 0) {
		v->state[v->slot] = SLOT_DAMAGED;
	}
	wipe(v->image, VAULT_SLOT);
}

static enum err
open_newest(struct vault *v, struct opening *o, struct fault *f)
{
	unsigned newest = o->s[1].head.sequence > o->s[0].head.sequence;
	unsigned n, i;
	enum err e;

	for (n = 0; n < VAULT_SLOTS; n++) {
		i = n == 0 ? newest : 1 - newest;
		if (v->state[i] != SLOT_WHOLE)
			continue;
		if ((e = try(v, o, i, f)) != 0)
			return e;
		if (v->state[i] == SLOT_OPEN) {
			v->slot = 1 - i;
			look_at_other(v, o);
			vault_keys_shut(v, &o->k);
			return vault_check(v, f);
		}
	}
	return why(v);
}

enum err
vault_open(struct vault *v, struct span file, struct span passphrase,
    uint32_t kib, struct fault *f)
{
	struct opening o = { .passphrase = passphrase, .kib = kib };
	enum slot_state was[VAULT_SLOTS];
	unsigned i;
	enum err e;

	vault_close(v);
	if (file.n > VAULT_SLOTS * VAULT_SLOT)
		return ERR_TRAILING;
	for (i = 0; i < VAULT_SLOTS; i++) {
		look(v, file, i, &o.s[i]);
		if (v->state[i] != SLOT_WHOLE)
			o.s[i].head.sequence = 0;
	}
	e = open_newest(v, &o, f);
	wipe(&o.k, sizeof(o.k));
	if (e == 0) {
		v->open = true;
		return 0;
	}
	memcpy(was, v->state, sizeof(was));
	vault_close(v);
	memcpy(v->state, was, sizeof(was));
	return e;
}

/* --- closing -------------------------------------------------------------- */

/* The nonce is random, 192 bits: two states never share one.  What a newer
 * program wrote may hold more than the state at hand: it stays. */
enum err
vault_seal(struct vault *v, uint64_t *sequence)
{
	struct vault_keys k;
	struct sink s;
	enum err e;

	if (!v->open)
		return ERR_STATE;
	if (v->state[v->slot] == SLOT_NEWER)
		return ERR_VERSION;
	if (v->last == UINT64_MAX)
		return ERR_RANGE;
	if ((e = vault_keys_open(v, &k)) != 0)
		return e;
	s = sink_to_buf(v->body, 16);
	put_u32le(&s, v->flags);
	put_u32le(&s, v->next);
	put_u32le(&s, (uint32_t)(v->used - 16));
	put_u32le(&s, 0);
	v->head.sequence = ++v->last;
	random_bytes(v->head.nonce, sizeof(v->head.nonce));
	vault_head_put(&v->head, &k.check, v->image);
	box_close(&k.body, v->head.nonce, span_of(v->image, VAULT_HEAD),
	    span_of(v->body, VAULT_BODY), v->image + VAULT_HEAD);
	wipe(&k, sizeof(k));
	*sequence = v->last;
	return 0;
}

enum err
vault_saved(struct vault *v, uint64_t sequence)
{
	if (!v->open || sequence != v->last || sequence == 0)
		return ERR_STATE;
	v->slot = 1 - v->slot;
	return 0;
}
