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
	for (i = 0; i < 2; i++) {
		uint8_t state = read_u8(&r);

		a->state[i] = state < SLOT_STATES ? (enum slot_state)state :
		    SLOT_DAMAGED;
	}
	err = reader_done(&r);
	packet_end(&e->packet);
	return err;
}

/* What goes with what the owner typed. */
struct asked {
	const struct vault_cost	*cost;
	const uint32_t		*flags;
	struct span		 two;		/* passphrases */
};

/* A question with what the owner typed in it, from locked memory. */
static enum err
ask_typed(struct engine *e, enum msg m, const struct asked *with,
    struct span one, int fd, struct fault *f)
{
	uint8_t *body = secret_new(TYPED_MAX);
	struct sink s = sink_to_buf(body, body != NULL ? TYPED_MAX : 0);
	enum err err = ERR_SPACE;

	if (m == MSG_VAULT_OPEN)
		put_u32le(&s, spare_kib());
	if (with->cost != NULL) {
		put_u32le(&s, with->cost->passes);
		put_u32le(&s, with->cost->kib);
	}
	if (with->flags != NULL)
		put_u32le(&s, *with->flags);
	put_block(&s, one);
	if (m == MSG_VAULT_PASSWD)
		put_block(&s, with->two);
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
	err = ask_typed(e, MSG_VAULT_NEW, &(struct asked){ .cost = c },
	    passphrase, -1, f);
	e->vault = e->changed = err == 0;
	e->each_time = false;
	a->odd = (struct kept_odd){ 0 };
	return err != 0 ? err : take_about(e, a);
}

/* The clerk begins with what the vault remembers; told again, it knows what
 * the owner noted and set since. */
enum err
engine_recall(struct engine *e, struct kept_odd *odd)
{
	enum err err;
	int fd;

	engine_drop_page(e);
	if ((err = engine_vault_list(e, &fd)) != 0)
		return err;
	if ((err = engine_ask_clerk(e, MSG_RECALL, span_of(NULL, 0), &fd,
	    1)) == 0)
		err = read_kept_odd(e->packet.body, odd);
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
	if ((err = ask_typed(e, MSG_VAULT_OPEN, &(struct asked){ 0 },
	    passphrase, file, f)) != 0)
		return err;
	e->vault = true;
	engine_vault_seen(e, file);
	if ((err = take_about(e, a)) == 0)
		err = engine_recall(e, &a->odd);
	e->each_time = (a->flags & VAULT_EACH_TIME) != 0;
	/* A vault that the clerk knows nothing of is none that is open. */
	if (err != 0 && err != ERR_DEAD && engine_vault_close(e) == ERR_DEAD)
		err = ERR_DEAD;
	return err;
}

enum err
engine_vault_again(struct engine *e, struct span passphrase,
    struct vault_about *a)
{
	struct fault f = { 0 };
	enum err err = ask_typed(e, MSG_VAULT_AGAIN, &(struct asked){ 0 },
	    passphrase, -1, &f);

	return err != 0 ? err : take_about(e, a);
}

enum err
engine_vault_passwd(struct engine *e, struct span old, struct span fresh,
    const struct vault_cost *c, struct vault_about *a, struct fault *f)
{
	const struct asked with = { .cost = c, .two = fresh };
	enum err err = ask_typed(e, MSG_VAULT_PASSWD, &with, old, -1, f);

	e->changed = e->changed || err == 0;
	if (err == 0 && (err = take_about(e, a)) == 0)
		err = engine_trail(e, "passphrase");
	return err;
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
	char what[] = "key-in key=01234567";
	enum err err;

	put_span(&s, SPAN_OF(fpr->b));
	put_block(&s, name);
	fpr_text(fpr, what + sizeof(what) - 9);
	if (s.err != 0)
		return ERR_RANGE;
	err = change(e, MSG_VAULT_KEEP, span_of(body, s.total), f);
	return err != 0 ? err : engine_trail(e, what);
}

enum err
engine_put_thing(struct engine *e, enum kept_type type, struct span thing,
    uint32_t *id, struct fault *f)
{
	struct sink s = sink_to_buf(e->body, sizeof(e->body) - 1);
	struct reader r;
	enum err err;

	*id = 0;
	put_u8(&s, (uint8_t)type);
	put_block(&s, thing);
	if (s.err != 0)
		return ERR_RANGE;
	if ((err = engine_ask_keeper(e, MSG_VAULT_PUT, span_of(e->body,
	    s.total), f)) == 0) {
		r = reader_of(e->packet.body);
		*id = read_u32le(&r);
		err = reader_done(&r);
	}
	e->changed = e->changed || *id != 0;
	packet_end(&e->packet);
	return err;
}

enum err
engine_vault_put(struct engine *e, enum kept_type type, struct span thing,
    struct fault *f)
{
	uint32_t id;

	return engine_put_thing(e, type, thing, &id, f);
}

enum err
engine_take_out(struct engine *e, uint32_t id, struct fault *f)
{
	uint8_t body[4];
	struct sink s = sink_to_buf(body, sizeof(body));

	put_u32le(&s, id);
	return id == 0 ? ERR_RANGE : change(e, MSG_VAULT_DROP, SPAN_OF(body),
	    f);
}

enum err
engine_vault_drop(struct engine *e, uint32_t id, struct fault *f)
{
	char what[ENGINE_TRAIL_MAX];
	enum err err;

	if ((err = engine_trail_of(e, id, what)) == 0 &&
	    (err = engine_take_out(e, id, f)) == 0 && what[0] != '\0')
		err = engine_trail(e, what);
	return err;
}

enum err
engine_vault_cut_log(struct engine *e)
{
	static const uint8_t none[4];
	struct fault f = { 0 };
	enum err err = change(e, MSG_VAULT_DROP, SPAN_OF(none), &f);

	return err != 0 ? err : engine_trail(e, "log-cleared");
}

enum err
engine_vault_flags(struct engine *e, uint32_t flags, struct span passphrase,
    struct vault_about *a)
{
	const struct asked with = { .flags = &flags };
	struct fault f = { 0 };
	enum err err;

	if ((err = ask_typed(e, MSG_VAULT_FLAGS, &with, passphrase, -1,
	    &f)) != 0)
		return err;
	e->changed = true;
	e->each_time = (flags & VAULT_EACH_TIME) != 0;
	if ((err = take_about(e, a)) == 0)
		err = engine_trail(e, e->each_time ? "each-time set=on" :
		    "each-time set=off");
	return err;
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
