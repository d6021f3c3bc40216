#include <stdio.h>
#include <string.h>

#include "core/chain/bitcoin/descriptor.h"

/* BIP380: the characters a descriptor may have, in groups of 32. */
static const char input_set[] =
    "0123456789()[],'/*abcdefgh@:$%{}"
    "IJKLMNOPQRSTUVWXYZ&+-.;<=>?!^_|~"
    "ijklmnopqrstuvwxyzABCDEFGH`#\"\\ ";
static const char sum_set[] = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

static uint64_t
polymod(uint64_t c, unsigned v)
{
	static const uint64_t gen[5] = { 0xf5dee51989, 0xa9fdca3312,
	    0x1bab10e32d, 0x3706b1677a, 0x644d626ffd };
	unsigned top = (unsigned)(c >> 35), i;

	c = (c & 0x7ffffffff) << 5 ^ v;
	for (i = 0; i < 5; i++)
		if ((top >> i & 1) != 0)
			c ^= gen[i];
	return c;
}

enum err
descriptor_sum(struct span text, char out[DESCRIPTOR_SUM + 1])
{
	unsigned group = 0, ngroup = 0, pos;
	uint64_t c = 1;
	const char *at;
	size_t i;

	for (i = 0; i < text.n; i++) {
		if (text.p[i] == 0 ||
		    (at = strchr(input_set, text.p[i])) == NULL)
			return ERR_FORM;
		pos = (unsigned)(at - input_set);
		c = polymod(c, pos & 31);
		group = group * 3 + (pos >> 5);
		if (++ngroup == 3) {
			c = polymod(c, group);
			group = ngroup = 0;
		}
	}
	if (ngroup > 0)
		c = polymod(c, group);
	for (i = 0; i < DESCRIPTOR_SUM; i++)
		c = polymod(c, 0);
	c ^= 1;
	for (i = 0; i < DESCRIPTOR_SUM; i++)
		out[i] = sum_set[c >> (5 * (7 - i)) & 31];
	out[DESCRIPTOR_SUM] = '\0';
	return 0;
}

/* The path behind the m, with h for hardened: safe inside shell quotes. */
static void
origin(const struct path *p, char out[PATH_TEXT_MAX])
{
	char *c;

	path_text(p, out);
	memmove(out, out + 1, strlen(out));
	for (c = out; *c != '\0'; c++)
		if (*c == '\'')
			*c = 'h';
}

enum err
descriptor_key(const struct account *ac, char out[DESCRIPTOR_MAX])
{
	const struct wallet *w = wallet_find("btc");
	char fpr[9], path[PATH_TEXT_MAX], xpub[XPUB_TEXT_MAX];
	struct path p;
	enum err e;
	int n;

	if (w == NULL)
		return ERR_UNKNOWN;
	if ((e = w->account_path(ac->network, ac->purpose, ac->number,
	    &p)) != 0 ||
	    (e = xpub_text(&ac->xpub, ac->network == NET_MAIN ?
	    XPUB_VERSION_MAIN : XPUB_VERSION_TEST, xpub)) != 0)
		return e;
	fpr_text(&ac->fpr, fpr);
	origin(&p, path);
	n = snprintf(out, DESCRIPTOR_MAX, "[%s%s]%s", fpr, path, xpub);
	return n < 0 || n >= DESCRIPTOR_MAX ? ERR_SPACE : ERR_NONE;
}

static const struct {
	uint32_t	 purpose;
	const char	*open, *close;
} wrap[] = {
	{ 44, "pkh(", ")" },
	{ 49, "sh(wpkh(", "))" },
	{ 84, "wpkh(", ")" },
	{ 86, "tr(", ")" },
};

enum err
descriptor_text(const struct account *ac, const char *branch,
    char out[DESCRIPTOR_MAX])
{
	char key[DESCRIPTOR_MAX], sum[DESCRIPTOR_SUM + 1];
	size_t i, len;
	enum err e;
	int n;

	for (i = 0; i < sizeof(wrap) / sizeof(wrap[0]); i++)
		if (wrap[i].purpose == ac->purpose)
			break;
	if (i == sizeof(wrap) / sizeof(wrap[0]))
		return ERR_RANGE;
	if ((e = descriptor_key(ac, key)) != 0)
		return e;
	n = snprintf(out, DESCRIPTOR_MAX, "%s%s/%s/*%s", wrap[i].open, key,
	    branch, wrap[i].close);
	if (n < 0 || n + DESCRIPTOR_SUM + 1 >= DESCRIPTOR_MAX)
		return ERR_SPACE;
	len = (size_t)n;
	if ((e = descriptor_sum(span_of(out, len), sum)) != 0)
		return e;
	out[len] = '#';
	memcpy(out + len + 1, sum, sizeof(sum));
	return 0;
}
