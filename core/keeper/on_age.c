/*
 * A file under a passphrase, that the age program opens without us: wallets
 * and labels as the front hands them over, and, if it is asked for, the keys
 * at hand, a line each, as UNLOCK takes them.
 */
#include "core/base/passphrase.h"
#include "core/keeper/state.h"
#include "core/encode/hex.h"
#include "core/keys/age.h"
#include "core/keys/monero_words.h"

static const char begin[] = "# Coldseal backup: keys, a line each, as they "
    "are entered.\n";
static const char end[] = "# end of keys\n";

/* A secret text that ends with NUL: how long it is, the file tells anyway. */
static void
put_secret(struct sink *s, const char *text, size_t cap)
{
	uint32_t on = UINT32_MAX;
	size_t i, n = 0;

	for (i = 0; i < cap; i++) {
		on &= ~ct_zero((uint8_t)text[i]);
		n += on & 1;
	}
	ct_public(&n, sizeof(n));
	put_span(s, span_of(text, n));
}

/* The seed as codex32: the passphrase of its words is in it. */
static enum err
put_seed(struct sink *s, const struct seedkey *key)
{
	static const uint8_t id[CODEX32_ID];
	char text[CODEX32_TEXT_MAX] = "", words[RESTORE_TEXT_MAX] = "";
	struct codex32_set set;
	enum err e;

	if ((e = codex32_split(&key->seed, id, 0, 1, keeper_chance, &set)) != 0)
		return e;
	codex32_text(&set.share[0], text);
	put_secret(s, text, sizeof(text));
	if (key->words.n > 0) {
		restore_text(&key->words, words);
		put_text(s, "\n# its words (a passphrase of theirs is not "
		    "here): ");
		put_secret(s, words, sizeof(words));
		wipe(words, sizeof(words));
	}
	wipe(text, sizeof(text));
	wipe(&set, sizeof(set));
	return 0;
}

static void
put_monero(struct sink *s, const struct seedkey *key)
{
	char text[2 * sizeof(struct secret32) + 1] = "";
	char words[RESTORE_TEXT_MAX] = "";

	if (key->words.n > 0) {
		restore_text(&key->words, words);
		put_secret(s, words, sizeof(words));
		wipe(words, sizeof(words));
		return;
	}
	hex_text(SPAN_OF(key->u.monero.spend.b), text);
	put_secret(s, text, sizeof(text));
	hex_text(SPAN_OF(key->u.monero.viewer.view.b), text);
	put_text(s, " ");
	put_secret(s, text, sizeof(text));
	wipe(text, sizeof(text));
}

static enum err
put_keys(struct keeper *k, struct sink *s, struct fault *f)
{
	const struct seedkey *key;
	char name[9];
	enum err e = 0;
	size_t i;

	put_text(s, begin);
	for (i = 0; e == 0 && i < k->nkey; i++) {
		fpr_text(&k->key[i].fpr, name);
		put_text(s, "# key ");
		put_text(s, name);
		put_u8(s, '\n');
		fault_set(f, i, "key %s", name);
		if ((e = keeper_whole(k, &k->key[i], &key)) == 0 &&
		    key->kind == KEY_MONERO)
			put_monero(s, key);
		else if (e == 0)
			e = put_seed(s, key);
		put_u8(s, '\n');
	}
	put_text(s, end);
	return e != 0 ? e : s->err;
}

/* With or without keys; what else stands in it, the keeper does not read. */
enum err
keeper_on_age_seal(struct keeper *k, struct span body, struct sink *reply,
    struct fault *f)
{
	struct reader r = reader_of(body);
	bool keys = read_u8(&r) != 0;
	struct span passphrase = read_block(&r), more;
	struct sink text = sink_to_buf(k->age.text, sizeof(k->age.text));
	const size_t least = keys ? PASSPHRASE_LEAST_KEYS : PASSPHRASE_LEAST;
	enum err e;
	size_t n = 0;

