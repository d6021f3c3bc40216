#include <string.h>

#include "core/keys/gather.h"
#include "core/keys/wordlist.h"

/* The rest of a line after the word xor; NULL and 0 when it is not there. */
static struct span
after_xor(struct span line)
{
	struct span word = wordlist_cut(&line);
	uint8_t low[3];
	bool xor;

	if (word.n != sizeof(low))
		return span_of(NULL, 0);
	wordlist_lower(word, low);
	xor = ct_equal(low, "xor", sizeof(low));
	ct_public(&xor, sizeof(xor));		/* no word of the list */
	return xor ? line : span_of(NULL, 0);
}

static size_t
count_words(struct span line)
{
	size_t n = 0;

	while (wordlist_cut(&line).n > 0)
		n++;
	return n;
}

enum pieces
gather_kind(struct span line)
{
	struct span rest = after_xor(line), first;
	size_t n = count_words(line);

	if (n == 20 || n == 33 || n == SLIP39_SHARE_WORDS)
		return PIECES_SLIP39;
	if (rest.p != NULL && count_words(rest) >= 12)
		return PIECES_XOR;
	first = wordlist_cut(&line);
	return codex32_looks_so(first) ? PIECES_CODEX32 : PIECES_NONE;
}

static enum err
say(enum err e, size_t n, const char *what, struct fault *f)
{
	fault_set(f, 0, e == ERR_MIXED ?
	    "%s %zu: it does not belong to those before" :
	    e == ERR_DUPLICATE ? "%s %zu: it is there already" : "%s %zu",
	    what, n + 1);
	return e;
}

/* What a checksum tells, where one slip alone explains it. */
static enum err
say_slip(size_t n, const char *what, size_t bad, const char *unit,
    struct fault *f)
{
	if (bad == SIZE_MAX)
		return say(ERR_CHECKSUM, n, what, f);
	fault_set(f, 0, "%s %zu, %s %zu if one alone is wrong", what, n + 1,
	    unit, bad + 1);
	return ERR_CHECKSUM;
}

static enum err
add_slip39(struct gather *g, struct span line, struct fault *f)
{
	struct slip39_share s;
	size_t bad = 0;
	enum err e = slip39_read(line, &s, &bad);

	if (e == ERR_WORD)
		fault_set(f, 0, "share %zu, word %zu", g->slip39.n + 1,
		    bad + 1);
	else if (e == ERR_CHECKSUM)
		e = say_slip(g->slip39.n, "share", bad, "word", f);
	else if (e != 0 || (e = slip39_add(&g->slip39, &s)) != 0)
		e = say(e, g->slip39.n, "share", f);
	wipe(&s, sizeof(s));
	return e;
}

/* On paper it stands in groups of four. */
static enum err
add_codex32(struct gather *g, struct span line, struct fault *f)
{
	char text[CODEX32_TEXT_MAX];
	struct codex32 s;
	struct span part;
	enum err e = 0;
	size_t n = 0, bad = 0;

	while (e == 0 && (part = wordlist_cut(&line)).n > 0) {
		if (part.n >= sizeof(text) - n)
			e = ERR_RANGE;
		else
			memcpy(text + n, part.p, part.n);
		n += part.n;
	}
	if (e == 0)
		e = codex32_read(span_of(text, n), &s, &bad);
	if (e == ERR_CHECKSUM)
		e = say_slip(g->codex32.n, "codex32 share", bad, "character",
		    f);
	else if (e != 0 || (e = codex32_add(&g->codex32, &s)) != 0)
		e = say(e, g->codex32.n, "codex32 share", f);
	wipe(&s, sizeof(s));
	wipe(text, sizeof(text));
	return e;
}

static enum err
add_part(struct gather *g, struct span line, struct fault *f)
{
	size_t bad = 0;
	enum err e = g->nparts < SEEDXOR_PARTS ? bip39_parse(line,
	    &g->part[g->nparts], &bad) : ERR_SPACE;

	if (e == ERR_WORD)
		fault_set(f, 0, "part %zu, word %zu", g->nparts + 1,
		    bad + 1);
	else if (e != 0)
		e = say(e, g->nparts, "part", f);
	else
		g->nparts++;
	return e;
}

enum err
gather_part(struct gather *g, struct span line, struct fault *f)
{
	enum err e = ERR_MIXED;

	if (g->kind == PIECES_NONE || g->kind == PIECES_XOR)
		e = add_part(g, line, f);
	else
		fault_set(f, 0, "a piece of another kind");
	if (e == 0)
		g->kind = PIECES_XOR;
	return e;
}

void
gather_back(struct gather *g)
{
	size_t left = 0;

	wipe(&g->stretch, sizeof(g->stretch));
	if (g->kind == PIECES_SLIP39 && (left = --g->slip39.n) < SLIP39_SET)
		wipe(&g->slip39.share[left], sizeof(g->slip39.share[left]));
	if (g->kind == PIECES_CODEX32 && (left = --g->codex32.n) <
	    CODEX32_SHARES)
		wipe(&g->codex32.share[left], sizeof(g->codex32.share[left]));
	if (g->kind == PIECES_XOR && (left = --g->nparts) < SEEDXOR_PARTS)
		wipe(&g->part[left], sizeof(g->part[left]));
	if (left == 0)
		wipe(g, sizeof(*g));
}

