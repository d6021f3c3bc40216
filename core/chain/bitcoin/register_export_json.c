#include <stdio.h>

#include "core/chain/bitcoin/descriptor.h"
#include "core/chain/bitcoin/register.h"

static void
put_quoted(struct sink *s, const char *text)
{
	put_u8(s, '"');
	for (; *text != '\0'; text++) {
		if (*text == '"' || *text == '\\')
			put_u8(s, '\\');
		put_u8(s, (uint8_t)*text);
	}
	put_u8(s, '"');
}

static void
put_member(struct sink *s, const char *name, const char *value)
{
	put_quoted(s, name);
	put_u8(s, ':');
	put_quoted(s, value);
}

/* The descriptor with one of its two branches, and its checksum. */
static enum err
one_branch(const struct wallet_req *q, uint32_t branch, struct arena *a,
    const char **out)
{
	struct scan s = { q->d.text, 0 };
	char *p = arena_new(a, char, q->d.text.n + 1 + DESCRIPTOR_SUM + 1);
	struct sink o;
	struct span text;
	enum err e;

	if (p == NULL)
		return ERR_SPACE;
	o = sink_to_buf((uint8_t *)p, q->d.text.n);
	while (!scan_end(&s)) {
		put_span(&o, scan_until(&s, "<"));
		if (!scan_take(&s, '<'))
			continue;
		text = scan_until(&s, ";");
		(void)scan_take(&s, ';');
		put_span(&o, branch == 0 ? text : scan_until(&s, ">"));
		(void)scan_until(&s, ">");
		(void)scan_take(&s, '>');
	}
	text = span_of((uint8_t *)p, o.total);
	p[o.total] = '#';
	if (o.err != 0 || (e = descriptor_sum(text, p + o.total + 1)) != 0)
		return o.err != 0 ? o.err : e;
	*out = p;
	return 0;
}

/* For importdescriptors; of any branches, and of one address, too. */
enum err
wallet_put_core(const struct wallet_req *q, struct arena *a, struct sink *s)
{
	const char *text;
	uint32_t i;
	enum err e;

	put_text(s, "[");
	for (i = 0; i < q->d.nbranch; i++) {
		if ((e = one_branch(q, i, a, &text)) != 0)
			return e;
		put_text(s, i == 0 ? "\n {" : ",\n {");
		put_member(s, "desc", text);
		put_text(s, ",\"timestamp\":0,\"internal\":");
		put_text(s, i == 0 ? "false" : "true");
		put_text(s, q->d.ranged ? ",\"active\":true,\"range\":"
		    "[0,999]}" : "}");
	}
	put_text(s, "\n]\n");
	return s->err;
}

/* One cosigner: fingerprint, path and key, under the names that it has there.
 * A number that others call it by. */
struct shape {
	const char	*open, *fpr, *path, *xpub, *close;
};

static void
put_cosigner(const struct desc_key *k, const struct shape *is, size_t number,
    struct sink *s)
{
	struct span rest, head = wallet_key_head(k, &rest);
	char path[PATH_TEXT_MAX], fpr[9], name[32];
	size_t i = head.n;

	path_text(&k->origin.path, path);
	fpr_text(&k->origin.fpr, fpr);
	while (i > 0 && head.p[i - 1] != ']')
		i--;
	(void)snprintf(name, sizeof(name), "Key %zu", number + 1);
	put_text(s, number == 0 ? "" : ",");
	put_text(s, is->open);
	put_quoted(s, name);
	put_text(s, is->fpr);
	put_quoted(s, fpr);
	put_text(s, is->path);
	put_quoted(s, path);
	put_text(s, is->xpub);
	put_u8(s, '"');
	put_span(s, span_of(head.p + i, head.n - i));
	put_u8(s, '"');
	put_text(s, is->close);
}

static void
put_cosigners(const struct wallet_req *q, const struct shape *is,
    struct sink *s)
{
	size_t i;

	put_u8(s, '[');
	for (i = 0; i < q->d.nkey; i++)
		put_cosigner(&q->d.key[i], is, i, s);
	put_u8(s, ']');
}

enum err
wallet_put_sparrow(const struct wallet_req *q, struct arena *a,
    struct sink *s)
{
	static const struct shape is = { "{\"label\":", ",\"source\":"
	    "\"AIRGAPPED\",\"walletModel\":\"SPARROW\",\"keyDerivation\":"
	    "{\"masterFingerprint\":", ",\"derivation\":",
	    "},\"extendedPublicKey\":", "}" };
	static const char *const open[] = { [SPEND_WSH] = "wsh(sortedmulti(",
	    [SPEND_SH] = "sh(sortedmulti(", [SPEND_SH_WSH] =
	    "sh(wsh(sortedmulti(" };
	char number[32];
	size_t i;

