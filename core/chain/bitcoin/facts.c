#include "core/base/reader.h"
#include "core/base/text.h"
#include "core/chain/bitcoin/request.h"
#include "core/encode/hex.h"

static struct fact
blank(enum fact_kind kind, size_t index)
{
	return (struct fact){ .kind = kind, .index = (uint32_t)index,
	    .to = "", .ref = "", .how = "", .why = "" };
}

static char *
hex_of(struct span s, struct arena *a)
{
	char *p = arena_new(a, char, 2 * s.n + 1);

	if (p != NULL)
		hex_text(s, p);
	return p;
}

/* The whole address; a script without one is shown as it is. */
static enum err
to_text(const struct script *s, struct span script, enum network n,
    struct arena *a, const char **out)
{
	char address[ADDRESS_TEXT_MAX], *hex;
	enum err e = script_address(s, n, address);

	if (e == 0) {
		*out = arena_text(a, "%s", address);
		return *out == NULL ? ERR_SPACE : ERR_NONE;
	}
	if (e != ERR_FORM)
		return e;
	if ((hex = hex_of(script, a)) == NULL)
		return ERR_SPACE;
	*out = arena_text(a, "script %s", hex[0] == '\0' ? "(empty)" : hex);
	return *out == NULL ? ERR_SPACE : ERR_NONE;
}

/* What is behind OP_RETURN: the bytes of its one push, or all of it. */
static struct span
payload(struct span s)
{
	struct reader r = reader_of(s);
	uint8_t op = read_u8(&r);
	struct span data;

	if (op == 0x4c)			/* OP_PUSHDATA1 */
		data = read_span(&r, read_u8(&r));
	else if (op == 0x4d)		/* OP_PUSHDATA2 */
		data = read_span(&r, read_u16le(&r));
	else
		data = read_span(&r, op <= 75 ? op : SIZE_MAX);
	return reader_done(&r) == 0 ? data : s;
}

/* Words, or something else?  A few odd bytes do not hide a sentence. */
static bool
mostly_text(struct span s)
{
	size_t i, n = 0;

	for (i = 0; i < s.n; i++)
		n += s.p[i] >= 0x20 && s.p[i] < 0x7f;
	return n > 0 && n >= s.n - s.n / 4;
}

static enum err
data_text(struct span s, struct arena *a, const char **out)
{
	struct span data = payload(s);
	char *hex = hex_of(data, a), *text;
	size_t cap = 4 * data.n + 1;

	text = arena_new(a, char, cap);
	if (hex == NULL || text == NULL)
		return ERR_SPACE;
	if (mostly_text(data)) {
		if (text_escape(data, text, cap) != 0)
			return ERR_INTERNAL;
		*out = arena_text(a, "\"%s\" = hex %s", text, hex);
	} else {
		*out = arena_text(a, "hex %s", data.n == 0 ? "(none)" : hex);
	}
	return *out == NULL ? ERR_SPACE : ERR_NONE;
}

static enum err
ref_text(const uint8_t *outpoint, struct arena *a, const char **out)
{
	uint8_t txid[32];
	char hex[65];
	size_t i;

	for (i = 0; i < sizeof(txid); i++)
		txid[i] = outpoint[31 - i];
	hex_text(SPAN_OF(txid), hex);
	*out = arena_text(a, "%s:%u", hex, outpoint_index(outpoint));
	return *out == NULL ? ERR_SPACE : ERR_NONE;
}

/* What a claim contradicts, where that is the one thing to say. */
static enum err
contradiction(struct arena *a, struct fact *f, const struct path *claimed,
    uint64_t said)
{
	char path[PATH_TEXT_MAX];
	uint64_t amount = 0;
	const uint64_t lie = TRAIT_BIT(CHANGE_FALSE) | TRAIT_BIT(INPUT_FALSE);

	if (f->traits == TRAIT_BIT(AMOUNT_FALSE)) {
		if (num_u64(&f->amount, &amount) != 0)
			return ERR_INTERNAL;
		f->why = said == amount ? "the scripts differ" :
		    arena_text(a, "utxo %llu sat, previous tx %llu sat",
		    (unsigned long long)said, (unsigned long long)amount);
	} else if (f->traits != 0 && (f->traits & ~lie) == 0 &&
	    claimed->n > 0) {
		path_text(claimed, path);
		f->why = arena_text(a, "it says %s", path);
	}
	return f->why == NULL ? ERR_SPACE : ERR_NONE;
}

static enum err
spend_fact(const struct request *q, size_t i, struct arena *a,
    struct fact *f)
{
	const struct coin_in *in = &q->in[i];
	enum err e;

	*f = blank(FACT_SPEND, i);
	f->ours = in->ours;
	f->known = in->known;
	f->how = in->how;
	f->traits = in->traits;
	if (!in->ours && !in->claimed)
		f->traits |= TRAIT_BIT(INPUT_FOREIGN);
	if (in->ours) {
		f->has_key = true;
		f->key = in->key;
	}
	if ((e = ref_text(q->psbt.tx.in[i].outpoint, a, &f->ref)) != 0 ||
	    q->coin[i].script.p == NULL)
		return e;
	f->has_amount = true;
	f->amount = num_of(q->coin[i].amount);
	if ((e = contradiction(a, f, &in->key.path, in->said)) != 0)
		return e;
	return to_text(&in->script, q->coin[i].script, q->review->network, a,
	    &f->to);
}

