"""electrum_cosigner.py KEYS KIND PATH DIR sign | complete TXN

Electrum by its own Python, offline, as one of two of three (KIND: wsh,
sh-wsh): it holds B's key at PATH and the public keys of A and C, and signs
DIR/in.psbt (DIR/half.psbt).  Later it reads the finished transaction, and
holds every signature in it against its own view of the coins.
"""
import os
import sys

RIG, KIND, PATH, DIR, WHAT = sys.argv[1:6]
sys.path.insert(0, RIG)
sys.dont_write_bytecode = True
from electrum import keystore                           # noqa: E402
from electrum.transaction import tx_from_any            # noqa: E402
from electrum.wallet import Multisig_Wallet             # noqa: E402
import electrum_rig                                     # noqa: E402
import keys                                             # noqa: E402

# SLIP-132: Vpub and Vprv, Upub and Uprv.
PUBLIC, PRIVATE = {"wsh": (0x02575483, 0x02575048),
                   "sh-wsh": (0x024289ef, 0x024285b5)}[KIND]


def store(who, private):
    m = keys.master(who)
    k = m.derive(PATH)
    raw = k.raw78()
    if private:
        raw = raw[:45] + b"\0" + k.k.to_bytes(32, "big")
    ks = keystore.from_master_key(keys.b58check(
        (PRIVATE if private else PUBLIC).to_bytes(4, "big") + raw[4:]))
    ks.add_key_origin(derivation_prefix=PATH, root_fingerprint=m.fp.hex())
    return ks


def wallet():
    conf = electrum_rig.offline()
    db = electrum_rig.database()
    db.put("wallet_type", "2of3")
    for i, who in enumerate("ABC"):
        db.put("x%d/" % (i + 1), store(who, who == "B").dump())
    db.put("gap_limit", 30)
    w = electrum_rig.wallet_of(Multisig_Wallet, conf, db)
    w.synchronize()
    return w


def sign(w):
    tx = tx_from_any(open(os.path.join(DIR, "in.psbt"), "rb").read())
    for i in tx.inputs():
        w.adb.add_transaction(i.utxo, allow_unrelated=True)
    w.sign_transaction(tx, None)
    assert not tx.is_complete()
    tx.add_info_from_wallet(w, include_xpubs=True)
    with open(os.path.join(DIR, "half.psbt"), "wb") as f:
        f.write(tx.serialize_as_bytes())


def complete(w, txn):
    half = tx_from_any(open(os.path.join(DIR, "half.psbt"), "rb").read())
    ours = tx_from_any(open(txn).read().strip())
    assert ours.txid() == half.txid(), "another transaction"
    assert ours.is_complete(), "not complete"
    for i in ours.inputs():
        stack = i.witness_elements()
        assert len(stack) == 4 and stack[0] == b"", "not two of three"


def main():
    w = wallet()
    if WHAT == "sign":
        sign(w)
    else:
        complete(w, sys.argv[6])


electrum_rig.finish(main)
