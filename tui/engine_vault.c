/* The vault in the keeper: short questions, one answer each. */
#include <string.h>
#include <unistd.h>

#include "core/base/secret.h"
#include "core/proc/memory.h"
#include "media/import.h"
#include "tui/engine_state.h"

#define TYPED_MAX 1024			/* passphrases on their way */
#define BLIND_KIB (64U << 10)		/* where memory cannot be told */

/* What the machine can spare for an Argon2: leave an eighth. */
static uint32_t
spare_kib(void)
{
	uint64_t left = import_free_kib();

	if (left == 0)
		return BLIND_KIB;
	left -= left / 8;
	return left < LIMIT_VAULT_MEMORY ? (uint32_t)left :
	    (uint32_t)LIMIT_VAULT_MEMORY;
}

static enum err
take_about(struct engine *e, struct vault_about *a)
{
	struct reader r = reader_of(e->packet.body);
	enum err err;
	size_t i;

	a->open = read_u8(&r) != 0;
	a->has_keys = read_u8(&r) != 0;
	a->flags = read_u32le(&r);
	a->sequence = read_u64le(&r);
	a->cost.passes = read_u32le(&r);
	a->cost.kib = read_u32le(&r);
	a->room = read_u32le(&r);
	a->odd = 0;
	for (i = 0; i < 2; i++) {
		uint8_t state = read_u8(&r);

		a->state[i] = state < SLOT_STATES ? (enum slot_state)state :
		    SLOT_DAMAGED;
	}
	err = reader_done(&r);
	packet_end(&e->packet);
	return err;
}

/* A question with what the owner typed in it, from locked memory. */
static enum err
ask_typed(struct engine *e, enum msg m, const struct vault_cost *c,
    struct span one, struct span two, int fd, struct fault *f)
{
	uint8_t *body = secret_new(TYPED_MAX);
	struct sink s = sink_to_buf(body, body != NULL ? TYPED_MAX : 0);
	enum err err = ERR_SPACE;

	if (m == MSG_VAULT_OPEN)
		put_u32le(&s, spare_kib());
	if (c != NULL) {
		put_u32le(&s, c->passes);
		put_u32le(&s, c->kib);
	}
	put_block(&s, one);
	if (m == MSG_VAULT_PASSWD)
		put_block(&s, two);
	if (s.err == 0)
		err = engine_ask_keeper_fd(e, m, span_of(body, s.total), fd,
		    f);
	if (body != NULL)
		secret_free(body);
	return err;
}

/* The clerk knew its wallets, its coins, and view keys: it goes, too. */
enum err
engine_vault_close(struct engine *e)
{
	struct fault f = { 0 };
	enum err err;

	engine_drop_answers(e);
	engine_drop_page(e);
	err = engine_ask_keeper(e, MSG_VAULT_CLOSE, span_of(NULL, 0), &f);
	e->vault = e->changed = false;
	packet_end(&e->packet);
	return err != 0 ? err : engine_new_clerk(e);
}

enum err
engine_vault_new(struct engine *e, struct span passphrase,
    const struct vault_cost *c, struct vault_about *a, struct fault *f)
{
	enum err err;

	if (e->vault && (err = engine_vault_close(e)) != 0)
		return err;
	err = ask_typed(e, MSG_VAULT_NEW, c, passphrase, span_of(NULL, 0), -1,
	    f);
	e->vault = e->changed = err == 0;
	e->each_time = false;
	return err != 0 ? err : take_about(e, a);
}

/* The clerk begins with what the vault remembers; told again, it knows what
 * the owner noted and set since. */
enum err
engine_recall(struct engine *e, uint32_t *odd)
{
	struct reader r;
	enum err err;
	int fd;

	if ((err = engine_vault_list(e, &fd)) != 0)
		return err;
	if ((err = engine_ask_clerk(e, MSG_RECALL, span_of(NULL, 0), &fd,
	    1)) == 0) {
		r = reader_of(e->packet.body);
		*odd = read_u32le(&r);
		err = reader_done(&r);
	}
	(void)close(fd);
	packet_end(&e->packet);
	return err;
}

enum err
engine_vault_open(struct engine *e, int file, struct span passphrase,
    struct vault_about *a, struct fault *f)
{
	enum err err;

	if (e->vault && (err = engine_vault_close(e)) != 0)
		return err;
	if ((err = ask_typed(e, MSG_VAULT_OPEN, NULL, passphrase,
	    span_of(NULL, 0), file, f)) != 0 ||
	    (err = take_about(e, a)) != 0)
		return err;
	e->vault = true;
	e->each_time = (a->flags & VAULT_EACH_TIME) != 0;
	return engine_recall(e, &a->odd);
}

enum err
engine_vault_again(struct engine *e, struct span passphrase,
    struct vault_about *a)
{
	struct fault f = { 0 };
	enum err err = ask_typed(e, MSG_VAULT_AGAIN, NULL, passphrase,
	    span_of(NULL, 0), -1, &f);

	return err != 0 ? err : take_about(e, a);
}

enum err
engine_vault_passwd(struct engine *e, struct span old, struct span fresh,
    const struct vault_cost *c, struct vault_about *a, struct fault *f)
{
	enum err err = ask_typed(e, MSG_VAULT_PASSWD, c, old, fresh, -1, f);

	e->changed = e->changed || err == 0;
	return err != 0 ? err : take_about(e, a);
}

enum err
engine_vault_list(struct engine *e, int *fd)
{
	struct fault f = { 0 };
	enum err err;

	if ((err = memfd_new("vault", fd)) != 0)
		return err;
	if ((err = engine_ask_keeper_fd(e, MSG_VAULT_LIST, span_of(NULL, 0),
	    *fd, &f)) == 0)
		err = memfd_seal(*fd);
	packet_end(&e->packet);
	if (err != 0)
		(void)close(*fd);
	return err;
}

