/*
 * A planted bug: this program's only file format runs the attacker's code in
 * the clerk, at parse or at signing.  Linked into this test alone, as its own
 * job table; the four processes, the jail and the keeper are the real ones.
 *
 * What the attacker tries is named by the first byte of the file.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/clerk/clerk.h"
#include "core/clerk/state.h"
#include "core/job/job.h"
#include "core/keeper/keeper.h"
#include "core/proc/memory.h"
#include "core/proc/parent.h"
#include "core/proc/sandbox.h"
#include "media/mounter/mounter.h"
#include "tui/engine.h"

static const char words[] = "abandon abandon abandon abandon abandon abandon "
    "abandon abandon abandon abandon abandon about";

struct evil { char what; struct fpr fpr; char story[80]; };

/* What the harness shares with the front that it starts. */
struct shared {
	enum engine_kind kind[4];	/* how open, agree, make ended */
	enum err	 err[4];
	char		 where[4][96];
	enum role	 role;
	bool		 done;
};
static struct shared *shared;

/* --- the attacker, in the clerk --------------------------------------- */

/* The desk around the arena: in the clerk, everything can be reached. */
static int keeper_fd = -1;
static int front_fd = -1;

/* Sends a raw message to the keeper and returns the type of its answer. */
static unsigned
talk(unsigned type, const void *body, size_t n)
{
	uint8_t msg[512] = { (uint8_t)type }, in[512] = { 0 };
	struct iovec io = { msg, n + 1 }, ii = { in, sizeof(in) };
	struct msghdr out = { .msg_iov = &io, .msg_iovlen = 1 };
	struct msghdr mi = { .msg_iov = &ii, .msg_iovlen = 1 };

	memcpy(msg + 1, body, n);
	if (sendmsg(keeper_fd, &out, MSG_NOSIGNAL) < 0 ||
	    recvmsg(keeper_fd, &mi, 0) <= 0)
		return 0;
	return in[0];
}

static unsigned
ask_signature(const struct fpr *fpr, uint32_t index, const uint8_t *digest)
{
	uint8_t b[256];
	struct sink s = sink_to_buf(b, sizeof(b));
	struct keyref ref = { .fpr = *fpr, .path = { .n = 1,
	    .e = { index } } };

	put_span(&s, span_of(digest, 32));
	put_u32le(&s, 1);
	put_keyref(&s, &ref);
	put_u8(&s, SIGN_ECDSA);
	put_span(&s, span_of(digest, 32));
	put_span(&s, span_of(digest, 32));
	return talk(MSG_SIGN, b, s.total);
}

static void
forbidden_call(char what)
{
	static char *const argv[] = { NULL };
	char c[1];
	struct iovec v = { c, 1 };

	switch (what) {
	case 'o':
		(void)!open("/etc/passwd", O_RDONLY);
		break;
	case 's':
		(void)socket(AF_INET, SOCK_STREAM, 0);
		break;
	case 'x':
		(void)execve("/bin/true", argv, argv);
		break;
	case 'f':
		(void)syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);
		break;
	case 'p':
		(void)ptrace(PTRACE_ATTACH, getppid(), NULL, NULL);
		break;
	case 'v':
		(void)process_vm_readv(1, &v, 1, &v, 1, 0);
		break;
	case 'm':
		(void)mmap(NULL, 4096, PROT_READ | PROT_EXEC,
		    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		break;
	default:
		break;
	}
}

/* 'O': answers twice.  'Q': answers, and then never again.  'H': never. */
static void
pester(char what)
{
	uint8_t msg[1] = { MSG_CLERK_OK };
	struct iovec io = { msg, sizeof(msg) };
	struct msghdr out = { .msg_iov = &io, .msg_iovlen = 1 };

	if (what != 'O' && what != 'Q' && what != 'H')
		return;
	if (what != 'H')
		(void)!sendmsg(front_fd, &out, MSG_NOSIGNAL);
	while (what != 'O')
		(void)poll(NULL, 0, 1000);
}

static enum sniff
evil_sniff(struct span f)
{
	return f.n > 0 ? SNIFF_YES : SNIFF_NO;
}

