"""What Electrum by its own Python begins with, in each of our scripts: regtest,
offline, the coins of a fixture, one payment of them; versions from 4.3 on."""
import json
import os
import sys
import tempfile
import threading
import traceback

import electrum
from electrum import constants, simple_config
from electrum.transaction import PartialTxOutput, tx_from_any
from electrum.wallet_db import WalletDB

TO = "bcrt1qzyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3lgth6c"


def offline(where=None):
    """its configuration"""
    if hasattr(constants, "set_regtest"):
        constants.set_regtest()
    else:
        constants.BitcoinRegtest.set_as_network()
    electrum.util.create_and_start_event_loop()
    return simple_config.SimpleConfig({
        "electrum_path": where or tempfile.mkdtemp(), "offline": True,
        "regtest": True})


def wallet_of(kind, conf, db, storage=None):
    try:
        return kind(db, config=conf)
    except TypeError:       # before 4.4
        return kind(db, storage, config=conf)


def database(text="", storage=None):
    try:
        return WalletDB(text, storage=storage, upgrade=True)
    except TypeError:       # before 4.4
        return WalletDB(text, manual_upgrades=False)


def give_coins(w, fix, name):
    """those that this fixture spends"""
    m = json.load(open(os.path.join(fix, "manifest.json")))
    f = next(x for x in m["fixtures"] if x["id"] == name)
    tx = tx_from_any(open(os.path.join(fix, f["file"]), "rb").read())
    for i in tx.inputs():
        w.adb.add_transaction(i.utxo, allow_unrelated=True)


def payment(w):
    """of all its coins, with a fee of 1000"""
    out = [PartialTxOutput.from_address_and_value(TO, 50000)]
    coins = w.get_utxos()
    assert coins, "Electrum does not know its coins"
    try:
        from electrum.fee_policy import FixedFeePolicy
        return w.make_unsigned_transaction(coins=coins, outputs=out,
                                           fee_policy=FixedFeePolicy(1000))
    except ImportError:
        return w.make_unsigned_transaction(coins=coins, outputs=out, fee=1000)


def finish(main):
    """Electrum's event loop is a thread that does not end"""
    threading.Timer(60, os._exit, (2,)).start()
    try:
        main()
    except BaseException:                               # noqa: B902
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)
    sys.stdout.flush()
    os._exit(0)
