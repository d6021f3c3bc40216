#include "core/chain/bitcoin/scan.h"

bool
scan_end(const struct scan *s)
{
	return s->at >= s->text.n;
}

bool
scan_take(struct scan *s, char c)
{
	if (scan_end(s) || s->text.p[s->at] != (uint8_t)c)
		return false;
	s->at++;
	return true;
}

bool
scan_word(struct scan *s, const char *word)
{
	size_t n = strlen(word);

	if (s->text.n - s->at < n || memcmp(s->text.p + s->at, word, n) != 0)
		return false;
	s->at += n;
	return true;
}

struct span
scan_until(struct scan *s, const char *stop)
{
	size_t first = s->at;

	while (!scan_end(s) && s->text.p[s->at] != '\0' &&
	    strchr(stop, s->text.p[s->at]) == NULL)
		s->at++;
	return s->text.n == 0 ? s->text : span_of(s->text.p + first,
	    s->at - first);
}

enum err
span_number(struct span s, uint32_t max, uint32_t *out)
{
	uint64_t v = 0;
	size_t i;

	if (s.n == 0 || (s.p[0] == '0' && s.n > 1))
		return ERR_FORM;
	for (i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return ERR_FORM;
		v = v * 10 + (uint64_t)(s.p[i] - '0');
		if (v > max)
			return ERR_RANGE;
	}
	*out = (uint32_t)v;
	return 0;
}

enum err
scan_number(struct scan *s, uint32_t max, uint32_t *out)
{
	size_t first = s->at;

	while (!scan_end(s) && s->text.p[s->at] >= '0' &&
	    s->text.p[s->at] <= '9')
		s->at++;
	return span_number(span_of(s->text.p + first, s->at - first), max,
	    out);
}
