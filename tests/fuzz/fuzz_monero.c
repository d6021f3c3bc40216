/* What is inside Monero's sealed files.  No mutation gets past a seal: so the
 * input is the plaintext, behind a byte that says which kind of file, and it
 * is sealed here as the wallet would. */
#include <stdio.h>

#include "core/chain/monero/frame.h"
#include "tests/fuzz/stages.h"

#define ARENA ((size_t)64 << 20)
#define OUTPUTS "tests/fixtures/monero/v0.18.5.3/outputs/all"

static struct rig *
keys(void)
{
	static struct rig r;

	if (!r.monero.there)
		must(rig_monero_wallet(&r.monero, RIG_SPEND,
		    RIG_FILE_KEY) == 0);
	return &r;
}

/* What a session knows once the wallet's outputs were answered. */
static const struct session *
session_begun(void)
{
	static uint8_t file[1 << 16], work[1 << 23], memory[1 << 20];
	static struct arena kept = { memory, sizeof(memory), 0 };
	static struct session s = { .network = NET_MAIN, .arena = &kept };
	struct arena a = { work, sizeof(work), 0 };
	struct rig *r = keys();
	struct study st;
	FILE *f;
	size_t n;

	if (s.n > 0)
		return &s;
	must((f = fopen(OUTPUTS, "rb")) != NULL);
	n = fread(file, 1, sizeof(file), f);
	(void)fclose(f);
	must(rig_study(r, span_of(file, n), &s, &a, &st) == 0);
	must(rig_make(r, &st, &a) == 0);
	must(st.job->keep(st.req, &s) == 0 && s.n > 0);
	return &s;
}

static struct span
seal(const struct rig *r, uint8_t kind, struct span plain, struct arena *a)
{
	const struct frame like = { .pem = (kind & 2) != 0,
	    .viewer = &r->monero.keys.viewer };
	const struct secret32 seed = { { kind } };
	struct noise noise;
	struct span file;

	noise_begin(&noise, &seed, plain, plain);
	must(frame_seal(&like, (kind & 1) != 0 ? FRAME_UNSIGNED :
	    FRAME_OUTPUTS, plain, &noise, a, &file) == 0);
	noise_end(&noise);
	return file;
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static uint8_t *mem;
	const struct session *session = session_begun();
	struct arena a = { NULL, ARENA, 0 };
	struct rig *r = keys();
	struct judgement j;
	struct study s;
	enum err e;

	if (n == 0)
		return 0;
	if (mem == NULL)
		must((mem = malloc(ARENA)) != NULL);
	a.base = mem;
	memset(r->monero.nonce, 0, sizeof(r->monero.nonce));
	if (rig_study(r, seal(r, p[0], span_of(p + 1, n - 1), &a), session,
	    &a, &s) != 0 || judge(&s.intent, &a, &j) != 0)
		return 0;
	e = draw(&s, &j, &a);
	must(e == 0 || e == ERR_SPACE);
	/* Proofs take long: some of them are made. */
	if ((p[0] & 16) == 0)
		finish(r, &s, &j, &a);
	return 0;
}
