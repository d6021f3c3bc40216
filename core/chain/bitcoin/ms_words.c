#include <stdio.h>

#include "core/chain/bitcoin/ms_ask.h"
#include "core/chain/bitcoin/request.h"

struct teller {
	struct sink		 s;
	const struct ms_who	*who;
};

#define YEAR (365 * 24 * (uint64_t)3600)
#define DAY (24 * (uint64_t)3600)

/* A length of time in seconds, to the unit that says something. */
static void
about(uint64_t seconds, char *out, size_t cap)
{
	static const struct { const char *name; uint64_t of, from; } unit[] = {
		{ "year", YEAR, 23 * YEAR / 24 }, { "day", DAY, 2 * DAY },
		{ "hour", 3600, 7200 }, { "minute", 60, 0 }
	};
	uint64_t tenths, whole;
	size_t i = 0;

	while (seconds < unit[i].from)
		i++;
	tenths = (seconds * 10 + unit[i].of / 2) / unit[i].of;
	whole = (tenths + 5) / 10;
	if (i == 0 && tenths % 10 != 0)
		(void)snprintf(out, cap, "about %llu.%llu years",
		    (unsigned long long)(tenths / 10),
		    (unsigned long long)(tenths % 10));
	else
		(void)snprintf(out, cap, "about %llu %s%s",
		    (unsigned long long)whole, unit[i].name,
		    whole == 1 ? "" : "s");
}

/* 52,560 */
static void
put_count(struct sink *s, uint32_t v)
{
	char text[16];
	size_t i, n = (size_t)snprintf(text, sizeof(text), "%u", v);

	for (i = 0; i < n; i++) {
		if (i > 0 && (n - i) % 3 == 0)
			put_u8(s, ',');
		put_u8(s, (uint8_t)text[i]);
	}
}

#define BLOCK_SECONDS 600
#define UNIT_SECONDS 512		/* BIP68 */
#define LOCKTIME_TIME 500000000u

static void
put_lock(struct teller *t, const struct ms *m)
{
	char text[TIMING_TEXT_MAX];
	uint32_t v = OLDER_LENGTH(m->k), unit = OLDER_TIME(m->k) ?
	    UNIT_SECONDS : BLOCK_SECONDS;

	if (m->kind == MS_AFTER && m->k < LOCKTIME_TIME) {
		put_text(&t->s, "not before block ");
		put_count(&t->s, m->k);
		return;
	}
	if (m->kind == MS_AFTER) {
		timing_absolute(m->k, text);
		put_text(&t->s, text);
		return;
	}
	about((uint64_t)v * unit, text, sizeof(text));
	put_text(&t->s, "after ");
	put_count(&t->s, OLDER_TIME(m->k) ? v * UNIT_SECONDS : v);
	put_text(&t->s, OLDER_TIME(m->k) ? " seconds (" : v == 1 ?
	    " block (" : " blocks (");
	put_text(&t->s, text);
	put_u8(&t->s, ')');
}

static void
put_hash(struct teller *t, const struct ms *m)
{
	static const char *const name[] = { "SHA-256", "double SHA-256",
	    "RIPEMD-160", "HASH160" };
	char two[8];
	size_t i, n = m->kind == MS_SHA256 || m->kind == MS_HASH256 ? 32 : 20;

	put_text(&t->s, "the secret whose ");
	put_text(&t->s, name[m->kind - MS_SHA256]);
	put_text(&t->s, " is");
	for (i = 0; i < n; i++) {
		(void)snprintf(two, sizeof(two), i % 2 == 0 ? " %02x" : "%02x",
		    m->hash[i]);
		put_text(&t->s, two);
	}
}

static void tell(struct teller *, const struct ask *, bool inside);
static void tell_some(struct teller *, const struct ask *);
static void tell_all(struct teller *, const struct ask *, bool inside);

static size_t
count(const struct ask *x, enum ask_kind kind)
{
	size_t i, n = 0;

	for (i = 0; i < x->n; i++)
		n += x->sub[i]->kind == kind;
	return n;
}

static bool
is_all(const struct ask *x)
{
	return x->kind == ASK_SOME && x->k == x->n;
}

/* Whom it takes, of what is asked for together. */
static void
tell_people(struct teller *t, const struct ask *x, bool inside)
{
	size_t locks = count(x, ASK_LOCK), hashes = count(x, ASK_HASH);
	size_t i, said = 0, n = x->n - locks - hashes;

	for (i = 0; i < x->n; i++) {
		const struct ask *y = x->sub[i];

		if (y->kind == ASK_LOCK || y->kind == ASK_HASH)
			continue;
		put_text(&t->s, said++ > 0 ? " and " : "");
		if (n == 1 && hashes == 0 && count(y, ASK_KEY) == y->n &&
		    y->kind == ASK_SOME)
			tell_some(t, y);
		else
			tell(t, y, true);
		if (n == 1 && hashes == 0 && y->kind == ASK_KEY)
			put_text(&t->s, " alone");
	}
	if (n == 0 && hashes == 0 && !inside)
		put_text(&t->s, "anybody ");
	else if (n == 0 && hashes > 0)
		put_text(&t->s, "whoever has ");
}

