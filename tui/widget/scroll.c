#include "tui/widget/scroll.h"

static size_t
back(size_t at, size_t by)
{
	return at > by ? at - by : 0;
}

void
scroll_move(const struct scroll *s, enum scroll_by by)
{
	size_t page = s->page > 0 ? s->page : 1;
	size_t left = s->last - (*s->at < s->last ? *s->at : s->last);

	switch (by) {
	case SCROLL_UP:
		*s->at = back(*s->at, 1);
		break;
	case SCROLL_PGUP:
		*s->at = back(*s->at, page);
		break;
	case SCROLL_FIRST:
		*s->at = 0;
		break;
	case SCROLL_DOWN:
		*s->at = s->last - back(left, 1);
		break;
	case SCROLL_PGDN:
		*s->at = s->last - back(left, page);
		break;
	case SCROLL_LAST:
		*s->at = s->last;
		break;
	}
	if (*s->at > s->last)
		*s->at = s->last;
}