	more = read_span(&r, reader_left(&r));
	if ((e = reader_done(&r)) != 0)
		return e;
	if (passphrase_worth(passphrase.n, least) == PASSPHRASE_TOO_SHORT) {
		fault_set(f, 0, "a passphrase of fewer than %zu characters",
		    least);
		return ERR_REFUSED;
	}
	if (keys && k->nkey == 0)
		return ERR_NO_KEY;
	if (keys)
		e = put_keys(k, &text, f);
	put_span(&text, more);
	if (e == 0 && (e = text.err) == 0) {
		fault_set(f, 0, "memory for the passphrase");
		e = age_seal(passphrase, AGE_COST, span_of(k->age.text,
		    text.total), keeper_chance, k->age.file, &n);
	}
	put_span(reply, span_of(k->age.file, n));
	wipe(&k->age, sizeof(k->age));
	return e;
}

/* Where lines end, and which of them are remarks, is no secret. */
static bool
is(uint8_t c, char what)
{
	uint32_t same = ct_zero((uint32_t)c ^ (uint8_t)what) & 1;

	ct_public(&same, sizeof(same));
	return same != 0;
}

static bool
says(struct span line, const char *what, size_t n)
{
	bool same = line.n == n && ct_equal(line.p, what, n);

	ct_public(&same, sizeof(same));
	return same;
}

/* What stands up to the next line end. */
static struct span
cut_line(struct span *s)
{
	struct span line = span_of(s->p, 0);

	while (line.n < s->n && !is(s->p[line.n], '\n'))
		line.n++;
	*s = span_of(line.p + line.n + (line.n < s->n),
	    s->n - line.n - (line.n < s->n));
	return line;
}

static enum err
load(struct keeper *k, struct span line, struct sink *reply, struct fault *f)
{
	struct seedkey key;
	enum err e;

	if ((e = keeper_room(k, f)) != 0)
		return e;
	if ((e = restore_key(line, span_of(NULL, 0), &key, f)) == 0)
		keeper_take(k, &key, reply);
	wipe(&key, sizeof(key));
	return e;
}

/* It is the owner's own word by now: the passphrase has opened it.  Keys stay
 * here, all of them or none; the rest goes to the front. */
static enum err
take(struct keeper *k, struct span text, struct sink *reply, struct fault *f)
{
	uint8_t fprs[4 * FPR_MAX];
	struct sink s = sink_to_buf(fprs, sizeof(fprs));
	struct span rest = text, line = cut_line(&rest);
	bool keys = says(line, begin, sizeof(begin) - 2);
	const size_t had = k->nkey;
	enum err e = 0;

	while (keys && e == 0) {
		line = cut_line(&rest);
		if (line.n == 0 || says(line, end, sizeof(end) - 2))
			break;
		if (!is(line.p[0], '#'))
			e = load(k, line, &s, f);
	}
	if (e != 0) {
		wipe(k->key + had, (k->nkey - had) * sizeof(k->key[0]));
		k->nkey = had;
		return e;
	}
	rest = keys ? rest : text;
	ct_public(rest.p, rest.n);
	put_u8(reply, (uint8_t)(s.total / 4));
	put_span(reply, span_of(fprs, s.total));
	put_span(reply, rest);
	return 0;
}

enum err
keeper_on_age_open(struct keeper *k, struct span body, struct sink *reply,
    struct fault *f)
{
	struct reader r = reader_of(body);
	struct span passphrase = read_block(&r);
	struct span file = read_span(&r, reader_left(&r));
	enum err e;
	size_t n = 0;

	if ((e = reader_done(&r)) != 0)
		return e;
	if (file.n > sizeof(k->age.file))
		return ERR_TOO_LARGE;
	if ((e = age_open(passphrase, file, k->age.text, &n)) == 0)
		e = take(k, span_of(k->age.text, n), reply, f);
	wipe(&k->age, sizeof(k->age));
	return e;
}
