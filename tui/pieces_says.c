#include <stdarg.h>
#include <stdio.h>

#include "core/base/err.h"
#include "tui/pieces_says.h"

struct saying {
	char	*out;
	size_t	 n;
};

static void add(struct saying *, const char *fmt, ...) like_printf(2, 3);

static void
add(struct saying *s, const char *fmt, ...)
{
	size_t left = PIECES_TEXT_MAX - s->n;
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(s->out + s->n, left, fmt, ap);
	va_end(ap);
	s->n += n < 0 ? 0 : (size_t)n < left ? (size_t)n : left - 1;
}

static void
group(struct saying *s, const struct pieces_count *c, unsigned g)
{
	unsigned have = c->group[g].have, need = c->group[g].need;

	if (s->n > 0)
		add(s, " ");
	if (need == 0)
		add(s, "Of group %u none is here.", g + 1);
	else if (have >= need)
		add(s, "Group %u is complete.", g + 1);
	else
		add(s, "%u of %u shares of group %u %s here, it needs %u more.",
		    have, need, g + 1, have == 1 ? "is" : "are", need - have);
}

static void
groups(struct saying *s, const struct pieces_count *c)
{
	unsigned g;

	for (g = 0; g < c->groups; g++)
		group(s, c, g);
	add(s, " Groups complete: %u of the %u that are needed.",
	    c->groups_have, c->groups_need);
}

void
pieces_says(const struct pieces_count *c, char out[PIECES_TEXT_MAX])
{
	struct saying s = { out, 0 };

	out[0] = '\0';
	if (c->kind == PIECES_NONE || c->all == 0)
		add(&s, "None is here yet.");
	else if (c->kind == PIECES_XOR && c->all == 1)
		add(&s, "1 part is here; there is another one at least.");
	else if (c->kind == PIECES_XOR)
		add(&s, "%u parts are here. Whether these are all, nothing "
		    "tells but the fingerprint.", c->all);
	else if (c->kind == PIECES_SLIP39 && c->groups > 1)
		groups(&s, c);
	else if (c->need == 0 || c->have >= c->need)
		add(&s, "As many shares as are needed are here: %u.",
		    c->have);
	else
		add(&s, "%u of %u shares %s here, %u more %s needed.",
		    c->have, c->need, c->have == 1 ? "is" : "are",
		    c->need - c->have, c->need - c->have == 1 ? "is" : "are");
}

void
pieces_wait(uint32_t done, uint32_t total, uint64_t ms, char *out, size_t cap)
{
	uint64_t left = done == 0 ? 0 : (uint64_t)(total - done) * ms / done /
	    1000;
	unsigned percent = total == 0 ? 0 :
	    (unsigned)((uint64_t)done * 100 / total);

	if (done == 0 || ms < 300)
		(void)snprintf(out, cap, "%u %%", percent);
	else if (left < 90)
		(void)snprintf(out, cap, "%u %%, about %u s left", percent,
		    (unsigned)left + 1);
	else
		(void)snprintf(out, cap, "%u %%, about %u minutes left",
		    percent, (unsigned)(left + 30) / 60);
}
