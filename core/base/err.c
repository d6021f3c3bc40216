#include <stdarg.h>
#include <stdio.h>

#include "core/base/err.h"

const char *
err_text(enum err e)
{
	switch (e) {
	case ERR_NONE:
		return "ok";
#define X(code, name, text, advice) case code: return text;
	ERR_LIST(X)
#undef X
	case ERR_COUNT:
		break;
	}
	return "unknown error";
}

const char *
err_advice(enum err e)
{
	switch (e) {
	case ERR_NONE:
		return "there is nothing to do";
#define X(code, name, text, advice) case code: return advice;
	ERR_LIST(X)
#undef X
	case ERR_COUNT:
		break;
	}
	return "report it";
}

const char *
err_code(enum err e)
{
	switch (e) {
	case ERR_NONE:
		return "file.ok";
#define X(code, name, text, advice) case code: return name;
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

void
fault_text(const struct fault *f, enum err e, char out[FAULT_TEXT_MAX])
{
	size_t n = 0;

	if (f != NULL && f->where[0] != '\0' && f->at > 0)
		n = (size_t)snprintf(out, FAULT_TEXT_MAX, "%s (byte %zu): ",
		    f->where, f->at);
	else if (f != NULL && f->where[0] != '\0')
		n = (size_t)snprintf(out, FAULT_TEXT_MAX, "%s: ", f->where);
	(void)snprintf(out + n, FAULT_TEXT_MAX - n, "%s; %s", err_text(e),
	    err_advice(e));
}
