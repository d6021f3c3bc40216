#include "core/chain/bitcoin/register.h"
#include "core/encode/json.h"

/* A member's text; "" where it is not there. */
static enum err
text_at(struct span o, const char *path, struct arena *a, const char **out)
{
	struct span v;
	enum err e = json_at(o, path, &v);
	char *p;

	*out = "";
	if (e == ERR_MISSING)
		return 0;
	if (e != 0)
		return e;
	if ((p = arena_new(a, char, v.n + 1)) == NULL)
		return ERR_SPACE;
	*out = p;
	return json_chars(v, p, v.n + 1);
}

/* The first of these that is there. */
static enum err
any_of(struct span o, const char *const *names, struct arena *a,
    const char **out)
{
	enum err e;

	for (; *names != NULL; names++)
		if ((e = text_at(o, *names, a, out)) != 0 ||
		    (*out)[0] != '\0')
			return e;
	return 0;
}

static const char *const single[] = { "descriptor", "recv_descriptor",
    NULL };
static const char *const templates[] = { "template",
    "descriptor_template", "description_template", "description", "policy",
    "wallet_policy", NULL };
static const char *const labels[] = { "label", "name", NULL };

enum err
wallet_add_branches(const char *text, struct arena *a, const char **out)
{
	struct scan s = { span_text(text), 0 };
	size_t cap = 9 * strlen(text) + 1;
	uint8_t *p = arena_new(a, uint8_t, cap);
	struct sink o = sink_to_buf(p, cap - 1);

	*out = text;
	if (strchr(text, '*') != NULL)
		return 0;
	if (p == NULL)
		return ERR_SPACE;
	while (!scan_end(&s)) {
		struct span word = scan_until(&s, "(),{}]");
		bool key = word.n > 100 && (memcmp(word.p, "xpub", 4) == 0 ||
		    memcmp(word.p, "tpub", 4) == 0);

		put_span(&o, word);
		if (key)
			put_text(&o, "/<0;1>/*");
		if (!scan_end(&s))
			put_u8(&o, s.text.p[s.at++]);
	}
	p[o.total] = '\0';
	*out = (const char *)p;
	return o.err;
}

static enum err
of_descriptor(struct span file, const char *text, struct arena *a,
    struct wallet_file *w)
{
	const char *change, *tidy, *other;
	enum err e;

	w->form = "Specter";
	if ((e = wallet_tidy(span_text(text), false, a, &tidy)) != 0 ||
	    (e = wallet_add_branches(tidy, a, &w->text)) != 0 ||
	    (e = text_at(file, "change_descriptor", a, &change)) != 0)
		return e;
	if (change[0] == '\0')
		return 0;
	if ((e = wallet_tidy(span_text(change), false, a, &other)) != 0)
		return e;
	return wallet_pair(tidy, other, a, &w->text);
}

/* BIP388: @0 for the first key, in order, each with its branches. */
struct policy {
	struct scan	s;
	struct span	keys;
	struct sink	out;
	uint32_t	next;
	struct arena	*a;
};

static enum err
numbered_key(struct policy *p)
{
	struct span v, rest;
	uint32_t number;
	char *key;
	enum err e;

	if ((e = scan_number(&p->s, LIMIT_WALLET_KEYS, &number)) != 0)
		return e;
	if (number > p->next)
		return ERR_FORM;
	p->next += number == p->next;
	rest = span_of(p->s.text.p + p->s.at, p->s.text.n - p->s.at);
	if (rest.n < 3 || (memcmp(rest.p, "/**", 3) != 0 &&
	    memcmp(rest.p, "/<", 2) != 0))
		return ERR_FORM;
	if ((e = json_item(p->keys, number, &v)) != 0)
		return e;
	if ((key = arena_new(p->a, char, v.n + 1)) == NULL)
		return ERR_SPACE;
	if ((e = json_chars(v, key, v.n + 1)) != 0)
		return e;
	put_text(&p->out, key);
	return 0;
}

static enum err
of_policy(struct span file, const char *text, struct arena *a,
    struct wallet_file *w)
{
	struct policy p = { .s = { span_text(text), 0 }, .a = a };
	uint8_t *buf = arena_new(a, uint8_t, DESC_TEXT_MAX);
	struct span v;
	enum err e;

	if (buf == NULL)
		return ERR_SPACE;
	w->form = "BIP388 policy";
	if (strstr(text, "musig(") != NULL)
		return ERR_MUSIG;
	p.out = sink_to_buf(buf, DESC_TEXT_MAX);
	if ((e = json_member(file, "keys", &p.keys)) != 0 &&
	    (e = json_member(file, "keys_info", &p.keys)) != 0)
		return e;
	while (!scan_end(&p.s)) {
		put_span(&p.out, scan_until(&p.s, "@"));
		if (scan_take(&p.s, '@') && (e = numbered_key(&p)) != 0)
			return e;
	}
	if (p.out.err != 0)
		return p.out.err;
	/* All keys are used, and there is no key but them. */
	if (json_item(p.keys, p.next, &v) == 0 || strstr(text, "pub") != NULL)
		return ERR_FORM;
	return wallet_tidy(span_of(buf, p.out.total), false, a, &w->text);
}

