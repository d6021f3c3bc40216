/* The vault's file: what it may cost to open, how it is written, and what the
 * log says of a page. */
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/proc/memory.h"
#include "core/wire/consent.h"
#include "media/import.h"
#include "media/patch.h"
#include "tui/engine_state.h"

#define GOAL 2.0		/* seconds that opening is to take */
#define KIB_LEAST 19456U	/* the keeper takes no less */
#define PASSES_LEAST 2U

static enum err
time_of(struct engine *e, const struct vault_cost *c, double *seconds)
{
	uint8_t body[8];
	struct sink s = sink_to_buf(body, sizeof(body));
	struct timespec a = { 0 }, b = { 0 };
	struct fault f = { 0 };
	enum err err;

	put_u32le(&s, c->passes);
	put_u32le(&s, c->kib);
	(void)clock_gettime(CLOCK_MONOTONIC, &a);
	err = engine_ask_keeper(e, MSG_VAULT_TRY, SPAN_OF(body), &f);
	(void)clock_gettime(CLOCK_MONOTONIC, &b);
	packet_end(&e->packet);
	*seconds = (double)(b.tv_sec - a.tv_sec) +
	    (double)(b.tv_nsec - a.tv_nsec) / 1e9;
	return err;
}

/* Memory first, for it is what an attacker has to pay for; then passes. */
enum err
engine_vault_cost(struct engine *e, struct vault_cost *c)
{
	uint64_t half = import_free_kib() / 2;
	double t = 0;
	enum err err;

	c->passes = PASSES_LEAST;
	c->kib = half > LIMIT_VAULT_MEMORY ? (uint32_t)LIMIT_VAULT_MEMORY :
	    half < KIB_LEAST ? KIB_LEAST : (uint32_t)half;
	if ((err = time_of(e, c, &t)) != 0)
		return err;
	if (t > GOAL)
		c->kib = (uint32_t)((double)c->kib * GOAL / t);
	else if (t > 0)
		c->passes = (uint32_t)(PASSES_LEAST * GOAL / t);
	if (c->kib < KIB_LEAST)
		c->kib = KIB_LEAST;
	if (c->passes > LIMIT_VAULT_PASSES)
		c->passes = LIMIT_VAULT_PASSES;
	if ((uint64_t)c->passes * c->kib > LIMIT_VAULT_WORK)
		c->passes = (uint32_t)(LIMIT_VAULT_WORK / c->kib);
	return 0;
}

/* --- writing -------------------------------------------------------------- */

struct part {
	uint32_t	from, n;
	uint64_t	sequence;
};

static enum err
seal(struct engine *e, int fd, struct part *p)
{
	struct fault f = { 0 };
	struct reader r;
	enum err err;

	if ((err = engine_ask_keeper_fd(e, MSG_VAULT_SEAL, span_of(NULL, 0),
	    fd, &f)) != 0)
		return err;
	r = reader_of(e->packet.body);
	p->from = read_u32le(&r);
	p->n = read_u32le(&r);
	p->sequence = read_u64le(&r);
	err = reader_done(&r);
	packet_end(&e->packet);
	return err;
}

/* It is on the stick: from now on the other state is the older one. */
static enum err
saved(struct engine *e, const struct part *p)
{
	uint8_t body[8];
	struct sink s = sink_to_buf(body, sizeof(body));
	struct fault f = { 0 };
	enum err err;

	put_u64le(&s, p->sequence);
	err = engine_ask_keeper(e, MSG_VAULT_SAVED, SPAN_OF(body), &f);
	packet_end(&e->packet);
	return err;
}

static void
see(struct engine *e, int fd, unsigned half)
{
	struct span s;

	memset(e->head[half], 0, VAULT_HEAD);
	if (memfd_map(fd, &s) != 0)
		return;
	if (s.n >= half * LIMIT_VAULT + VAULT_HEAD)
		memcpy(e->head[half], s.p + half * LIMIT_VAULT, VAULT_HEAD);
	memfd_unmap(s);
}

void
engine_vault_seen(struct engine *e, int file)
{
	see(e, file, 0);
	see(e, file, 1);
	e->half = false;
}

/* No two states begin alike: what begins otherwise than it was left was
 * written by another program since, and is not overwritten.  Where a write of
 * ours has failed, one of the two may. */
static enum err
as_left(const struct engine *e, int dir, const char *name)
{
	uint8_t head[VAULT_HEAD];
	unsigned i, same = 0, there = 0;

	for (i = 0; i < 2; i++) {
		if (import_peek(dir, name, i * LIMIT_VAULT, head,
		    sizeof(head)))
			there++;
		else
			memset(head, 0, sizeof(head));
		same += memcmp(head, e->head[i], sizeof(head)) == 0;
	}
	if (there == 0)
		return ERR_GONE;
	return same == 2 || (e->half && same == 1) ? ERR_NONE : ERR_MISMATCH;
}

