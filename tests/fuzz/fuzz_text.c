/* What is typed, scanned or named by a stranger.  The first byte chooses the
 * reader; what it takes must come out of the writer as it went in. */
#include "core/base/num.h"
#include "core/base/text.h"
#include "core/chain/bitcoin/peel.h"
#include "core/encode/base58.h"
#include "core/encode/base64.h"
#include "core/encode/bech32.h"
#include "core/encode/hex.h"
#include "core/job/wallet.h"
#include "core/keys/age.h"
#include "core/keys/bip39.h"
#include "core/keys/gather.h"
#include "core/keys/path.h"
#include "core/wire/bundle.h"
#include "media/names.h"
#include "tests/fuzz/fuzz.h"

static void
address(struct span s)
{
	const struct wallet *const *w;
	char out[ADDRESS_MAX], again[ADDRESS_MAX];
	uint32_t purpose;
	int net;

	for (w = wallet_table; *w != NULL; w++)
		for (net = 0; net < NET_COUNT; net++)
			if ((*w)->recognise((enum network)net, s, &purpose,
			    out) == 0) {
				must((*w)->recognise((enum network)net,
				    span_text(out), &purpose, again) == 0);
				must(strcmp(out, again) == 0);
			}
}

static void
path(struct span s)
{
	char text[PATH_TEXT_MAX];
	struct path p, q;

	if (path_of_text(s, &p) != 0)
		return;
	path_text(&p, text);
	must(path_of_text(span_text(text), &q) == 0 && path_eq(&p, &q));
}

/* Shares: what is read is written as it was, and added once. */
static void
share(struct span s)
{
	static struct slip39_set set;
	struct slip39_share one, again;
	char text[SLIP39_TEXT_MAX], line[CODEX32_TEXT_MAX];
	struct codex32 c, back;
	size_t bad = 0;

	if (slip39_read(s, &one, &bad) == 0) {
		slip39_text(&one, text);
		must(slip39_read(span_text(text), &again, &bad) == 0 &&
		    again.value.n == one.value.n && memcmp(again.value.b,
		    one.value.b, one.value.n) == 0);
		if (slip39_add(&set, &one) == 0)
			must(slip39_add(&set, &again) == ERR_DUPLICATE);
		if (set.n == SLIP39_SET)
			set.n = 0;
	}
	must(bad < SLIP39_SHARE_WORDS || bad == SIZE_MAX);
	if (codex32_read(s, &c, &bad) == 0) {
		codex32_text(&c, line);
		must(codex32_read(span_text(line), &back, &bad) == 0 &&
		    back.n == c.n && memcmp(back.v, c.v, c.n) == 0);
	}
}

/* A backup in the age format: whatever its header says, no memory is taken
 * for it but what was bounded, and nothing comes out of it by chance. */
static void
age(struct span s)
{
	static uint8_t out[1 << 16];
	static const char small[] = " 10\n";
	size_t n = 0;

	if (s.n < sizeof(out) && memmem(s.p, s.n, small, 4) != NULL)
		must(age_open(span_text("fuzz"), s, out, &n) != 0);
}

/* Lines of a file of words: any number of pieces, and a passphrase. */
static void
pieces(struct span s)
{
	struct gather g = { 0 };
	struct pieces_count c;
	struct fault f = { 0 };
	size_t n;

	while (s.n > 0) {
		for (n = 0; n < s.n && s.p[n] != '\n';)
			n++;
		(void)!gather_add(&g, span_of(s.p, n), &f);
		c = gather_count(&g);
		must(c.kind == g.kind && (c.kind != PIECES_NONE ||
		    !c.enough || c.have == 0));
		n += n < s.n;
		s = span_of(s.p + n, s.n - n);
	}
}