	(void)a;
	if (!wallet_is_kit(&q->d))
		return ERR_CANNOT_SAY;
	put_u8(s, '{');
	put_member(s, "name", q->file.name);
	put_text(s, ",\"policyType\":\"MULTI\",");
	put_member(s, "scriptType", q->d.spend == SPEND_SH_WSH ?
	    "P2SH_P2WSH" : spend_name(q->d.spend));
	put_text(s, ",\"defaultPolicy\":{\"name\":\"Default\","
	    "\"miniscript\":{\"script\":\"");
	(void)snprintf(number, sizeof(number), "%u", q->d.code->k);
	put_text(s, open[q->d.spend]);
	put_text(s, number);
	for (i = 0; i < q->d.nkey; i++) {
		(void)snprintf(number, sizeof(number), ",Key%zu", i + 1);
		put_text(s, number);
	}
	put_text(s, q->d.spend == SPEND_SH_WSH ? ")))" : "))");
	put_text(s, "\"}},\"keystores\":");
	put_cosigners(q, &is, s);
	put_text(s, "}\n");
	return s->err;
}

enum err
wallet_put_caravan(const struct wallet_req *q, struct arena *a,
    struct sink *s)
{
	static const struct shape is = { "{\"name\":", ",\"xfp\":",
	    ",\"bip32Path\":", ",\"xpub\":", ",\"method\":\"text\"}" };
	enum network net = q->review->network;
	char text[96];

	(void)a;
	if (!wallet_is_kit(&q->d))
		return ERR_CANNOT_SAY;
	put_u8(s, '{');
	put_member(s, "name", q->file.name);
	put_u8(s, ',');
	put_member(s, "addressType", q->d.spend == SPEND_SH_WSH ?
	    "P2SH-P2WSH" : spend_name(q->d.spend));
	put_u8(s, ',');
	put_member(s, "network", net == NET_MAIN ? "mainnet" :
	    net == NET_REGTEST ? "regtest" : "testnet");
	(void)snprintf(text, sizeof(text), ",\"client\":{\"type\":"
	    "\"public\"},\"quorum\":{\"requiredSigners\":%u,"
	    "\"totalSigners\":%zu}", q->d.code->k, q->d.nkey);
	put_text(s, text);
	put_text(s, ",\"extendedPublicKeys\":");
	put_cosigners(q, &is, s);
	put_text(s, ",\"startingAddressIndex\":0}\n");
	return s->err;
}

/* Specter adds the usual branches to every key by itself. */
enum err
wallet_put_specter(const struct wallet_req *q, struct arena *a,
    struct sink *s)
{
	static const char branches[] = "/<0;1>/*";
	const char *at = q->file.text, *next;

	(void)a;
	if (!wallet_usual(&q->d) || q->d.spend == SPEND_TR)
		return ERR_CANNOT_SAY;
	put_u8(s, '{');
	put_member(s, "label", q->file.name);
	put_text(s, ",\"blockheight\":0,\"descriptor\":\"");
	while ((next = strstr(at, branches)) != NULL) {
		put_span(s, span_of(at, (size_t)(next - at)));
		at = next + strlen(branches);
	}
	put_text(s, at);
	put_text(s, "\"}\n");
	return s->err;
}

/* Numbers of distinct keys, in the order in which they come (BIP388). */
static size_t
policy_number(const struct descriptor *d, size_t key, bool *is_new)
{
	struct span rest, head = wallet_key_head(&d->key[key], &rest), other;
	size_t i, k, n = 0;

	for (i = 0; i < key; i++) {
		other = wallet_key_head(&d->key[i], &rest);
		if (span_eq(other, head))
			break;
	}
	*is_new = i == key;
	for (k = 0; k < i; k++) {
		bool fresh;

		(void)policy_number(d, k, &fresh);
		n += fresh;
	}
	return n;
}

enum err
wallet_put_policy(const struct wallet_req *q, struct arena *a, struct sink *s)
{
	const uint8_t *at = q->d.text.p, *end = at + q->d.text.n;
	const struct descriptor *d = &q->d;
	struct span rest, head;
	char number[32];
	bool fresh;
	size_t i;

	(void)a;
	/* It knows extended keys alone. */
	if (!wallet_usual(d) || !d->key[0].extended || d->nkey > 20)
		return ERR_CANNOT_SAY;
	put_text(s, "{\"name\":");
	put_quoted(s, q->file.name);
	put_text(s, ",\"template\":\"");
	for (i = 0; i < d->nkey; i++) {
		put_span(s, span_of(at, (size_t)(d->key[i].text.p - at)));
		(void)snprintf(number, sizeof(number), "@%zu/**",
		    policy_number(d, i, &fresh));
		put_text(s, number);
		at = d->key[i].text.p + d->key[i].text.n;
	}
	put_span(s, span_of(at, (size_t)(end - at)));
	put_text(s, "\",\"keys\":[");
	for (i = 0; i < d->nkey; i++) {
		(void)policy_number(d, i, &fresh);
		if (!fresh)
			continue;
		head = wallet_key_head(&d->key[i], &rest);
		put_text(s, i == 0 ? "\"" : ",\"");
		put_span(s, head);
		put_u8(s, '"');
	}
	put_text(s, "]}\n");
	return s->err;
}
