#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/base/arena.h"
#include "core/base/secret.h"

void *
arena_take(struct arena *a, size_t count, size_t size, size_t align)
{
	uintptr_t at = (uintptr_t)a->base + a->used;
	size_t pad = (size_t)(-at & (align - 1));
	size_t left = a->size - a->used;
	void *p;

	if (pad > left || (size > 0 && count > (left - pad) / size))
		return NULL;
	p = a->base + a->used + pad;
	a->used += pad + count * size;
	if (count * size > 0)
		memset(p, 0, count * size);
	return p;
}

void
arena_back(struct arena *a, size_t used)
{
	if (a->used > used)
		wipe(a->base + used, a->used - used);
	a->used = used;
}

void
arena_clear(struct arena *a)
{
	arena_back(a, 0);
}

char *
arena_text(struct arena *a, const char *fmt, ...)
{
	size_t left = a->size - a->used;
	char *p = (char *)a->base + a->used;
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(left > 0 ? p : NULL, left, fmt, ap);
	va_end(ap);
	if (n < 0 || (size_t)n >= left)
		return NULL;
	a->used += (size_t)n + 1;
	return p;
}
