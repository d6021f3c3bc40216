#include "core/base/limits.h"
#include "core/base/order.h"
#include "core/base/text.h"
#include "core/chain/labels/labels.h"
#include "core/encode/json.h"

/* One line, without its end. */
static bool
line_at(struct span file, size_t *at, struct span *out)
{
	size_t first = *at, end;

	if (first >= file.n)
		return false;
	for (end = first; end < file.n && file.p[end] != '\n'; end++)
		continue;
	*at = end + 1;
	if (end > first && file.p[end - 1] == '\r')
		end--;
	*out = span_of(file.p + first, end - first);
	return true;
}

static bool
is_blank(struct span s)
{
	size_t i;

	for (i = 0; i < s.n; i++)
		if (s.p[i] != ' ' && s.p[i] != '\t')
			return false;
	return true;
}

/* The first line that says something is a record. */
bool
labels_sniff(struct span file)
{
	struct span line = { 0 }, type, ref;
	size_t at = 0, bad;

	while (line_at(file, &at, &line) && is_blank(line))
		continue;
	return line.n > 0 && json_check(line, &bad) == 0 &&
	    json_member(line, "type", &type) == 0 && type.p[0] == '"' &&
	    json_member(line, "ref", &ref) == 0 && ref.p[0] == '"';
}

/* A member's text, escaped; "" where it is not there, or null. */
static enum err
member(struct span line, const char *name, size_t most, struct arena *a,
    const char **out)
{
	uint8_t raw[LABEL_TEXT_MAX];
	struct span v;
	char *text;
	size_t n = 0;
	enum err e = json_member(line, name, &v);

	*out = "";
	if (e == ERR_MISSING || (e == 0 && span_eq(v, span_text("null"))))
		return 0;
	if (e != 0 || (e = json_text(v, raw, sizeof(raw), &n)) != 0)
		return e == ERR_SPACE ? ERR_RANGE : e;
	if (n > most)
		return ERR_RANGE;
	if ((text = arena_new(a, char, 4 * n + 5)) == NULL)
		return ERR_SPACE;
	*out = text;
	return text_escape(span_of(raw, n), text, 4 * n + 5);
}

/* True or false; in quotes, as some write it, is not read. */
static enum err
spendable(struct span line, unsigned *flags)
{
	struct span v;
	enum err e = json_member(line, "spendable", &v);

	if (e == ERR_MISSING)
		return 0;
	if (e != 0)
		return e;
	if (span_eq(v, span_text("false")))
		*flags |= LABEL_SPENDABLE_SAID | LABEL_FROZEN;
	else if (span_eq(v, span_text("true")))
		*flags |= LABEL_SPENDABLE_SAID;
	else
		return ERR_FORM;
	return 0;
}

/* "type": one that BIP329 names, or LABEL_KINDS. */
static enum err
kind_of(struct span line, enum label_kind *out)
{
	struct span v;
	char text[16];
	unsigned i;
	enum err e = json_member(line, "type", &v);

	*out = LABEL_KINDS;
	if (e != 0 || (e = json_chars(v, text, sizeof(text))) != 0)
		return e == ERR_SPACE ? ERR_NONE : e;
	for (i = 0; i < LABEL_BIP329; i++)
		if (strcmp(text, label_kind_name((enum label_kind)i)) == 0)
			*out = (enum label_kind)i;
	return 0;
}

/* Its key, with what is the same written the same. */
static enum err
key_of(struct span line, enum label_kind kind, struct arena *a,
    const char **out)
{
	char key[LABEL_KEY_MAX + 1], ref[LABEL_REF_MAX + 1];
	const char *typed;
	struct span v;
	enum err e = json_member(line, "ref", &v);

	if (e != 0 || (e = json_chars(v, ref, sizeof(ref))) != 0)
		return e == ERR_SPACE ? ERR_RANGE : e;
	typed = arena_text(a, "%s %s", label_kind_name(kind), ref);
	if (typed == NULL)
		return ERR_SPACE;
	if ((e = label_key(span_text(typed), key)) != 0)
		return e;
	*out = arena_text(a, "%s", key);
	return *out == NULL ? ERR_SPACE : ERR_NONE;
}

/* ERR_UNKNOWN: of no kind that is known. */
static enum err
record(struct span line, struct arena *a, struct listed *l,
    const char **where)
{
	size_t bad;
	enum err e;

	*l = (struct listed){ .flags = LABEL_FROM_FILE };
	*where = "the JSON";
	if ((e = json_check(line, &bad)) != 0)
		return e;
	*where = "its type";
	if ((e = kind_of(line, &l->kind)) != 0)
		return e;
	if (l->kind == LABEL_KINDS)
		return ERR_UNKNOWN;
	*where = "its ref";
	if ((e = key_of(line, l->kind, a, &l->key)) != 0)
		return e;
	*where = "its label";
	if ((e = member(line, "label", LABEL_RAW_MAX, a, &l->text)) != 0)
		return e;
	*where = "its origin";
	if ((e = member(line, "origin", LABEL_ORIGIN_MAX, a,
	    &l->origin)) != 0)
		return e;
	if (strlen(l->origin) > LABEL_ORIGIN_MAX)
		return ERR_RANGE;
	*where = "whether it is spendable";
	return l->kind == LABEL_OUTPUT ? spendable(line, &l->flags) :
	    ERR_NONE;
}

static int
listed_cmp(const void *ctx, uint32_t a, uint32_t b)
{
	const struct listed *l = ctx;
	int c = strcmp(l[a].key, l[b].key);

	return c != 0 ? c : (a > b) - (a < b);
}

/* By kind and name; of two of one key the last stays. */
static enum err
arrange(struct labels_req *q, struct arena *a)
{
	struct listed *to = arena_new(a, struct listed, q->n);
	uint32_t *index = arena_new(a, uint32_t, q->n);
	size_t i, o = 0;

	if (to == NULL || index == NULL)
		return ERR_SPACE;
	for (i = 0; i < q->n; i++)
		index[i] = (uint32_t)i;
	order_sort(index, q->n, listed_cmp, q->l);
	for (i = 0; i < q->n; i++) {
		if (i + 1 < q->n && strcmp(q->l[index[i]].key,
		    q->l[index[i + 1]].key) == 0)
			q->twice++;
		else
			to[o++] = q->l[index[i]];
	}
	q->l = to;
	q->n = o;
	return 0;
}

enum err
labels_read(struct span file, struct arena *a, struct labels_req *q,
    struct fault *f)
{
	size_t at = 0, first, number = 0;
	const char *where = "";
	struct span line;
	enum err e;

	*q = (struct labels_req){ .l = arena_new(a, struct listed,
	    LIMIT_LABELS) };
	if (q->l == NULL)
		return ERR_SPACE;
	for (first = at; line_at(file, &at, &line); first = at) {
		number++;
		if (is_blank(line))
			continue;
		if (q->n == LIMIT_LABELS) {
			fault_set(f, first, "line %zu: more than %d labels",
			    number, LIMIT_LABELS);
			return ERR_RANGE;
		}
		e = record(line, a, &q->l[q->n], &where);
		if (e == ERR_UNKNOWN) {
			q->other++;
		} else if (e != 0) {
			fault_set(f, first, "line %zu: %s", number, where);
			return e;
		} else if (q->l[q->n].text[0] == '\0' &&
		    (q->l[q->n].flags & LABEL_FROZEN) == 0) {
			q->empty++;
		} else {
			q->n++;
		}
	}
	return arrange(q, a);
}
