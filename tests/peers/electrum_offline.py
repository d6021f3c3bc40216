"""electrum_offline.py KEYS FIXTURES KIND PATH DIR build | complete PSBT TXN

Electrum by its own Python, offline: a watch-only wallet of the account's
public key takes the coins of a fixture and builds a PSBT (DIR/unsigned.psbt);
later it reads the signed file, completes it, and compares its final bytes
with those that came beside it.
"""
import json
import os
import sys
import tempfile
import threading

RIG, FIX, KIND, PATH, DIR, WHAT = sys.argv[1:7]
sys.path.insert(0, RIG)
sys.dont_write_bytecode = True
import electrum                                         # noqa: E402
from electrum import constants, simple_config           # noqa: E402
from electrum.transaction import PartialTxOutput, tx_from_any   # noqa: E402
from electrum.wallet import restore_wallet_from_text    # noqa: E402
import keys                                             # noqa: E402

VERSION = {"pkh": 0x043587cf, "sh-wpkh": 0x044a5262, "wpkh": 0x045f1cf6}
FIXTURE = {"pkh": "pkh-in2", "sh-wpkh": "shwpkh-in2", "wpkh": "wpkh-in2"}


def watch_only():
    if hasattr(constants, "set_regtest"):
        constants.set_regtest()
    else:
        constants.BitcoinRegtest.set_as_network()
    conf = simple_config.SimpleConfig({"electrum_path": tempfile.mkdtemp(),
                                       "offline": True, "regtest": True})
    electrum.util.create_and_start_event_loop()
    raw = keys.master("A").derive(PATH).raw78()
    xpub = keys.b58check(VERSION[KIND].to_bytes(4, "big") + raw[4:])
    w = restore_wallet_from_text(xpub, path=os.path.join(
        tempfile.mkdtemp(), "w"), config=conf, gap_limit=30)["wallet"]
    assert w.is_watching_only()
    m = json.load(open(os.path.join(FIX, "manifest.json")))
    f = next(x for x in m["fixtures"] if x["id"] == FIXTURE[KIND])
    tx = tx_from_any(open(os.path.join(FIX, f["file"]), "rb").read())
    for i in tx.inputs():
        w.adb.add_transaction(i.utxo, allow_unrelated=True)
    return w


def build(w):
    out = [PartialTxOutput.from_address_and_value(
        "bcrt1qzyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3lgth6c", 50000)]
    coins = w.get_utxos()
    try:
        from electrum.fee_policy import FixedFeePolicy
        tx = w.make_unsigned_transaction(coins=coins, outputs=out,
                                         fee_policy=FixedFeePolicy(1000))
    except ImportError:
        tx = w.make_unsigned_transaction(coins=coins, outputs=out, fee=1000)
    # Key origins: a wallet of a bare public key knows its own as the root.
    tx.add_info_from_wallet(w)
    me = keys.master("A")
    prefix = keys.path(PATH)
    for side in tx.inputs() + tx.outputs():
        for pub, (_, path) in list(side.bip32_paths.items()):
            side.bip32_paths[pub] = (me.fp, prefix + list(path)[-2:])
    with open(os.path.join(DIR, "unsigned.psbt"), "wb") as f:
        f.write(tx.serialize_as_bytes())


def complete(w, psbt, txn):
    tx = tx_from_any(open(psbt, "rb").read())
    tx.add_info_from_wallet(w)
    tx.finalize_psbt()
    assert tx.is_complete(), "not complete"
    ours = open(txn).read().strip()
    assert tx.serialize_to_network() == ours, "other bytes than ours"


def main():
    w = watch_only()
    if WHAT == "build":
        build(w)
    else:
        complete(w, *sys.argv[7:9])


try:
    threading.Timer(60, os._exit, (2,)).start()
    main()
except BaseException:                                   # noqa: B902
    import traceback
    traceback.print_exc()
    sys.stderr.flush()
    os._exit(1)
sys.stdout.flush()
os._exit(0)     # Electrum's event loop is a thread that does not end
