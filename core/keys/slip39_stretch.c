/* The secret of shares under its passphrase: a Feistel network whose function
 * takes long on purpose, here so many rounds of it at a time. */
#include <string.h>

#include "core/keys/slip39.h"

#define ROUNDS 4
#define ITERATIONS 2500u		/* a round, at exponent 0 */

/* The half that goes into the next round, and its own password and salt. */
static void
begin_round(struct slip39_stretch *st)
{
	size_t half = st->secret.n / 2;

	st->password[0] = st->backwards ? (uint8_t)(ROUNDS - 1 - st->round) :
	    st->round;
	memcpy(st->salt + st->nsalt, st->secret.b + half, half);
	pbkdf2_begin(&st->run, span_of(st->password, st->npassword),
	    span_of(st->salt, st->nsalt + half), st->total / ROUNDS);
}

static void
swap(struct seed *s)
{
	uint8_t half[SEED_MAX / 2];
	size_t n = s->n / 2;

	memcpy(half, s->b, n);
	memcpy(s->b, s->b + n, n);
	memcpy(s->b + n, half, n);
	wipe(half, sizeof(half));
}

/* The halves trade places after each round, and once more at the end. */
static void
end_round(struct slip39_stretch *st)
{
	size_t i;

	for (i = 0; i < st->secret.n / 2; i++)
		st->secret.b[i] ^= st->run.sum.b[i];
	swap(&st->secret);
	if (++st->round < ROUNDS)
		begin_round(st);
	else
		swap(&st->secret);
}

enum err
slip39_stretch(const struct slip39_share *like, struct span passphrase,
    bool backwards, const struct seed *secret, struct slip39_stretch *st)
{
	uint32_t odd = 0;
	size_t i;

	if (passphrase.n > PASSPHRASE_MAX)
		return ERR_SPACE;
	for (i = 0; i < passphrase.n; i++)
		odd |= (uint32_t)(uint8_t)(passphrase.p[i] - ' ') / 95;
	ct_public(&odd, sizeof(odd));
	if (odd != 0)
		return ERR_FORM;
	*st = (struct slip39_stretch){ .npassword = 1 + passphrase.n,
	    .backwards = backwards, .secret = *secret,
	    .total = ROUNDS * (ITERATIONS << like->exponent) };
	if (passphrase.n > 0)
		memcpy(st->password + 1, passphrase.p, passphrase.n);
	if (!like->extendable) {
		memcpy(st->salt, "shamir", 6);
		st->salt[6] = (uint8_t)(like->id >> 8);
		st->salt[7] = (uint8_t)like->id;
		st->nsalt = 8;
	}
	begin_round(st);
	return 0;
}

void
slip39_go(struct slip39_stretch *st, uint32_t n)
{
	uint32_t part;

	while (n > 0 && st->round < ROUNDS) {
		part = n < st->run.left ? n : st->run.left;
		pbkdf2_go(&st->run, part);
		n -= part;
		if (st->run.left == 0)
			end_round(st);
		st->done = st->round * (st->total / ROUNDS) +
		    (st->round < ROUNDS ? st->total / ROUNDS - st->run.left :
		    0);
	}
}