static enum err
kit_key(struct wallet_kit *k, struct span o, const char *const at[3],
    struct arena *a)
{
	const char *part[3];
	enum err e;
	size_t i;

	for (i = 0; i < 3; i++)
		if ((e = text_at(o, at[i], a, &part[i])) != 0)
			return e;
	return wallet_kit_key(k, span_text(part[0]), span_text(part[1]),
	    span_text(part[2]));
}

static enum err
kit_keys(struct wallet_kit *k, struct span list, const char *const at[3],
    uint32_t n, struct arena *a)
{
	struct span o;
	enum err e;
	size_t i;

	for (i = 0; (e = json_item(list, i, &o)) == 0; i++)
		if (i == LIMIT_WALLET_KEYS)
			return ERR_RANGE;
		else if ((e = kit_key(k, o, at, a)) != 0)
			return e;
	return e != ERR_MISSING ? e : i == n || n == 0 ? ERR_NONE :
	    ERR_MISSING;
}

static enum err
of_caravan(struct span file, struct arena *a, struct wallet_file *w)
{
	static const char *const at[3] = { "xfp", "bip32Path", "xpub" };
	struct wallet_kit *k = arena_new(a, struct wallet_kit, 1);
	struct span list, m, n;
	uint32_t nm, nn;
	const char *type;
	enum err e;

	if (k == NULL)
		return ERR_SPACE;
	w->form = "Caravan";
	if ((e = json_at(file, "quorum.requiredSigners", &m)) != 0 ||
	    (e = json_at(file, "quorum.totalSigners", &n)) != 0 ||
	    (e = span_number(m, LIMIT_WALLET_KEYS, &nm)) != 0 ||
	    (e = span_number(n, LIMIT_WALLET_KEYS, &nn)) != 0 ||
	    (e = text_at(file, "addressType", a, &type)) != 0 ||
	    (e = json_member(file, "extendedPublicKeys", &list)) != 0 ||
	    (e = wallet_kit_begin(k, span_text(type), nm)) != 0 ||
	    (e = kit_keys(k, list, at, nn, a)) != 0)
		return e;
	return wallet_kit_end(k, a, &w->text);
}

/* "wsh(sortedmulti(2,A,B,C))": of it only how many; the keys are listed. */
static enum err
sparrow_quorum(struct span file, struct arena *a, uint32_t *m)
{
	static const char *const at[] = { "defaultPolicy.miniscript.script",
	    "defaultPolicy.miniscript", NULL };
	static const char word[] = "sortedmulti(";
	const char *text = "", *found;
	struct scan s;
	struct span v;
	enum err e;

	e = json_at(file, at[0], &v) == 0 ? text_at(file, at[0], a, &text) :
	    text_at(file, at[1], a, &text);
	if (e != 0)
		return e;
	if ((found = strstr(text, word)) == NULL)
		return ERR_VERSION;
	s = (struct scan){ span_text(found), sizeof(word) - 1 };
	return scan_number(&s, LIMIT_WALLET_KEYS, m);
}

static enum err
of_sparrow(struct span file, struct arena *a, struct wallet_file *w)
{
	static const char *const at[3] = { "keyDerivation.masterFingerprint",
	    "keyDerivation.derivation", "extendedPublicKey" };
	struct wallet_kit *k = arena_new(a, struct wallet_kit, 1);
	struct span list;
	const char *type;
	uint32_t m;
	enum err e;

	if (k == NULL)
		return ERR_SPACE;
	w->form = "Sparrow";
	if ((e = sparrow_quorum(file, a, &m)) != 0 ||
	    (e = text_at(file, "scriptType", a, &type)) != 0 ||
	    (e = json_member(file, "keystores", &list)) != 0 ||
	    (e = wallet_kit_begin(k, span_text(type), m)) != 0 ||
	    (e = kit_keys(k, list, at, 0, a)) != 0)
		return e;
	return wallet_kit_end(k, a, &w->text);
}

static bool
has(struct span o, const char *name)
{
	struct span v;

	return json_member(o, name, &v) != ERR_MISSING;
}

static bool
has_any(struct span o, const char *const *names)
{
	for (; *names != NULL; names++)
		if (has(o, *names))
			return true;
	return false;
}

bool
wallet_json_sniff(struct span file)
{
	size_t at;

	return json_check(file, &at) == 0 && (has(file, "descriptor") ||
	    has(file, "recv_descriptor") || has(file, "quorum") ||
	    (has(file, "keystores") && has(file, "scriptType")) ||
	    ((has(file, "keys") || has(file, "keys_info")) &&
	    has_any(file, templates)));
}

enum err
wallet_read_json(struct span file, struct arena *a, struct wallet_file *w)
{
	const char *text, *name;
	enum err e;

	if ((e = any_of(file, labels, a, &name)) != 0 ||
	    (e = wallet_name(span_text(name), w)) != 0)
		return e;
	if (has(file, "quorum"))
		return of_caravan(file, a, w);
	if (has(file, "keystores"))
		return of_sparrow(file, a, w);
	if ((e = any_of(file, single, a, &text)) != 0)
		return e;
	if (text[0] != '\0')
		return of_descriptor(file, text, a, w);
	if ((e = any_of(file, templates, a, &text)) != 0)
		return e;
	return of_policy(file, text, a, w);
}
