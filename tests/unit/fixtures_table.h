/*
 * fixtures_table.h - what each hostile or broken fixture must be found to be.
 */
#ifndef TESTS_UNIT_FIXTURES_TABLE_H
#define TESTS_UNIT_FIXTURES_TABLE_H

#include "core/review/rules.h"

/* What must be found in a file, beyond the manifest's own verdict. */
static const struct expectation {
	const char	*id, *code;
	enum verdict	 verdict;
} expectations[] = {
	{ "change-script-not-ours", "btc.change.false", VERDICT_REFUSE },
	{ "change-foreign-key-our-fingerprint", "btc.change.false",
	    VERDICT_REFUSE },
	{ "change-odd-path", "btc.path.odd", VERDICT_WARN },
	{ "change-other-script-type", "btc.path.odd", VERDICT_WARN },
	{ "fee-huge", "btc.fee.absurd", VERDICT_REFUSE },
	{ "amount-over-21M", "btc.amount.range", VERDICT_REFUSE },
	{ "amount-negative-int64", "btc.amount.range", VERDICT_REFUSE },
	{ "amount-sum-overflow", "btc.amount.range", VERDICT_REFUSE },
	{ "fee-attack-part1", "btc.amount.unproven", VERDICT_WARN },
	{ "fee-attack-part2", "btc.amount.unproven", VERDICT_WARN },
	{ "prevtx-txid-mismatch", "btc.prevtx.mismatch", VERDICT_REFUSE },
	{ "prevtx-vout-out-of-range", "btc.prevtx.index", VERDICT_REFUSE },
	{ "pkh-no-prevtx", "btc.input.missing", VERDICT_REFUSE },
	{ "pkh-witness-utxo-only", "btc.input.missing", VERDICT_REFUSE },
	{ "duplicate-inputs", "btc.input.duplicate", VERDICT_REFUSE },
	{ "no-outputs", "btc.tx.no-outputs", VERDICT_REFUSE },
	{ "no-inputs", "btc.tx.no-inputs", VERDICT_REFUSE },
	{ "locktime-far-future", "btc.locktime.future", VERDICT_WARN },
	{ "locktime-disabled-by-sequences", "btc.locktime.idle",
	    VERDICT_ALLOW },
	{ "opreturn-burns-coins", "btc.output.burn", VERDICT_WARN },
	{ "output-bare-multisig", "btc.output.unknown", VERDICT_WARN },
	{ "output-witness-v2", "btc.output.unknown", VERDICT_WARN },
	{ "output-p2a", "btc.output.unknown", VERDICT_WARN },
	{ "output-empty-script", "btc.output.unknown", VERDICT_WARN },
	{ "output-op-true", "btc.output.unknown", VERDICT_WARN },
	{ "output-witness-v0-bad-length", "btc.output.unknown",
	    VERDICT_WARN },
	{ "mixed-ownership", "btc.input.foreign", VERDICT_WARN },
	{ "nothing-ours", "btc.key.none", VERDICT_REFUSE },
	{ "fingerprint-zero", "btc.fingerprint.absent", VERDICT_WARN },
	{ "fingerprint-of-another", "btc.key.none", VERDICT_REFUSE },
	{ "no-derivations", "btc.key.none", VERDICT_REFUSE },
	{ "network-cointype0-on-test", "btc.path.network", VERDICT_WARN },
	{ "witness-script-missing", "btc.script.missing", VERDICT_REFUSE },
	{ "tr-internal-key-lie", "btc.taproot.false", VERDICT_REFUSE },
	{ "tr-merkle-root-lie", "btc.taproot.false", VERDICT_REFUSE },
	{ "sighash-none", "btc.sighash.none", VERDICT_REFUSE },
	{ "sighash-unknown-04", "btc.sighash.invalid", VERDICT_REFUSE },
	{ "sighash-zero-on-v0", "btc.sighash.invalid", VERDICT_REFUSE },
	{ "sighash-80", "btc.sighash.invalid", VERDICT_REFUSE },
	{ "sighash-tr-unknown-04", "btc.sighash.invalid", VERDICT_REFUSE },
	{ "sighash-tr-80", "btc.sighash.invalid", VERDICT_REFUSE },
	{ "sighash-257-looks-like-all", "btc.sighash.invalid",
	    VERDICT_REFUSE },
	{ "sighash-single-no-output-pkh", "btc.sighash.single-bug",
	    VERDICT_REFUSE },
	{ "xpub-not-ours-under-our-fingerprint", "btc.xpub.false",
	    VERDICT_REFUSE },
	{ "partial-sig-invalid-ours", "btc.signature.invalid",
	    VERDICT_REFUSE },
	{ "already-final", "btc.input.final", VERDICT_REFUSE },
	{ "pkh-cointype0", "btc.path.network", VERDICT_WARN },
	{ "shwpkh-cointype0", "btc.path.network", VERDICT_WARN },
	{ "tr-cointype0", "btc.path.network", VERDICT_WARN },
	{ "pkh-sighash-none", "btc.sighash.none", VERDICT_REFUSE },
	{ "pkh-sighash-none-acp", "btc.sighash.none", VERDICT_REFUSE },
	{ "shwpkh-sighash-none", "btc.sighash.none", VERDICT_REFUSE },
	{ "shwpkh-sighash-none-acp", "btc.sighash.none", VERDICT_REFUSE },
	{ "tr-sighash-none-acp", "btc.sighash.none", VERDICT_REFUSE },
	{ "pkh-sighash-single", "btc.sighash.single", VERDICT_WARN },
	{ "pkh-sighash-all-acp", "btc.sighash.anyonecanpay", VERDICT_WARN },
	{ "shwpkh-in1-no-prevtx", "btc.amount.unproven", VERDICT_WARN },
	{ "wpkh-in1000-no-prevtx", "btc.amount.unproven", VERDICT_WARN },
};

