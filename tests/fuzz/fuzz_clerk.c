/* The clerk's handlers with any bodies, in any order, on files that are the
 * input; a keeper answers from another thread, under a plan that is the page's.
 * What goes out must have been agreed to. */
#include <poll.h>
#include <pthread.h>
#include <unistd.h>

#include "core/clerk/state.h"
#include "core/keeper/state.h"
#include "core/proc/memory.h"
#include "tests/fuzz/fuzz.h"

#define ARENA ((size_t)64 << 20)

static struct keeper keeper;
static struct channel clerk_front, front, clerk_keeper, keeper_clerk;
static struct clerk c;

/* One question of the clerk's, answered as keeper.c does. */
static void
answer(struct packet *p)
{
	static uint8_t mem[WIRE_MAX - 1];
	struct sink reply = sink_to_buf(mem, sizeof(mem));
	struct fault f = { 0 };
	enum err e;

	e = channel_recv(&keeper_clerk, keeper_state(&keeper), p);
	if (e == 0)
		e = keeper_answer(&keeper, p->type, p->body, &reply, &f);
	packet_end(p);
	must((e != 0 ? channel_fail(&keeper_clerk, MSG_KEY_FAIL, e, &f) :
	    channel_send(&keeper_clerk, MSG_KEY_OK, span_of(mem, reply.total),
	    NULL, 0)) == 0);
}

/* The keeper, and a front that lets progress pass by. */
static void *
others(void *arg)
{
	static struct packet p;

	(void)arg;
	for (;;) {
		struct pollfd f[2] = {
			{ .fd = keeper_clerk.fd, .events = POLLIN },
			{ .fd = front.fd, .events = POLLIN },
		};

		must(poll(f, 2, -1) > 0);
		if ((f[0].revents & POLLIN) != 0)
			answer(&p);
		if ((f[1].revents & POLLIN) != 0) {
			(void)!channel_recv(&front, ST_ANY, &p);
			packet_end(&p);
		}
	}
	return NULL;
}

static void
begin(void)
{
	static uint8_t plan[1 << 20];
	uint8_t body[256], reply[64];
	struct sink s = sink_to_buf(body, sizeof(body));
	struct sink o = sink_to_buf(reply, sizeof(reply));
	struct fault f;
	pthread_t t;

	if (c.front != NULL)
		return;
	must(secp_init(NULL) == 0);
	put_block(&s, span_text(FUZZ_WORDS));
	put_block(&s, span_text(""));
	must(keeper_on_unlock(&keeper, span_of(body, s.total), &o, &f) == 0);
	keeper.arena = (struct arena){ plan, sizeof(plan), 0 };
	must(channel_pair(ROLE_CLERK, ROLE_FRONT, &clerk_front, &front) == 0);
	must(channel_pair(ROLE_CLERK, ROLE_KEEPER, &clerk_keeper,
	    &keeper_clerk) == 0);
	c.front = &clerk_front;
	c.keeper = &clerk_keeper;
	c.session.arena = &c.memory;
	must(arena_map(&c.arena, ARENA) == 0);
	must(arena_map(&c.memory, ARENA) == 0);
	must(pthread_create(&t, NULL, others, NULL) == 0);
}

/* What the front does when the owner has agreed. */
static void
consent(void)
{
	size_t i;

	must(c.page.verdict != VERDICT_REFUSE);
	keeper_end_consent(&keeper);
	keeper.plan = c.page.plan;
	keeper.left = 0;
	for (i = 0; i < c.page.plan.n; i++)
		keeper.left += c.page.plan.row[i].count;
	keeper.digest = c.digest;
	keeper.consent = keeper.left > 0;
}

static void
give(struct packet *p, struct span file, size_t nfd)
{
	static const char name[] = "fuzz";

	for (; p->nfd < nfd; p->nfd++)
		must(memfd_new(name, &p->fd[p->nfd]) == 0);
	if (file.p != NULL) {
		must(memfd_write(p->fd[0], file) == 0);
		must(memfd_seal(p->fd[0]) == 0);
	}
}

static enum err
call(enum msg m, struct packet *p, struct sink *reply)
{
	static clerk_on *const handler[MSG_COUNT] = {
		[MSG_OPEN] = clerk_on_open, [MSG_AGREE] = clerk_on_agree,
		[MSG_MAKE] = clerk_on_make, [MSG_FORGET] = clerk_on_forget,
		[MSG_ADDRESSES] = clerk_on_addresses,
		[MSG_FIND_ADDRESS] = clerk_on_find_address,
		[MSG_EXPORT] = clerk_on_export,
	};
	struct fault f = { 0 };

	p->type = m;
	if (msg_allowed(m, ROLE_FRONT, ROLE_CLERK, c.state, p->body.n,
	    p->nfd) != 0)
		return ERR_STATE;
	return handler[m](&c, p, reply, &f);
}

static void
one(uint8_t choice, struct span body)
{
	static const enum msg msgs[] = { MSG_OPEN, MSG_AGREE, MSG_MAKE,
	    MSG_FORGET, MSG_ADDRESSES, MSG_FIND_ADDRESS, MSG_EXPORT };
	enum msg m = msgs[choice % (sizeof(msgs) / sizeof(msgs[0]))];
	uint8_t mem[8192], network = choice >> 6;
	struct sink reply = sink_to_buf(mem, sizeof(mem));
	static struct packet p;
	enum err e;

	p.nfd = 0;
	p.body = m == MSG_OPEN ? span_of(&network, 1) : body;
	give(&p, m == MSG_OPEN && body.p != NULL ? body : (struct span){ 0 },
	    msg_table[m].fds);
	e = call(m, &p, &reply);
	packet_end(&p);
	if (m == MSG_AGREE && e == 0)
		consent();
	must(m != MSG_MAKE || e != 0 || c.state == CLERK_IDLE);
	must(e != ERR_INTERNAL && e != ERR_DEAD);
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct reader r = reader_of(span_of(p, n));
	struct span body;
	uint8_t choice;
	size_t i;

	begin();
	for (i = 0; i < 16 && next_record(&r, &choice, &body); i++)
		one(choice, body);
	keeper_end_consent(&keeper);
	clerk_clear(&c);
	arena_clear(&c.memory);
	c.session = (struct session){ .arena = &c.memory };
	return 0;
}
