"""electrum_export.py EXPORT COUNT: loads a watch-only wallet file into
Electrum, offline on regtest, and prints its first COUNT receiving and change
addresses, one a line.  With electrum_offline.py, the whole of what we ask of
Electrum."""
import os
import shutil
import sys
import tempfile

EXPORT, COUNT = sys.argv[1], int(sys.argv[2])
sys.dont_write_bytecode = True
from electrum.storage import WalletStorage              # noqa: E402
from electrum.wallet import Wallet                      # noqa: E402
import electrum_rig                                     # noqa: E402


def main():
    where = tempfile.mkdtemp()
    path = os.path.join(where, "w")
    shutil.copy(EXPORT, path)
    conf = electrum_rig.offline(where)
    storage = WalletStorage(path)
    w = electrum_rig.wallet_of(Wallet, conf, electrum_rig.database(
        storage.read(), storage), storage)
    assert w.is_watching_only()
    k = w.get_keystore()
    print(k.get_root_fingerprint(), k.get_derivation_prefix())
    for change in 0, 1:
        for i in range(COUNT):
            print(w.derive_address(change, i))
    shutil.rmtree(where)


electrum_rig.finish(main)