enum err
engine_vault_store(struct engine *e, int dir, const char *name)
{
	struct part p;
	enum err err;
	int fd;

	if ((err = as_left(e, dir, name)) != 0 ||
	    (err = memfd_new("vault", &fd)) != 0)
		return err;
	if ((err = seal(e, fd, &p)) == 0 && (err = memfd_seal(fd)) == 0) {
		e->half = true;
		if ((err = patch_file(dir, name, fd, p.from, p.n)) == 0 &&
		    (err = saved(e, &p)) == 0) {
			see(e, fd, p.from > 0);
			e->changed = e->half = false;
		}
	}
	(void)close(fd);
	return err;
}

enum err
engine_vault_store_both(struct engine *e, int dir, const char *name)
{
	enum err err = engine_vault_store(e, dir, name);

	return err != 0 ? err : engine_vault_store(e, dir, name);
}

/* Both states in one file, whole or not at all. */
enum err
engine_vault_store_new(struct engine *e, int dir, const char *name,
    char out[NAME_MAX + 1])
{
	struct part p;
	enum err err;
	int fd, i;

	if ((err = memfd_new("vault", &fd)) != 0)
		return err;
	for (i = 0; i < 2 && err == 0; i++)
		if ((err = seal(e, fd, &p)) == 0)
			err = saved(e, &p);
	if (err == 0 && (err = memfd_seal(fd)) == 0 &&
	    (err = save_private(dir, name, fd, out)) == 0) {
		engine_vault_seen(e, fd);
		e->changed = false;
	}
	(void)close(fd);
	return err;
}

/* --- the log -------------------------------------------------------------- */

#define LINE 3800	/* of what a line may hold, less its front */

static void
put_hex(struct sink *s, const struct hash32 *h)
{
	static const char hex[] = "0123456789abcdef";
	size_t i;

	for (i = 0; i < sizeof(h->b); i++) {
		put_u8(s, (uint8_t)hex[h->b[i] >> 4]);
		put_u8(s, (uint8_t)hex[h->b[i] & 15]);
	}
}

/* By this machine's clock, which nobody vouches for. */
void
engine_put_when(struct sink *s)
{
	time_t now = time(NULL);
	struct tm tm = { 0 };
	char text[32] = "";

	if (gmtime_r(&now, &tm) != NULL)
		(void)strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &tm);
	put_text(s, text);
}

static void
put_total(struct sink *s, const char *what, const struct page *p,
    enum total_kind kind)
{
	const struct total *t = &p->total[kind];
	char text[NUM_TEXT_MAX];

	if (!t->has || t->known == KNOWN_UNKNOWN)
		return;
	num_text(&t->amount, text);
	put_text(s, what);
	put_text(s, text);
	put_u8(s, ' ');
	put_text(s, p->unit);
}

/* To whom: every address of the page that money goes to, whole; where there
 * are too many for a line, how many are left out. */
static void
put_payees(struct sink *s, const struct page *p)
{
	size_t i, left = 0;

	for (i = 0; i < p->nrow; i++) {
		const struct page_row *row = &p->row[i];

		if (row->kind != FACT_PAY)
			continue;
		if (s->total + strlen(row->to) > LINE - 1024) {
			left++;
			continue;
		}
		put_text(s, " to=");
		put_text(s, row->to);
	}
	if (left > 0)
		put_text(s, " to=and more");
}

static void
put_accepted(struct sink *s, const struct page *p)
{
	const char *before = " accepted=";
	size_t i;

	for (i = 0; i < p->nfinding; i++) {
		if (p->finding[i].level != LEVEL_WARN || s->total > LINE - 512)
			continue;
		put_text(s, before);
		put_text(s, p->finding[i].code);
		before = ",";
	}
}

static enum err
put_answers(struct sink *s, const struct engine *e)
{
	struct hash32 h;
	struct span bytes;
	enum err err;
	size_t i;

	for (i = 0; i < e->nanswer; i++) {
		if ((err = memfd_map(e->answer[i].fd, &bytes)) != 0)
			return err;
		sha256(bytes, &h);
		memfd_unmap(bytes);
		put_text(s, " answer=");
		put_hex(s, &h);
	}
	return 0;
}

enum err
engine_vault_note(struct engine *e, const char *what, struct fault *f)
{
	uint8_t line[LINE];
	struct sink s = sink_to_buf(line, sizeof(line));
	const struct page *p = &e->page;
	enum err err;

	if (!e->vault || !e->has_page)
		return ERR_STATE;
	engine_put_when(&s);
	put_u8(&s, ' ');
	put_text(&s, what);
	put_u8(&s, ' ');
	put_text(&s, p->network);
	put_text(&s, " file=");
	put_hex(&s, &e->file_hash);
	put_text(&s, " page=");
	put_hex(&s, &e->digest);
	put_span(&s, span_of(e->named, e->nnamed));
	put_total(&s, " paid=", p, TOTAL_PAY);
	put_total(&s, " fee=", p, TOTAL_FEE);
	put_payees(&s, p);
	put_text(&s, " verdict=");
	put_text(&s, verdict_name(p->verdict));
	put_accepted(&s, p);
	if ((err = put_answers(&s, e)) != 0)
		return err;
	if (s.err != 0)
		return ERR_RANGE;
	err = engine_ask_keeper(e, MSG_VAULT_LOG, span_of(line, s.total), f);
	e->changed = e->changed || err == 0;
	e->nnamed = 0;
	packet_end(&e->packet);
	return err;
}
