#include "core/base/text.h"
#include "core/chain/bitcoin/message.h"
#include "core/chain/bitcoin/request.h"
#include "core/chain/bitcoin/text_job.h"
#include "core/job/table.h"

static enum sniff
sniff(struct span file)
{
	return message_sniff(file) ? SNIFF_YES : SNIFF_NO;
}

static enum err
parse(struct arena *a, struct span file, const struct pubring *ring,
    const struct pace *pace, void **req, struct fault *f)
{
	struct message *m = arena_new(a, struct message, 1);
	enum err e;

	(void)ring;
	(void)pace;
	if (m == NULL ||
	    (m->review = arena_new(a, struct message_review, 1)) == NULL)
		return ERR_SPACE;
	if ((e = message_read(file, m, f)) != 0)
		return e;
	*req = m;
	return 0;
}

static bool
whose(const struct message *m, const struct pubring *ring,
    struct keyref *out)
{
	return text_key(ring, m->has_fpr ? &m->fpr : NULL, &m->path, out);
}

static enum err
want(const void *req, const struct pubring *ring, struct wants *w)
{
	struct keyref key;

	w->n = 0;
	return whose(req, ring, &key) ? wants_add(w, &key) : ERR_NONE;
}

static enum err
derive(const struct message *m, struct pubring *ring)
{
	struct message_review *v = m->review;
	struct script s;
	enum err e;

	if ((e = pubring_key(ring, &v->key, &v->pub)) != 0 ||
	    (e = script_of_key(m->how, &v->pub, &v->script)) != 0)
		return e;
	s = script_of(key_script_span(&v->script));
	return script_address(&s, v->network, v->address);
}

static enum sign_kind
kind_of(const struct message *m)
{
	return m->how == SPEND_TR ? SIGN_TAPROOT : SIGN_ECDSA;
}

/* The text, index 0; the address and how its key signs, index 1. */
static enum err
make_facts(const struct message *m, bool ours, struct arena *a,
    struct intent *out)
{
	struct fact *f = arena_new(a, struct fact, 3);
	size_t cap = 4 * m->text.n + 5;		/* as text_escape asks */
	char *text = arena_new(a, char, cap);
	enum err e;

	if (f == NULL || text == NULL)
		return ERR_SPACE;
	if ((e = text_escape(m->text, text, cap)) != 0)
		return e;
	f[0] = f[1] = f[2] = (struct fact){ .kind = FACT_MESSAGE,
	    .known = KNOWN_PROVEN, .to = "", .ref = "", .how = "",
	    .why = "" };
	f[0].to = text;
	f[0].traits = message_traits(m->text);
	f[1].has_key = true;
	f[1].key = ours ? m->review->key : (struct keyref){ m->fpr, m->path };
	f[1].known = ours ? KNOWN_PROVEN : KNOWN_UNKNOWN;
	f[1].how = ours ? "our key" : "";
	f[1].to = ours ? m->review->address : "an address of another key";
	f[1].traits = own_path_network(&m->path, m->review->network) |
	    own_path_odd(&m->path, m->how);
	f[1].index = f[2].index = 1;
	f[2].to = message_form_name(m->form);
	out->fact = f;
	out->nfact = 3;
	return 0;
}

static enum err
intend(const void *req, struct pubring *ring, const struct session *s,
    const struct pace *pace, struct arena *a, struct intent *out,
    struct fault *f)
{
	const struct message *m = req;
	struct message_review *v = m->review;
	bool ours;
	enum err e;
	size_t i;

	(void)pace;
	*v = (struct message_review){ .network = s->network };
	if ((e = text_intent("bitcoin message", "MESSAGE", s, out, f)) != 0)
		return e;
	ours = whose(m, ring, &v->key);
	if (!ours)
		out->traits = !m->has_fpr && ring->nfpr > 1 ?
		    TRAIT_BIT(KEY_SEVERAL) : TRAIT_BIT(NO_KEY);
	else if ((e = derive(m, ring)) != 0 ||
	    (e = text_plan(&v->key, kind_of(m), a, out)) != 0)
		return e;
	if ((e = make_facts(m, ours, a, out)) != 0)
		return e;
	v->refused = work_refused(out->traits);
	for (i = 0; i < out->nfact; i++)
		v->refused |= work_refused(out->fact[i].traits);
	v->done = true;
	return 0;
}

static enum err
learn(const void *req, struct session *s)
{
	(void)req;
	(void)s;
	return 0;
}

static enum err
sign(void *req, struct signatory *who, struct pace *pace, struct arena *a)
{
	const struct message *m = req;
	struct message_review *v = m->review;
	struct sign_item it = { .kind = kind_of(m) };
	enum err e;

	(void)a;
	if (!v->done || v->sig[0] != '\0')
		return ERR_STATE;
	if (v->refused)
		return ERR_REFUSED;
	it.key = v->key;
	if ((e = message_digest(m, &it.digest)) != 0 ||
	    (e = who->sign(who->ctx, &it, 1)) != 0 ||
	    (e = message_encode(m, &it.sig, v->sig)) != 0)
		return e;
	/* By the address, before it is called signed. */
	e = message_verify(v->network, span_text(v->address), m->text,
	    span_text(v->sig));
	if (e == 0)
		e = pace_tick(pace, 1, 1);
	if (e != 0)
		v->sig[0] = '\0';
	return e;
}

const struct job message_job = {
	.name = "bitcoin message",
	.cap = MESSAGE_FILE_MAX,
	.sniff = sniff,
	.parse = parse,
	.want = want,
	.intend = intend,
	.learn = learn,
	.sign = sign,
	.answers = message_answers,
};
