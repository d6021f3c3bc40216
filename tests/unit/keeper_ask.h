/*
 * keeper_ask.h - a keeper without its process: one handler asked at a time.
 *
 *	source	core/keeper/state.h
 *	shapes	a body and a reply in memory of their own
 *	units	bytes
 *	owns	the keeper, the last body, reply and fault
 *	errors	the handler's
 *	secrets	published test keys
 *	tests	this is for them
 */
#ifndef TESTS_UNIT_KEEPER_ASK_H
#define TESTS_UNIT_KEEPER_ASK_H

#include "core/keeper/state.h"

static uint8_t body_mem[WIRE_MAX], reply_mem[WIRE_MAX], arena_mem[1 << 16];
static struct keeper k;
static struct fault fault;
static size_t reply_len;

static enum err
ask(keeper_on *on, const struct sink *body)
{
	struct sink reply = sink_to_buf(reply_mem, sizeof(reply_mem));
	enum err e;

	fault = (struct fault){ 0 };
	e = on(&k, span_of(body_mem, body->total), &reply, &fault);
	keeper_shut(&k);
	reply_len = reply.total;
	return e;
}

static struct sink
fresh(void)
{
	return sink_to_buf(body_mem, sizeof(body_mem));
}

/* A key at hand, from behind its shield. */
static inline const struct seedkey *
opened(size_t i)
{
	const struct seedkey *key = NULL;

	assert_int_equal(keeper_whole(&k, &k.key[i], &key), 0);
	return key;
}

#endif
