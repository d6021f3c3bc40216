/*
 * intents.h - intents made by hand, for the tests of rules and pages.
 *
 *	source	design, section 6 (the example)
 *	shapes	struct made: an intent and room for its facts
 *	units	satoshi
 *	owns	its facts
 *	errors	none
 *	secrets	none
 *	tests	this is for them
 */
#ifndef TESTS_UNIT_INTENTS_H
#define TESTS_UNIT_INTENTS_H

#include "core/review/page.h"

#define FACTS_MAX 10020

struct made {
	struct intent	 in;
	struct fact	 fact[FACTS_MAX];
	struct plan_row	 plan[4];
};

static const struct fee_policy made_fees = { .warn_percent = 5,
    .refuse_percent = 25, .refuse_floor = 1000000, .warn_rate = 100,
    .refuse_rate = 10000 };
static const struct fpr made_fpr = { { 0x73, 0xc5, 0xda, 0x0a } };

#define TXID_A \
	"4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b"
#define TXID_B \
	"b1fea52486ce0c62bb442b530a3f0132b826c74e473d1f2c220bfa784c7a0512"
#define ADDRESS_A "bc1qr508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"
#define ADDRESS_B "bc1q2xk5pjr7wq8t2vvxksc5cz3u7eyqdlacke9u0p"
#define ADDRESS_LONG \
	"bc1p5cyxnuxmeuwuvkwfem96lqzszd02n6xdcjrs20cac6yqjjwudpxqkedrcr"

static inline void
made_begin(struct made *m)
{
	m->in = (struct intent){ .chain = "btc", .job = "bitcoin psbt",
	    .title = "PSBT", .ledger = "BITCOIN", .network = "mainnet",
	    .unit = "sat", .coin = "BTC", .rate_unit = "sat/vB",
	    .decimals = 8, .below = 2, .fees = &made_fees, .fact = m->fact,
	    .fpr = { made_fpr }, .nfpr = 1 };
	m->in.plan.row = m->plan;
}

static inline struct fact *
made_fact(struct made *m, enum fact_kind kind, uint64_t sat)
{
	struct fact *f = &m->fact[m->in.nfact];
	uint32_t i, index = 0;

	for (i = 0; i < m->in.nfact; i++)
		if (kind == FACT_SPEND)
			index += m->fact[i].kind == FACT_SPEND;
		else
			index += m->fact[i].kind == FACT_PAY ||
			    m->fact[i].kind == FACT_CHANGE ||
			    m->fact[i].kind == FACT_DATA;
	*f = (struct fact){ .kind = kind, .has_amount = true,
	    .amount = num_of(sat), .known = KNOWN_PROVEN, .index = index,
	    .to = "", .ref = "", .how = "", .why = "" };
	m->in.nfact++;
	return f;
}

static inline struct keyref
made_key(uint32_t account, uint32_t branch, uint32_t index)
{
	return (struct keyref){ made_fpr, { 5, { 84 | HARDENED, HARDENED,
	    account | HARDENED, branch, index } } };
}

static inline struct fact *
made_spend(struct made *m, uint64_t sat, uint32_t index)
{
	struct fact *f = made_fact(m, FACT_SPEND, sat);

	f->ours = f->has_key = true;
	f->key = made_key(0, 0, index);
	f->to = ADDRESS_B;
	f->ref = TXID_A ":1";
	f->how = "previous tx";
	return f;
}

static inline struct fact *
made_change(struct made *m, uint64_t sat, uint32_t index)
{
	struct fact *f = made_fact(m, FACT_CHANGE, sat);

	f->ours = f->has_key = true;
	f->key = made_key(0, 1, index);
	f->to = ADDRESS_B;
	f->how = "our key";
	return f;
}

static inline struct fact *
made_pay(struct made *m, uint64_t sat, const char *to)
{
	struct fact *f = made_fact(m, FACT_PAY, sat);

	f->to = to;
	f->how = "signed output";
	return f;
}

