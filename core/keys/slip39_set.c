/* Shares of one secret: made of it, and put together again. */
#include <string.h>

#include "core/crypto/shamir.h"
#include "core/keys/slip39.h"

#define EXPONENT 1			/* what we make */
#define DIGEST 4			/* bytes that prove a set */
#define AT_DIGEST 254
#define AT_SECRET 255

/* --- one level: a group of shares, or a set of groups -------------------- */

static void
digest_of(const uint8_t *random, const struct seed *secret,
    uint8_t out[DIGEST])
{
	struct secret32 h;

	hmac_sha256(span_of(random, secret->n - DIGEST),
	    span_of(secret->b, secret->n), &h);
	memcpy(out, h.b, DIGEST);
	wipe(&h, sizeof(h));
}

/* The shares at 0 to n - 1, of which any .need give the secret. */
static enum err
split(const struct seed *secret, uint8_t need, uint8_t n, fill_random *fill,
    struct seed *out)
{
	struct shamir_row row[SLIP39_MEMBERS + 1];
	struct seed digest = { .n = secret->n };
	uint8_t i, k = need > 1 ? (uint8_t)(need - 2) : 0;
	enum err e = 0;

	for (i = 0; i < n; i++)
		out[i].n = secret->n;
	if (need == 1) {
		for (i = 0; i < n; i++)
			out[i] = *secret;
		return 0;
	}
	for (i = 0; i < k; i++) {
		fill(out[i].b, secret->n);
		row[i] = (struct shamir_row){ i, out[i].b };
	}
	fill(digest.b + DIGEST, secret->n - DIGEST);
	digest_of(digest.b + DIGEST, secret, digest.b);
	row[k] = (struct shamir_row){ AT_DIGEST, digest.b };
	row[k + 1] = (struct shamir_row){ AT_SECRET, secret->b };
	for (i = k; e == 0 && i < n; i++)
		e = shamir_at(FIELD_256, row, need, i, out[i].b, secret->n);
	wipe(&digest, sizeof(digest));
	return e;
}

/* What n rows agree on, of which .need are enough. */
static enum err
join(const struct shamir_row *row, size_t n, uint8_t need, size_t len,
    struct seed *out)
{
	struct seed other = { .n = len };
	uint8_t sum[DIGEST];
	bool same = true;
	enum err e = 0;
	size_t i;

	out->n = len;
	for (i = need; e == 0 && i < n; i++) {
		e = shamir_at(FIELD_256, row, need, row[i].x, other.b, len);
		same &= ct_equal(other.b, row[i].y, len);
	}
	if (e == 0 && need == 1)
		memcpy(out->b, row[0].y, len);
	if (e == 0 && need > 1 &&
	    (e = shamir_at(FIELD_256, row, need, AT_SECRET, out->b,
	    len)) == 0 &&
	    (e = shamir_at(FIELD_256, row, need, AT_DIGEST, other.b,
	    len)) == 0) {
		digest_of(other.b + DIGEST, out, sum);
		same &= ct_equal(sum, other.b, DIGEST);
		wipe(sum, sizeof(sum));
	}
	wipe(&other, sizeof(other));
	ct_public(&same, sizeof(same));		/* the owner is told */
	if (e == 0 && !same)
		e = ERR_MISMATCH;
	return e;
}

/* --- sets ---------------------------------------------------------------- */

enum err
slip39_add(struct slip39_set *set, const struct slip39_share *s)
{
	const struct slip39_share *first = &set->share[0], *o;
	size_t i;

	if (set->n > 0 && (s->id != first->id ||
	    s->extendable != first->extendable ||
	    s->exponent != first->exponent || s->groups != first->groups ||
	    s->group_need != first->group_need ||
	    s->value.n != first->value.n))
		return ERR_MIXED;
	for (i = 0; i < set->n; i++) {
		o = &set->share[i];
		if (o->group != s->group)
			continue;
		if (o->need != s->need)
			return ERR_MIXED;
		if (o->member == s->member)
			return ERR_DUPLICATE;
	}
	if (set->n == SLIP39_SET)
		return ERR_SPACE;
	set->share[set->n++] = *s;
	return 0;
}

/* How many shares of a group there are, and how many it wants. */
uint8_t
slip39_members(const struct slip39_set *set, uint8_t group, uint8_t *need)
{
	uint8_t n = 0;
	size_t i;

	for (i = 0; i < set->n; i++)
		if (set->share[i].group == group) {
			n++;
			*need = set->share[i].need;
		}
	return n;
}

struct slip39_count
slip39_counted(const struct slip39_set *set)
{
	struct slip39_count c = { 0 };
	uint8_t g, n, need = 0;

	if (set->n == 0)
		return c;
	c.groups_need = set->share[0].group_need;
	for (g = 0; g < SLIP39_GROUPS; g++) {
		n = slip39_members(set, g, &need);
		if (n > 0 && n >= need)
			c.groups_have++;
		if (g == set->share[set->n - 1].group) {
			c.have = n;
			c.need = need;
		}
	}
	return c;
}

