#include "core/base/limits.h"
#include "core/base/reader.h"
#include "core/chain/bitcoin/psbt.h"

/* BIP370: below it a lock time is a height, from it on a time. */
#define LOCKTIME_TIME 500000000u

/* A required global field of a version 2 file. */
static enum err
need(const struct psbt *p, uint64_t type, struct span *value, struct fault *f)
{
	const struct psbt_entry *e = psbt_find(&p->global, type);

	if (e == NULL) {
		fault_set(f, PSBT_MAGIC_SIZE, "%s",
		    psbt_field_name(PSBT_GLOBAL, type));
		return ERR_MISSING;
	}
	*value = e->value;
	return 0;
}

static uint32_t
word(struct span s)
{
	struct reader r = reader_of(s);

	return read_u32le(&r);
}

static enum err
count(const struct psbt *p, uint64_t type, size_t most, size_t *out,
    struct fault *f)
{
	struct span s;
	struct reader r;
	uint64_t n;
	enum err e;

	if ((e = need(p, type, &s, f)) != 0)
		return e;
	r = reader_of(s);
	n = read_compact(&r);
	/* A map is one byte at least. */
	if (n > most || n > p->file.n) {
		fault_set(f, PSBT_MAGIC_SIZE, "%s",
		    psbt_field_name(PSBT_GLOBAL, type));
		return ERR_RANGE;
	}
	*out = (size_t)n;
	return 0;
}

enum err
psbt_v2_counts(const struct psbt *p, size_t *nin, size_t *nout,
    struct fault *f)
{
	enum err e;

	if ((e = count(p, GLOBAL_INPUTS, LIMIT_INPUTS, nin, f)) != 0)
		return e;
	return count(p, GLOBAL_OUTPUTS, LIMIT_OUTPUTS, nout, f);
}

static enum err
missing(struct fault *f, enum psbt_side side, size_t i, uint64_t type)
{
	fault_set(f, 0, "%s %zu: %s", side == PSBT_IN ? "input" : "output", i,
	    psbt_field_name(side, type));
	return ERR_MISSING;
}

static enum err
make_input(const struct psbt *p, size_t i, struct arena *a, struct tx_in *in,
    struct fault *f)
{
	struct span txid = psbt_value(&p->in[i], IN_TXID);
	struct span index = psbt_value(&p->in[i], IN_INDEX);
	struct span sequence = psbt_value(&p->in[i], IN_SEQUENCE);
	uint8_t *outpoint = arena_new(a, uint8_t, OUTPOINT_SIZE);

	if (outpoint == NULL)
		return ERR_SPACE;
	if (txid.p == NULL)
		return missing(f, PSBT_IN, i, IN_TXID);
	if (index.p == NULL)
		return missing(f, PSBT_IN, i, IN_INDEX);
	memcpy(outpoint, txid.p, 32);
	memcpy(outpoint + 32, index.p, 4);
	in->outpoint = outpoint;
	in->sequence = sequence.p == NULL ? SEQUENCE_FINAL : word(sequence);
	return 0;
}

static enum err
make_output(const struct psbt *p, size_t i, struct tx_out *out,
    struct fault *f)
{
	struct span amount = psbt_value(&p->out[i], OUT_AMOUNT);
	struct reader r = reader_of(amount);

	out->script = psbt_value(&p->out[i], OUT_SCRIPT);
	if (amount.p == NULL)
		return missing(f, PSBT_OUT, i, OUT_AMOUNT);
	if (out->script.p == NULL)
		return missing(f, PSBT_OUT, i, OUT_SCRIPT);
	out->amount = read_u64le(&r);
	return reader_done(&r);
}

/*
 * BIP370: the lock time is the greatest that inputs require, of the kind that
 * all of those can have, a height before a time; else the fallback.
 */
static enum err
lock_time(const struct psbt *p, uint32_t *out, struct fault *f)
{
	struct span fallback = psbt_value(&p->global, GLOBAL_LOCKTIME);
	uint32_t height = 0, time = 0;
	bool height_ok = true, time_ok = true;
	size_t i;

	for (i = 0; i < p->tx.nin; i++) {
		struct span h = psbt_value(&p->in[i], IN_MIN_HEIGHT);
		struct span t = psbt_value(&p->in[i], IN_MIN_TIME);

		if ((h.p != NULL && (word(h) == 0 ||
		    word(h) >= LOCKTIME_TIME)) ||
		    (t.p != NULL && word(t) < LOCKTIME_TIME)) {
			fault_set(f, 0, "input %zu: required lock time", i);
			return ERR_RANGE;
		}
		if (h.p == NULL && t.p == NULL)
			continue;
		height_ok = height_ok && h.p != NULL;
		time_ok = time_ok && t.p != NULL;
		if (h.p != NULL && word(h) > height)
			height = word(h);
		if (t.p != NULL && word(t) > time)
			time = word(t);
	}
	if (!height_ok && !time_ok) {
		fault_set(f, 0, "required lock times");
		return ERR_MISMATCH;
	}
	if (height == 0 && time == 0)
		*out = fallback.p == NULL ? 0 : word(fallback);
	else
		*out = height_ok ? height : time;
	return 0;
}

enum err
psbt_v2_tx(struct psbt *p, struct arena *a, struct fault *f)
{
	struct tx *tx = &p->tx;
	struct span version;
	enum err e;
	size_t i;

	if ((e = need(p, GLOBAL_TX_VERSION, &version, f)) != 0)
		return e;
	tx->version = word(version);
	/* BIP370: at least 2, or lock times of inputs would have no force. */
	if ((int32_t)tx->version < 2) {
		fault_set(f, PSBT_MAGIC_SIZE, "tx version");
		return ERR_RANGE;
	}
	tx->in = arena_new(a, struct tx_in, tx->nin);
	tx->out = arena_new(a, struct tx_out, tx->nout);
	if (tx->in == NULL || tx->out == NULL)
		return ERR_SPACE;
	for (i = 0; i < tx->nin; i++)
		if ((e = make_input(p, i, a, &tx->in[i], f)) != 0)
			return e;
	for (i = 0; i < tx->nout; i++)
		if ((e = make_output(p, i, &tx->out[i], f)) != 0)
			return e;
	return lock_time(p, &tx->locktime, f);
}
