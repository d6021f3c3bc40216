#include <stdio.h>

#include "core/chain/bitcoin/register.h"
#include "core/chain/bitcoin/request.h"
#include "core/chain/bitcoin/text_job.h"
#include "core/encode/hex.h"

#define SHOWN 3			/* receiving addresses on the page */
#define GROUP 4

struct writer {
	const struct wallet_req	*q;
	struct pubring		*ring;
	struct arena		*a;
	struct intent		*out;
};

static void
letter(void *ctx, uint32_t number, struct sink *s)
{
	const struct descriptor *d = ctx;
	uint32_t l = descriptor_letter(d, number);

	if (desc_key_nobody(&d->key[number])) {
		put_text(s, "nobody");
		return;
	}
	if (l >= 26)
		put_u8(s, (uint8_t)('A' + l / 26 - 1));
	put_u8(s, (uint8_t)('A' + l % 26));
}

static const char *
letter_text(const struct writer *w, uint32_t number, char out[16])
{
	struct descriptor d = w->q->d;
	struct sink s = sink_to_buf((uint8_t *)out, 15);

	letter(&d, number, &s);
	out[s.total] = '\0';
	return out;
}

static bool
is_first(const struct descriptor *d, uint32_t number)
{
	uint32_t i;

	for (i = 0; i < number; i++)
		if (memcmp(&d->key[i].xpub.key, &d->key[number].xpub.key,
		    sizeof(d->key[i].xpub.key)) == 0)
			return false;
	return true;
}

/* "A = [73c5da0a/48h/1h/0h/2h]tpub…": each distinct key once. */
static enum err
key_fact(struct writer *w, uint32_t i)
{
	const struct desc_key *k = &w->q->d.key[i];
	struct scan s = { k->text, 0 };
	struct span whole;
	const char *odd = k->has_origin ? "" : " (of unknown origin)";
	char name[16];
	bool ours = k->has_origin && pubring_ours(w->ring, &k->origin.fpr);

	if (desc_key_nobody(k))
		return text_row(w->out, "key path: nobody can have the secret "
		    "of its key (BIP341)", KNOWN_PROVEN, "nobody's key");
	if (k->has_origin)
		(void)scan_until(&s, "]");
	whole = scan_until(&s, "/");
	whole = span_of(k->text.p, s.at);
	return text_row(w->out, arena_text(w->a, "%s%s = %.*s%s",
	    letter_text(w, i, name), ours ? " (yours)" : "", (int)whole.n,
	    (const char *)whole.p, odd), ours ? KNOWN_PROVEN : KNOWN_CLAIMED,
	    ours ? "our key" : "the file says");
}

static const char *
grouped(struct arena *a, const char *address)
{
	size_t i, o = 0, n = strlen(address);
	char *p = arena_new(a, char, n + n / GROUP + 1);

	for (i = 0; p != NULL && i < n; i++) {
		if (i > 0 && i % GROUP == 0)
			p[o++] = ' ';
		p[o++] = address[i];
	}
	return p;
}

enum err
wallet_address(const struct wallet_req *q, uint32_t branch, uint32_t index,
    struct arena *a, char out[ADDRESS_TEXT_MAX])
{
	struct script s;
	struct built b;
	enum err e;

	if ((e = descriptor_build(&q->d, branch, index, a, &b)) != 0)
		return e;
	s = script_of(b.script);
	return script_address(&s, q->review->network, out);
}

static enum err
address_fact(struct writer *w, uint32_t branch, uint32_t index)
{
	char text[ADDRESS_TEXT_MAX];
	const char *shown;
	enum err e;

	if ((e = wallet_address(w->q, branch, index, w->a, text)) != 0)
		return e;
	if ((shown = grouped(w->a, text)) == NULL)
		return ERR_SPACE;
	return text_row(w->out, w->q->d.ranged ? arena_text(w->a, "%s %u: %s",
	    branch == 0 ? "receive" : "change", index, shown) :
	    arena_text(w->a, "address: %s", shown), KNOWN_PROVEN, "built");
}

static enum err
head_facts(struct writer *w)
{
	const struct wallet_req *q = w->q;
	struct descriptor d = q->d;
	const char *words;
	enum err e;

	if ((e = descriptor_words(&d, letter, &d, w->a, &words)) != 0 ||
	    (e = text_row(w->out, arena_text(w->a, "wallet %s, of a %s file",
	    q->file.name, q->file.form), KNOWN_CLAIMED,
	    "the file says")) != 0)
		return e;
	return text_row(w->out, arena_text(w->a, "%s%s: %s",
	    spend_name(d.spend), d.code != NULL && d.code->sorted ?
	    ", keys sorted" : "", words), KNOWN_PROVEN, "the script");
}

enum err
wallet_facts(const struct wallet_req *q, struct pubring *ring,
    struct arena *a, struct intent *out)
{
	struct writer w = { q, ring, a, out };
	enum err e;
	uint32_t i;

	if ((e = text_rows(out, a, q->d.nkey + SHOWN + 4)) != 0 ||
	    (e = head_facts(&w)) != 0)
		return e;
	for (i = 0; i < q->d.nkey; i++)
		if (is_first(&q->d, i) && (e = key_fact(&w, i)) != 0)
			return e;
	for (i = 0; i < (q->d.ranged ? SHOWN : 1); i++)
		if ((e = address_fact(&w, 0, i)) != 0)
			return e;
	return q->d.nbranch > 1 ? address_fact(&w, 1, 0) : ERR_NONE;
}

/* Is its first address the one that the file says? */
enum err
wallet_first(const struct wallet_req *q, struct arena *a, bool *same)
{
	char text[ADDRESS_TEXT_MAX];
	enum err e;

	*same = true;
	if (q->file.first[0] == '\0')
		return 0;
	if ((e = wallet_address(q, 0, 0, a, text)) != 0)
		return e;
	*same = strcmp(text, q->file.first) == 0;
	return 0;
}
