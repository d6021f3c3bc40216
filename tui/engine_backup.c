#include <string.h>
#include <unistd.h>

#include "core/base/secret.h"
#include "core/proc/memory.h"
#include "tui/engine_state.h"

/* A text that is part of a reply, and its end. */
static void
take_text(struct reader *r, char *out, size_t cap)
{
	struct span s = read_block(r);

	if (s.n >= cap)
		reader_fail(r, ERR_SPACE);
	if (r->err != 0)
		return;
	memcpy(out, s.p, s.n);
	out[s.n] = '\0';
}

/* Two texts to the keeper, through one locked buffer that is wiped. */
enum err
engine_send_words(struct engine *e, enum msg m, struct span words,
    struct span passphrase, struct fault *f)
{
	const size_t cap = words.n + passphrase.n + 8;
	uint8_t *body = secret_new(cap);
	struct sink s = sink_to_buf(body, body != NULL ? cap : 0);
	enum err err;

	put_block(&s, words);
	put_block(&s, passphrase);
	err = s.err != 0 ? s.err : engine_ask_keeper(e, m,
	    span_of(body, s.total), f);
	if (body != NULL)
		secret_free(body);
	return err;
}

enum err
engine_finish(struct engine *e, enum msg m, enum err err, struct fault *f)
{
	struct reader r;

	while (err == ERR_UNFINISHED) {
		if ((err = engine_ask_keeper(e, MSG_STRETCH, span_of(NULL, 0),
		    f)) != 0)
			break;
		r = reader_of(e->packet.body);
		e->work.done = read_u32le(&r);
		e->work.total = read_u32le(&r);
		if ((err = reader_done(&r)) != 0)
			break;
		if (e->work.done >= e->work.total)
			err = engine_send_words(e, m, span_of(NULL, 0),
			    span_of(NULL, 0), f);
		else
			err = e->go_on == NULL || e->go_on(e->go_on_arg) ?
			    ERR_UNFINISHED : ERR_STOPPED;
	}
	e->work = (struct engine_work){ 0 };
	return err;
}

struct engine_work
engine_work(const struct engine *e)
{
	return e->work;
}

enum err
engine_backup(struct engine *e, const struct backup_ask *ask,
    struct span passphrase, struct backup_made *made, struct fault *f)
{
	uint8_t body[512];
	struct sink s = sink_to_buf(body, sizeof(body));
	struct reader r;
	enum err err;
	uint8_t g;

	put_span(&s, SPAN_OF(ask->fpr.b));
	put_u8(&s, (uint8_t)ask->form);
	put_block(&s, passphrase);
	if (ask->form == BACKUP_SLIP39) {
		put_u8(&s, ask->need);
		put_u8(&s, ask->groups);
	}
	for (g = 0; g < ask->groups && g < BACKUP_GROUPS; g++) {
		put_u8(&s, ask->group[g].need);
		put_u8(&s, ask->group[g].of);
	}
	err = s.err != 0 ? s.err : engine_ask_keeper(e, MSG_BACKUP,
	    span_of(body, s.total), f);
	wipe(body, sizeof(body));
	if (err != 0)
		return err;
	r = reader_of(e->packet.body);
	made->n = read_u8(&r);
	made->seed = read_u8(&r);
	made->words = read_u8(&r);
	err = reader_done(&r);
	packet_end(&e->packet);
	return err;
}

enum err
engine_share(struct engine *e, unsigned i, struct share *out)
{
	uint8_t body[1] = { (uint8_t)i };
	struct fault f = { 0 };
	struct reader r;
	enum err err;

	if ((err = engine_ask_keeper(e, MSG_SHARE, SPAN_OF(body), &f)) != 0)
		return err;
	r = reader_of(e->packet.body);
	out->group = read_u8(&r);
	out->member = read_u8(&r);
	take_text(&r, out->text, sizeof(out->text));
	err = reader_done(&r);
	packet_end(&e->packet);
	return err;
}

enum err
engine_end_backup(struct engine *e)
{
	struct fault f = { 0 };
	enum err err = engine_ask_keeper(e, MSG_END_BACKUP, span_of(NULL, 0),
	    &f);

	packet_end(&e->packet);
	return err;
}

enum err
engine_child(struct engine *e, const struct child_ask *ask, char *path,
    size_t path_cap, char *text, size_t cap, struct fault *f)
{
	uint8_t body[17];
	struct sink s = sink_to_buf(body, sizeof(body));
	struct reader r;
	enum err err;

	put_span(&s, SPAN_OF(ask->fpr.b));
	put_u8(&s, (uint8_t)ask->kind);
	put_u32le(&s, ask->size);
	put_u32le(&s, ask->sides);
	put_u32le(&s, ask->index);
	if ((err = engine_ask_keeper(e, MSG_CHILD, SPAN_OF(body), f)) != 0)
		return err;
	r = reader_of(e->packet.body);
	take_text(&r, path, path_cap);
	take_text(&r, text, cap);
	err = reader_done(&r);
	packet_end(&e->packet);
	return err;
}

