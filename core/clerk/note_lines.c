/* Addresses in a list, with what the owner noted about each. */
#include "core/clerk/state.h"
#include "core/review/notes.h"

/* The last word of a line. */
static struct span
last_word(struct span line)
{
	size_t i = line.n;

	while (i > 0 && line.p[i - 1] != ' ')
		i--;
	return span_of(line.p + i, line.n - i);
}

static enum err
put_note(struct clerk *c, struct span address, struct sink *out)
{
	const struct session_label *l = session_label(&c->session, "addr",
	    address);
	const char *quoted;

	if (l == NULL || l->text[0] == '\0')
		return 0;
	if ((quoted = note_quoted(&c->arena, l->text)) == NULL)
		return ERR_SPACE;
	put_text(out, l->from_file ? " (file) " : " ");
	put_text(out, quoted);
	return 0;
}

enum err
clerk_note_lines(struct clerk *c, struct span text, struct span *noted)
{
	size_t from, i, cap = text.n;
	struct session *s = &c->session;
	uint8_t *p;
	struct sink out;
	enum err e = 0;

	*noted = text;
	if (s->nlabel == 0)
		return 0;
	for (i = 0; i < text.n; i++)
		cap += text.p[i] == '\n' ? NOTE_ROOM : 0;
	if ((p = arena_new(&c->arena, uint8_t, cap)) == NULL)
		return ERR_SPACE;
	out = sink_to_buf(p, cap);
	for (from = i = 0; i < text.n && e == 0; i++) {
		if (text.p[i] != '\n')
			continue;
		put_span(&out, span_of(text.p + from, i - from));
		e = put_note(c, last_word(span_of(text.p + from, i - from)),
		    &out);
		put_u8(&out, '\n');
		from = i + 1;
	}
	*noted = span_of(p, out.total);
	return e != 0 ? e : out.err;
}
