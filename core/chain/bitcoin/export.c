#include <stdio.h>
#include <string.h>

#include "core/chain/bitcoin/descriptor.h"
#include "core/chain/bitcoin/export.h"

/* What others call a purpose, and its SLIP-132 version bytes. */
static const struct kind {
	uint32_t	 purpose;
	const char	*name;
	uint32_t	 main, test;
} kinds[] = {
	{ 44, "p2pkh", XPUB_VERSION_MAIN, XPUB_VERSION_TEST },
	{ 49, "p2sh-p2wpkh", 0x049d7cb2, 0x044a5262 },
	{ 84, "p2wpkh", 0x04b24746, 0x045f1cf6 },
	{ 86, "p2tr", XPUB_VERSION_MAIN, XPUB_VERSION_TEST },
};

static const struct kind *
kind_of(uint32_t purpose)
{
	size_t i;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (kinds[i].purpose == purpose)
			return &kinds[i];
	return NULL;
}

static enum err
put_descriptors(const struct account *ac, size_t n, struct sink *s)
{
	char text[DESCRIPTOR_MAX];
	enum err e;
	size_t i;

	for (i = 0; i < n; i++) {
		if ((e = descriptor_text(&ac[i], "<0;1>", text)) != 0)
			return e;
		put_text(s, text);
		put_text(s, "\n");
	}
	return s->err;
}

/* One element of the array that importdescriptors takes.  timestamp 0: look
 * for coins from the first block on. */
static enum err
put_import(const struct account *ac, bool change, struct sink *s)
{
	char text[DESCRIPTOR_MAX];
	enum err e;

	if ((e = descriptor_text(ac, change ? "1" : "0", text)) != 0)
		return e;
	put_text(s, "  {\"desc\": \"");
	put_text(s, text);
	put_text(s, "\", \"active\": true, \"internal\": ");
	put_text(s, change ? "true" : "false");
	put_text(s, ", \"range\": [0, 999], \"timestamp\": 0}");
	return s->err;
}

static enum err
put_core(const struct account *ac, size_t n, struct sink *s)
{
	enum err e;
	size_t i;

	put_text(s, "[\n");
	for (i = 0; i < 2 * n; i++) {
		if (i > 0)
			put_text(s, ",\n");
		if ((e = put_import(&ac[i / 2], i % 2 == 1, s)) != 0)
			return e;
	}
	put_text(s, "\n]\n");
	return s->err;
}

static void
put_pair(struct sink *s, const char *key, const char *value)
{
	put_text(s, ", \"");
	put_text(s, key);
	put_text(s, "\": \"");
	put_text(s, value);
	put_text(s, "\"");
}

static enum err
first_address(const struct account *ac, char out[ADDRESS_MAX])
{
	struct xpub branch, x;
	enum err e;

	if ((e = xpub_child(&ac->xpub, 0, &branch)) != 0 ||
	    (e = xpub_child(&branch, 0, &x)) != 0)
		return e;
	return bitcoin_address(ac->network, ac->purpose, &x.key, out);
}

static void
upper(char *s)
{
	for (; *s != '\0'; s++)
		if (*s >= 'a' && *s <= 'f')
			*s = (char)(*s - 'a' + 'A');
}

static enum err
put_bip(const struct account *ac, struct sink *s)
{
	const struct kind *k = kind_of(ac->purpose);
	const struct wallet *w = wallet_find("btc");
	char xpub[XPUB_TEXT_MAX], path[PATH_TEXT_MAX], fpr[9];
	char first[ADDRESS_MAX], head[32];
	struct fpr own = fpr_of_pub(&ac->xpub.key);
	struct path p;
	enum err e;

	if (k == NULL || w == NULL)
		return ERR_RANGE;
	if ((e = w->account_path(ac->network, ac->purpose, ac->number,
	    &p)) != 0 ||
	    (e = xpub_text(&ac->xpub, ac->network == NET_MAIN ?
	    XPUB_VERSION_MAIN : XPUB_VERSION_TEST, xpub)) != 0 ||
	    (e = first_address(ac, first)) != 0)
		return e;
	path_text(&p, path);
	fpr_text(&own, fpr);
	upper(fpr);
	(void)snprintf(head, sizeof(head), ",\n  \"bip%u\": {\"name\": \"",
	    (unsigned)ac->purpose);
	put_text(s, head);
	put_text(s, k->name);
	put_text(s, "\"");
	put_pair(s, "xfp", fpr);
	put_pair(s, "deriv", path);
	put_pair(s, "xpub", xpub);
	put_pair(s, "first", first);
	put_text(s, "}");
	return s->err;
}