/* Locks last: "A and B after 10 blocks". */
static void
tell_all(struct teller *t, const struct ask *x, bool inside)
{
	size_t locks = count(x, ASK_LOCK), hashes = count(x, ASK_HASH);
	size_t i, said = x->n - locks - hashes;

	tell_people(t, x, inside);
	for (i = 0; i < x->n; i++) {
		if (x->sub[i]->kind != ASK_HASH)
			continue;
		put_text(&t->s, said == 0 ? "" : said == x->n - locks -
		    hashes ? ", with " : ", and ");
		put_hash(t, x->sub[i]->of);
		said++;
	}
	for (i = 0, said = 0; i < x->n; i++) {
		if (x->sub[i]->kind != ASK_LOCK)
			continue;
		put_text(&t->s, said++ > 0 ? " and " : hashes > 0 ? ", " :
		    locks < x->n ? " " : "");
		put_lock(t, x->sub[i]->of);
	}
}

/* "any 2 of A, B, C".  What is no key never stands among keys. */
static void
tell_some(struct teller *t, const struct ask *x)
{
	bool keys = count(x, ASK_KEY) == x->n;
	char text[48];
	size_t i;

	(void)snprintf(text, sizeof(text), keys ? "any %zu of " :
	    "any %zu of these %zu conditions: ", x->k, x->n);
	put_text(&t->s, text);
	for (i = 0; i < x->n; i++) {
		(void)snprintf(text, sizeof(text), "(%zu) ", i + 1);
		put_text(&t->s, i == 0 ? "" : keys ? ", " : "; ");
		put_text(&t->s, keys ? "" : text);
		if (is_all(x->sub[i]))
			tell_all(t, x->sub[i], true);
		else
			tell(t, x->sub[i], true);
	}
}

/* "A now, or B after 10 blocks"; a number of keys stands apart where the
 * next could be taken for one of them. */
static void
tell_either(struct teller *t, const struct ask *x, bool inside)
{
	bool waits = ask_locked(x);
	size_t i;

	for (i = 0; i < x->n; i++) {
		const struct ask *y = x->sub[i];
		bool now = waits && !ask_locked(y);

		put_text(&t->s, i == 0 ? "" : ", or ");
		if (y->kind != ASK_SOME)
			tell(t, y, inside);
		else if (is_all(y))
			tell_all(t, y, inside);
		else if (now && count(y, ASK_KEY) == y->n)
			tell_some(t, y);
		else
			tell(t, y, true);
		put_text(&t->s, now ? " now" : "");
	}
}

static void
tell_several(struct teller *t, const struct ask *x, bool inside)
{
	bool keys = count(x, ASK_KEY) == x->n;

	put_text(&t->s, inside ? "(" : "");
	if (is_all(x)) {
		tell_all(t, x, inside);
	} else if (inside && keys && x->n == 2) {
		tell(t, x->sub[0], true);
		put_text(&t->s, " or ");
		tell(t, x->sub[1], true);
	} else if (x->k == 1 && !(inside && keys)) {
		tell_either(t, x, inside);
	} else {
		tell_some(t, x);
	}
	put_text(&t->s, inside ? ")" : "");
}

/* inside: of something else, so that what has several parts stands apart. */
static void
tell(struct teller *t, const struct ask *x, bool inside)
{
	switch (x->kind) {
	case ASK_NEVER:
		put_text(&t->s, "nobody");
		break;
	case ASK_ALWAYS:
		put_text(&t->s, "anybody");
		break;
	case ASK_KEY:
		t->who->name(t->who->ctx, x->key, &t->s);
		break;
	case ASK_LOCK:
		put_text(&t->s, inside ? "" : "anybody ");
		put_lock(t, x->of);
		break;
	case ASK_HASH:
		put_text(&t->s, "whoever has ");
		put_hash(t, x->of);
		break;
	case ASK_SOME:
		tell_several(t, x, inside);
		break;
	}
}

static void
tell_whole(struct teller *t, const struct ask *x, size_t idle)
{
	tell(t, x, false);
	if (idle == 1)
		put_text(&t->s, " (another way that is in it adds nothing)");
	else if (idle > 1)
		put_text(&t->s, " (other ways that are in it add nothing)");
}

enum err
ms_words(const struct ms *m, const struct ms_who *who, struct arena *a,
    const char **out)
{
	struct teller t = { .s = sink_to_count(), .who = who };
	struct ask *x = ask_of(m, a);
	uint8_t *text;
	size_t n, idle;
	enum err e;

	if (x == NULL)
		return ERR_SPACE;
	if ((e = ask_ways(x, who, a, &x, &idle)) != 0)
		return e;
	tell_whole(&t, x, idle);
	n = t.s.total;
	if ((text = arena_new(a, uint8_t, n + 1)) == NULL)
		return ERR_SPACE;
	t.s = sink_to_buf(text, n);
	tell_whole(&t, x, idle);
	*out = (const char *)text;
	return t.s.err;
}
