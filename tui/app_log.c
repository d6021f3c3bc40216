/* The vault's log, laid out for reading: a thing a row. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "core/base/sink.h"
#include "core/wire/consent.h"
#include "tui/flow.h"

#define CHAIN 64			/* hex digits of the line before */

/* " file=": how many bytes the word has, or 0. */
static size_t
word_at(const char *p, const char *end)
{
	size_t n = 1;

	while (p + n < end && islower((unsigned char)p[n]))
		n++;
	return p[0] == ' ' && n > 1 && p + n < end && p[n] == '=' ? n - 1 : 0;
}

/* "word=value": a row of its own, in columns. */
static void
put_line(struct sink *s, const char *p, const char *end)
{
	size_t i, n;

	while (p < end) {
		if ((n = word_at(p, end)) == 0) {
			put_u8(s, (uint8_t)*p++);
			continue;
		}
		put_text(s, "\n  ");
		put_span(s, span_of(p + 1, n));
		for (i = n; i < 9; i++)
			put_u8(s, ' ');
		p += n + 2;
	}
}

/* "number chain when what ...": the chain comes last. */
static void
put_entry(struct sink *s, const char *p, const char *end)
{
	const char *chain = memchr(p, ' ', (size_t)(end - p));

	if (chain == NULL || end - chain < CHAIN + 2) {
		put_line(s, p, end);
	} else {
		put_span(s, span_of(p, (size_t)(chain - p)));
		put_text(s, "  ");
		put_line(s, chain + CHAIN + 2, end);
		put_text(s, "\n  before   ");
		put_span(s, span_of(chain + 1, CHAIN));
	}
	put_text(s, "\n\n");
}

static void
put_all(struct sink *s, const char *p)
{
	const char *end;

	for (; (end = strchr(p, '\n')) != NULL; p = end + 1)
		put_entry(s, p, end);
	put_u8(s, 0);
}

/* With its line end, as the line after it would name it. */
static void
digest_last(const char *log, char out[65])
{
	const char *end, *p = log, *last = log;
	struct hash32 h;
	size_t i;

	for (; (end = strchr(p, '\n')) != NULL; p = end + 1)
		last = p;
	out[0] = '\0';
	if (p == log)
		return;
	sha256(span_of(last, (size_t)(p - last)), &h);
	for (i = 0; i < sizeof(h.b); i++)
		(void)snprintf(out + 2 * i, 3, "%02x", h.b[i]);
}

void
flow_vault_log(struct app *a, enum err e, struct effects *fx)
{
	struct sink count = sink_to_count(), s;
	char *text;

	flow_idle(a);
	if (e == 0 && a->vault.log != NULL) {
		digest_last(a->vault.log, a->vault.last);
		put_all(&count, a->vault.log);
		text = arena_new(a->arena, char, count.total);
		s = sink_to_buf((uint8_t *)text, text != NULL ?
		    count.total : 0);
		put_all(&s, a->vault.log);
		a->vault.log = s.err == 0 ? text : NULL;
	}
	if (e != 0 || a->vault.log == NULL) {
		flow_note(a, STYLE_MINUS, "The log cannot be shown: %s.",
		    err_text(e != 0 ? e : ERR_SPACE));
		return;
	}
	flow_go(a, SCREEN_LOG, fx);
}