static void
take_count(struct reader *r, struct pieces_count *c)
{
	uint8_t g;

	c->kind = (enum pieces)read_u8(r);
	c->have = read_u8(r);
	c->need = read_u8(r);
	c->groups_have = read_u8(r);
	c->groups_need = read_u8(r);
	c->enough = read_u8(r) != 0;
	c->all = read_u8(r);
	c->exponent = read_u8(r);
	c->last = read_u8(r);
	c->groups = read_u8(r);
	if (c->groups > PIECES_GROUPS)
		reader_fail(r, ERR_RANGE);
	for (g = 0; r->err == 0 && g < c->groups; g++) {
		c->group[g].have = read_u8(r);
		c->group[g].need = read_u8(r);
	}
}

enum err
engine_gather(struct engine *e, enum gather_how how, struct span piece,
    struct pieces_count *c, struct fault *f)
{
	struct pieces_count told = { 0 };
	uint8_t body[1024];
	struct sink s = sink_to_buf(body, sizeof(body));
	struct reader r;
	enum err err;

	put_u8(&s, (uint8_t)how);
	put_span(&s, piece);
	err = s.err != 0 ? s.err : engine_ask_keeper(e, MSG_GATHER,
	    span_of(body, s.total), f);
	wipe(body, sizeof(body));
	if (err != 0)
		return err;
	r = reader_of(e->packet.body);
	take_count(&r, &told);
	if ((err = reader_done(&r)) == 0)
		*c = told;
	packet_end(&e->packet);
	return err;
}

enum err
engine_rehearse(struct engine *e, struct span words, struct span passphrase,
    enum tried *is, struct fpr *fpr, struct fault *f)
{
	struct reader r;
	uint8_t said;
	enum err err = engine_finish(e, MSG_REHEARSE, engine_send_words(e,
	    MSG_REHEARSE, words, passphrase, f), f);

	if (err != 0)
		return err;
	r = reader_of(e->packet.body);
	said = read_u8(&r);
	*is = said < TRIED_ANSWERS ? (enum tried)said : TRIED_OTHER;
	if (*is != TRIED_OTHER)
		read_bytes(&r, fpr->b, sizeof(fpr->b));
	err = reader_done(&r);
	packet_end(&e->packet);
	return err;
}

/* Two blocks and a flag or none, wiped when they are sent. */
static enum err
send_age(struct engine *e, enum msg m, int keys, struct span passphrase,
    struct span more, struct fault *f)
{
	const size_t cap = passphrase.n + more.n + 8;
	uint8_t *body = secret_new(cap);
	struct sink s = sink_to_buf(body, body != NULL ? cap : 0);
	enum err err;

	if (keys >= 0)
		put_u8(&s, keys != 0);
	put_block(&s, passphrase);
	put_span(&s, more);
	err = s.err != 0 ? s.err : s.total > WIRE_MAX - 1 ? ERR_TOO_LARGE :
	    engine_ask_keeper(e, m, span_of(body, s.total), f);
	if (body != NULL)
		secret_free(body);
	return err;
}

enum err
engine_age_seal(struct engine *e, bool keys, struct span passphrase,
    struct span text, int *fd, struct fault *f)
{
	enum err err = send_age(e, MSG_AGE_SEAL, keys, passphrase, text, f);
	int made = -1;

	if (err == 0 && (err = memfd_new("age", &made)) == 0 &&
	    (err = memfd_write(made, e->packet.body)) == 0 &&
	    (err = memfd_seal(made)) == 0)
		*fd = made;
	else if (made >= 0)
		(void)close(made);
	packet_end(&e->packet);
	return err;
}

enum err
engine_age_open(struct engine *e, struct span passphrase, struct span file,
    struct fpr *fpr, size_t *n, int *fd, struct fault *f)
{
	enum err err = send_age(e, MSG_AGE_OPEN, -1, passphrase, file, f);
	struct reader r;
	struct span rest;
	int made = -1;
	size_t i;

	if (err != 0)
		return err;
	r = reader_of(e->packet.body);
	*n = read_u8(&r);
	for (i = 0; i < *n && i < FPR_MAX; i++)
		read_bytes(&r, fpr[i].b, sizeof(fpr[i].b));
	rest = read_span(&r, reader_left(&r));
	if ((err = *n > FPR_MAX ? ERR_RANGE : reader_done(&r)) == 0 &&
	    rest.n > 0 &&
	    (err = memfd_new("age", &made)) == 0 &&
	    (err = memfd_write(made, rest)) == 0 &&
	    (err = memfd_seal(made)) == 0)
		*fd = made;
	else if (made >= 0)
		(void)close(made);
	packet_end(&e->packet);
	return err;
}
