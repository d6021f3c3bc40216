/*
 * A list of labels as a job: nothing is signed.  Agreed to, its labels are the
 * session's, and the vault's where one is open.
 */
#include "core/base/limits.h"
#include "core/chain/labels/labels.h"
#include "core/job/table.h"
#include "core/review/notes.h"

#define HOW "file only"

static enum sniff
sniff(struct span file)
{
	return labels_sniff(file) ? SNIFF_YES : SNIFF_NO;
}

static enum err
parse(struct arena *a, struct span file, const struct pubring *ring,
    const struct pace *pace, void **req, struct fault *f)
{
	struct labels_req *q = arena_new(a, struct labels_req, 1);

	(void)ring;
	(void)pace;
	if (q == NULL)
		return ERR_SPACE;
	*req = q;
	return labels_read(file, a, q, f);
}

static enum err
want(const void *req, const struct pubring *ring, struct wants *w)
{
	(void)req;
	(void)ring;
	w->n = 0;
	return 0;
}

/* --- the page ------------------------------------------------------------- */

static enum err
row(struct intent *out, const char *text, enum known known, const char *how)
{
	if (text == NULL)
		return ERR_SPACE;
	out->fact[out->nfact] = (struct fact){ .kind = FACT_IMPORT,
	    .known = known, .index = (uint32_t)out->nfact, .to = text,
	    .ref = "", .how = how, .why = "" };
	out->nfact++;
	return 0;
}

static const struct session_label *
there(const struct session *s, const struct listed *l)
{
	const char *kind = label_kind_name(l->kind);

	return session_label(s, kind, span_text(l->key + strlen(kind) + 1));
}

enum change { SAME, NEW, CHANGED };

static enum change
change_of(const struct session *s, const struct listed *l)
{
	const struct session_label *old = there(s, l);

	if (old == NULL)
		return NEW;
	return strcmp(old->text, l->text) == 0 && old->frozen ==
	    ((l->flags & LABEL_FROZEN) != 0) ? SAME : CHANGED;
}

/* "5 labels: 3 of addresses, 2 of transactions" */
static enum err
count_row(const struct labels_req *q, struct arena *a, struct intent *out)
{
	static const char *const kinds[LABEL_BIP329][2] = {
		[LABEL_TX] = { "a transaction", "transactions" },
		[LABEL_ADDR] = { "an address", "addresses" },
		[LABEL_PUBKEY] = { "a public key", "public keys" },
		[LABEL_INPUT] = { "an input", "inputs" },
		[LABEL_OUTPUT] = { "a coin", "coins" },
		[LABEL_XPUB] = { "an extended key", "extended keys" },
	};
	size_t n[LABEL_KINDS] = { 0 }, i;
	const char *text = arena_text(a, "a list of %zu label%s", q->n,
	    q->n == 1 ? "" : "s"), *sep = ": ";

	for (i = 0; i < q->n; i++)
		n[q->l[i].kind]++;
	for (i = 0; i < LABEL_BIP329 && text != NULL; i++) {
		if (n[i] == 0)
			continue;
		text = arena_text(a, "%s%s%zu of %s", text, sep, n[i],
		    kinds[i][n[i] > 1]);
		sep = ", ";
	}
	return row(out, text, KNOWN_PROVEN, "");
}

static enum err
odd_rows(const struct labels_req *q, size_t same, struct arena *a,
    struct intent *out)
{
	enum err e = 0;

	if (same > 0)
		e = row(out, arena_text(a, "%zu of them %s here already",
		    same, same == 1 ? "is as it is" : "are as they are"),
		    KNOWN_PROVEN, "");
	if (e == 0 && q->twice > 0)
		e = row(out, arena_text(a, "%zu line%s left out: a later one "
		    "is about the same", q->twice, q->twice == 1 ? " is" :
		    "s are"), KNOWN_PROVEN, "");
	if (e == 0 && q->other > 0)
		e = row(out, arena_text(a, "%zu line%s left out: of a kind "
		    "that is not known here", q->other, q->other == 1 ?
		    " is" : "s are"), KNOWN_PROVEN, "");
	if (e == 0 && q->empty > 0)
		e = row(out, arena_text(a, "%zu line%s left out: without a "
		    "label", q->empty, q->empty == 1 ? " is" : "s are"),
		    KNOWN_PROVEN, "");
	return e;
}

