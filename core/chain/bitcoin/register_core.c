#include "core/chain/bitcoin/register.h"
#include "core/encode/json.h"

/* Bitcoin Core's listdescriptors, or a list for its importdescriptors. */
static enum err
list_of(struct span file, struct span *list)
{
	if (json_member(file, "descriptors", list) == 0)
		return 0;
	*list = file;
	return file.n > 0 && file.p[0] == '[' ? ERR_NONE : ERR_MISSING;
}

bool
wallet_core_sniff(struct span file)
{
	struct span list, o, v;
	size_t at;

	while (file.n > 0 && file.p[0] <= ' ')
		file = span_of(file.p + 1, file.n - 1);
	return json_check(file, &at) == 0 && list_of(file, &list) == 0 &&
	    json_item(list, 0, &o) == 0 && json_member(o, "desc", &v) == 0;
}

/* One of the list: which branch it says that it is. */
static enum err
one_of(struct span o, struct arena *a, const char **out, bool *change)
{
	struct span v;
	char *p;
	enum err e;

	*change = json_member(o, "internal", &v) == 0 &&
	    span_eq(v, span_text("true"));
	if ((e = json_member(o, "desc", &v)) != 0)
		return e;
	if ((p = arena_new(a, char, v.n + 1)) == NULL)
		return ERR_SPACE;
	if ((e = json_chars(v, p, v.n + 1)) != 0)
		return e;
	return wallet_tidy(span_text(p), true, a, out);
}

static enum err
core_name(struct span file, struct wallet_file *w)
{
	char name[WALLET_NAME_MAX + 1];
	struct span v;
	enum err e;

	if (json_member(file, "wallet_name", &v) != 0)
		return 0;
	if ((e = json_chars(v, name, sizeof(name))) != 0)
		return e == ERR_SPACE ? ERR_RANGE : e;
	return wallet_name(span_text(name), w);
}

enum err
wallet_read_core(struct span file, struct arena *a, struct wallet_file *w)
{
	const char *text[2];
	bool change[2];
	struct span list, o;
	size_t n = 0;
	enum err e;

	while (file.n > 0 && file.p[0] <= ' ')
		file = span_of(file.p + 1, file.n - 1);
	w->form = "Bitcoin Core";
	if ((e = list_of(file, &list)) != 0 || (e = core_name(file, w)) != 0)
		return e;
	for (; (e = json_item(list, n, &o)) == 0; n++)
		if (n == 2)
			return ERR_SEVERAL;
		else if ((e = one_of(o, a, &text[n], &change[n])) != 0)
			return e;
	if (e != ERR_MISSING || n == 0)
		return e;
	w->text = text[0];
	if (n == 1)
		return 0;
	if (change[0] == change[1])
		return ERR_SEVERAL;
	return wallet_pair(text[change[0]], text[!change[0]], a, &w->text);
}

/* Specter-DIY: "addwallet Family&wsh(…)", with {0,1} for the branches. */
static struct span
behind_name(struct span file, struct span *name)
{
	struct scan s = { { 0 }, 0 };
	size_t at = 0;

	(void)wallet_line(file, &at, &s.text);
	(void)scan_word(&s, "addwallet ");
	*name = scan_until(&s, "&");
	(void)scan_take(&s, '&');
	return s.text.n == 0 ? s.text :
	    span_of(s.text.p + s.at, s.text.n - s.at);
}

bool
wallet_diy_sniff(struct span file)
{
	static const char *const open[] = { "wsh(", "sh(", "tr(", "wpkh(",
	    "pkh(" };
	struct span name;
	struct scan s = { behind_name(file, &name), 0 };
	size_t i;

	for (i = 0; i < sizeof(open) / sizeof(open[0]); i++)
		if (name.n <= WALLET_NAME_MAX && scan_word(&s, open[i]))
			return true;
	return false;
}

enum err
wallet_read_diy(struct span file, struct arena *a, struct wallet_file *w)
{
	struct span name, text = behind_name(file, &name);
	const char *tidy, *pairs;
	enum err e;

	w->form = "Specter-DIY";
	if ((e = wallet_name(name, w)) != 0 ||
	    (e = wallet_tidy(text, false, a, &tidy)) != 0 ||
	    (e = wallet_replace(span_text(tidy), "/{0,1}/", "/<0;1>/", a,
	    &pairs)) != 0)
		return e;
	return wallet_add_branches(pairs, a, &w->text);
}
