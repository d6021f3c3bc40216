#include "core/chain/bitcoin/text_job.h"

const struct answer text_unanswered[] = { { .suffix = NULL } };

enum err
text_intent(const char *job, const char *title, const struct session *s,
    struct intent *out, struct fault *f)
{
	if (s->network == NET_STAGENET) {
		fault_set(f, 0, "the network set here");
		return ERR_RANGE;
	}
	*out = (struct intent){ .chain = "btc", .job = job, .title = title,
	    .network = network_name(s->network), .ledger = "BITCOIN",
	    .unit = "sat", .coin = "BTC", .rate_unit = "", .decimals = 8 };
	return 0;
}

enum err
text_rows(struct intent *out, struct arena *a, size_t n)
{
	out->nfact = 0;
	out->fact = arena_new(a, struct fact, n);
	return out->fact == NULL ? ERR_SPACE : ERR_NONE;
}

enum err
text_row(struct intent *out, const char *text, enum known known,
    const char *how)
{
	if (text == NULL)
		return ERR_SPACE;
	out->fact[out->nfact] = (struct fact){ .kind = FACT_IMPORT,
	    .known = known, .index = (uint32_t)out->nfact, .to = text,
	    .ref = "", .how = how, .why = "" };
	out->nfact++;
	return 0;
}

bool
text_key(const struct pubring *ring, const struct fpr *named,
    const struct path *path, struct keyref *out)
{
	if (named != NULL ? !pubring_ours(ring, named) : ring->nfpr != 1)
		return false;
	*out = (struct keyref){ .fpr = named != NULL ? *named : ring->fpr[0],
	    .path = *path };
	return true;
}

enum err
text_plan(const struct keyref *key, enum sign_kind kind, struct arena *a,
    struct intent *out)
{
	struct plan_row *row = arena_new(a, struct plan_row, 1);

	if (row == NULL)
		return ERR_SPACE;
	*row = (struct plan_row){ .key = *key, .kind = kind, .count = 1 };
	out->plan = (struct plan){ .n = 1, .row = row };
	out->fpr[0] = key->fpr;
	out->nfpr = 1;
	return 0;
}
