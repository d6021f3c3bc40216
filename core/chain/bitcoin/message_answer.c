#include "core/chain/bitcoin/message.h"

/* The frame that wallets write and read, after RFC 2440's clear text. */
static const char frame_text[] = "-----BEGIN BITCOIN SIGNED MESSAGE-----\n";
static const char frame_sig[] = "\n-----BEGIN BITCOIN SIGNATURE-----\n";
static const char frame_end[] = "\n-----END BITCOIN SIGNATURE-----\n";

static bool
is_ready(const void *req)
{
	const struct message *m = req;

	return m->review->done && m->review->sig[0] != '\0';
}

static enum err
put_framed(const void *req, struct sink *s)
{
	const struct message *m = req;

	if (!is_ready(req))
		return ERR_STATE;
	put_text(s, frame_text);
	put_span(s, m->text);
	put_text(s, frame_sig);
	put_text(s, m->review->address);
	put_text(s, "\n");
	put_text(s, m->review->sig);
	put_text(s, frame_end);
	return s->err;
}

/* Takes this off the front; or fails. */
static bool
take(struct span *s, const char *what)
{
	size_t n = strlen(what);

	if (s->n < n || memcmp(s->p, what, n) != 0)
		return false;
	*s = span_of(s->p + n, s->n - n);
	return true;
}

/* What stands before the next line end. */
static struct span
take_line(struct span *s)
{
	const uint8_t *end = s->n > 0 ? memchr(s->p, '\n', s->n) : NULL;
	struct span line = span_of(s->p, end == NULL ? s->n :
	    (size_t)(end - s->p));

	*s = span_of(s->p + line.n, s->n - line.n);
	return line;
}

/* As whoever gets it reads it: text, address and signature from the file,
 * checked by them alone, and held against what was agreed. */
static enum err
readback(const void *req, struct span answer, struct arena *a)
{
	const struct message *m = req;
	struct span s = answer, text, address, sig;

	(void)a;
	if (!take(&s, frame_text))
		return ERR_FORM;
	text = take_line(&s);
	if (!take(&s, frame_sig))
		return ERR_FORM;
	address = take_line(&s);
	if (!take(&s, "\n"))
		return ERR_FORM;
	sig = take_line(&s);
	if (!take(&s, frame_end) || s.n > 0)
		return ERR_FORM;
	if (!span_eq(text, m->text) ||
	    !span_eq(address, span_text(m->review->address)))
		return ERR_MISMATCH;
	return message_verify(m->review->network, address, text, sig);
}

const struct answer message_answers[] = {
	{ "-signed.txt", is_ready, put_framed, readback },
	{ .suffix = NULL }
};