static enum err
put_sparrow(const struct account *ac, size_t n, struct sink *s)
{
	char fpr[9], head[96];
	enum err e;
	size_t i;

	if (n == 0)
		return ERR_RANGE;
	fpr_text(&ac[0].fpr, fpr);
	upper(fpr);
	(void)snprintf(head, sizeof(head),
	    "{\n  \"chain\": \"%s\", \"xfp\": \"%s\", \"account\": %u",
	    ac[0].network == NET_MAIN ? "BTC" : "XTN", fpr,
	    (unsigned)ac[0].number);
	put_text(s, head);
	for (i = 0; i < n; i++)
		if ((e = put_bip(&ac[i], s)) != 0)
			return e;
	put_text(s, "\n}\n");
	return s->err;
}

/* Up to version 19 Electrum's files hold the fingerprint as a number, and what
 * stands under a later name is lost when it converts them. */
static void
put_old_fingerprint(struct sink *s, const struct fpr *f)
{
	char text[32];

	(void)snprintf(text, sizeof(text), ", \"ckcc_xfp\": %lu",
	    (unsigned long)f->b[3] << 24 | (unsigned long)f->b[2] << 16 |
	    (unsigned long)f->b[1] << 8 | f->b[0]);
	put_text(s, text);
}

/* A wallet file holds one account: the native segwit one when there are
 * several.  (Electrum knows no taproot accounts.) */
static enum err
put_electrum(const struct account *ac, size_t n, struct sink *s)
{
	const struct wallet *w = wallet_find("btc");
	const struct account *a = NULL;
	char xpub[XPUB_TEXT_MAX], path[PATH_TEXT_MAX], fpr[9];
	const struct kind *k;
	struct path p;
	enum err e;
	size_t i;

	for (i = 0; i < n; i++)
		if (ac[i].purpose != 86 && (a == NULL || ac[i].purpose == 84))
			a = &ac[i];
	if (a == NULL || w == NULL || (k = kind_of(a->purpose)) == NULL)
		return ERR_RANGE;
	if ((e = w->account_path(a->network, a->purpose, a->number,
	    &p)) != 0 ||
	    (e = xpub_text(&a->xpub, a->network == NET_MAIN ? k->main :
	    k->test, xpub)) != 0)
		return e;
	path_text(&p, path);
	fpr_text(&a->fpr, fpr);
	put_text(s, "{\"keystore\": {\"type\": \"bip32\", "
	    "\"pw_hash_version\": 1");
	put_pair(s, "label", "Coldseal");
	put_pair(s, "root_fingerprint", fpr);
	put_old_fingerprint(s, &a->fpr);
	put_pair(s, "derivation", path);
	put_pair(s, "xpub", xpub);
	put_text(s, "}, \"wallet_type\": \"standard\", "
	    "\"use_encryption\": false, \"seed_version\": 17}\n");
	return s->err;
}

const struct export_format bitcoin_formats[] = {
	{ .name = "descriptors", .file = "coldseal-descriptors.txt",
	    .says = "output descriptors, for most wallets",
	    .write = put_descriptors },
	{ .name = "core", .file = "coldseal-core.json",
	    .says = "Bitcoin Core: importdescriptors",
	    .write = put_core },
	{ .name = "sparrow", .file = "coldseal-sparrow.json",
	    .says = "Sparrow, Specter and others: generic JSON",
	    .write = put_sparrow },
	{ .name = "electrum", .file = "coldseal-electrum.json",
	    .says = "Electrum: a watch-only wallet",
	    .write = put_electrum },
	{ .name = NULL }
};
