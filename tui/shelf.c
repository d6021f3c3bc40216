#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/shelf.h"

#define LOG_STEM "coldseal-log"

static enum err
add_one(struct shelf *s, uint32_t stick, const struct entry *e)
{
	struct item it = { .stick = stick, .size = e->size, .fd = -1 };

	it.name = strdup(e->name);
	it.shown = strdup(e->shown);
	if (it.name == NULL || it.shown == NULL) {
		free(it.name);
		free(it.shown);
		return ERR_SPACE;
	}
	it.state = e->candidate ? ITEM_WAITING : ITEM_SKIPPED;
	(void)snprintf(it.say, sizeof(it.say), "%s",
	    e->skip != NULL ? e->skip : "");
	s->item[s->n++] = it;
	return 0;
}

enum err
shelf_add(struct shelf *s, uint32_t stick, const struct listing *l)
{
	char none[] = "", more[] = "(more files)";
	size_t i, want = s->n + l->n + 1;
	struct item *p;
	enum err e = 0;

	if (want > s->cap) {
		if ((p = realloc(s->item, want * sizeof(*p))) == NULL)
			return ERR_SPACE;
		s->item = p;
		s->cap = want;
	}
	for (i = 0; i < l->n && e == 0; i++)
		e = add_one(s, stick, &l->entry[i]);
	if (l->cut && e == 0)
		e = add_one(s, stick, &(struct entry){ .name = none,
		    .shown = more, .skip = "this stick holds more files "
		    "than are listed; move some away" });
	return e;
}

void
shelf_end(struct shelf *s)
{
	size_t i;

	for (i = 0; i < s->n; i++) {
		free(s->item[i].name);
		free(s->item[i].shown);
	}
	free(s->item);
	*s = (struct shelf){ 0 };
}

static int
by_name(const struct item *x, const struct item *y)
{
	if (x->stick != y->stick)
		return x->stick < y->stick ? -1 : 1;
	return strcmp(x->name, y->name);
}

static int
by_size(const void *a, const void *b)
{
	const struct item *x = a, *y = b;

	if (x->size != y->size)
		return x->size < y->size ? -1 : 1;
	return by_name(x, y);
}

static int
by_state(const void *a, const void *b)
{
	const struct item *x = a, *y = b;

	if (x->state != y->state)
		return x->state < y->state ? -1 : 1;
	return by_name(x, y);
}

void
shelf_by_size(struct shelf *s)
{
	if (s->n > 0)
		qsort(s->item, s->n, sizeof(*s->item), by_size);
}

void
shelf_by_state(struct shelf *s)
{
	if (s->n > 0)
		qsort(s->item, s->n, sizeof(*s->item), by_state);
}

size_t
shelf_count(const struct shelf *s, enum item_state st)
{
	size_t i, n = 0;

	for (i = 0; i < s->n; i++)
		n += s->item[i].state == st;
	return n;
}

const char *
item_heading(enum item_state st)
{
	static const char *const name[ITEM_STATES] = {
		[ITEM_PENDING] = "To review and sign",
		[ITEM_REFUSED] = "Refused",
		[ITEM_SIGNED] = "Signed already",
		[ITEM_VAULT] = "Vaults",
		[ITEM_BACKUP] = "Backups",
		[ITEM_KNOWN] = "Known already",
		[ITEM_FOREIGN] = "Not for the keys at hand",
		[ITEM_UNREADABLE] = "Damaged or not understood",
		[ITEM_SKIPPED] = "Skipped",
		[ITEM_WAITING] = "Not read yet",
		[ITEM_READ] = "Being read",
	};

	return name[st];
}

/* Does the code end so?  ".key.none" */
static bool
code_is(const struct finding *f, const char *end)
{
	size_t n = strlen(f->code), m = strlen(end);

	return n >= m && strcmp(f->code + n - m, end) == 0;
}

static void
say_sum(struct item *it, const struct page *p)
{
	const struct total *t = &p->total[TOTAL_PAY];
	char amount[NUM_TEXT_MAX];
	size_t i, npay = 0;

	if (p->nrow > 0 && p->row[0].kind == FACT_MESSAGE) {
		(void)snprintf(it->say, sizeof(it->say),
		    "words to sign: %s", p->row[0].to);
		return;
	}
	if (p->nrow > 0 && p->row[0].kind == FACT_IMPORT) {
		(void)snprintf(it->say, sizeof(it->say), "%s", p->row[0].to);
		return;
	}
	for (i = 0; i < p->nrow; i++)
		npay += p->row[i].kind == FACT_PAY;
	if (!t->has) {
		(void)snprintf(it->say, sizeof(it->say),
		    "an amount that cannot be told, to %zu", npay);
		return;
	}
	num_text_units(&t->amount, p->decimals, amount);
	if (npay == 0)
		(void)snprintf(it->say, sizeof(it->say), "%s to yourself",
		    p->title);
	else
		(void)snprintf(it->say, sizeof(it->say), "%s %s to %zu %s",
		    amount, p->coin, npay, npay == 1 ? "address" :
		    "addresses");
}

void
item_judge(struct item *it, const struct page *p)
{
	const struct finding *worst = NULL;
	size_t i;

	it->verdict = p->verdict;
	it->state = ITEM_PENDING;
	it->nwarn = 0;
	say_sum(it, p);
	for (i = 0; i < p->nfinding; i++) {
		const struct finding *f = &p->finding[i];

		it->nwarn += f->level == LEVEL_WARN;
		if (code_is(f, ".wallet.known") && p->verdict != VERDICT_REFUSE)
			it->state = ITEM_KNOWN;
		if (f->level != LEVEL_REFUSE)
			continue;
		if (code_is(f, ".key.none") && worst == NULL) {
			it->state = ITEM_FOREIGN;
		} else if (code_is(f, ".input.final") && worst == NULL) {
			it->state = ITEM_SIGNED;
		} else if (worst == NULL) {
			worst = f;
			it->state = ITEM_REFUSED;
		}
	}
	if (page_waits(p)) {
		it->state = ITEM_PENDING;
		(void)snprintf(it->say, sizeof(it->say), "waits: open a file "
		    "of all outputs first");
	} else if (worst != NULL)
		(void)snprintf(it->say, sizeof(it->say), "%s", worst->text);
	else if (p->verdict == VERDICT_REFUSE && it->state == ITEM_PENDING)
		it->state = ITEM_REFUSED;
}

void
item_fail(struct item *it, enum err e, const struct fault *f)
{
	it->verdict = VERDICT_REFUSE;
	it->state = e == ERR_UNKNOWN ? ITEM_SKIPPED :
	    e == ERR_ANSWER ? ITEM_SIGNED : ITEM_UNREADABLE;
	if (e == ERR_UNKNOWN && strncmp(it->name, LOG_STEM,
	    strlen(LOG_STEM)) == 0)
		(void)snprintf(it->say, sizeof(it->say), "by its name the log "
		    "of a vault, as text");
	else
		fault_text(e == ERR_UNKNOWN ? NULL : f, e, it->say);
}
