#include <stdarg.h>
#include <stdio.h>

#include "core/base/err.h"

const char *
err_text(enum err e)
{
	switch (e) {
	case ERR_NONE:
		return "ok";
#define X(code, name, text) case code: return text;
	ERR_LIST(X)
#undef X
	case ERR_COUNT:
		break;
	}
	return "unknown error";
}

const char *
err_code(enum err e)
{
	switch (e) {
	case ERR_NONE:
		return "file.ok";
#define X(code, name, text) case code: return name;
	ERR_LIST(X)
#undef X
	case ERR_COUNT:
		break;
	}
	return "file.error";
}

void
fault_set(struct fault *f, size_t at, const char *fmt, ...)
{
	va_list ap;

	f->at = at;
	va_start(ap, fmt);
	(void)vsnprintf(f->where, sizeof(f->where), fmt, ap);
	va_end(ap);
}
