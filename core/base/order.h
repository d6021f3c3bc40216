/*
 * order.h - sorts numbers of things, in place, without memory of its own.
 *
 * (The C library's qsort may ask the system how much memory there is, which
 * the jail forbids; and its worst case is the library's choice.)
 *
 *	source	Williams 1964, heapsort: n log n at worst
 *	shapes	an array of indices and a comparison of two of them
 *	units	none
 *	owns	nothing
 *	errors	none
 *	secrets	none; variable time
 *	tests	tests/unit/order_test.c
 */
#ifndef CORE_BASE_ORDER_H
#define CORE_BASE_ORDER_H

#include <stddef.h>
#include <stdint.h>

/* How things a and b compare: negative, zero, positive. */
typedef int order_fn(const void *ctx, uint32_t a, uint32_t b);

void	order_sort(uint32_t *index, size_t n, order_fn *, const void *ctx);

#endif
