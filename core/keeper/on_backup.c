/*
 * Backups: shares of a key's seed, and children.  A secret leaves in the
 * replies to SHARE and CHILD and in no other.
 */
#include "core/keeper/state.h"
#include "core/keys/bip85.h"
#include "core/proc/random.h"

void
keeper_chance(void *p, size_t n)
{
	random_bytes(p, n);
	ct_secret(p, n);
}

/* A key that has a seed to be shared. */
static enum err
find(const struct keeper *k, struct reader *r, const struct held **held,
    struct fault *f)
{
	struct fpr fpr = { { 0 } };

	read_bytes(r, fpr.b, sizeof(fpr.b));
	*held = keeper_find(k, &fpr);
	if (r->err != 0)
		return r->err;
	if (*held == NULL)
		return ERR_NO_KEY;
	if ((*held)->kind == KEY_BIP32)
		return 0;
	fault_set(f, 0, "a Monero wallet: its words are its backup");
	return ERR_REFUSED;
}

static enum err
split_slip39(struct backup *b, const struct seedkey *key,
    struct span passphrase, struct span how)
{
	struct slip39_plan p = { 0 };
	struct reader r = reader_of(how);
	uint8_t g;
	enum err e;

	p.group_need = read_u8(&r);
	p.groups = read_u8(&r);
	for (g = 0; g < p.groups && g < SLIP39_GROUPS; g++) {
		p.group[g].need = read_u8(&r);
		p.group[g].members = read_u8(&r);
	}
	if ((e = reader_done(&r)) != 0)
		return e;
	e = slip39_split(&p, &key->seed, passphrase, keeper_chance,
	    &b->slip39);
	b->n = e == 0 ? b->slip39.n : 0;
	return e;
}

/*
 * The identifier of the seed alone is its fingerprint's first 20 bits; of
 * shares it is chance, for shares of two splittings do not go together and
 * nothing else tells.
 */
static enum err
split_codex32(struct backup *b, const struct seedkey *key,
    struct span passphrase, struct span how)
{
	struct reader r = reader_of(how);
	uint8_t need = read_u8(&r), n = read_u8(&r), id[CODEX32_ID];
	const uint8_t *p = key->fpr.b;
	enum err e;

	if ((e = reader_done(&r)) != 0)
		return e;
	if (passphrase.n > 0)
		return ERR_REFUSED;
	id[0] = p[0] >> 3;
	id[1] = (uint8_t)((p[0] & 7) << 2 | p[1] >> 6);
	id[2] = p[1] >> 1 & 31;
	id[3] = (uint8_t)((p[1] & 1) << 4 | p[2] >> 4);
	if (need > 0)
		random_bytes(id, sizeof(id));
	e = codex32_split(&key->seed, id, need, n, keeper_chance,
	    &b->codex32);
	b->n = e == 0 ? b->codex32.n : 0;
	return e;
}

/* What there is to choose from, where what was chosen is refused. */
static const char *
plan_text(enum backup_form form, struct span passphrase)
{
	if (form == BACKUP_CODEX32)
		return passphrase.n > 0 ? "codex32 has no passphrase" :
		    "codex32: 2 to 9 of up to 31 shares, or the whole";
	return "SLIP-39: 2 or more of up to 16 shares a group, or 1 of 1; "
	    "a passphrase of plain ASCII";
}

/* Made here and kept until END_BACKUP; the reply says how many there are, how
 * long the seed is, and whether it came from words. */
enum err
keeper_on_backup(struct keeper *k, struct span body, struct sink *reply,
    struct fault *f)
{
	struct reader r = reader_of(body);
	const struct held *held;
	const struct seedkey *key;
	struct span passphrase, how;
	uint8_t form;
	enum err e;

	if ((e = find(k, &r, &held, f)) != 0 ||
	    (e = keeper_whole(k, held, &key)) != 0)
		return e;
	if (key->seed.n == 0) {
		fault_set(f, 0, "the seed of this key is not known here");
		return ERR_REFUSED;
	}
	form = read_u8(&r);
	passphrase = read_block(&r);
	how = read_span(&r, reader_left(&r));
	if ((e = reader_done(&r)) != 0)
		return e;
	k->backup.form = (enum backup_form)form;
	fault_set(f, 0, "%s", plan_text(k->backup.form, passphrase));
	if (k->backup.form == BACKUP_SLIP39)
		e = split_slip39(&k->backup, key, passphrase, how);
	else if (k->backup.form == BACKUP_CODEX32)
		e = split_codex32(&k->backup, key, passphrase, how);
	else
		e = ERR_RANGE;
	put_u8(reply, (uint8_t)k->backup.n);
	put_u8(reply, (uint8_t)key->seed.n);
	put_u8(reply, (uint8_t)key->words.n);
	if (e != 0)
		wipe(&k->backup, sizeof(k->backup));
	return e;
}

/* One share, whose words the owner reads, and which it is. */
enum err
keeper_on_share(struct keeper *k, struct span body, struct sink *reply,
    struct fault *f)
{
	const struct backup *b = &k->backup;
	struct reader r = reader_of(body);
	uint8_t i = read_u8(&r), group = 0, member = i;
	char text[SLIP39_TEXT_MAX] = "";
	enum err e;

	(void)f;
	if ((e = reader_done(&r)) != 0)
		return e;
	if (i >= b->n)
		return ERR_RANGE;
	if (b->form == BACKUP_SLIP39) {
		slip39_text(&b->slip39.share[i], text);
		group = b->slip39.share[i].group;
		member = b->slip39.share[i].member;
	} else {
		codex32_text(&b->codex32.share[i], text);
	}
	ct_public(text, sizeof(text));		/* the owner reads it */
	put_u8(reply, group);
	put_u8(reply, member);
	put_block(reply, span_text(text));
	wipe(text, sizeof(text));
	return 0;
}

enum err
keeper_on_end_backup(struct keeper *k, struct span body, struct sink *reply,
    struct fault *f)
{
	(void)body;
	(void)reply;
	(void)f;
	wipe(&k->backup, sizeof(k->backup));
	keeper_drop_pieces(k);
	return 0;
}

enum err
keeper_on_child(struct keeper *k, struct span body, struct sink *reply,
    struct fault *f)
{
	struct reader r = reader_of(body);
	char text[BIP85_TEXT_MAX] = "", at[PATH_TEXT_MAX];
	const struct held *held;
	const struct seedkey *key;
	struct child c;
	struct path p;
	enum err e;

	if ((e = find(k, &r, &held, f)) != 0 ||
	    (e = keeper_open(k, held, &key)) != 0)
		return e;
	c.kind = (enum child_kind)read_u8(&r);
	c.size = read_u32le(&r);
	c.sides = read_u32le(&r);
	c.index = read_u32le(&r);
	fault_set(f, 0, "what was asked for");
	if ((e = reader_done(&r)) == 0 && (e = bip85_path(&c, &p)) == 0 &&
	    (e = bip85_child(&key->u.master, &c, text)) == 0) {
		path_text(&p, at);
		ct_public(text, sizeof(text));	/* the owner reads it */
		put_block(reply, span_text(at));
		put_block(reply, span_text(text));
	}
	wipe(text, sizeof(text));
	return e;
}