static enum err
evil_parse(struct arena *a, struct span file, const struct pubring *ring,
    const struct pace *pace, void **req, struct fault *f)
{
	static const uint8_t zero[64];
	struct evil *e = arena_new(a, struct evil, 1);
	static const enum msg front_only[] = { MSG_UNLOCK, MSG_CONSENT,
	    MSG_PLAN, MSG_LOCK, MSG_END_CONSENT, MSG_CHECK_WORDS, MSG_BACKUP,
	    MSG_SHARE, MSG_CHILD, MSG_VAULT_NEW, MSG_VAULT_AGAIN,
	    MSG_VAULT_CLOSE, MSG_VAULT_LIST, MSG_VAULT_KEEP, MSG_VAULT_LOAD,
	    MSG_VAULT_PUT, MSG_VAULT_DROP, MSG_VAULT_LOG, MSG_VAULT_FLAGS,
	    MSG_VAULT_PASSWD, MSG_VAULT_SEAL, MSG_VAULT_SAVED };
	size_t i;

	(void)pace;
	if (e == NULL)
		return ERR_SPACE;
	e->what = (char)file.p[0];
	e->fpr = ring->fpr[0];
	keeper_fd = ((struct clerk *)(void *)((char *)a -
	    offsetof(struct clerk, arena)))->keeper->fd;
	front_fd = ((struct clerk *)(void *)((char *)a -
	    offsetof(struct clerk, arena)))->front->fd;
	forbidden_call(e->what);
	pester(e->what);
	fault_set(f, 0, "harmless");
	if (e->what == 'S' && ask_signature(&e->fpr, 0, zero) == MSG_KEY_OK)
		fault_set(f, 0, "signed without consent");
	for (i = 0; e->what == 'U' && i < sizeof(front_only) /
	    sizeof(front_only[0]); i++)
		if (talk(front_only[i], zero, 36) != MSG_KEY_FAIL)
			fault_set(f, 0, "%s was not refused",
			    msg_table[front_only[i]].name);
	*req = e;
	return strchr("TNWR", e->what) != NULL ? ERR_NONE : ERR_FORM;
}

static enum err
evil_want(const void *req, const struct pubring *ring, struct wants *w)
{
	(void)req;
	(void)ring;
	(void)w;
	return 0;
}

/* An honest-looking page that names one signature with key m/7. */
static enum err
evil_intend(const void *req, struct pubring *ring, const struct session *s,
    const struct pace *pace, struct arena *a, struct intent *out,
    struct fault *f)
{
	struct fact *fact = arena_new(a, struct fact, 1);
	struct plan_row *row = arena_new(a, struct plan_row, 1);

	(void)ring;
	(void)s;
	(void)pace;
	(void)f;
	if (fact == NULL || row == NULL)
		return ERR_SPACE;
	row->key.fpr = ((const struct evil *)req)->fpr;
	row->key.path = (struct path){ .n = 1, .e = { 7 } };
	row->count = 1;
	*fact = (struct fact){ .kind = FACT_MESSAGE, .known = KNOWN_CLAIMED,
	    .to = "hello", .ref = "", .how = "text", .why = "" };
	*out = (struct intent){ .chain = "evl", .job = "evil", .title = "EVIL",
	    .ledger = "EVIL", .network = "regtest", .unit = "u", .coin = "U",
	    .rate_unit = "u", .fact = fact, .nfact = 1,
	    .plan = { .n = 1, .row = row }, .nfpr = 1 };
	out->fpr[0] = row->key.fpr;
	if (((const struct evil *)req)->what == 'R')
		out->plan.n = 0;
	return 0;
}

static enum err
evil_learn(const void *req, struct session *s)
{
	static const struct session_wallet w = { .chain = "btc",
	    .network = NET_REGTEST, .name = "yours", .text = "mine" };

	return strchr("WR", ((const struct evil *)req)->what) == NULL ?
	    ERR_NONE : session_add_wallet(s, &w);
}

static enum err
one(struct signatory *s, const struct fpr *fpr, uint32_t index)
{
	struct sign_item it = { .key = { .fpr = *fpr, .path = { .n = 1,
	    .e = { index } } }, .kind = SIGN_ECDSA, .digest = { { 5 } } };

	return s->sign(s->ctx, &it, 1);
}

