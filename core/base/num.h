/*
 * num.h - amounts: unsigned, 256 bits, exact.
 *
 * Wide enough for every chain's base unit; sums cannot wrap unnoticed.
 *
 *	source	design, section 4 (amounts with unit and decimals)
 *	shapes	four 64-bit limbs, least significant first
 *	units	a chain's base unit (satoshi, piconero, wei)
 *	owns	nothing
 *	errors	ERR_RANGE on overflow, underflow; ERR_FORM on bad text
 *	secrets	none; variable time
 *	tests	tests/unit/num_test.c
 */
#ifndef CORE_BASE_NUM_H
#define CORE_BASE_NUM_H

#include "core/base/err.h"
#include "core/base/span.h"

#define NUM_TEXT_MAX 96	/* 78 digits, point, sign of nothing, NUL */

struct num {
	uint64_t w[4];
};

struct num	 num_of(uint64_t);
bool		 num_is_zero(const struct num *);
int		 num_cmp(const struct num *, const struct num *);
enum err	 num_add(struct num *, const struct num *) must_check;
enum err	 num_sub(struct num *, const struct num *) must_check;
enum err	 num_mul(struct num *, uint32_t) must_check;
uint32_t	 num_div(struct num *, uint32_t);	/* remainder */
enum err	 num_u64(const struct num *, uint64_t *) must_check;

/* "50000000" and, with 8 decimals, "0.50000000"; buf of NUM_TEXT_MAX. */
void		 num_text(const struct num *, char *buf);
void		 num_text_units(const struct num *, unsigned decimals,
		    char *buf);
enum err	 num_of_text(struct span, struct num *) must_check;

#endif
