#include "core/base/airgap.h"

/* What stands before the next such byte, which is passed over; false where
 * there is none, or something that cannot be shown stands before it. */
static bool
take(struct span *rest, uint8_t stop, struct span *out)
{
	const uint8_t *at = rest->n > 0 ? memchr(rest->p, stop, rest->n) :
	    NULL;
	size_t i;

	if (at == NULL)
		return false;
	*out = span_of(rest->p, (size_t)(at - rest->p));
	*rest = span_of(at + 1, rest->n - out->n - 1);
	for (i = 0; i < out->n; i++)
		if (out->p[i] < 0x20 || out->p[i] > 0x7e)
			return false;
	return true;
}

static bool
is(struct span s, const char *text)
{
	return span_eq(s, span_text(text));
}

/* The last line counts the others, so that none can be missing. */
static bool
counts(struct span digits, size_t n)
{
	size_t i, v = 0;

	for (i = 0; i < digits.n; i++) {
		if (digits.p[i] < '0' || digits.p[i] > '9' || v > AIRGAP_ROWS)
			return false;
		v = v * 10 + (size_t)(digits.p[i] - '0');
	}
	return digits.n > 0 && v == n;
}

enum err
airgap_read(struct span text, struct airgap *out)
{
	struct span word, what, outcome;

	*out = (struct airgap){ .n = 0 };
	if (!take(&text, '\n', &word) || !is(word, "coldseal-airgap-1"))
		return ERR_FORM;
	while (take(&text, '\t', &word) && !is(word, "end")) {
		bool ok = is(word, "ok");

		if ((!ok && !is(word, "bad")) || out->n == AIRGAP_ROWS ||
		    !take(&text, '\t', &what) || !take(&text, '\n', &outcome))
			return ERR_FORM;
		out->row[out->n++] = (struct airgap_row){ ok, what, outcome };
		out->bad += !ok;
	}
	if (!is(word, "end") || !take(&text, '\n', &word) || text.n != 0 ||
	    !counts(word, out->n))
		return ERR_FORM;
	return 0;
}

bool
airgap_verified(const struct airgap *a)
{
	return a->n >= AIRGAP_LEAST && a->bad == 0;
}