/* 'N': another key than the page named; 'T': the right one, twice. */
static enum err
evil_sign(void *req, struct signatory *s, struct pace *pace, struct arena *a)
{
	struct evil *e = req;
	enum err first = one(s, &e->fpr, e->what == 'N' ? 8 : 7);
	enum err second = one(s, &e->fpr, 7);

	(void)pace;
	(void)a;
	if (e->what == 'N')
		return first == 0 || second == 0 ? ERR_NONE : ERR_REFUSED;
	return first == 0 && second != 0 ? ERR_STOPPED : ERR_NONE;
}

static const struct answer no_answers[] = { { .suffix = NULL } };

static const struct job evil_job = {
	.name = "evil", .cap = 4096, .sniff = evil_sniff, .parse = evil_parse,
	.want = evil_want, .intend = evil_intend, .learn = evil_learn,
	.sign = evil_sign, .answers = no_answers,
};
const struct job *const job_table[] = { &evil_job, NULL };

/* --- the front and the harness ----------------------------------------- */

static void
note(size_t i, const struct engine_event *ev)
{
	shared->kind[i] = ev->kind;
	shared->err[i] = ev->err;
	memcpy(shared->where[i], ev->fault.where, sizeof(ev->fault.where));
	if (ev->kind == ENGINE_DEAD)
		shared->role = ev->role;
}

/* What the clerk has learnt goes into a vault. */
static void
keep(struct engine *en)
{
	const struct vault_cost cost = { 2, 19456 };
	struct vault_about about;
	struct fault f = { 0 };
	size_t n;

	if ((shared->err[3] = engine_forget(en)) == 0)
		shared->err[3] = engine_vault_new(en,
		    span_text("passphrase"), &cost, &about, &f);
	if (shared->err[3] == 0)
		shared->err[3] = engine_vault_learn(en, &n, &f);
	memcpy(shared->where[3], f.where, sizeof(f.where));
}

static int
front(struct channel *keeper, struct channel *clerk, struct channel *mounter,
    struct channel *parent, void *arg)
{
	struct engine_event ev;
	struct engine *en;
	struct fault f = { 0 };
	struct fpr fpr;
	int fd;

	if (engine_new(keeper, clerk, mounter, parent, &en) != 0 ||
	    engine_unlock(en, span_text(words), span_text(""), &fpr,
	    &f) != 0 ||
	    memfd_new("evil", &fd) != 0 ||
	    memfd_write(fd, span_of(arg, 1)) != 0 || memfd_seal(fd) != 0 ||
	    engine_open(en, fd, NET_REGTEST) != 0)
		return 77;
	if (*(const char *)arg == 'H') {
		engine_stop(en);
		if (engine_open(en, fd, NET_REGTEST) != 0)
			return 77;
		engine_stop(en);
		shared->err[1] = engine_forget(en);
		shared->done = true;
		return 0;
	}
	ev = engine_wait(en);
	note(0, &ev);
	if (*(const char *)arg == 'O') {
		ev = engine_wait(en);
		note(1, &ev);
	} else if (*(const char *)arg == 'Q') {
		shared->err[1] = engine_forget(en);
	}
	if (ev.kind == ENGINE_PAGE &&
	    engine_agree(en, AGREE_YES, "", NULL, 0) == 0) {
		ev = engine_wait(en);
		note(1, &ev);
		if (strchr("WR", *(const char *)arg) != NULL) {
			keep(en);
		} else if (ev.kind == ENGINE_AGREED && engine_make(en) == 0) {
			ev = engine_wait(en);
			note(2, &ev);
		}
	}
	shared->done = true;
	engine_end(en);
	return ev.kind == ENGINE_DEAD ? EXIT_PROCESS_DIED : 0;
}

static int
mounter(struct channel *c, void *arg)
{
	static struct mounter_args none;

	(void)arg;
	return mounter_run(c, &none);
}

static int
attack(char what)
{
	const struct house house = { .keeper = keeper_run, .clerk = clerk_run,
	    .front = front, .mounter = mounter, .arg = &what };
	int status = 0;
	pid_t pid;

	memset(shared, 0, sizeof(*shared));
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0)
		_exit(parent_run(&house));
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	assert_true(shared->done);
	return WEXITSTATUS(status);
}

