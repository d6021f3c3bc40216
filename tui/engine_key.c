#include <string.h>

#include "core/base/secret.h"
#include "tui/engine_state.h"

#define FEED_MAX 256		/* bytes of events at a time */

static enum err
take_tally(struct engine *e, struct entropy_tally *t)
{
	struct reader r = reader_of(e->packet.body);
	enum err err;
	int s;

	t->have = read_u32le(&r);
	t->need = read_u32le(&r);
	for (s = 0; s < SOURCES; s++)
		t->events[s] = read_u32le(&r);
	err = reader_done(&r);
	packet_end(&e->packet);
	return err;
}

enum err
engine_new_key(struct engine *e, enum entropy_mode mode, unsigned words,
    bool bare, struct entropy_tally *t)
{
	uint8_t body[3] = { (uint8_t)mode, (uint8_t)words, bare };
	struct fault f = { 0 };
	enum err err = engine_ask_keeper(e, MSG_NEW_KEY, SPAN_OF(body), &f);

	return err != 0 ? err : take_tally(e, t);
}

enum err
engine_feed(struct engine *e, enum entropy_source source, struct span part,
    struct entropy_tally *t, struct fault *f)
{
	uint8_t body[FEED_MAX + 1];
	struct sink s = sink_to_buf(body, sizeof(body));
	enum err err;

	put_u8(&s, (uint8_t)source);
	put_span(&s, part);
	err = s.err != 0 ? s.err : engine_ask_keeper(e, MSG_FEED,
	    span_of(body, s.total), f);
	wipe(body, sizeof(body));
	return err != 0 ? err : take_tally(e, t);
}

enum err
engine_unfeed(struct engine *e, struct entropy_tally *t)
{
	struct fault f = { 0 };
	enum err err = engine_ask_keeper(e, MSG_UNFEED, span_of(NULL, 0), &f);

	return err != 0 ? err : take_tally(e, t);
}

enum err
engine_words(struct engine *e, char *text, size_t cap, struct fault *f)
{
	enum err err = engine_ask_keeper(e, MSG_WORDS, span_of(NULL, 0), f);

	if (err == 0 && e->packet.body.n >= cap)
		err = ERR_SPACE;
	if (err == 0) {
		memcpy(text, e->packet.body.p, e->packet.body.n);
		text[e->packet.body.n] = '\0';
	}
	packet_end(&e->packet);
	return err;
}

enum err
engine_bare(struct engine *e, struct fpr *fpr, struct fault *f)
{
	enum err err = engine_ask_keeper(e, MSG_WORDS, span_of(NULL, 0), f);

	if (err == 0 && e->packet.body.n != sizeof(fpr->b))
		err = ERR_FORM;
	if (err == 0)
		memcpy(fpr->b, e->packet.body.p, sizeof(fpr->b));
	packet_end(&e->packet);
	return err;
}

enum err
engine_quiz(struct engine *e, unsigned want, uint8_t *at, size_t cap,
    size_t *n)
{
	uint8_t body[1] = { (uint8_t)want };
	struct fault f = { 0 };
	struct reader r;
	enum err err;

	if ((err = engine_ask_keeper(e, MSG_QUIZ, SPAN_OF(body), &f)) != 0)
		return err;
	r = reader_of(e->packet.body);
	*n = read_u8(&r);
	if (*n > cap)
		reader_fail(&r, ERR_RANGE);
	memcpy(at, read_span(&r, *n).p, r.err == 0 ? *n : 0);
	err = reader_done(&r);
	packet_end(&e->packet);
	return err;
}

enum err
engine_say(struct engine *e, struct span word, size_t *left, struct fpr *fpr)
{
	struct fault f = { 0 };
	struct reader r;
	enum err err;

	if ((err = engine_ask_keeper(e, MSG_ANSWER, word, &f)) != 0)
		return err;
	r = reader_of(e->packet.body);
	*left = read_u8(&r);
	if (*left == 0)
		memcpy(fpr->b, read_span(&r, 4).p, r.err == 0 ? 4 : 0);
	err = reader_done(&r);
	packet_end(&e->packet);
	return err;
}

enum err
engine_passphrase(struct engine *e, struct span passphrase, struct fpr *fpr)
{
	struct fault f = { 0 };
	enum err err = engine_ask_keeper(e, MSG_PASSPHRASE, passphrase, &f);

	if (err == 0 && e->packet.body.n != sizeof(fpr->b))
		err = ERR_FORM;
	if (err == 0)
		memcpy(fpr->b, e->packet.body.p, sizeof(fpr->b));
	packet_end(&e->packet);
	return err;
}

enum err
engine_end_new(struct engine *e)
{
	struct fault f = { 0 };
	enum err err = engine_ask_keeper(e, MSG_END_NEW, span_of(NULL, 0), &f);

	packet_end(&e->packet);
	return err;
}
