/* One fuzzer for every format in the table.  A file goes through all stages
 * with a published test key: whatever is signed must have been allowed by the
 * rules, and must read back.  A new row in core/job/table.c is fuzzed for
 * free. */
#include "tests/fuzz/stages.h"

#define ARENA ((size_t)64 << 20)

/* Known from before, so that what is judged by them is reached, too. */
static struct session_wallet wallets[] = {
	{ "btc", NET_REGTEST, "sorted",
    "wsh(sortedmulti(2,[73c5da0a/48h/1h/0h/2h]tpubDFH9dgzveyD8zTb"
    "PUFuLrGmCydNvxehyNdUXKJAQN8x4aZ4j6UZqGfnqFrD4NqyaTVGKbvEW54t"
    "svPTK2UoSbCC1PJY8iCNiwTL3RWZEheQ/<0;1>/*,[3f635a63/48h/1h/0h"
    "/2h]tpubDFPtPArj4GzBEFHohegg1Xatrc1Fi9oSox5LzuSRX91miwQxuUrE"
    "pBxpvDRsmZYJKYFhgdK3UStsjC8JKXfUbMinjFqiEM4uNwzVaCaHpys/<0;1"
    ">/*,[b8688df1/48h/1h/0h/2h]tpubDEfobrrtptRTbKf4gysDhoabneABD"
    "TAcdj3Vbn4XwPsLE2pmqpizSPRG6zHsbAMuiSgWmWPsYCLHTKTPpyrGJ5rAo"
    "TpKoQNZcxodiPf2tSJ/<0;1>/*))" },
	{ "btc", NET_REGTEST, "decaying",
    "wsh(or_d(multi(2,[73c5da0a/48h/1h/3h/2h]tpubDEE4Jm56BMFvim9Y"
    "MRrQCtBd8aTmL2Sf3HPzPW3MRcbHoQ3ebDT5efXFQUFsw8V2xYXvt85D2Q7g"
    "kHhedmK3Voc92LjF7jQAyu1MbxdXfw1/<0;1>/*,[3f635a63/48h/1h/3h/"
    "2h]tpubDERv5nSKPtFdcvsdZnHJ51yTNnRraBj8Rb6xUtG7CPZeaYEN72VAy"
    "bZh4mgfBMsgLe63C9svkpLVonZRvaNPLRC93JtanxJdtQSUvzqr61P/<0;1>"
    "/*,[b8688df1/48h/1h/3h/2h]tpubDEM3QTy1qdWhcULSyTL7HphjC4M4ZZ"
    "iCJB4KGNM6EEArhujSepmU6fCqnT9UAoxYUEKtfVYjBYJYvKYpR1NFbqEPjA"
    "rLLuGVeqQ4oKjcbys/<0;1>/*),and_v(v:pkh([28645006/48h/1h/3h/2"
    "h]tpubDFkmxZ6CqBaZtACgiYrhsnsv7xZX4zLVp9oNxScMbtCuQx7Mya9mdy"
    "R4jQdu5iCUkPmcn4iXdYmQZ7BHE83MSNJ2N39R37hk4pcgLYEBfDU/<0;1>/"
    "*),older(10))))" },
	{ "btc", NET_REGTEST, "tree",
    "tr([73c5da0a/87h/1h/1h]tpubDCChhoz5QdrkoaTfhN9wz9UwMkRvBNezC"
    "AcbLJ3yqswVCnGtCvuBtmub29oFk2CEty4eu15WDGa7aJ3QcHKp9JtggPakJ"
    "8JaFz4HHtCnA65/<0;1>/*,{pk([3f635a63/87h/1h/1h]tpubDC2ji5AZn"
    "YmXuU2pDgb4XGNq5jKkgV4YLXwupibxyV2F19dMzo47EtHcyXiqZpwoKVtXh"
    "8DdpGybVN4AQFbPVZj7UPtsgepxBBHXxn6JEWv/<0;1>/*),{and_v(v:pk("
    "[b8688df1/87h/1h/1h]tpubDC44ZFebbFm5d86xpSQvQVwmh6VUY99wPntn"
    "9JbrsVszmVwvPtgRzes975riLZhFaLyh976bj3faGaYqW2aW5FnF8rN5fnmd"
    "qoR3HFdqqUs/<0;1>/*),older(10)),and_v(v:pk([28645006/87h/1h/"
    "1h]tpubDCs6kWyAq2CsXoiT1f78eRLVLZPU75YDypNodUZ6Rfc1R67AhRpUT"
    "PXQLVJYP8kJ4t9VnJ42tTRz7z32zdrQvPigGKMybUbEPHjQnKwnLza/<0;1>"
    "/*),after(150))}})" },
};

static struct rig *
keys(void)
{
	static struct rig r;

	if (r.nkey == 0) {
		must(secp_init(NULL) == 0);
		must(rig_add(&r, FUZZ_WORDS, "") == 0);
	}
	return &r;
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static uint8_t *mem;
	struct session session = { .network = NET_REGTEST, .wallet = wallets,
	    .nwallet = sizeof(wallets) / sizeof(wallets[0]) };
	struct arena a = { NULL, ARENA, 0 };
	struct rig *r = keys();
	struct judgement j;
	struct study s;
	enum err e;

	if (mem == NULL)
		must((mem = malloc(ARENA)) != NULL);
	a.base = mem;
	if (rig_study(r, span_of(p, n), &session, &a, &s) == 0 &&
	    judge(&s.intent, &a, &j) == 0) {
		e = draw(&s, &j, &a);
		must(e == 0 || e == ERR_SPACE);
		finish(r, &s, &j, &a);
	}
	return 0;
}