static void
test_no_signature_without_consent(void **state)
{
	(void)state;
	assert_int_equal(attack('S'), 0);
	assert_int_equal(shared->kind[0], ENGINE_FAIL);
	assert_string_equal(shared->where[0], "harmless");
}

static void
test_clerk_cannot_speak_as_the_front(void **state)
{
	(void)state;
	assert_int_equal(attack('U'), 0);
	assert_int_equal(shared->kind[0], ENGINE_FAIL);
	assert_string_equal(shared->where[0], "harmless");
}

static void
test_no_signature_with_another_key(void **state)
{
	(void)state;
	assert_int_equal(attack('N'), 0);
	assert_int_equal(shared->kind[1], ENGINE_AGREED);
	assert_int_equal(shared->kind[2], ENGINE_FAIL);
	assert_int_equal(shared->err[2], ERR_REFUSED);
}

/* The first one is given (the control), the second is not. */
static void
test_no_second_signature(void **state)
{
	(void)state;
	assert_int_equal(attack('T'), 0);
	assert_int_equal(shared->kind[1], ENGINE_AGREED);
	assert_int_equal(shared->kind[2], ENGINE_FAIL);
	assert_int_equal(shared->err[2], ERR_STOPPED);
}

/* Of a page that signs something no wallet is kept (the control: one that signs
 * nothing, which may be a wallet's). */
static void
test_no_wallet_is_kept_beside_a_payment(void **state)
{
	(void)state;
	assert_int_equal(attack('R'), 0);
	assert_int_equal(shared->kind[1], ENGINE_AGREED);
	assert_int_equal(shared->err[3], 0);
	assert_int_equal(attack('W'), 0);
	assert_int_equal(shared->kind[1], ENGINE_AGREED);
	assert_int_equal(shared->err[3], ERR_REFUSED);
	assert_string_equal(shared->where[3],
	    "a wallet that nobody has agreed to");
}

static void
test_forbidden_calls_end_the_clerk_and_the_house(void **state)
{
	static const char calls[] = "osxfpvm";
	size_t i;

	(void)state;
	if (strcmp(sandbox_name(), "seccomp") != 0) {
		print_message("[  SKIPPED ] built without the jail\n");
		skip();
	}
	for (i = 0; calls[i] != '\0'; i++) {
		assert_int_equal(attack(calls[i]), EXIT_PROCESS_DIED);
		assert_int_equal(shared->kind[0], ENGINE_DEAD);
		assert_int_equal(shared->role, ROLE_CLERK);
	}
}

/* It speaks when it is asked, once; anything more is the end of it. */
static void
test_clerk_that_speaks_out_of_turn_ends_the_house(void **state)
{
	(void)state;
	assert_int_equal(attack('O'), EXIT_PROCESS_DIED);
	assert_int_equal(shared->kind[0], ENGINE_FAIL);
	assert_int_equal(shared->kind[1], ENGINE_DEAD);
	assert_int_equal(shared->role, ROLE_CLERK);
}

/* And the front does not wait for it for ever: keys would stay loaded. */
static void
test_clerk_that_falls_silent_counts_as_dead(void **state)
{
	(void)state;
	assert_int_equal(attack('Q'), 0);
	assert_int_equal(shared->kind[0], ENGINE_FAIL);
	assert_int_equal(shared->err[1], ERR_DEAD);
}

/* Twice: the one that came after it does no better. */
static void
test_clerk_that_does_not_stop_is_ended(void **state)
{
	(void)state;
	assert_int_equal(attack('H'), 0);
	assert_int_equal(shared->err[1], 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_no_signature_without_consent),
		cmocka_unit_test(test_clerk_cannot_speak_as_the_front),
		cmocka_unit_test(test_no_signature_with_another_key),
		cmocka_unit_test(test_no_second_signature),
		cmocka_unit_test(test_no_wallet_is_kept_beside_a_payment),
		cmocka_unit_test(
		    test_forbidden_calls_end_the_clerk_and_the_house),
		cmocka_unit_test(
		    test_clerk_that_speaks_out_of_turn_ends_the_house),
		cmocka_unit_test(
		    test_clerk_that_falls_silent_counts_as_dead),
		cmocka_unit_test(test_clerk_that_does_not_stop_is_ended),
	};

	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (shared == MAP_FAILED)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