/* Where a file that cannot be read must say that it goes wrong. */
static const struct {
	const char	*id, *where;
	enum err	 err;
} faults[] = {
	{ "unsigned-tx-has-scriptsig", "unsigned tx", ERR_FORM },
	{ "v0-with-v2-field", "input 0: previous txid", ERR_VERSION },
	{ "v2-version-1", "version", ERR_VERSION },
	{ "v2-no-amount", "output 0: amount", ERR_MISSING },
	{ "v2-no-script", "output 0: script", ERR_MISSING },
	{ "v2-no-prev-txid", "input 0: previous txid", ERR_MISSING },
	{ "v2-no-tx-version", "tx version", ERR_MISSING },
	{ "v2-output-count-huge", "output count", ERR_RANGE },
	{ "compactsize-not-minimal", "key", ERR_FORM },
	{ "derivation-key-not-a-point", "input 0: derivation", ERR_KEY },
	{ "duplicate-global-tx", "unsigned tx", ERR_DUPLICATE },
	{ "duplicate-input-key", "input 0: previous tx", ERR_DUPLICATE },
	{ "empty", "", ERR_UNKNOWN },
	{ "extra-input-map", "the end of the file", ERR_TRAILING },
	{ "global-tx-key-has-data", "unsigned tx", ERR_FORM },
	{ "hex-odd", "the encoding of the file", ERR_FORM },
	{ "key-length-2-63", "key", ERR_SHORT },
	{ "no-unsigned-tx", "unsigned tx", ERR_MISSING },
	{ "partial-sig-empty", "input 0: partial signature", ERR_FORM },
	{ "sighash-length-1", "input 0: sighash type", ERR_FORM },
	{ "trailing-junk", "the end of the file", ERR_TRAILING },
	{ "trailing-zero", "the end of the file", ERR_TRAILING },
	{ "truncated-100", "unsigned tx", ERR_SHORT },
	{ "truncated-1146", "output 1: key", ERR_SHORT },
	{ "two-psbts", "the end of the file", ERR_TRAILING },
	{ "value-length-4G", "unsigned tx", ERR_SHORT },
	{ "witness-utxo-short", "input 0: witness utxo", ERR_SHORT },
};

#endif
