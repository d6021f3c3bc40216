"""electrum_cosigner.py KEYS FIXTURES DIR sign | complete TXN

Electrum by its own Python, offline, as one of two of three: it holds B's key
of the fixtures' P2WSH wallet and the public keys of A and C, builds a PSBT of
a fixture's coins and signs it (DIR/half.psbt); later it reads the finished
transaction, and holds every signature in it against its own view of the coins.
"""
import json
import os
import sys
import tempfile
import threading

RIG, FIX, DIR, WHAT = sys.argv[1:5]
sys.path.insert(0, RIG)
sys.dont_write_bytecode = True
import electrum                                         # noqa: E402
from electrum import constants, keystore, simple_config     # noqa: E402
from electrum.transaction import PartialTxOutput, tx_from_any   # noqa: E402
from electrum.wallet import Multisig_Wallet             # noqa: E402
from electrum.wallet_db import WalletDB                 # noqa: E402
import keys                                             # noqa: E402

PATH = "m/48'/1'/0'/2'"
PUBLIC, PRIVATE = 0x02575483, 0x02575048        # Vpub, Vprv


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
    if hasattr(constants, "set_regtest"):
        constants.set_regtest()
    else:
        constants.BitcoinRegtest.set_as_network()
    conf = simple_config.SimpleConfig({"electrum_path": tempfile.mkdtemp(),
                                       "offline": True, "regtest": True})
    electrum.util.create_and_start_event_loop()
    try:
        db = WalletDB("", storage=None, upgrade=True)
    except TypeError:
        db = WalletDB("", manual_upgrades=False)
    db.put("wallet_type", "2of3")
    for i, who in enumerate("ABC"):
        db.put("x%d/" % (i + 1), store(who, who == "B").dump())
    db.put("gap_limit", 30)
    try:
        w = Multisig_Wallet(db, config=conf)
    except TypeError:
        w = Multisig_Wallet(db, None, config=conf)
    w.synchronize()
    m = json.load(open(os.path.join(FIX, "manifest.json")))
    f = next(x for x in m["fixtures"] if x["id"] == "wsh-sm23-AB")
    tx = tx_from_any(open(os.path.join(FIX, f["file"]), "rb").read())
    for i in tx.inputs():
        assert w.adb.add_transaction(i.utxo, allow_unrelated=True)
    return w


def sign(w):
    out = [PartialTxOutput.from_address_and_value(
        "bcrt1qzyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3lgth6c", 50000)]
    coins = w.get_utxos()
    assert coins, "Electrum does not know its coins"
    try:
        from electrum.fee_policy import FixedFeePolicy
        tx = w.make_unsigned_transaction(coins=coins, outputs=out,
                                         fee_policy=FixedFeePolicy(1000))
    except ImportError:
        tx = w.make_unsigned_transaction(coins=coins, outputs=out, fee=1000)
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
        complete(w, sys.argv[5])


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
