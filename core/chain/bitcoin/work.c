#include "core/base/limits.h"
#include "core/chain/bitcoin/request.h"

/* The levels of the rules, so that nothing refused is ever signed, even if
 * whoever asks has not looked at the page. */
bool
work_refused(uint64_t traits)
{
	return traits_refused(traits_table("btc"), traits);
}

/* Known attack 9. */
static uint64_t
type_traits(const struct request *q, size_t i)
{
	const struct coin_in *in = &q->in[i];
	uint32_t base = in->type & ~SIGHASH_ANYONE;
	uint64_t t = 0;

	if (!sighash_known(in->type, in->spend == SPEND_TR))
		return TRAIT_BIT(SIGHASH_BAD);
	if ((in->type & SIGHASH_ANYONE) != 0)
		t |= TRAIT_BIT(SIGHASH_ANYONE);
	if (base == SIGHASH_NONE)
		t |= TRAIT_BIT(SIGHASH_NONE);
	if (base == SIGHASH_SINGLE)
		t |= i < q->psbt.tx.nout ? TRAIT_BIT(SIGHASH_SINGLE) :
		    TRAIT_BIT(SIGHASH_BUG);
	return t;
}

/*
 * The old kind of digest hashes the whole transaction for each input.  While
 * a file is looked at the owner has seen nothing yet to wait for, so it has a
 * bound, ten times what nodes pass on; signing has none.
 */

static size_t
signatures(const struct psbt_map *m)
{
	size_t k, n = psbt_find(m, IN_FINAL_SCRIPT) != NULL;

	for (k = 0; k < m->n; k++)
		n += m->e[k].type == IN_PARTIAL_SIG ||
		    m->e[k].type == IN_TAP_SCRIPT_SIG;
	return n;
}

static enum err
check_present(const struct request *q, struct fault *f)
{
	struct sink size = sink_to_count();
	uint64_t bytes = 0;
	size_t i, n, all = 0;
	enum err e;

	tx_put(&size, &q->psbt.tx, true);
	for (i = 0; i < q->psbt.tx.nin; i++) {
		n = signatures(&q->psbt.in[i]);
		all += n;
		if (q->in[i].spend == SPEND_PKH)
			bytes += n > 0 ? size.total : 0;
		else if (q->in[i].spend == SPEND_SH)
			bytes += n * (size.total + q->in[i].code.n);
		if (bytes > LIMIT_LOOK_BYTES || all > LIMIT_LOOK_SIGS) {
			fault_set(f, 0, "input %zu: partial signature", i);
			return ERR_TOO_LARGE;
		}
		sig_present(q, i);
		if ((e = request_tick(q)) != 0)
			return e;
	}
	return 0;
}

/* How many signatures of ours are not there yet. */
static size_t
to_make(const struct coin_in *in)
{
	const struct own_sig *s;
	size_t n = in->own == NULL;

	for (s = in->own; s != NULL; s = s->next)
		n += !s->there;
	return n;
}

/* How much of the transaction our signatures leave open is counted, too. */
static void
count_work(const struct request *q, size_t i, size_t n)
{
	struct review *v = q->review;
	uint32_t type = q->in[i].type;

	v->nsign += n;
	v->anyone = v->anyone || (type & SIGHASH_ANYONE) != 0;
	if ((type & ~SIGHASH_ANYONE) != SIGHASH_SINGLE)
		return;
	v->nsingle++;
	v->single = (uint32_t)i;
}

/* Which inputs are to be signed by us. */
enum err
work_find(const struct request *q, struct fault *f)
{
	enum err e;
	size_t i, n;

	if ((e = check_present(q, f)) != 0)
		return e;
	for (i = 0; i < q->psbt.tx.nin; i++) {
		struct coin_in *in = &q->in[i];

		if (!in->has_type)
			in->type = in->spend == SPEND_TR ? SIGHASH_DEFAULT :
			    SIGHASH_ALL;
		n = in->ours && !in->complete ? to_make(in) : 0;
		if (n == 0)
			continue;
		in->traits |= type_traits(q, i);
		in->sign = !work_refused(in->traits);
		if (in->sign)
			count_work(q, i, n);
	}
	return 0;
}
