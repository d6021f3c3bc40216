#include <string.h>

#include "core/review/notes.h"

const char *
note_quoted(struct arena *a, const char *text)
{
	size_t n = strlen(text), i, o = 0;
	char *out = arena_new(a, char, 4 * n + 3);

	if (out == NULL)
		return NULL;
	out[o++] = '"';
	for (i = 0; i < n; i++) {
		if (text[i] == '"') {
			memcpy(out + o, "\\x22", 4);
			o += 4;
		} else {
			out[o++] = text[i];
		}
	}
	out[o++] = '"';
	return out;
}

/* One more, behind those that there are. */
static enum err
add(struct arena *a, struct fact *f, const char *of,
    const struct session_label *l)
{
	const char *quoted;

	if (l == NULL || (l->text[0] == '\0' && !l->frozen))
		return 0;
	if ((quoted = note_quoted(a, l->text)) == NULL)
		return ERR_SPACE;
	f->note = arena_text(a, "%s%s%s%s: %s%s", f->note != NULL ? f->note :
	    "", f->note != NULL ? "; " : "", l->from_file ?
	    "note from a file" : "your note", of, l->text[0] != '\0' ?
	    quoted : "not to be spent", l->frozen && l->text[0] != '\0' ?
	    " (not to be spent)" : "");
	return f->note != NULL ? ERR_NONE : ERR_SPACE;
}

/* "txid:0": the coin, and the transaction that made it. */
static enum err
of_coin(const struct session *s, struct arena *a, struct fact *f)
{
	const char *colon = strchr(f->ref, ':');
	const struct session_label *l;
	enum err e;

	if (colon == NULL)
		return 0;
	l = session_label(s, "output", span_text(f->ref));
	f->frozen = l != NULL && l->frozen;
	if ((e = add(a, f, " on the coin", l)) != 0)
		return e;
	return add(a, f, " on its transaction", session_label(s, "tx",
	    span_of(f->ref, (size_t)(colon - f->ref))));
}

static bool
has_address(const struct fact *f)
{
	return f->kind == FACT_SPEND || f->kind == FACT_PAY ||
	    f->kind == FACT_CHANGE || f->kind == FACT_GRANT ||
	    f->kind == FACT_MESSAGE;
}

static enum err
name_keys(const struct session *s, struct intent *in)
{
	const struct session_label *l;
	char fpr[9];
	size_t i;

	for (i = 0; i < in->nfpr; i++) {
		fpr_text(&in->fpr[i], fpr);
		l = session_label(s, "key", span_text(fpr));
		in->name[i] = l != NULL && l->text[0] != '\0' ? l->text :
		    NULL;
	}
	return 0;
}

enum err
notes_make(const struct session *s, struct arena *a, struct intent *in)
{
	struct fact *f;
	size_t i;
	enum err e;

	in->gap = s->gap;
	for (i = 0; i < in->nfact && s->nlabel > 0; i++) {
		f = &in->fact[i];
		if (has_address(f) && (e = add(a, f, "", session_label(s,
		    "addr", span_text(f->to)))) != 0)
			return e;
		if (f->kind == FACT_SPEND && (e = of_coin(s, a, f)) != 0)
			return e;
	}
	return name_keys(s, in);
}
