/*
 * pace.h - progress out, "stop" in.
 *
 * Long work calls pace_tick() between its units; the owner may have pressed
 * a key meanwhile, and then the work unwinds with ERR_STOPPED.
 *
 *	source	design, section 4
 *	shapes	a callback and its context
 *	units	units of work done, of how many
 *	owns	nothing
 *	errors	ERR_STOPPED
 *	secrets	none
 *	tests	tests/unit/base_test.c
 */
#ifndef CORE_BASE_PACE_H
#define CORE_BASE_PACE_H

#include <stdint.h>

#include "core/base/err.h"

struct pace {
	enum err	(*tick)(void *ctx, uint32_t done, uint32_t total);
	void		*ctx;
};

/* NULL, or a pace without tick, never stops anything. */
static inline enum err must_check
pace_tick(const struct pace *p, uint32_t done, uint32_t total)
{
	return p == NULL || p->tick == NULL ? ERR_NONE :
	    p->tick(p->ctx, done, total);
}

/* A stretch of longer work: its ticks count from .from to .to of the whole's
 * PACE_WHOLE units. */
#define PACE_WHOLE 1000
struct pace_part {
	const struct pace	*whole;
	uint32_t		 from, to;
};

/* A pace for the part, which must outlive it. */
struct pace	 pace_of_part(struct pace_part *);

#endif
