#include <stdio.h>

#include "core/chain/monero/height.h"
#include "core/encode/hex.h"
#include "core/job/wallet.h"
#include "core/keys/monero.h"

_Static_assert(MONERO_ADDRESS_MAX <= ADDRESS_MAX, "an address fits");

extern const struct wallet monero_wallet;

static enum err
address_at(const struct account *ac, uint32_t index, char out[ADDRESS_MAX])
{
	struct monero_address a = { .kind = ac->number == 0 && index == 0 ?
	    MONERO_STANDARD : MONERO_SUBADDRESS };
	size_t n = 0;
	enum err e;

	if ((e = monero_sub_keys(ac->viewer, ac->number, index, &a.spend,
	    &a.view)) != 0)
		return e;
	if (ac->with.n > 0) {
		if (a.kind != MONERO_STANDARD)
			return ERR_RANGE;	/* has no integrated form */
		a.kind = MONERO_INTEGRATED;
		if (ac->with.n != 2 * sizeof(a.id) ||
		    hex_bytes(ac->with, a.id, sizeof(a.id), &n) != 0)
			return ERR_FORM;
	}
	monero_address_text(ac->network, &a, out);
	return 0;
}

/* Subaddresses of one account; (0, 0) is the main address, and the only one
 * that a payment id goes with. */
static enum err
addresses(const struct account *ac, uint32_t branch, uint32_t from,
    uint32_t to, const struct visit *v)
{
	struct path p = { .n = 2, .e = { ac->number } };
	char text[ADDRESS_MAX];
	enum err e = branch == 0 ? ERR_NONE : ERR_RANGE;
	uint32_t i;

	if (ac->with.n > 0)
		to = from;
	for (i = from; i <= to && e == 0; i++) {
		p.e[1] = i;
		if ((e = address_at(ac, i, text)) == 0)
			e = v->see(v->ctx, &p, text);
	}
	return e;
}

/* Blanks that help the eye are no mistake.  An integrated address is looked
 * for by the main address in it. */
static enum err
recognise(enum network net, struct span typed, uint32_t *purpose,
    char out[ADDRESS_MAX])
{
	struct monero_address a;
	size_t i, n = 0;
	enum err e;

	for (i = 0; i < typed.n; i++) {
		if (typed.p[i] == ' ')
			continue;
		if (n == ADDRESS_MAX - 1)
			return ERR_FORM;
		out[n++] = (char)typed.p[i];
	}
	out[n] = '\0';
	if ((e = monero_address_read(net, span_of(out, n), &a)) != 0)
		return e;
	if (a.kind == MONERO_INTEGRATED)
		a.kind = MONERO_STANDARD;
	monero_address_text(net, &a, out);
	*purpose = 0;
	return 0;
}

static const char warning[] = "The view key shows to whoever has it every "
    "payment that this wallet receives, for ever, and it cannot be changed. "
    "It spends nothing. Give it to your own online computer and to nobody "
    "else.";

#define WALLET_NAME "coldseal"

struct details {
	char		address[ADDRESS_MAX];
	char		view[2 * sizeof(struct secret32) + 1];
	uint64_t	height;
	char		date[HEIGHT_DATE_MAX];
};

static enum err
details_of(const struct account *ac, size_t n, struct details *d)
{
	struct account primary;
	enum err e;

	if (n != 1)
		return ERR_RANGE;
	primary = *ac;
	primary.number = 0;
	primary.with = (struct span){ 0 };
	if ((e = height_of_text(ac->with, &d->height)) != 0 ||
	    (e = address_at(&primary, 0, d->address)) != 0)
		return e;
	if (ac->with.n == 0)
		d->height = height_of_birth(ac->viewer->born);
	hex_text(SPAN_OF(ac->viewer->view.b), d->view);
	height_date(d->height, d->date);
	return 0;
}

/* As Feather's "View-only details" copies them; its wizard and
 * monero-wallet-cli ask for the first three. */
static enum err
put_view(const struct account *ac, size_t n, struct sink *s)
{
	char line[64];
	struct details d;
	enum err e;

	if ((e = details_of(ac, n, &d)) != 0)
		return e;
	put_text(s, "Secret view key: ");
	put_text(s, d.view);
	put_text(s, "\nAddress: ");
	put_text(s, d.address);
	(void)snprintf(line, sizeof(line), "\nRestore height: %llu  (%s)\n",
	    (unsigned long long)d.height, d.date);
	put_text(s, line);
	put_text(s, "Wallet name: " WALLET_NAME "\n");
	wipe(&d, sizeof(d));
	return s->err;
}

/* What the QR code of that window holds, and its "Scan QR" reads. */
static enum err
put_view_json(const struct account *ac, size_t n, struct sink *s)
{
	char line[64];
	struct details d;
	enum err e;

	if ((e = details_of(ac, n, &d)) != 0)
		return e;
	put_text(s, "{\"primaryAddress\":\"");
	put_text(s, d.address);
	put_text(s, "\",\"privateViewKey\":\"");
	put_text(s, d.view);
	(void)snprintf(line, sizeof(line), "\",\"restoreHeight\":%llu,",
	    (unsigned long long)d.height);
	put_text(s, line);
	put_text(s, "\"version\":0,\"walletName\":\"" WALLET_NAME "\"}\n");
	wipe(&d, sizeof(d));
	return s->err;
}

static const struct export_format formats[] = {
	{ .name = "monero-view", .file = "coldseal-view-only.txt",
	    .warning = warning, .says = "view-only details to type or paste",
	    .asks = "Restore height, or a date such as 2024-05-31",
	    .write = put_view },
	{ .name = "monero-view-json", .file = "coldseal-view-only.json",
	    .warning = warning, .says = "the same for Feather: a file or QR",
	    .asks = "Restore height, or a date such as 2024-05-31",
	    .write = put_view_json },
	{ .name = NULL }
};

const struct wallet monero_wallet = {
	.chain = "xmr",
	.kind = KEY_MONERO,
	.branches = 1,
	.addresses = addresses,
	.recognise = recognise,
	.formats = formats,
};
