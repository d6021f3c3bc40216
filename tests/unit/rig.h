/*
 * rig.h - what a clerk and a keeper do with a file, in one process, with
 * published test keys.  For tests and fuzzing only.
 */
#ifndef TESTS_UNIT_RIG_H
#define TESTS_UNIT_RIG_H

#include <stdlib.h>
#include <string.h>

#include "core/job/job.h"
#include "core/keys/bip39.h"
#include "tests/unit/rig_monero.h"

#define RIG_KEYS 4
#define RIG_ROWS 16384

struct rig {
	size_t		 nkey;
	struct fpr	 fpr[RIG_KEYS];
	struct xprv	 master[RIG_KEYS];
	size_t		 asked;		/* signatures given */
	struct plan	 plan;		/* what was agreed */
	uint32_t	 used[RIG_ROWS]; /* of each row of the plan */
	enum err	 fail;		/* what the signatory answers */
	bool		 spoil;		/* its signatures are wrong */
	struct pace	 pace;		/* of reading */
	struct rig_monero monero;	/* a wallet, where .there */
};

struct study {
	const struct job *job;
	void		*req;
	struct pubring	 ring;
	struct intent	 intent;
	struct fault	 fault;
};

static inline enum err
rig_add(struct rig *r, const char *words, const char *passphrase)
{
	struct mnemonic m;
	struct secret64 seed;
	struct xpub x;
	size_t bad;
	enum err e;

	if ((e = bip39_parse(span_text(words), &m, &bad)) != 0 ||
	    (e = bip39_seed(&m, span_text(passphrase), &seed)) != 0 ||
	    (e = xprv_of_seed(SPAN_OF(seed.b), &r->master[r->nkey])) != 0 ||
	    (e = xprv_neuter(&r->master[r->nkey], &x)) != 0)
		return e;
	r->fpr[r->nkey++] = fpr_of_pub(&x.key);
	return 0;
}

static inline enum err
rig_secret(const struct rig *r, const struct keyref *k, struct xprv *out)
{
	size_t i;

	for (i = 0; i < r->nkey; i++)
		if (fpr_eq(&r->fpr[i], &k->fpr))
			return xprv_derive(&r->master[i], &k->path, out);
	return ERR_NO_KEY;
}

static inline enum err
rig_take(struct rig *r, const struct plan_row *asked)
{
	size_t i;

	for (i = 0; i < r->plan.n && i < RIG_ROWS; i++)
		if (plan_cmp(&r->plan.row[i], asked) == 0)
			return r->used[i]++ < r->plan.row[i].count ?
			    ERR_NONE : ERR_REFUSED;
	return ERR_REFUSED;
}

/* As the keeper does: only what the plan names, and no more of it.  A key
 * image may be named by its address alone. */
static inline enum err
rig_allowed(struct rig *r, const struct sign_item *it)
{
	struct plan_row asked = { .key = it->key, .kind = it->kind };
	const struct plan_row any = asked;
	enum err e;

	if (it->kind == SIGN_CLSAG_RESPONSE)
		return 0;
	if (sign_names_coin(it->kind))
		asked.coin = it->root;
	e = rig_take(r, &asked);
	return e != 0 && it->kind == SIGN_KEY_IMAGE ? rig_take(r, &any) : e;
}

