/* Shares that a stranger made, with checksums that hold: chance alone never
 * gets past them.  Records of an input: shares whose fields say anything,
 * shares of a set of ours with fields changed, one letter changed; put
 * together. */
#include "core/keys/codex32.h"
#include "core/keys/slip39.h"
#include "tests/fuzz/fuzz.h"

static struct slip39_set ours;		/* 2 of 1/1, 2/3, 3/5 */
static struct codex32_set ours32;	/* 3 of 6 */
static struct slip39_set set;
static struct codex32_set set32;

/* The same each time: what is found can be found again. */
static void
chance(void *p, size_t n)
{
	static uint8_t next;
	uint8_t *b = p;

	while (n-- > 0)
		*b++ = next = (uint8_t)(next * 141 + 91);
}

static void
begin(void)
{
	static const struct slip39_plan plan = { .group_need = 2, .groups = 3,
	    .group = { { 1, 1 }, { 2, 3 }, { 3, 5 } } };
	static const uint8_t id[CODEX32_ID] = { 1, 2, 3, 4 };
	struct seed seed = { .n = 16, .b = "sixteen letters." };

	must(slip39_split(&plan, &seed, span_of(NULL, 0), chance, &ours) == 0);
	must(ours.n == 9);
	must(codex32_split(&seed, id, 3, 6, chance, &ours32) == 0);
}

/* It is read, in bounds and as it was, or refused. */
static void
take(const struct slip39_share *s)
{
	char text[SLIP39_TEXT_MAX], again[SLIP39_TEXT_MAX];
	struct slip39_share r;
	size_t n = set.n, bad = 0;

	slip39_text(s, text);
	if (slip39_read(span_text(text), &r, &bad) != 0)
		return;
	must(r.group < r.groups && r.group_need <= r.groups && r.need > 0 &&
	    r.need <= SLIP39_MEMBERS && r.member < SLIP39_MEMBERS);
	slip39_text(&r, again);
	must(strcmp(text, again) == 0);
	if (set.n < SLIP39_SET && slip39_add(&set, &r) == 0) {
		must(set.n == n + 1);
		must(slip39_add(&set, &r) == ERR_DUPLICATE);
	}
}

/* Every field of it, as far as there are bits. */
static void
any(struct span b)
{
	struct slip39_share s = { .value.n = 16 };
	struct reader r = reader_of(b);

	s.id = (uint16_t)(read_u8(&r) & 3);
	s.extendable = (read_u8(&r) & 1) != 0;
	s.exponent = read_u8(&r) & 15;
	s.group = read_u8(&r) & 15;
	s.group_need = (uint8_t)(1 + (read_u8(&r) & 15));
	s.groups = (uint8_t)(1 + (read_u8(&r) & 15));
	s.member = read_u8(&r) & 15;
	s.need = (uint8_t)(1 + (read_u8(&r) & 15));
	s.value.n = 16 + (size_t)(read_u8(&r) & 31) * 2;
	if (s.value.n > SEED_MAX)
		s.value.n = SEED_MAX;
	memset(s.value.b, read_u8(&r), s.value.n);
	take(&s);
}

/* One of ours, with one of its fields or one byte of its value changed. */
static void
bent(struct span b)
{
	struct reader r = reader_of(b);
	struct slip39_share s = ours.share[read_u8(&r) % ours.n];
	uint8_t what = read_u8(&r), with = read_u8(&r);
	uint8_t *const field[] = { &s.group, &s.member };

	if (what < 2)
		*field[what] = with & 15;
	else if (what < 2 + s.value.n)
		s.value.b[what - 2] ^= with;
	take(&s);
}

/* RS1024 finds any three words that are wrong, so certainly one. */
static void
misspelt(struct span b)
{
	struct reader r = reader_of(b);
	char text[SLIP39_TEXT_MAX];
	struct slip39_share s;
	size_t at, bad = 0;
	uint8_t with;

	slip39_text(&ours.share[read_u8(&r) % ours.n], text);
	at = read_u16le(&r) % strlen(text);
	with = read_u8(&r);
	if (with == 0 || (uint8_t)text[at] == with || (with | 32) ==
	    ((uint8_t)text[at] | 32) || text[at] == ' ' || with <= ' ')
		return;
	text[at] = (char)with;
	must(slip39_read(span_text(text), &s, &bad) != 0);
}

/* BCH of 13 letters finds any eight; one changed is refused. */
static void
codex(struct span b)
{
	struct reader r = reader_of(b);
	struct codex32 c = ours32.share[read_u8(&r) % ours32.n], back;
	size_t n = set32.n, at = read_u8(&r) % c.n, bad = 0;
	uint8_t with = read_u8(&r) & 31;
	char line[CODEX32_TEXT_MAX];

	c.v[at] ^= with;
	codex32_text(&c, line);
	must((codex32_read(span_text(line), &back, &bad) == 0) == (with == 0));
	if (with == 0 && set32.n < CODEX32_SHARES &&
	    codex32_add(&set32, &back) == 0) {
		must(set32.n == n + 1);
		must(codex32_add(&set32, &back) == ERR_DUPLICATE);
	}
}

/* What was put together is the seed, or refused.  Shares that are bent have a
 * digest that no longer fits. */
static void
joined(bool stretch)
{
	struct slip39_count c = slip39_counted(&set);
	struct seed seed = { 0 };
	enum err e;

	must(c.groups_have <= SLIP39_GROUPS && c.have <= SLIP39_SET);
	if (stretch && set.n > 0 && set.share[0].exponent < 2 &&
	    slip39_join(&set, span_of(NULL, 0), &seed) == 0)
		must(seed.n == set.share[0].value.n);
	if (set32.n == 0)
		return;
	e = codex32_join(&set32, &seed);
	must((e == 0) == (set32.n >= 3));
	must(e != 0 || memcmp(seed.b, "sixteen letters.", 16) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static void (*const what[])(struct span) = { any, bent, misspelt,
	    codex };
	struct reader r = reader_of(span_of(p, n));
	struct span body;
	bool stretch = false;		/* takes long */
	uint8_t choice;
	size_t i;

	if (ours.n == 0)
		begin();
	set.n = set32.n = 0;
	for (i = 0; i < 40 && next_record(&r, &choice, &body); i++) {
		what[choice % 4](body);
		stretch |= choice == 0xfd;
	}
	joined(stretch);
	return 0;
}
