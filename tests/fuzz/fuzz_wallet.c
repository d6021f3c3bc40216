/* What describes a wallet, and what signers send each other to make one.  The
 * first byte chooses: a descriptor, a wallet's file in any form, a record, a
 * sealed one.  What is read is written in every form and read again. */
#include "core/chain/bitcoin/bsms.h"
#include "core/chain/bitcoin/known.h"
#include "core/chain/bitcoin/register.h"
#include "core/job/table.h"
#include "tests/fuzz/fuzz.h"

#define TEXT_MAX ((size_t)1 << 18)

static uint8_t work[1 << 24], text[TEXT_MAX];

static void
number(void *ctx, uint32_t n, struct sink *s)
{
	(void)ctx;
	put_u8(s, (uint8_t)('A' + n % 26));
}

/* Read, it gives scripts and words, and reads again as the same. */
static void
descriptor(struct span s)
{
	struct arena a = { work, sizeof(work), 0 };
	struct descriptor d, again;
	const char *words;
	struct built b;
	size_t at = 0;

	if (descriptor_read(s, &a, &d, &at) != 0) {
		must(at <= s.n);
		return;
	}
	must(d.nkey > 0 && d.nbranch > 0);
	if (descriptor_build(&d, d.nbranch - 1, 0, &a, &b) == 0)
		must(b.script.n > 0);
	if (descriptor_words(&d, number, NULL, &a, &words) == 0)
		must(words[0] != '\0');
	must(descriptor_read(d.text, &a, &again, &at) == 0);
	must(again.nkey == d.nkey && again.spend == d.spend);
}

static void
file(struct span s)
{
	/* The last one is for the node and not read again. */
	static const char *const form[] = { "descriptors", "bsms", "coldcard",
	    "sparrow", "specter", "caravan", "policy", "core" };
	struct arena a = { work, sizeof(work), 0 };
	struct session_wallet kept = { .chain = "btc",
	    .network = NET_MAIN, .name = "x" };
	struct wallet_file again;
	struct wallet_req *q;
	struct job_tell t = { .to = 1 };
	struct fault f = { 0 };
	struct sink out;
	size_t i, used;
	void *req;

	if (wallet_job.parse(&a, s, NULL, NULL, &req, &f) != 0)
		return;
	q = req;
	kept.text = q->text;
	must(wallet_job.recall(&kept, &a, &req) == 0);
	for (i = 0, used = a.used; i < sizeof(form) / sizeof(form[0]);
	    i++, a.used = used) {
		t.form = span_text(form[i]);
		out = sink_to_buf(text, sizeof(text));
		if (wallet_job.tell(req, &t, &a, &out) != 0 || i == 7)
			continue;
		must(wallet_file_read(span_of(text, out.total), &a, &again,
		    &f) == 0);
		must(strcmp(again.text, q->file.text) == 0);
	}
}

static void
record(struct span s)
{
	struct bsms_invitation v;
	struct bsms_record r;

	if (bsms_invitation_read(s, &v) == 0)
		must(bsms_kind(s) == BSMS_INVITATION || s.n > BSMS_FILE_MAX);
	if (bsms_record_read(s, &r) != 0)
		return;
	must(r.body.n < s.n && r.k.has_origin);
	if (bsms_verify(&r) == 0)
		must(r.sig.n > 80);
}

/* Sealed and opened it is as it was; opened as it comes it is refused. */
static void
sealed(struct span s)
{
	static const struct bsms_token t = { 8, { 1, 2, 3, 4, 5, 6, 7, 8 } };
	const struct span token = span_text("0102030405060708");
	struct arena a = { work, sizeof(work), 0 };
	struct sink out = sink_to_buf(text, sizeof(text));
	struct span open;

	if (bsms_is_sealed(s))
		must(bsms_open(s, &token, 1, &a, &open) != 0);
	if (s.n < 40 || s.n > BSMS_FILE_MAX / 4)
		return;
	must(bsms_seal(&t, s, &a, &out) == 0);
	must(bsms_open(span_of(text, out.total), &token, 1, &a, &open) == 0);
	must(span_eq(open, s));
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static void (*const what[])(struct span) = { descriptor, file, record,
	    sealed };
	static bool begun;

	if (!begun)
		must(secp_init(NULL) == 0);
	begun = true;
	if (n > 0)
		what[p[0] % 4](span_of(p + 1, n - 1));
	return 0;
}
