/* Whatever the front or a clerk that was taken over may send to the keeper:
 * any message, in any state, with any body.  No key goes out, and no signature
 * that the plan does not hold. */
#include "core/keeper/state.h"
#include "tests/fuzz/fuzz.h"

#define FIRST_BODY 1024			/* all that the vault begins with */

static uint8_t reply_mem[WIRE_MAX], arena_mem[1 << 20];
static uint8_t first_body[FIRST_BODY];

static uint8_t vault_body[VAULT_BODY], vault_image[VAULT_SLOT];

/* An open vault, that holds the key at hand. */
static void
open_vault(struct keeper *k)
{
	static const struct cost least = { VAULT_PASSES_MIN, VAULT_KIB_MIN };
	const struct seedkey *key;
	uint32_t id;

	k->vault.body = vault_body;
	k->vault.image = vault_image;
	k->vault.shield = &k->shield;
	must(vault_new(&k->vault, span_text("passphrase"), least) == 0);
	must(keeper_whole(k, &k->key[0], &key) == 0);
	must(vault_keep(&k->vault, key, span_text("key"), &id) == 0);
	keeper_shut(k);
	k->fd = -1;
}

/* These stretch a passphrase, which takes long. */
static bool
takes_long(enum msg m)
{
	return m == MSG_VAULT_TRY || m == MSG_VAULT_NEW ||
	    m == MSG_VAULT_AGAIN || m == MSG_VAULT_PASSWD;
}

/* With one key at hand, made once: stretching its words takes long. */
static void
begin(struct keeper *k)
{
	static struct keeper first;
	uint8_t body[256];
	struct sink s = sink_to_buf(body, sizeof(body));
	struct sink reply = sink_to_buf(reply_mem, sizeof(reply_mem));
	struct fault f;

	if (first.nkey == 0) {
		must(secp_init(NULL) == 0);
		put_block(&s, span_text(FUZZ_WORDS));
		put_block(&s, span_text(""));
		must(keeper_on_unlock(&first, span_of(body, s.total), &reply,
		    &f) == 0);
		open_vault(&first);
		memcpy(first_body, vault_body, FIRST_BODY);
	}
	memset(vault_body, 0, sizeof(vault_body));
	memcpy(vault_body, first_body, FIRST_BODY);
	*k = first;
	k->vault.shield = &k->shield;
	k->arena = (struct arena){ arena_mem, sizeof(arena_mem), 0 };
}

/* What spends; a view key does not, and is the clerk's to have.  Nor is
 * anything left open. */
static void
no_secret(struct keeper *k, struct span reply)
{
	const uint8_t *open = (const uint8_t *)&k->open;
	const struct seedkey *key;
	const struct secret32 *s;
	size_t i;

	must(open[0] == 0 && memcmp(open, open + 1, sizeof(k->open) - 1) == 0);
	for (i = 0; i < k->nkey; i++) {
		must(keeper_open(k, &k->key[i], &key) == 0);
		s = key->kind == KEY_MONERO ? &key->u.monero.spend :
		    &key->u.master.key;
		must(memmem(reply.p, reply.n, s->b, sizeof(s->b)) == NULL);
	}
	keeper_shut(k);
}

/* One message, by the table's rules; what it may change of the plan. */
static void
one(struct keeper *k, uint8_t choice, struct span body)
{
	enum msg m = (enum msg)(choice % MSG_COUNT);
	enum role from = (choice & 0x80) != 0 ? ROLE_CLERK : ROLE_FRONT;
	struct sink reply = sink_to_buf(reply_mem, sizeof(reply_mem) - 1);
	const uint8_t state = keeper_state(k);
	const uint64_t left = k->left, nonces = k->nnonce;
	struct fault f = { 0 };
	enum err e;

	/* The clerk's own messages have but one sender. */
	if (msg_table[m].to == ROLE_KEEPER && (choice & 0x40) == 0)
		from = msg_table[m].from;
	if (msg_allowed(m, from, ROLE_KEEPER, state, body.n, 0) != 0)
		return;
	/* A quarter of a gigabyte each: tests/unit/age_test.c. */
	if (m == MSG_AGE_SEAL)
		return;
	must(msg_table[m].from == from && keeper_handler(m) != NULL);
	if (takes_long(m))
		return;
	e = keeper_answer(k, m, body, &reply, &f);
	if (reply.err != 0)
		return;
	no_secret(k, span_of(reply_mem, reply.total));
	if (m == MSG_SIGN)
		must(state == KEEPER_CONSENT && k->left <= left);
	/* The second half of a ring signature was counted with the first. */
	if (m == MSG_SIGN && e == 0)
		must((reply.total - 4) % SIGN_ANSWER == 0 &&
		    (reply.total - 4) / SIGN_ANSWER <=
		    left - k->left + nonces);
	must(k->nkey <= FPR_MAX);
	must(!k->vault.open || (k->vault.used >= 16 &&
	    k->vault.used <= VAULT_BODY));
	must(keeper_state(k) != KEEPER_CONSENT || k->consent);
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static struct keeper k;
	struct reader r = reader_of(span_of(p, n));
	struct span body;
	uint8_t choice;
	size_t i;

	begin(&k);
	for (i = 0; i < 64 && next_record(&r, &choice, &body); i++)
		one(&k, choice, body);
	keeper_wipe(&k);
	must(k.nkey == 0 && keeper_state(&k) == KEEPER_LOCKED);
	return 0;
}
