/*
 * height.h - when a block was, about, and which block was then.
 *
 *	source	Monero: one block in 60 seconds from 2014-04-18, in 120 since
 *		block 1009827 of 2016-03-23
 *	shapes	"2024-05-01" or "3100000" in; text out
 *	units	blocks
 *	owns	nothing
 *	errors	ERR_FORM, ERR_RANGE (no such day, before the first block)
 *	secrets	none
 *	tests	tests/unit/monero_wallet_test.c
 */
#ifndef CORE_CHAIN_MONERO_HEIGHT_H
#define CORE_CHAIN_MONERO_HEIGHT_H

#include "core/base/err.h"
#include "core/base/span.h"

#define HEIGHT_DATE_MAX 16

/* A height, or a day: then a height a week before it, so that no payment of
 * that day is missed.  Nothing: the first block. */
enum err height_of_text(struct span, uint64_t *) must_check;
/* About the block a week before that time; 0, which is no time, gives 0. */
uint64_t height_of_birth(uint64_t t);
/* "2014-04-18". */
void	 height_date(uint64_t height, char out[HEIGHT_DATE_MAX]);

#endif