/* A change of what is kept. */
static enum err
change(struct engine *e, enum msg m, struct span body, struct fault *f)
{
	enum err err = engine_ask_keeper(e, m, body, f);

	e->changed = e->changed || err == 0;
	packet_end(&e->packet);
	return err;
}

enum err
engine_vault_load(struct engine *e, uint32_t id, struct fault *f)
{
	uint8_t body[4];
	struct sink s = sink_to_buf(body, sizeof(body));
	enum err err;

	put_u32le(&s, id);
	err = engine_ask_keeper(e, MSG_VAULT_LOAD, SPAN_OF(body), f);
	packet_end(&e->packet);
	return err;
}

enum err
engine_vault_keep(struct engine *e, const struct fpr *fpr, struct span name,
    struct fault *f)
{
	uint8_t body[128];
	struct sink s = sink_to_buf(body, sizeof(body));

	put_span(&s, SPAN_OF(fpr->b));
	put_block(&s, name);
	return s.err != 0 ? ERR_RANGE : change(e, MSG_VAULT_KEEP,
	    span_of(body, s.total), f);
}

enum err
engine_vault_put(struct engine *e, enum kept_type type, struct span thing,
    struct fault *f)
{
	struct sink s = sink_to_buf(e->body, sizeof(e->body) - 1);

	put_u8(&s, (uint8_t)type);
	put_block(&s, thing);
	return s.err != 0 ? ERR_RANGE : change(e, MSG_VAULT_PUT,
	    span_of(e->body, s.total), f);
}

enum err
engine_vault_drop(struct engine *e, uint32_t id, struct fault *f)
{
	uint8_t body[4];
	struct sink s = sink_to_buf(body, sizeof(body));

	put_u32le(&s, id);
	return id == 0 ? ERR_RANGE : change(e, MSG_VAULT_DROP, SPAN_OF(body),
	    f);
}

enum err
engine_vault_cut_log(struct engine *e)
{
	static const uint8_t none[4];
	struct fault f = { 0 };

	return change(e, MSG_VAULT_DROP, SPAN_OF(none), &f);
}

enum err
engine_vault_flags(struct engine *e, uint32_t flags, struct vault_about *a)
{
	uint8_t body[4];
	struct sink s = sink_to_buf(body, sizeof(body));
	struct fault f = { 0 };
	enum err err;

	put_u32le(&s, flags);
	if ((err = engine_ask_keeper(e, MSG_VAULT_FLAGS, SPAN_OF(body),
	    &f)) != 0)
		return err;
	e->changed = true;
	e->each_time = (flags & VAULT_EACH_TIME) != 0;
	return take_about(e, a);
}

bool
engine_vault_asks(const struct engine *e)
{
	return e->vault && e->each_time;
}

bool
engine_vault_clean(const struct engine *e)
{
	return !e->changed;
}

/* --- what was learnt ------------------------------------------------------ */

struct learnt {
	size_t	wallets, labels;
};

/* The clerk's list is not believed further than that: coins and wallets, in
 * the form that they have, and no more wallets than pages were agreed to that
 * could have been a wallet's, no more labels than such pages had rows.  What
 * takes over the clerk while a payment is read finds no way to have one kept,
 * and none that seems to be the owner's own. */
static enum err
believed(const struct engine *e, const struct kept *k, struct learnt *n,
    struct fault *f)
{
	struct kept_wallet w;
	struct kept_coin c;
	struct label l;
	enum err err;

	if (k->type == KEPT_COIN)
		return read_kept_coin(k->body, &c);
	if (k->type == KEPT_LABEL) {
		if ((err = label_read(k->body, &l)) != 0)
			return err;
		if (++n->labels <= e->listed && l.kind < LABEL_BIP329 &&
		    (l.flags & LABEL_FROM_FILE) != 0)
			return 0;
		fault_set(f, 0, "a label that nobody has agreed to");
		return ERR_REFUSED;
	}
	if (k->type != KEPT_WALLET)
		return ERR_FORM;
	if (++n->wallets > e->registered) {
		fault_set(f, 0, "a wallet that nobody has agreed to");
		return ERR_REFUSED;
	}
	return read_kept_wallet(k->body, &w);
}

static enum err
put_all(struct engine *e, struct span list, size_t *n, struct fault *f)
{
	struct reader r = reader_of(list);
	struct learnt count = { 0 };
	struct kept k;
	enum err err = 0;

	*n = 0;
	while (err == 0 && read_kept(&r, &k)) {
		if ((err = believed(e, &k, &count, f)) == 0)
			err = k.type == KEPT_LABEL ?
			    engine_label_put(e, k.body, f) :
			    engine_vault_put(e, k.type, k.body, f);
		*n += err == 0;
	}
	if (err != 0 || (err = reader_done(&r)) != 0)
		return err;
	e->registered = e->listed = 0;	/* the clerk tells each but once */
	return 0;
}

enum err
engine_vault_learn(struct engine *e, size_t *n, struct fault *f)
{
	struct span list;
	enum err err;
	int fd;

	*n = 0;
	if (!e->vault)
		return ERR_STATE;
	if ((err = memfd_new("learnt", &fd)) != 0)
		return err;
	err = engine_ask_clerk(e, MSG_LEARNT, span_of(NULL, 0), &fd, 1);
	packet_end(&e->packet);
	if (err == 0 && (err = memfd_seal(fd)) == 0 &&
	    (err = memfd_map(fd, &list)) == 0) {
		err = put_all(e, list, n, f);
		memfd_unmap(list);
	}
	(void)close(fd);
	return err;
}