static uint64_t
pay_traits(const struct script *s, uint64_t amount)
{
	uint64_t t = 0;

	if (s->kind == SCRIPT_OTHER || s->kind == SCRIPT_ANCHOR ||
	    s->kind == SCRIPT_WITNESS)
		t |= TRAIT_BIT(SCRIPT_ODD);
	if (amount == 0)
		t |= TRAIT_BIT(OUTPUT_ZERO);
	return t;
}

/* Does every signature that we are to give bind this output?  One of SINGLE
 * binds the output of its own number, no other. */
static bool
output_bound(const struct review *v, size_t i)
{
	return v->nsingle == 0 || (v->nsingle == 1 && v->single == i);
}

/* The signature binds outputs, so what is paid is certain; whose it is, too,
 * where our own key builds the script. */
static enum err
output_fact(const struct request *q, size_t i, struct arena *a,
    struct fact *f)
{
	const struct tx_out *tx = &q->psbt.tx.out[i];
	const struct coin_out *out = &q->out[i];
	bool data = out->script.kind == SCRIPT_DATA;
	bool back = out->ours || out->claimed;
	enum err e;

	*f = blank(data ? FACT_DATA : back ? FACT_CHANGE : FACT_PAY, i);
	f->known = output_bound(q->review, i) && !out->claimed ?
	    KNOWN_PROVEN : KNOWN_CLAIMED;
	f->how = out->claimed ? "our key is in it" :
	    out->wallet != NULL && f->known == KNOWN_PROVEN ?
	    "registered wallet" :
	    f->known != KNOWN_PROVEN ? "left open" :
	    out->ours ? "our key" : "signed output";
	f->traits = out->traits;
	f->has_amount = true;
	f->amount = num_of(tx->amount);
	if (tx->amount > MONEY_MAX)
		f->traits |= TRAIT_BIT(AMOUNT_RANGE);
	if ((e = contradiction(a, f, &out->key.path, 0)) != 0)
		return e;
	if (data) {
		if (tx->amount > 0)
			f->traits |= TRAIT_BIT(OUTPUT_BURN);
		return data_text(out->script.hash, a, &f->to);
	}
	f->traits |= pay_traits(&out->script, tx->amount);
	f->ours = f->has_key = back;
	if (back)
		f->key = out->key;
	return to_text(&out->script, tx->script, q->review->network, a,
	    &f->to);
}

/* Sums that stay within what can exist; false when they do not. */
static bool
sum_to(uint64_t *sum, uint64_t amount)
{
	if (amount > MONEY_MAX || *sum + amount > MONEY_MAX)
		return false;
	*sum += amount;
	return true;
}

static void
fee_fact(const struct request *q, struct fact *f)
{
	struct review *v = q->review;
	uint64_t in = 0, out = 0;
	bool fits = true;
	size_t i;

	*f = blank(FACT_FEE, 0);
	/* Who may put inputs or outputs in may change the fee. */
	f->known = v->anyone || v->nsingle > 0 ? KNOWN_CLAIMED : KNOWN_PROVEN;
	for (i = 0; i < q->psbt.tx.nin; i++) {
		if (q->in[i].known < f->known)
			f->known = q->in[i].known;
		fits = fits && sum_to(&in, q->coin[i].amount);
	}
	for (i = 0; i < q->psbt.tx.nout; i++)
		fits = fits && sum_to(&out, q->psbt.tx.out[i].amount);
	if (!fits)
		v->traits |= TRAIT_BIT(AMOUNT_RANGE);
	else if (!v->all_coins)
		v->traits |= TRAIT_BIT(FEE_UNKNOWN);
	else if (out > in)
		v->traits |= TRAIT_BIT(FEE_NEGATIVE);
	f->has_amount = fits && v->all_coins && out <= in;
	if (f->has_amount)
		f->amount = num_of(in - out);
	else
		f->known = KNOWN_UNKNOWN;
	f->how = f->known == KNOWN_PROVEN ? "every input" : "";
}

/* What the coins' scripts are, each kind of wallet once: those registered
 * first. */
static enum err
script_facts(const struct request *q, struct arena *a, struct fact *f)
{
	const struct review *v = q->review;
	size_t i;

	for (i = 0; i < v->nused; i++, f++) {
		*f = blank(FACT_WALLET, i);
		f->known = KNOWN_PROVEN;
		f->how = "registered wallet";
		f->to = arena_text(a, "%s, %s: %s", v->used[i]->name,
		    spend_name(v->used[i]->d.spend), v->used[i]->words);
		if (f->to == NULL)
			return ERR_SPACE;
	}
	for (i = 0; i < v->npolicy; i++, f++) {
		*f = blank(FACT_WALLET, i);
		f->known = KNOWN_CLAIMED;
		f->how = "script of the coins";
		f->to = v->policy[i];
	}
	return 0;
}

enum err
facts_make(const struct request *q, struct arena *a, struct intent *out)
{
	const struct tx *tx = &q->psbt.tx;
	size_t n = tx->nin + tx->nout + 1 + timing_count(q) +
	    q->review->npolicy + q->review->nused;
	struct fact *f = arena_new(a, struct fact, n);
	enum err e;
	size_t i;

	if (f == NULL)
		return ERR_SPACE;
	out->fact = f;
	out->nfact = n;
	for (i = 0; i < tx->nin; i++)
		if ((e = spend_fact(q, i, a, f++)) != 0)
			return e;
	if ((e = script_facts(q, a, f)) != 0)
		return e;
	f += q->review->npolicy + q->review->nused;
	for (i = 0; i < tx->nout; i++)
		if ((e = output_fact(q, i, a, f++)) != 0)
			return e;
	fee_fact(q, f++);
	return timing_facts(q, a, f);
}
