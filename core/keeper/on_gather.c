/*
 * Keys that come in pieces, and the rehearsal, which says yes or no.
 *
 * Pieces that are typed one by one stay until END_BACKUP or LOCK, so that
 * after a mistyped passphrase, or when the owner has stopped, nothing has to
 * be typed again.
 */
#include "core/keeper/state.h"

#define AT_ONCE (1u << 18)		/* rounds: well under a second */
#define STEP (1u << 16)

void
keeper_drop_pieces(struct keeper *k)
{
	wipe(&k->gather, sizeof(k->gather));
	k->by_hand = false;
}

static enum err
gather(struct gather *g, enum gather_how how, struct span text,
    struct fault *f)
{
	if (how == GATHER_SHARE)
		return gather_add(g, text, f);
	if (how == GATHER_PART)
		return gather_part(g, text, f);
	if (how >= GATHER_HOWS || text.n > 0)
		return ERR_RANGE;
	if (how == GATHER_ANEW)
		wipe(g, sizeof(*g));
	else if (g->kind != PIECES_NONE)
		gather_back(g);
	return 0;
}

static void
put_count(const struct pieces_count *c, struct sink *reply)
{
	uint8_t g;

	put_u8(reply, (uint8_t)c->kind);
	put_u8(reply, c->have);
	put_u8(reply, c->need);
	put_u8(reply, c->groups_have);
	put_u8(reply, c->groups_need);
	put_u8(reply, c->enough);
	put_u8(reply, c->all);
	put_u8(reply, c->exponent);
	put_u8(reply, c->last);
	put_u8(reply, c->groups);
	for (g = 0; g < c->groups; g++) {
		put_u8(reply, c->group[g].have);
		put_u8(reply, c->group[g].need);
	}
}

/* What a share says of itself is public; what it holds is not. */
enum err
keeper_on_gather(struct keeper *k, struct span body, struct sink *reply,
    struct fault *f)
{
	struct reader r = reader_of(body);
	enum gather_how how = (enum gather_how)read_u8(&r);
	struct span text = read_span(&r, reader_left(&r));
	struct pieces_count c;
	enum err e;

	if ((e = reader_done(&r)) != 0)
		return e;
	if (!k->by_hand)
		keeper_drop_pieces(k);
	k->by_hand = true;
	if ((e = gather(&k->gather, how, text, f)) != 0)
		return e;
	c = gather_count(&k->gather);
	put_count(&c, reply);
	return 0;
}

/* What was worked out, or is being worked out, under this passphrase: it is
 * not begun anew.  None at all: the one that the work was begun with. */
static bool
in_work(const struct slip39_stretch *st, struct span passphrase)
{
	bool same;

	if (st->total == 0)
		return false;
	if (passphrase.n == 0 && st->done == st->total)
		return true;
	if (st->npassword - 1 != passphrase.n)
		return false;
	same = ct_equal(st->password + 1, passphrase.p, passphrase.n);
	ct_public(&same, sizeof(same));
	return same;
}

/* Of pieces: at once, or begun. */
static enum err
of_pieces(struct keeper *k, struct span passphrase, struct seedkey *out,
    struct fault *f)
{
	struct gather *g = &k->gather;
	enum err e = 0;

	if (!in_work(&g->stretch, passphrase) &&
	    (e = gather_begin(g, passphrase, f)) != 0)
		return e;
	if (g->stretch.total <= AT_ONCE)
		gather_go(g, g->stretch.total);
	if (g->stretch.done < g->stretch.total)
		return ERR_UNFINISHED;
	e = gather_key(g, g->kind == PIECES_SLIP39 ? span_of(NULL, 0) :
	    passphrase, out, f);
	wipe(&g->stretch, sizeof(g->stretch));
	return e;
}

enum err
keeper_restore(struct keeper *k, struct span body, struct seedkey *out,
    struct fault *f)
{
	struct reader r = reader_of(body);
	struct span text = read_block(&r), passphrase = read_block(&r);
	enum err e;

	if ((e = reader_done(&r)) != 0)
		return e;
	if (text.n > 0) {
		keeper_drop_pieces(k);
		e = restore_pieces(text, &k->gather, &passphrase, f);
	}
	if (e == 0 && k->gather.kind == PIECES_NONE)
		return restore_key(text, passphrase, out, f);
	if (e == 0)
		e = of_pieces(k, passphrase, out, f);
	if (e != ERR_UNFINISHED && !k->by_hand)
		keeper_drop_pieces(k);
	return e;
}

/* A part of the work that UNLOCK or REHEARSE has begun: who asks can stop
 * between two of them.  When all is done, the same is asked once more, with
 * nothing. */
enum err
keeper_on_stretch(struct keeper *k, struct span body, struct sink *reply,
    struct fault *f)
{
	struct gather *g = &k->gather;

	(void)body;
	(void)f;
	if (g->stretch.total == 0)
		return ERR_STATE;
	gather_go(g, STEP);
	put_u32le(reply, g->stretch.done);
	put_u32le(reply, g->stretch.total);
	return 0;
}

/* Words of BIP39, whatever passphrase made the key of them. */
static bool
same_words(const struct seedkey *a, const struct seedkey *b)
{
	bool same;

	if (a->kind != KEY_BIP32 || b->kind != KEY_BIP32 ||
	    a->words.n == 0 || a->words.n != b->words.n)
		return false;
	same = ct_equal((const uint8_t *)a->words.w,
	    (const uint8_t *)b->words.w, a->words.n * sizeof(a->words.w[0]));
	ct_public(&same, sizeof(same));
	return same;
}

/* The key that has these words: at hand, or in a vault that is not sealed. */
static bool
has_words(struct keeper *k, const struct seedkey *tried, struct fpr *fpr)
{
	const struct seedkey *key;
	struct seedkey kept = { 0 };
	struct reader things;
	struct kept thing;
	bool found = false;
	size_t i;

	for (i = 0; i < k->nkey && !found; i++) {
		*fpr = k->key[i].fpr;
		found = keeper_whole(k, &k->key[i], &key) == 0 &&
		    same_words(key, tried);
	}
	if (found || !k->vault.open || !k->vault.has_keys)
		return found;
	things = vault_things(&k->vault);
	while (!found && read_kept(&things, &thing)) {
		if (thing.type == KEPT_KEY &&
		    vault_load(&k->vault, thing.id, &kept) == 0)
			found = same_words(&kept, tried);
		*fpr = kept.fpr;
	}
	wipe(&kept, sizeof(kept));
	return found;
}

/* Is it a key at hand, or one of the vault, or such a key's words?  Nothing
 * else is told of it, and it is not kept. */
enum err
keeper_on_rehearse(struct keeper *k, struct span body, struct sink *reply,
    struct fault *f)
{
	struct seedkey tried = { 0 };
	enum tried is = TRIED_OTHER;
	struct fpr fpr;
	enum err e;

	if (k->nkey == 0 && !k->vault.open)
		return ERR_NO_KEY;
	if ((e = keeper_restore(k, body, &tried, f)) == 0) {
		fpr = tried.fpr;
		if (keeper_find(k, &fpr) != NULL)
			is = TRIED_AT_HAND;
		else if (vault_has(&k->vault, &fpr))
			is = TRIED_IN_VAULT;
		else if (has_words(k, &tried, &fpr))
			is = TRIED_WORDS;
		put_u8(reply, (uint8_t)is);
		if (is != TRIED_OTHER)
			put_span(reply, SPAN_OF(fpr.b));
	}
	wipe(&tried, sizeof(tried));
	return e;
}
