"""electrum_export.py EXPORT COUNT: loads a watch-only wallet file into
Electrum, offline on regtest, and prints its first COUNT receiving and change
addresses, one a line.  With electrum_offline.py, the whole of what we ask of
Electrum."""
import os
import shutil
import sys
import tempfile
import threading
import traceback

EXPORT, COUNT = sys.argv[1], int(sys.argv[2])
import electrum                                         # noqa: E402
from electrum import constants, simple_config           # noqa: E402
from electrum.storage import WalletStorage              # noqa: E402
from electrum.wallet import Wallet                      # noqa: E402
from electrum.wallet_db import WalletDB                 # noqa: E402


def load(path, conf):
    text = WalletStorage(path).read()
    try:
        db = WalletDB(text, storage=WalletStorage(path), upgrade=True)
    except TypeError:       # before 4.4
        db = WalletDB(text, manual_upgrades=False)
        return Wallet(db, WalletStorage(path), config=conf)
    return Wallet(db, config=conf)


def main():
    if hasattr(constants, "set_regtest"):
        constants.set_regtest()
    else:
        constants.BitcoinRegtest.set_as_network()
    where = tempfile.mkdtemp()
    path = os.path.join(where, "w")
    shutil.copy(EXPORT, path)
    conf = simple_config.SimpleConfig({"electrum_path": where,
                                       "offline": True, "regtest": True})
    electrum.util.create_and_start_event_loop()
    w = load(path, conf)
    assert w.is_watching_only()
    k = w.get_keystore()
    print(k.get_root_fingerprint(), k.get_derivation_prefix())
    for change in 0, 1:
        for i in range(COUNT):
            print(w.derive_address(change, i))
    shutil.rmtree(where)


try:
    threading.Timer(60, os._exit, (2,)).start()
    main()
except BaseException:                                   # noqa: B902
    traceback.print_exc()
    sys.stderr.flush()
    os._exit(1)
sys.stdout.flush()
os._exit(0)     # Electrum's event loop is a thread that does not end
