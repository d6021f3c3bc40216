/*
 * What a vault remembers from one session to the next: wallets that were
 * registered, and the amounts of coins that were seen; recall_notes.c has what
 * the owner noted.
 */
#include <string.h>
#include <unistd.h>

#include "core/clerk/state.h"
#include "core/job/wallet.h"
#include "core/proc/memory.h"
#include "core/wire/kept.h"
#include "core/wire/label.h"

#define KEPT_MAX ((size_t)LIMIT_VAULT)
#define COIN (36 + 32)

static enum err
recall_wallet(struct clerk *c, struct span body)
{
	struct session_wallet w = { .kept = true };
	struct kept_wallet k;
	const struct wallet *chain;
	const struct job *job;
	const char *name;
	enum err e;
	void *req;

	if ((e = read_kept_wallet(body, &k)) != 0)
		return e;
	name = arena_text(&c->arena, "%.*s", (int)k.chain.n, k.chain.p);
	w.name = arena_text(&c->arena, "%.*s", (int)k.name.n, k.name.p);
	w.text = arena_text(&c->arena, "%.*s", (int)k.text.n, k.text.p);
	if (name == NULL || w.name == NULL || w.text == NULL)
		return ERR_SPACE;
	if ((chain = wallet_find(name)) == NULL)
		return ERR_UNKNOWN;
	w.chain = chain->chain;
	w.network = k.network;
	if ((e = clerk_recall(c, &w, &job, &req)) != 0)
		return e;
	return session_add_wallet(&c->session, &w);
}

/* How well an amount was known then is no proof now. */
static enum err
recall_coin(struct span body, struct session_record *out)
{
	struct kept_coin coin;
	enum err e = read_kept_coin(body, &coin);

	*out = (struct session_record){ .amount = coin.amount,
	    .known = KNOWN_CLAIMED, .kept = true };
	memcpy(out->key, coin.key, sizeof(out->key));
	return e;
}

/*
 * What cannot be read does not stand in the way of the rest, nor of the keys:
 * who put it there may have wanted just that.  It is told.  Of a coin that
 * is there twice the later one counts, for that was proven when it came: the
 * last stands first.
 */
static enum err
recall(struct clerk *c, struct span list, struct kept_odd *odd)
{
	size_t n = list.n / COIN + 1, used;
	struct session_record *rec = arena_new(&c->arena,
	    struct session_record, n);
	const size_t cap = n;
	struct reader r = reader_of(list);
	struct kept k;
	enum err e;

	if (rec == NULL)
		return ERR_SPACE;
	used = c->arena.used;
	while (read_kept(&r, &k)) {
		e = k.type == KEPT_WALLET ? recall_wallet(c, k.body) :
		    k.type == KEPT_COIN ? recall_coin(k.body, &rec[n - 1]) :
		    ERR_NONE;
		if (e == ERR_SPACE)
			return e;
		if (e != 0)
			kept_odd_add(odd, k.id);
		n -= k.type == KEPT_COIN && e == 0;
		arena_back(&c->arena, used);
	}
	return (e = reader_done(&r)) != 0 ? e : session_learn(&c->session,
	    rec + n, cap - n);
}

/* The list of an open vault; back: what of it could not be read. */
enum err
clerk_on_recall(struct clerk *c, struct packet *p, struct sink *reply,
    struct fault *f)
{
	int fd = packet_take(p, 0);
	struct span list;
	struct kept_odd odd = { 0 };
	enum err e;

	(void)f;
	clerk_clear(c);
	if ((e = memfd_map(fd, &list)) == 0) {
		if ((e = recall(c, list, &odd)) == 0)
			e = clerk_recall_notes(c, list, &odd);
		memfd_unmap(list);
	}
	if (fd >= 0)
		(void)close(fd);
	arena_clear(&c->arena);
	put_kept_odd(reply, &odd);
	return e;
}

static void
put_coin(struct sink *s, const struct session_record *rec)
{
	uint8_t body[COIN];
	struct sink b = sink_to_buf(body, sizeof(body));
	struct kept_coin coin = { .amount = rec->amount };

	memcpy(coin.key, rec->key, sizeof(coin.key));
	put_kept_coin(&b, &coin);
	put_kept(s, KEPT_COIN, 0, span_of(body, b.total));
}