/* The example of the design's section 6. */
static inline void
made_example(struct made *m)
{
	made_begin(m);
	made_spend(m, 50000000, 12);
	made_spend(m, 11200000, 31)->ref = TXID_B ":0";
	made_pay(m, 40000000, ADDRESS_A);
	made_change(m, 21188600, 8);
	made_fact(m, FACT_FEE, 11400);
	m->in.size = 209;
	m->plan[0] = (struct plan_row){ .key = made_key(0, 0, 12), .count = 1 };
	m->plan[1] = (struct plan_row){ .key = made_key(0, 0, 31), .count = 1 };
	m->in.plan.n = 2;
}

/* Whatever can stand on a page: foreign coins, claims, data, time, words. */
static inline void
made_motley(struct made *m)
{
	struct fact *f;

	made_begin(m);
	f = made_spend(m, 1250000000, 3);
	f->known = KNOWN_CLAIMED;
	f->how = "file only";
	f->traits = TRAIT_BIT(AMOUNT_CLAIMED);
	f = made_fact(m, FACT_SPEND, 700000);
	f->ref = TXID_B ":12";
	f->how = "previous tx";
	f->traits = TRAIT_BIT(INPUT_FOREIGN);
	made_pay(m, 3000000, ADDRESS_LONG);
	made_pay(m, 2000000, "script 5121031b84c5567b126440995d3ed5aaba0565d7"
	    "1e1834604819ff9c17f5e9d5dd078f52ae5121031b84c5567b12644099")
	    ->traits = TRAIT_BIT(SCRIPT_ODD);
	made_pay(m, 400000000, "3P14159f73E4gFr7JterCCQh9QjiTjiZrG");
	f = made_fact(m, FACT_DATA, 0);
	f->has_amount = false;
	f->to = "\"hello, whoever reads this in a hundred years from now\" = "
	    "hex 68656c6c6f2c2077686f657665722072656164732074686973";
	f->how = "signed output";
	f = made_fact(m, FACT_DATA, 1000);
	f->to = "hex 00ff";
	f->traits = TRAIT_BIT(OUTPUT_BURN);
	f = made_change(m, 845000000, 400);
	f->key = made_key(7, 1, 400);
	f = made_fact(m, FACT_FEE, 699000);
	f->known = KNOWN_CLAIMED;
	f = made_fact(m, FACT_TIMING, 0);
	f->has_amount = false;
	f->to = "not before block 1200000";
	f->how = "signed";
	f->traits = TRAIT_BIT(LOCK_FAR);
	m->in.traits = TRAIT_BIT(DATA_MANY) | TRAIT_BIT(LOCK_IDLE);
	m->in.size = 400;
	m->plan[0] = (struct plan_row){ .key = made_key(0, 0, 3), .count = 1 };
	m->in.plan.n = 1;
}

/* Nothing that adds up: amounts not known, four keys, refused. */
static inline void
made_unknown(struct made *m)
{
	struct fact *f;

	made_begin(m);
	f = made_spend(m, 0, 0);
	f->has_amount = false;
	f->known = KNOWN_UNKNOWN;
	f->how = "";
	f->traits = TRAIT_BIT(INPUT_NO_COIN);
	f->why = "no previous transaction";
	f->key.path = (struct path){ 10, { 0xffffffff, 0xffffffff, 0xffffffff,
	    0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff,
	    0x7fffffff, 0x7fffffff } };
	made_pay(m, 0, "script (empty)")->traits = TRAIT_BIT(OUTPUT_ZERO);
	f = made_fact(m, FACT_FEE, 0);
	f->has_amount = false;
	f->known = KNOWN_UNKNOWN;
	m->in.traits = TRAIT_BIT(FEE_UNKNOWN);
	m->in.fpr[1] = m->in.fpr[2] = m->in.fpr[3] = made_fpr;
	m->in.fpr[4] = m->in.fpr[5] = made_fpr;
	m->in.nfpr = 6;
}

#endif