static void
words(struct span s)
{
	char text[BIP39_TEXT_MAX];
	struct mnemonic m, again;
	size_t bad = 0, first, n;

	share(s);
	age(s);
	pieces(s);
	n = bip39_complete(s, &first);
	must(n <= BIP39_WORDS && (n == 0 || first + n <= BIP39_WORDS));
	must(bip39_index(s) < BIP39_WORDS);
	if (bip39_parse(s, &m, &bad) != 0)
		return;
	bip39_text(&m, text);
	must(bip39_parse(span_text(text), &again, &bad) == 0);
	must(again.n == m.n && memcmp(again.w, m.w, m.n * 2) == 0);
}

static void
name(struct span s)
{
	char file[512], out[NAME_MAX + 1];

	if (s.n >= sizeof(file))
		return;
	memcpy(file, s.p, s.n);
	file[s.n] = '\0';
	if (name_check(file) == 0)
		must(file[0] != '\0' && strchr(file, '/') == NULL &&
		    strcmp(file, ".") != 0 && strcmp(file, "..") != 0);
	if (name_answer(file, "-signed.psbt", 2, out) == 0)
		must(name_check(out) == 0);
	if (name_numbered(file, 3, out) == 0)
		must(name_check(out) == 0);
}

static void
shown(struct span s)
{
	char out[4 * 4096 + 1];

	if (s.n <= 4096) {
		must(text_escape(s, out, sizeof(out)) == 0);
		must(text_is_printable(span_text(out)));
	}
}

static void
number(struct span s)
{
	char text[NUM_TEXT_MAX];
	struct num n, again;

	if (num_of_text(s, &n) != 0)
		return;
	num_text(&n, text);
	must(num_of_text(span_text(text), &again) == 0);
	must(num_cmp(&n, &again) == 0);
	num_text_units(&n, 18, text);
}

static void
encoded(struct span s)
{
	uint8_t raw[4096], program[40], again[2 * sizeof(raw)];
	uint8_t third[sizeof(raw)];
	struct base64_shape shape;
	char text[BASE58_TEXT_MAX + 10];
	struct bech32 b;
	unsigned version;
	struct sink o;
	size_t n, left;

	if (base58check_bytes(s, raw, BASE58_MAX, &n) == 0) {
		must(base58check_text(span_of(raw, n), text,
		    sizeof(text)) == 0);
		must(span_eq(span_text(text), s));
	}
	if (base64_bytes(s, raw, sizeof(raw), &n, &shape) == 0) {
		o = sink_to_buf(again, sizeof(again));
		base64_put(&o, span_of(raw, n), &shape);
		must(o.err == 0 && base64_bytes(span_of(again, o.total), third,
		    sizeof(third), &left, &shape) == 0);
		must(span_eq(span_of(third, left), span_of(raw, n)));
	}
	if (hex_bytes(s, raw, sizeof(raw), &n) == 0)
		must(2 * n == s.n);
	(void)!segwit_bytes("bc", s, &version, program, &n);
	(void)!bech32_split(s, &b);
}

static void
peeled(struct span s)
{
	static uint8_t mem[1 << 20];
	struct arena a = { mem, sizeof(mem), 0 };
	struct peel how = { 0 };
	struct span bytes;
	size_t at;

	(void)!peel(s, &a, &how, &bytes, &at);
}

/* Each part lies in the text, behind the one before; there is an end. */
static void
bundled(struct span s)
{
	struct bundle_part p;
	struct span left = s;
	const uint8_t *at = s.p;
	size_t n;

	for (n = 0; bundle_next(&left, &p); n++) {
		must(n <= s.n && p.text.p >= at &&
		    p.text.p + p.text.n <= left.p);
		must(left.p + left.n == s.p + s.n);
		at = left.p;
	}
	must(left.n == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static void (*const reader[])(struct span) = { address, path, words,
	    name, shown, number, encoded, peeled };

	static bool ready;

	if (!ready)
		must(secp_init(NULL) == 0);
	ready = true;
	if (n > 0 && p[0] == UINT8_MAX)
		bundled(span_of(p + 1, n - 1));
	else if (n > 0)
		reader[p[0] % (sizeof(reader) / sizeof(reader[0]))](
		    span_of(p + 1, n - 1));
	return 0;
}
