#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/base/secret.h"
#include "core/proc/memory.h"
#include "tui/engine_state.h"

#define PATIENCE 15	/* seconds: short questions take less than one */
#define TICK_MS 250
#define OBEDIENCE 2	/* between two ticks of honest work */
#define PAGE_ARENA ((size_t)2 << 30)	/* address space; used as needed */

enum err
engine_new(struct channel *keeper, struct channel *clerk,
    struct channel *mounter, struct channel *parent, struct engine **out)
{
	struct engine *e = secret_new(sizeof(*e));
	enum err err;
	size_t i;

	if (e == NULL)
		return ERR_SPACE;
	wipe(e, sizeof(*e));
	if ((err = arena_map(&e->arena, PAGE_ARENA)) != 0) {
		secret_free(e);
		return err;
	}
	e->keeper = keeper;
	e->clerk = clerk;
	e->mounter = mounter;
	e->parent = parent;
	e->file = e->page_fd = -1;
	for (i = 0; i < ENGINE_ANSWERS; i++)
		e->answer[i].fd = -1;
	*out = e;
	return 0;
}

void
engine_drop_answers(struct engine *e)
{
	size_t i;

	for (i = 0; i < ENGINE_ANSWERS; i++) {
		if (e->answer[i].fd >= 0)
			(void)close(e->answer[i].fd);
		e->answer[i].fd = -1;
	}
	e->nanswer = 0;
}

void
engine_drop_page(struct engine *e)
{
	e->has_page = false;
	e->page = (struct page){ 0 };
	if (e->page_bytes.n > 0)
		memfd_unmap(e->page_bytes);
	e->page_bytes = (struct span){ 0 };
	if (e->page_fd >= 0)
		(void)close(e->page_fd);
	e->page_fd = -1;
	arena_clear(&e->arena);
}

void
engine_end(struct engine *e)
{
	if (e == NULL)
		return;
	engine_drop_answers(e);
	engine_drop_page(e);
	packet_end(&e->packet);
	secret_free(e);
}

enum err
engine_ask_keeper(struct engine *e, enum msg m, struct span body,
    struct fault *f)
{
	return engine_ask_keeper_fd(e, m, body, -1, f);
}

void
engine_meanwhile(struct engine *e, void (*tick)(void *), void *arg)
{
	e->meanwhile = tick;
	e->meanwhile_arg = arg;
}

/* Argon2id takes its seconds, and cannot be told to stop. */
static void
keeper_works(const struct engine *e)
{
	while (e->meanwhile != NULL &&
	    channel_wait(e->keeper, TICK_MS) == 0)
		e->meanwhile(e->meanwhile_arg);
}

enum err
engine_ask_keeper_fd(struct engine *e, enum msg m, struct span body, int fd,
    struct fault *f)
{
	enum err err;

	packet_end(&e->packet);
	if ((err = channel_send(e->keeper, m, body, &fd, fd >= 0)) != 0)
		return err;
	keeper_works(e);
	if ((err = channel_recv(e->keeper, ST_ANY, &e->packet)) != 0)
		return err;
	if (e->packet.type == MSG_KEEPER_FAIL)
		return packet_failure(&e->packet, f);
	return 0;
}

/* A clerk that was taken over may never answer: nobody waits for it for ever,
 * for then nobody would lock. */
static bool
clerk_speaks_by(const struct engine *e, struct timespec until)
{
	struct timespec now = until;
	time_t left;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	left = until.tv_sec - now.tv_sec;
	return left > 0 && channel_wait(e->clerk, (int)left * 1000) == 1;
}

/* Its next word that is not of progress. */
static enum err
clerk_reply(struct engine *e, time_t seconds)
{
	struct timespec until = { 0 };
	enum err err;

	(void)clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += seconds;
	do {
		packet_end(&e->packet);
		if (!clerk_speaks_by(e, until))
			return ERR_DEAD;
		err = channel_recv(e->clerk, ST_ANY, &e->packet);
	} while (err == 0 && e->packet.type == MSG_PROGRESS);
	return err;
}

enum err
engine_ask_clerk(struct engine *e, enum msg m, struct span body,
    const int *fd, size_t nfd)
{
	struct fault f = { 0 };
	enum err err;

	if (e->asked != MSG_NONE)
		return ERR_STATE;
	packet_end(&e->packet);
	if ((err = channel_send(e->clerk, m, body, fd, nfd)) != 0)
		return err;
	err = clerk_reply(e, PATIENCE);
	if (err == 0 && e->packet.type == MSG_CLERK_FAIL)
		return packet_failure(&e->packet, &f);
	return err;
}