enum err
gather_add(struct gather *g, struct span line, struct fault *f)
{
	enum pieces kind = gather_kind(line);
	enum err e;

	if (kind == PIECES_NONE) {
		fault_set(f, 0, "neither a share of 20, 33 or 59 words nor "
		    "codex32");
		return ERR_RANGE;
	}
	if (g->kind != PIECES_NONE && g->kind != kind) {
		fault_set(f, 0, "a piece of another kind");
		return ERR_MIXED;
	}
	if (kind == PIECES_XOR)
		e = g->nparts == 0 ? ERR_MISSING : add_part(g,
		    after_xor(line), f);
	else
		e = kind == PIECES_SLIP39 ? add_slip39(g, line, f) :
		    add_codex32(g, line, f);
	if (e != 0)
		return e;
	g->kind = kind;
	wipe(&g->stretch, sizeof(g->stretch));
	return 0;
}

static void
count_groups(const struct slip39_set *set, struct pieces_count *c)
{
	const struct slip39_share *last = &set->share[set->n - 1];
	uint8_t g;

	_Static_assert(PIECES_GROUPS == SLIP39_GROUPS, "all groups");
	c->exponent = last->exponent;
	c->last = last->group;
	c->groups = last->groups;
	for (g = 0; g < c->groups; g++)
		c->group[g].have = slip39_members(set, g, &c->group[g].need);
}

struct pieces_count
gather_count(const struct gather *g)
{
	struct pieces_count c = { .kind = g->kind };
	struct slip39_count s = slip39_counted(&g->slip39);
	size_t i;

	if (g->kind == PIECES_SLIP39) {
		c.have = s.have;
		c.need = s.need;
		c.groups_have = s.groups_have;
		c.groups_need = s.groups_need;
		c.enough = s.groups_have >= s.groups_need;
		c.all = (uint8_t)g->slip39.n;
		count_groups(&g->slip39, &c);
	} else if (g->kind == PIECES_CODEX32) {
		c.have = c.all = (uint8_t)g->codex32.n;
		c.need = (uint8_t)codex32_need(&g->codex32.share[0]);
		c.enough = c.have >= c.need;
		for (i = 0; i < g->codex32.n; i++)
			c.enough |= codex32_index(&g->codex32.share[i]) == 's';
	} else if (g->kind == PIECES_XOR) {
		c.have = c.all = (uint8_t)g->nparts;
		c.enough = g->nparts >= 2;
	}
	return c;
}

static enum err
of_parts(const struct gather *g, struct span passphrase, struct seedkey *out,
    struct fault *f)
{
	struct mnemonic m;
	enum err e = seedxor_join(g->part, g->nparts, &m);

	if (e != 0)
		fault_set(f, 0, "the parts of Seed XOR");
	else
		e = restore_mnemonic(&m, passphrase, out, f);
	wipe(&m, sizeof(m));
	return e;
}

/* What is not there yet, as the last one says it. */
static void
say_missing(const struct gather *g, struct fault *f)
{
	struct pieces_count c = gather_count(g);

	if (c.groups > 1)
		fault_set(f, 0, "%u of %u groups are complete, and of group %u "
		    "%u of %u shares are here", c.groups_have, c.groups_need,
		    c.last + 1u, c.have, c.need);
	else
		fault_set(f, 0, "%u of %u shares are here", c.have, c.need);
}

static enum err
say_shares(const struct gather *g, enum err e, struct fault *f)
{
	if (e == ERR_MISSING)
		say_missing(g, f);
	else
		fault_set(f, 0, e == ERR_FORM ? "the passphrase of SLIP-39: "
		    "letters, figures and signs of plain ASCII" :
		    "the shares");
	return e;
}

enum err
gather_begin(struct gather *g, struct span passphrase, struct fault *f)
{
	wipe(&g->stretch, sizeof(g->stretch));
	if (g->kind != PIECES_SLIP39)
		return 0;
	return say_shares(g, slip39_begin(&g->slip39, passphrase, &g->stretch),
	    f);
}

void
gather_go(struct gather *g, uint32_t rounds)
{
	slip39_go(&g->stretch, rounds);
}

static enum err
of_slip39(const struct gather *g, struct span passphrase, struct seed *seed)
{
	if (g->stretch.total == 0 || g->stretch.done < g->stretch.total)
		return slip39_join(&g->slip39, passphrase, seed);
	*seed = g->stretch.secret;
	return 0;
}

enum err
gather_key(const struct gather *g, struct span passphrase,
    struct seedkey *out, struct fault *f)
{
	struct seed seed;
	enum err e;

	if (g->kind == PIECES_XOR)
		return of_parts(g, passphrase, out, f);
	if (g->kind == PIECES_CODEX32 && passphrase.n > 0) {
		fault_set(f, 0, "a passphrase, for codex32, which has none");
		return ERR_REFUSED;
	}
	e = say_shares(g, g->kind == PIECES_SLIP39 ? of_slip39(g, passphrase,
	    &seed) : codex32_join(&g->codex32, &seed), f);
	if (e == 0)
		e = restore_seed(&seed, out, f);
	wipe(&seed, sizeof(seed));
	return e;
}