static enum err
put_wallet(struct clerk *c, struct sink *s, const struct session_wallet *w)
{
	struct kept_wallet k = { span_text(w->chain), w->network,
	    span_text(w->name), span_text(w->text) };
	struct sink n = sink_to_count(), b;
	uint8_t *body;

	put_kept_wallet(&n, &k);
	if ((body = arena_new(&c->arena, uint8_t, n.total)) == NULL)
		return ERR_SPACE;
	b = sink_to_buf(body, n.total);
	put_kept_wallet(&b, &k);
	put_kept(s, KEPT_WALLET, 0, span_of(body, n.total));
	return b.err;
}

static void
put_label(struct sink *s, const struct session_label *l)
{
	uint8_t body[LABEL_BODY_MAX];
	struct sink b = sink_to_buf(body, sizeof(body));

	put_block(&b, span_text(l->key));
	put_block(&b, span_text(l->text));
	put_block(&b, span_text(l->origin));
	put_u8(&b, (uint8_t)l->flags);
	put_kept(s, KEPT_LABEL, 0, span_of(body, b.total));
}

/* A record with a note is what its chain needs from file to file, and files
 * bring it again: only amounts are kept. */
static bool
is_coin(const struct session_record *rec)
{
	static const uint8_t none[SESSION_NOTE];

	return !rec->kept && span_eq(SPAN_OF(rec->note), SPAN_OF(none));
}

static void
set_told(struct session *ss)
{
	size_t i;

	for (i = 0; i < ss->nwallet; i++)
		ss->wallet[i].told = !ss->wallet[i].kept;
	for (i = 0; i < ss->nlabel; i++)
		ss->label[i].told = ss->label[i].fresh;
	for (i = 0; i < ss->n; i++)
		ss->rec[i].told = is_coin(&ss->rec[i]);
}

/* What is not in the vault yet, as a list; until KEPT says that it is, it is
 * told again.  The file at hand stays: it may be signed yet. */
enum err
clerk_on_learnt(struct clerk *c, struct packet *p, struct sink *reply,
    struct fault *f)
{
	struct session *ss = &c->session;
	size_t i, used = c->arena.used;
	uint8_t *list = arena_new(&c->arena, uint8_t, KEPT_MAX);
	struct sink s = sink_to_buf(list, list != NULL ? KEPT_MAX : 0);
	enum err e = list == NULL ? ERR_SPACE : ERR_NONE;
	int fd = packet_take(p, 0);

	(void)reply;
	for (i = 0; i < ss->nwallet && e == 0; i++)
		if (!ss->wallet[i].kept)
			e = put_wallet(c, &s, &ss->wallet[i]);
	for (i = 0; i < ss->nlabel && e == 0; i++)
		if (ss->label[i].fresh)
			put_label(&s, &ss->label[i]);
	for (i = 0; i < ss->n && e == 0; i++)
		if (is_coin(&ss->rec[i]))
			put_coin(&s, &ss->rec[i]);
	if (e == 0 && (e = s.err) != 0)
		fault_set(f, 0, "more than a vault can hold");
	if (e == 0)
		e = fd < 0 ? ERR_FORM : memfd_write(fd, span_of(list,
		    s.total));
	if (e == 0)
		set_told(ss);
	if (fd >= 0)
		(void)close(fd);
	arena_back(&c->arena, used);
	return e;
}

/* What was told last is stored.  What came since then is not. */
enum err
clerk_on_kept(struct clerk *c, struct packet *p, struct sink *reply,
    struct fault *f)
{
	struct session *ss = &c->session;
	size_t i;

	(void)p;
	(void)reply;
	(void)f;
	for (i = 0; i < ss->nwallet; i++) {
		ss->wallet[i].kept = ss->wallet[i].kept || ss->wallet[i].told;
		ss->wallet[i].told = false;
	}
	for (i = 0; i < ss->nlabel; i++) {
		ss->label[i].fresh = ss->label[i].fresh && !ss->label[i].told;
		ss->label[i].told = false;
	}
	for (i = 0; i < ss->n; i++) {
		ss->rec[i].kept = ss->rec[i].kept || ss->rec[i].told;
		ss->rec[i].told = false;
	}
	return 0;
}
