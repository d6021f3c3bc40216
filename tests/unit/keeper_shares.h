/*
 * keeper_shares.h - a keeper that has one key, asked for backups of it and for
 * keys in pieces.
 *
 *	source	core/keeper/on_backup.c
 *	shapes	requests and replies, as the front sends and reads them
 *	units	bytes
 *	owns	as keeper_ask.h
 *	errors	the handler's
 *	secrets	published test keys
 *	tests	this is for them
 */
#ifndef TESTS_UNIT_KEEPER_SHARES_H
#define TESTS_UNIT_KEEPER_SHARES_H

#include "tests/unit/keeper_ask.h"

#define ABANDON "abandon abandon abandon abandon abandon abandon abandon " \
    "abandon abandon abandon abandon about"

static const struct fpr abandon = { { 0x73, 0xc5, 0xda, 0x0a } };

static enum err
load(keeper_on *on, const char *text, const char *passphrase)
{
	struct sink s = fresh();

	put_block(&s, span_text(text));
	put_block(&s, span_text(passphrase));
	return ask(on, &s);
}

static int
setup(void **state)
{
	(void)state;
	wipe(&k, sizeof(k));
	k.arena = (struct arena){ arena_mem, sizeof(arena_mem), 0 };
	return secp_init(NULL) == 0 &&
	    load(keeper_on_unlock, ABANDON, "") == 0 ? 0 : -1;
}

static enum err
backup(const struct fpr *fpr, enum backup_form form, const char *passphrase,
    const uint8_t *plan, size_t n)
{
	struct sink s = fresh();

	put_span(&s, SPAN_OF(fpr->b));
	put_u8(&s, (uint8_t)form);
	put_block(&s, span_text(passphrase));
	put_span(&s, span_of(plan, n));
	return ask(keeper_on_backup, &s);
}

static enum err
share(uint8_t i, char *out, size_t cap)
{
	struct sink s = fresh();
	struct reader r;
	struct span t;
	enum err e;

	put_u8(&s, i);
	if ((e = ask(keeper_on_share, &s)) != 0)
		return e;
	r = reader_of(span_of(reply_mem, reply_len));
	(void)read_u8(&r);
	(void)read_u8(&r);
	t = read_block(&r);
	assert_int_equal(reader_done(&r), 0);
	assert_true(t.n < cap);
	memcpy(out, t.p, t.n);
	out[t.n] = '\0';
	return 0;
}

static enum err
gather(enum gather_how how, const char *text)
{
	struct sink s = fresh();

	put_u8(&s, (uint8_t)how);
	put_text(&s, text);
	return ask(keeper_on_gather, &s);
}

static enum err
end(void)
{
	struct sink s = fresh();

	return ask(keeper_on_end_backup, &s);
}

#endif
