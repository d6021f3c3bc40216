"""electrum_offline.py KEYS FIXTURES KIND PATH DIR build | complete PSBT TXN

Electrum by its own Python, offline: a watch-only wallet of the account's
public key takes the coins of a fixture and builds a PSBT (DIR/unsigned.psbt);
later it reads the signed file, completes it, and compares its final bytes
with those that came beside it.
"""
import os
import sys
import tempfile

RIG, FIX, KIND, PATH, DIR, WHAT = sys.argv[1:7]
sys.path.insert(0, RIG)
sys.dont_write_bytecode = True
from electrum.transaction import tx_from_any            # noqa: E402
from electrum.wallet import restore_wallet_from_text    # noqa: E402
import electrum_rig                                     # noqa: E402
import keys                                             # noqa: E402

VERSION = {"pkh": 0x043587cf, "sh-wpkh": 0x044a5262, "wpkh": 0x045f1cf6}
FIXTURE = {"pkh": "pkh-in2", "sh-wpkh": "shwpkh-in2", "wpkh": "wpkh-in2"}


def watch_only():
    conf = electrum_rig.offline()
    raw = keys.master("A").derive(PATH).raw78()
    xpub = keys.b58check(VERSION[KIND].to_bytes(4, "big") + raw[4:])
    w = restore_wallet_from_text(xpub, path=os.path.join(
        tempfile.mkdtemp(), "w"), config=conf, gap_limit=30)["wallet"]
    assert w.is_watching_only()
    electrum_rig.give_coins(w, FIX, FIXTURE[KIND])
    return w


def build(w):
    tx = electrum_rig.payment(w)
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


electrum_rig.finish(main)