static const char *
said(struct arena *a, const char *text, bool frozen)
{
	const char *quoted = note_quoted(a, text);

	if (quoted == NULL)
		return NULL;
	return arena_text(a, "%s%s", text[0] != '\0' ? quoted : "no label",
	    frozen ? ", not to be spent" : "");
}

static enum err
label_row(const struct listed *l, const struct session_label *old,
    struct arena *a, struct intent *out)
{
	const char *is = said(a, l->text, (l->flags & LABEL_FROZEN) != 0);
	const char *was = old != NULL ? said(a, old->text, old->frozen) : "";

	if (is == NULL || was == NULL)
		return ERR_SPACE;
	return row(out, old == NULL ? arena_text(a, "%s: %s", l->key, is) :
	    arena_text(a, "%s: %s in place of %s %s", l->key, is,
	    old->from_file ? "the file's" : "your", was), KNOWN_CLAIMED,
	    HOW);
}

static enum err
label_rows(const struct labels_req *q, const struct session *s,
    enum change what, struct arena *a, struct intent *out)
{
	size_t i;
	enum err e;

	for (i = 0; i < q->n; i++)
		if (change_of(s, &q->l[i]) == what && (e = label_row(&q->l[i],
		    what == CHANGED ? there(s, &q->l[i]) : NULL, a,
		    out)) != 0)
			return e;
	return 0;
}

/* What takes another's place stands first. */
static enum err
intend(const void *req, struct pubring *ring, const struct session *s,
    const struct pace *pace, struct arena *a, struct intent *out,
    struct fault *f)
{
	const struct labels_req *q = req;
	size_t i, same = 0;
	enum err e;

	(void)ring;
	(void)pace;
	(void)f;
	*out = (struct intent){ .chain = "labels", .job = "labels",
	    .title = "LABELS", .ledger = "NOTES", .unit = "", .coin = "",
	    .rate_unit = "", .network = network_name(s->network) };
	if ((out->fact = arena_new(a, struct fact, q->n + 5)) == NULL)
		return ERR_SPACE;
	for (i = 0; i < q->n; i++)
		same += change_of(s, &q->l[i]) == SAME;
	if ((e = count_row(q, a, out)) != 0 ||
	    (e = odd_rows(q, same, a, out)) != 0 ||
	    (e = label_rows(q, s, CHANGED, a, out)) != 0)
		return e;
	return label_rows(q, s, NEW, a, out);
}

/* --- taken over ----------------------------------------------------------- */

static enum err
copy(const struct listed *l, struct arena *a, struct session_label *out)
{
	*out = (struct session_label){ .from_file = true,
	    .frozen = (l->flags & LABEL_FROZEN) != 0,
	    .flags = l->flags, .fresh = true };
	out->key = arena_text(a, "%s", l->key);
	out->text = arena_text(a, "%s", l->text);
	out->origin = arena_text(a, "%s", l->origin);
	return out->key == NULL || out->text == NULL || out->origin == NULL ?
	    ERR_SPACE : ERR_NONE;
}

static enum err
learn(const void *req, struct session *s)
{
	const struct labels_req *q = req;
	struct session_label *all;
	size_t i, n = s->nlabel;
	enum err e;

	if (n + q->n > 2 * (size_t)LIMIT_LABELS)
		return ERR_RANGE;
	if ((all = arena_new(s->arena, struct session_label, n + q->n)) ==
	    NULL)
		return ERR_SPACE;
	if (n > 0)
		memcpy(all, s->label, n * sizeof(*all));
	for (i = 0; i < q->n; i++)
		if (change_of(s, &q->l[i]) != SAME && (e = copy(&q->l[i],
		    s->arena, &all[n++])) != 0)
			return e;
	return session_set_labels(s, s->arena, all, n);
}

/* There is nothing to sign. */
static enum err
sign(void *req, struct signatory *who, struct pace *pace, struct arena *a)
{
	(void)req;
	(void)who;
	(void)pace;
	(void)a;
	return 0;
}

static const struct answer none[] = { { .suffix = NULL } };

const struct job labels_job = {
	.name = "labels",
	.cap = LABELS_FILE_MAX,
	.sniff = sniff,
	.parse = parse,
	.want = want,
	.intend = intend,
	.learn = learn,
	.sign = sign,
	.answers = none,
};
