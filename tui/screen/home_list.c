#include <stdio.h>
#include <string.h>

#include "tui/screen/screen.h"

#define NAME_W 32

static enum style
state_style(const struct item *it)
{
	switch (it->state) {
	case ITEM_PENDING:
		return it->nwarn > 0 ? STYLE_BANG : STYLE_PLAIN;
	case ITEM_REFUSED:
	case ITEM_UNREADABLE:
		return STYLE_MINUS;
	case ITEM_SIGNED:
	case ITEM_VAULT:
	case ITEM_BACKUP:
	case ITEM_KNOWN:
		return STYLE_PLUS;
	case ITEM_FOREIGN:
	case ITEM_SKIPPED:
	case ITEM_WAITING:
	case ITEM_READ:
	case ITEM_STATES:
		break;
	}
	return STYLE_DIM;
}

static void
draw_item(const struct app *a, struct canvas *c, int y, size_t i)
{
	const struct item *it = &a->shelf.item[i];
	bool here = i == a->at;
	enum style s = here ? STYLE_SELECT : STYLE_PLAIN;
	enum style t = here ? STYLE_SELECT : state_style(it);
	const struct stick *st = flow_stick(a, it->stick);
	char warn[32] = "", name[512];

	if (here)
		canvas_fill(c, 1, y, c->w - 2, STYLE_SELECT, ' ');
	(void)canvas_text(c, 1, y, s, here ? ">" : " ");
	if (a->nstick > 1 && st != NULL)
		(void)snprintf(name, sizeof(name), "%s: %s", st->label,
		    it->shown);
	else
		(void)snprintf(name, sizeof(name), "%s", it->shown);
	(void)canvas_cut(c, 3, y, NAME_W, s, name);
	if (it->state == ITEM_PENDING && it->nwarn > 0)
		(void)snprintf(warn, sizeof(warn), "%zu warning%s", it->nwarn,
		    it->nwarn > 1 ? "s" : "");
	(void)canvas_cut(c, 4 + NAME_W, y, c->w - 6 - NAME_W -
	    (int)strlen(warn) - (warn[0] != '\0'), t,
	    it->state == ITEM_VAULT && vault_is_open(a, it) ?
	    "open; Enter shows what is in it" : it->say);
	canvas_right(c, c->w - 2, y, t, warn);
}

/* Row of an item in the list, headings counted in. */
static int
row_of(const struct app *a, size_t at)
{
	const struct item *it = a->shelf.item;
	size_t i;
	int row = 0;

	for (i = 0; i < a->shelf.n && i <= at; i++)
		row += i == 0 || it[i].state != it[i - 1].state ? 2 : 1;
	return row > 0 ? row - 1 : 0;
}

void
home_list(const struct app *a, struct canvas *c, int y, int h)
{
	const struct item *it = a->shelf.item;
	int row = 0, skip, all = row_of(a, a->shelf.n);
	size_t i;

	skip = row_of(a, a->at) - h / 2;
	if (skip > all + 1 - h)
		skip = all + 1 - h;
	if (skip < 0)
		skip = 0;
	for (i = 0; i < a->shelf.n; i++) {
		if (i == 0 || it[i].state != it[i - 1].state) {
			if (row >= skip && row - skip < h)
				(void)canvas_textf(c, 1, y + row - skip,
				    STYLE_ACCENT, "%s (%zu)",
				    item_heading(it[i].state),
				    shelf_count(&a->shelf, it[i].state));
			row++;
		}
		if (row >= skip && row - skip < h)
			draw_item(a, c, y + row - skip, i);
		row++;
	}
}
