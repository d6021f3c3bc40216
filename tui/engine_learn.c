/* What the clerk has learnt, on its way into the vault: before anything is
 * signed. */
#include <unistd.h>

#include "core/proc/memory.h"
#include "tui/engine_state.h"

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

/* What was put there is taken out again. */
static enum err
take_back(struct engine *e)
{
	struct fault f = { 0 };
	enum err err = 0;

	for (; err == 0 && e->taught_to > e->taught_from; e->taught_to--)
		err = engine_take_out(e, e->taught_to - 1, &f);
	e->changed = e->was_changed || err != 0;
	e->taught = false;
	e->nnamed = 0;
	return err;
}

/* Where there are too many for a line, the others are in the vault's list. */
static void
name_wallet(struct engine *e, struct span wallet)
{
	struct sink s = sink_to_buf(e->named + e->nnamed,
	    sizeof(e->named) - e->nnamed);

	if (engine_put_wallet(&s, wallet) == 0)
		e->nnamed += s.total;
}

static enum err
put_all(struct engine *e, struct span list, size_t *n, struct fault *f)
{
	struct reader r = reader_of(list);
	struct learnt count = { 0 };
	struct kept k;
	enum err err = 0;
	uint32_t id;

	e->taught = true;
	e->taught_label = false;
	e->taught_from = e->taught_to = 0;
	e->nnamed = 0;
	e->was_changed = e->changed;
	while (err == 0 && read_kept(&r, &k)) {
		if ((err = believed(e, &k, &count, f)) == 0)
			err = k.type == KEPT_LABEL ?
			    engine_label_add(e, k.body, &id, f) :
			    engine_put_thing(e, k.type, k.body, &id, f);
		if (err == 0 && k.type == KEPT_WALLET)
			name_wallet(e, k.body);
		if (err != 0 || id == 0)
			continue;
		e->taught_label = e->taught_label || k.type == KEPT_LABEL;
		if (e->taught_from == 0)
			e->taught_from = id;
		e->taught_to = id + 1;
		(*n)++;
	}
	return err != 0 ? err : reader_done(&r);
}

enum err
engine_vault_learn(struct engine *e, size_t *n, struct fault *f)
{
	struct span list;
	enum err err;
	int fd;

	*n = 0;
	if (!e->vault || e->taught)
		return ERR_STATE;
	if ((err = memfd_new("learnt", &fd)) != 0)
		return err;
	err = engine_ask_clerk(e, MSG_LEARNT, span_of(NULL, 0), &fd, 1);
	packet_end(&e->packet);
	if (err == 0 && (err = memfd_seal(fd)) == 0 &&
	    (err = memfd_map(fd, &list)) == 0) {
		err = put_all(e, list, n, f);
		memfd_unmap(list);
		if (err != 0 && take_back(e) == ERR_DEAD)
			err = ERR_DEAD;
	}
	(void)close(fd);
	return err;
}

enum err
engine_vault_learnt(struct engine *e, bool stored)
{
	enum err err;

	if (!e->taught)
		return ERR_STATE;
	if (!stored)
		return take_back(e);
	if (e->taught_label && (err = engine_label_tidy(e,
	    e->taught_from)) != 0)
		return err;
	e->taught = e->owes = false;
	/* The clerk tells each but once. */
	e->registered = e->listed = 0;
	err = engine_ask_clerk(e, MSG_KEPT, span_of(NULL, 0), NULL, 0);
	packet_end(&e->packet);
	return err;
}

void
engine_vault_without(struct engine *e)
{
	e->owes = false;
}
