#include <string.h>

#include "core/proc/memory.h"
#include "tui/engine_state.h"

/* The clerk may have been taken over: what it names is an answer to this
 * file, "-words" and one of these ends, or a name that is known whole, and
 * never a program or a folder. */
static bool
suffix_is_known(struct span s)
{
	static const char *const ends[] = { ".psbt", ".txn", ".txt", ".bsms",
	    ".dat" };
	static const char *const whole[] = { "signed_monero_tx",
	    "_keyImages" };
	size_t i, k, n;

	for (i = 0; i < sizeof(whole) / sizeof(whole[0]); i++)
		if (span_eq(s, span_text(whole[i])))
			return true;
	for (i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		n = strlen(ends[i]);
		if (s.n < n + 2 || s.p[0] != '-' ||
		    memcmp(s.p + s.n - n, ends[i], n) != 0)
			continue;
		for (k = 1; k < s.n - n; k++)
			if (s.p[k] < 'a' || s.p[k] > 'z')
				return false;
		return true;
	}
	return false;
}

enum err
engine_take_answers(struct engine *e)
{
	struct reader r = reader_of(e->packet.body);
	size_t i, n = read_count(&r, 4, ENGINE_ANSWERS);
	enum err err;

	for (i = 0; i < n; i++) {
		struct span s = read_block(&r);

		if (s.n >= sizeof(e->answer[i].suffix))
			return ERR_SPACE;
		if (!suffix_is_known(s))
			return ERR_FORM;
		memset(e->answer[i].suffix, 0, sizeof(e->answer[i].suffix));
		memcpy(e->answer[i].suffix, s.p, s.n);
		if ((err = memfd_seal(e->answer[i].fd)) != 0)
			return err;
	}
	e->nanswer = n;
	return reader_done(&r);
}
