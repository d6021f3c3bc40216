#include "core/chain/bitcoin/bsms.h"
#include "core/chain/bitcoin/register.h"

/* The first line that is no remark. */
static struct span
first_line(struct span file)
{
	struct span line = { 0 };
	size_t at = 0;

	while (wallet_line(file, &at, &line))
		if (line.n > 0 && line.p[0] != '#')
			return line;
	return (struct span){ 0 };
}

static bool
is_descriptor(struct span file)
{
	static const char *const open[] = { "wsh(", "sh(", "tr(", "wpkh(",
	    "pkh(", "Receive: wsh(", "Receive: sh(", "Receive: tr(",
	    "Receive: wpkh(", "Receive: pkh(" };
	struct scan s = { first_line(file), 0 };
	size_t i;

	for (i = 0; i < sizeof(open) / sizeof(open[0]); i++)
		if (scan_word(&s, open[i]))
			return true;
	return false;
}

static bool
is_bsms(struct span file)
{
	return bsms_kind(file) == BSMS_WALLET;
}

/* A line that says how many of how many. */
static bool
is_coldcard(struct span file)
{
	struct span line;
	size_t at = 0;

	if (file.n == 0 || file.p[0] == '{')
		return false;
	while (wallet_line(file, &at, &line)) {
		struct scan s = { line, 0 };

		if (scan_word(&s, "Policy:"))
			return true;
	}
	return false;
}

static bool
is_json(struct span file)
{
	size_t i = 0;

	while (i < file.n && (file.p[i] == ' ' || file.p[i] == '\n' ||
	    file.p[i] == '\r' || file.p[i] == '\t'))
		i++;
	return i < file.n && file.p[i] == '{' && wallet_json_sniff(file);
}

static const struct {
	const char	*what;
	bool		(*is)(struct span);
	enum err	(*read)(struct span, struct arena *,
			    struct wallet_file *) must_check;
} forms[] = {
	{ "the descriptor", is_descriptor, wallet_read_descriptor },
	{ "the BSMS record", is_bsms, wallet_read_bsms },
	{ "the JSON", is_json, wallet_read_json },
	{ "the list of descriptors", wallet_core_sniff, wallet_read_core },
	{ "the line of Specter-DIY", wallet_diy_sniff, wallet_read_diy },
	{ "the multisig file", is_coldcard, wallet_read_coldcard },
};
#define FORMS (sizeof(forms) / sizeof(forms[0]))

/* Editors put a mark in front of a text. */
static struct span
unmarked(struct span file)
{
	static const uint8_t mark[] = { 0xef, 0xbb, 0xbf };

	return file.n >= 3 && memcmp(file.p, mark, 3) == 0 ?
	    span_of(file.p + 3, file.n - 3) : file;
}

static size_t
form_of(struct span file)
{
	size_t i;

	for (i = 0; i < FORMS && file.n <= WALLET_FILE_MAX; i++)
		if (forms[i].is(file))
			return i;
	return FORMS;
}

static bool
is_alnum(uint8_t c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
	    (c >= 'a' && c <= 'z');
}

/* Wherever it stands, and whatever else is wrong. */
static bool
has_private(struct span file)
{
	size_t i, n;

	for (i = 0; i < file.n; i += n + 1) {
		for (n = 0; i + n < file.n && is_alnum(file.p[i + n]); n++)
			continue;
		if (desc_key_private(span_of(file.p + i, n)))
			return true;
	}
	return false;
}

bool
wallet_sniff(struct span file)
{
	return form_of(unmarked(file)) < FORMS;
}

enum err
wallet_file_read(struct span file, struct arena *a, struct wallet_file *w,
    struct fault *f)
{
	size_t i;
	enum err e;

	file = unmarked(file);
	i = form_of(file);
	*w = (struct wallet_file){ .text = "", .first = "" };
	if (i == FORMS)
		return ERR_UNKNOWN;
	e = has_private(file) ? ERR_PRIVATE : forms[i].read(file, a, w);
	if (e != 0)
		fault_set(f, 0, "%s", forms[i].what);
	return e;
}
