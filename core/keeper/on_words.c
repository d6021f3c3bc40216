#include "core/keeper/state.h"

/*
 * Words that begin as typed: how many, whether what was typed is one itself,
 * and the first of them.
 */
enum err
keeper_on_complete(struct keeper *k, struct span body, struct sink *reply,
    struct fault *f)
{
	struct reader r = reader_of(body);
	uint8_t list = read_u8(&r);
	struct span prefix = read_span(&r, reader_left(&r));
	const char *first = "";
	enum err e = reader_done(&r);
	bool whole = false;
	size_t n;

	(void)k;
	(void)f;
	if (e != 0)
		return e;
	if (list >= LIST_COUNT)
		return ERR_RANGE;
	n = restore_complete((enum word_list)list, prefix, &first, &whole);
	put_u32le(reply, (uint32_t)n);
	put_u8(reply, whole);
	put_block(reply, span_text(first));
	return 0;
}

enum err
keeper_on_check_words(struct keeper *k, struct span body, struct sink *reply,
    struct fault *f)
{
	(void)k;
	(void)reply;
	return restore_check(body, f);
}