enum err
engine_complete(struct engine *e, enum word_list list, const char *prefix,
    size_t *count, char first[LIST_WORD_MAX + 1], bool *whole)
{
	uint8_t body[16];
	struct sink s = sink_to_buf(body, sizeof(body));
	struct fault f = { 0 };
	struct span word;
	struct reader r;
	enum err err;

	put_u8(&s, (uint8_t)list);
	put_text(&s, prefix);
	if (s.err == 0)
		err = engine_ask_keeper(e, MSG_COMPLETE,
		    span_of(body, s.total), &f);
	else
		err = s.err;
	wipe(body, sizeof(body));
	if (err != 0)
		return err;
	r = reader_of(e->packet.body);
	*count = read_u32le(&r);
	*whole = read_u8(&r) != 0;
	word = read_block(&r);
	if ((err = reader_done(&r)) != 0)
		return err;
	if (word.n > LIST_WORD_MAX)
		return ERR_FORM;
	memset(first, 0, LIST_WORD_MAX + 1);
	if (word.n > 0)
		memcpy(first, word.p, word.n);
	packet_end(&e->packet);
	return 0;
}

enum err
engine_check_words(struct engine *e, struct span words, struct fault *f)
{
	enum err err = engine_ask_keeper(e, MSG_CHECK_WORDS, words, f);

	packet_end(&e->packet);
	return err;
}

enum err
engine_unlock(struct engine *e, struct span words, struct span passphrase,
    struct fpr *fpr, struct fault *f)
{
	enum err err = engine_finish(e, MSG_UNLOCK, engine_send_words(e,
	    MSG_UNLOCK, words, passphrase, f), f);

	if (err == 0 && e->packet.body.n != sizeof(fpr->b))
		err = ERR_FORM;
	if (err == 0)
		memcpy(fpr->b, e->packet.body.p, sizeof(fpr->b));
	packet_end(&e->packet);
	return err;
}

enum err
engine_fingerprints(struct engine *e, struct key_id *key, size_t *n)
{
	struct fault f = { 0 };
	struct reader r;
	enum err err;
	size_t i;

	if ((err = engine_ask_keeper(e, MSG_FINGERPRINTS, span_of(NULL, 0),
	    &f)) != 0)
		return err;
	r = reader_of(e->packet.body);
	*n = read_u8(&r);
	for (i = 0; i < *n && i < FPR_MAX; i++) {
		read_bytes(&r, key[i].fpr.b, sizeof(key[i].fpr.b));
		key[i].kind = (enum key_kind)read_u8(&r);
	}
	return *n > FPR_MAX ? ERR_RANGE : reader_done(&r);
}

/* A fresh clerk: the parent ends the old one and hands us a new channel. */
enum err
engine_new_clerk(struct engine *e)
{
	enum err err;

	if ((err = channel_send(e->parent, MSG_NEW_CLERK, span_of(NULL, 0),
	    NULL, 0)) != 0 ||
	    (err = channel_recv(e->parent, ST_ANY, &e->packet)) != 0)
		return err;
	if (e->packet.type != MSG_CLERK_FRONT)
		return ERR_STATE;
	channel_close(e->clerk);
	e->clerk->fd = packet_take(&e->packet, 0);
	e->asked = MSG_NONE;
	e->registered = e->listed = 0;
	e->owes = e->taught = false;
	packet_end(&e->packet);
	return 0;
}

enum err
engine_lock(struct engine *e)
{
	struct fault f = { 0 };
	enum err err;

	engine_drop_answers(e);
	engine_drop_page(e);
	e->vault = e->changed = false;
	if ((err = engine_ask_keeper(e, MSG_LOCK, span_of(NULL, 0),
	    &f)) != 0)
		return err;
	return engine_new_clerk(e);
}

/*
 * Signing hears STOP between batches, and says so itself.  Reading hears it,
 * too, and what it says then is of no use any more; a clerk that does not
 * obey was taken over by what it reads, and is ended.
 */
void
engine_stop(struct engine *e)
{
	enum err err;

	if (e->asked == MSG_NONE)
		return;
	err = channel_send(e->clerk, MSG_STOP, span_of(NULL, 0), NULL, 0);
	if (e->asked == MSG_MAKE)
		return;
	if (err == 0)
		err = clerk_reply(e, OBEDIENCE);
	packet_end(&e->packet);
	e->asked = MSG_NONE;
	if (err == 0 || engine_new_clerk(e) == 0)
		engine_drop_page(e);
}

const struct page *
engine_page(const struct engine *e)
{
	return e->has_page ? &e->page : NULL;
}

const struct engine_answer *
engine_answer(const struct engine *e, size_t i)
{
	return i < e->nanswer ? &e->answer[i] : NULL;
}