static enum err
join_group(const struct slip39_set *set, uint8_t group, struct seed *out)
{
	struct shamir_row row[SLIP39_MEMBERS];
	uint8_t need = 0;
	size_t i, n = 0;

	for (i = 0; i < set->n; i++)
		if (set->share[i].group == group) {
			need = set->share[i].need;
			row[n++] = (struct shamir_row){ set->share[i].member,
			    set->share[i].value.b };
		}
	return join(row, n, need, set->share[0].value.n, out);
}

/* What the shares hold: the secret, still under its passphrase. */
static enum err
join_all(const struct slip39_set *set, struct seed *out)
{
	struct seed value[SLIP39_GROUPS];
	struct shamir_row row[SLIP39_GROUPS];
	struct slip39_count c = slip39_counted(set);
	uint8_t g, need = 0;
	size_t n = 0;
	enum err e = 0;

	if (set->n == 0 || c.groups_have < c.groups_need)
		return ERR_MISSING;
	for (g = 0; e == 0 && g < SLIP39_GROUPS; g++) {
		uint8_t have = slip39_members(set, g, &need);

		if (have == 0 || have < need)
			continue;
		row[n] = (struct shamir_row){ g, value[n].b };
		e = join_group(set, g, &value[n++]);
	}
	if (e == 0)
		e = join(row, n, c.groups_need, set->share[0].value.n, out);
	wipe(value, sizeof(value));
	return e;
}

enum err
slip39_begin(const struct slip39_set *set, struct span passphrase,
    struct slip39_stretch *st)
{
	struct seed secret = { 0 };
	enum err e;

	if ((e = join_all(set, &secret)) == 0)
		e = slip39_stretch(&set->share[0], passphrase, true, &secret,
		    st);
	wipe(&secret, sizeof(secret));
	return e;
}

enum err
slip39_join(const struct slip39_set *set, struct span passphrase,
    struct seed *out)
{
	struct slip39_stretch st = { 0 };
	enum err e;

	if ((e = slip39_begin(set, passphrase, &st)) == 0) {
		slip39_go(&st, UINT32_MAX);
		*out = st.secret;
	}
	wipe(&st, sizeof(st));
	return e;
}

static enum err
plan_ok(const struct slip39_plan *p, size_t n)
{
	size_t sum = 0;
	uint8_t g;

	if (n < 16 || n > SEED_MAX || n % 2 != 0 || p->groups == 0 ||
	    p->groups > SLIP39_GROUPS || p->group_need == 0 ||
	    p->group_need > p->groups)
		return ERR_RANGE;
	for (g = 0; g < p->groups; g++) {
		uint8_t need = p->group[g].need, of = p->group[g].members;

		if (need == 0 || need > of || of > SLIP39_MEMBERS ||
		    (need == 1 && of > 1))
			return ERR_RANGE;
		sum += of;
	}
	return sum <= SLIP39_SET ? ERR_NONE : ERR_RANGE;
}

static enum err
split_group(const struct slip39_plan *p, uint8_t g,
    const struct slip39_share *like, const struct seed *secret,
    fill_random *fill, struct slip39_set *out)
{
	struct seed value[SLIP39_MEMBERS];
	struct slip39_share s = *like;
	enum err e;

	s.group = g;
	s.need = p->group[g].need;
	e = split(secret, s.need, p->group[g].members, fill, value);
	for (s.member = 0; e == 0 && s.member < p->group[g].members;
	    s.member++) {
		s.value = value[s.member];
		out->share[out->n++] = s;
	}
	wipe(value, sizeof(value));
	wipe(&s, sizeof(s));
	return e;
}

enum err
slip39_split(const struct slip39_plan *p, const struct seed *secret,
    struct span passphrase, fill_random *fill, struct slip39_set *out)
{
	struct slip39_share like = { .extendable = true,
	    .exponent = EXPONENT, .group_need = p->group_need,
	    .groups = p->groups };
	struct seed value[SLIP39_GROUPS];
	struct slip39_stretch st = { 0 };
	uint8_t id[2], g;
	enum err e;

	fill(id, sizeof(id));
	ct_public(id, sizeof(id));
	like.id = (uint16_t)((id[0] << 8 | id[1]) & 0x7fff);
	if ((e = plan_ok(p, secret->n)) == 0 &&
	    (e = slip39_stretch(&like, passphrase, false, secret,
	    &st)) == 0) {
		slip39_go(&st, UINT32_MAX);
		e = split(&st.secret, p->group_need, p->groups, fill, value);
	}
	out->n = 0;
	for (g = 0; e == 0 && g < p->groups; g++)
		e = split_group(p, g, &like, &value[g], fill, out);
	wipe(value, sizeof(value));
	wipe(&st, sizeof(st));
	return e;
}
