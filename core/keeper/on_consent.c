#include "core/keeper/state.h"
#include "core/wire/consent.h"

/*
 * The owner has agreed: a digest, and which key may sign how often.  One
 * consent at a time; it ends when it is used up, or when the front says so.
 */
enum err
keeper_on_consent(struct keeper *k, struct span body, struct sink *reply,
    struct fault *f)
{
	struct reader r = reader_of(body);
	struct span digest = read_span(&r, sizeof(k->digest.b));
	struct plan plan;
	uint64_t left = 0;
	enum err e;
	size_t i;

	(void)reply;
	keeper_end_consent(k);
	if ((e = read_plan(&r, &k->arena, &plan)) != 0 ||
	    (e = reader_done(&r)) != 0)
		return e;
	if (plan.n == 0)
		return ERR_RANGE;
	for (i = 0; i < plan.n; i++) {
		if (keeper_find(k, &plan.row[i].key.fpr) == NULL) {
			fault_set(f, i, "plan row %zu", i);
			keeper_end_consent(k);
			return ERR_NO_KEY;
		}
		left += plan.row[i].count;
	}
	memcpy(k->digest.b, digest.p, sizeof(k->digest.b));
	k->plan = plan;
	k->left = left;
	k->consent = true;
	return 0;
}

enum err
keeper_on_end_consent(struct keeper *k, struct span body, struct sink *reply,
    struct fault *f)
{
	(void)body;
	(void)reply;
	(void)f;
	keeper_end_consent(k);
	return 0;
}