static inline enum err
rig_sign(void *ctx, struct sign_item *it, size_t n)
{
	struct rig *r = ctx;
	struct xprv x;
	enum err e;
	size_t i;

	if (r->fail != 0)
		return r->fail;
	for (i = 0; i < n; i++) {
		if ((e = rig_allowed(r, &it[i])) != 0)
			return e;
		if (it[i].kind >= SIGN_KEY_IMAGE) {
			if ((e = rig_monero_sign(&r->monero, &it[i])) != 0)
				return e;
			it[i].sig.b[40 % 32] ^= r->spoil;
			r->asked++;
			continue;
		}
		if ((e = rig_secret(r, &it[i].key, &x)) != 0)
			return e;
		if ((it[i].kind == SIGN_TAPROOT ||
		    it[i].kind == SIGN_TAPROOT_ROOT) &&
		    (e = tap_secret(&x.key, it[i].kind == SIGN_TAPROOT ?
		    NULL : &it[i].root)) != 0)
			return e;
		e = it[i].kind == SIGN_ECDSA ?
		    ecdsa_sign(&x.key, &it[i].digest, &it[i].sig) :
		    schnorr_sign(&x.key, &it[i].digest, &it[i].sig);
		if (e != 0)
			return e;
		it[i].sig.b[40] ^= r->spoil;
		r->asked++;
	}
	return 0;
}

static inline enum err
rig_pubkeys(const struct rig *r, const struct wants *w, struct pubring *ring)
{
	struct xprv x;
	struct xpub p;
	enum err e;
	size_t i;

	for (i = 0; i < w->n; i++)
		if ((e = rig_secret(r, &w->ref[i], &x)) != 0 ||
		    (e = xprv_neuter(&x, &p)) != 0 ||
		    (e = pubring_add(ring, &w->ref[i], &p)) != 0)
			return e;
	return 0;
}

/* From a file to an intent. */
static inline enum err
rig_study(struct rig *r, struct span file, const struct session *session,
    struct arena *a, struct study *s)
{
	struct wants *w = arena_new(a, struct wants, 1);
	enum err e;

	*s = (struct study){ 0 };
	if (w == NULL)
		return ERR_SPACE;
	if ((s->job = job_sniff(file)) == NULL)
		return ERR_UNKNOWN;
	s->ring = pubring_in(a);
	s->ring.nfpr = r->nkey;
	s->ring.opener = session->opener.v;
	s->ring.nopener = session->opener.n;
	memcpy(s->ring.fpr, r->fpr, r->nkey * sizeof(r->fpr[0]));
	if (r->monero.there && s->job->viewers) {
		s->ring.viewer = &r->monero.keys.viewer;
		s->ring.nviewer = 1;
	}
	if ((e = s->job->parse(a, file, &s->ring, &r->pace, &s->req,
	    &s->fault)) != 0 ||
	    (e = s->job->want(s->req, &s->ring, w)) != 0 ||
	    (e = rig_pubkeys(r, w, &s->ring)) != 0 ||
	    (e = s->job->intend(s->req, &s->ring, session, &r->pace, a,
	    &s->intent, &s->fault)) != 0)
		return e;
	r->plan = s->intent.plan;
	memset(r->used, 0, sizeof(r->used));
	r->asked = 0;
	return 0;
}

static inline enum err
rig_seed(void *ctx, struct secret32 *out)
{
	struct rig *r = ctx;

	rig_monero_seed(&r->monero, out);
	return r->fail;
}

static inline enum err
rig_make(struct rig *r, struct study *s, struct arena *a)
{
	struct signatory who = { .sign = rig_sign, .seed = rig_seed,
	    .ctx = r };

	return s->job->sign(s->req, &who, NULL, a);
}

/* One answer, read back; empty when there is none this time. */
static inline enum err
rig_answer(const struct study *s, size_t i, struct arena *a, struct span *out)
{
	const struct answer *w = &s->job->answers[i];
	struct sink n = sink_to_count(), o;
	uint8_t *p;
	enum err e;

	*out = (struct span){ 0 };
	if (!w->ready(s->req))
		return 0;
	if ((e = w->write(s->req, &n)) != 0)
		return e;
	if ((p = arena_new(a, uint8_t, n.total)) == NULL)
		return ERR_SPACE;
	o = sink_to_buf(p, n.total);
	if ((e = w->write(s->req, &o)) != 0)
		return e;
	*out = span_of(p, o.total);
	return w->readback(s->req, *out, a);
}

#endif
