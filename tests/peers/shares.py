#!/usr/bin/env python3
"""shares.py BUILD: SLIP-39 shares of ours put together by another program, and
its by us: the JavaScript library slip39.  Speaks TAP.
"""
import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path[:0] = [HERE, os.path.join(ROOT, "tests", "e2e")]
sys.dont_write_bytecode = True
import keys                                             # noqa: E402
import peers                                            # noqa: E402
from backups import make, rehearse, write               # noqa: E402

BUILD = sys.argv[1] if len(sys.argv) > 1 else os.path.join(ROOT, "build")
PROGRAM = os.path.abspath(os.path.join(BUILD, "coldseal"))
MODULES = os.path.join(peers.CACHE, "coldseal", "npm")
SLIP39 = "slip39@0.1.9"
TMP = tempfile.mkdtemp(prefix="coldseal-shares-")
ABANDON = "abandon " * 11 + "about"
done = failed = 0


def tell(what, good, why=""):
    global done, failed
    done += 1
    failed += not good
    print("%sok %d - %s" % ("" if good else "not ", done, what), flush=True)
    if not good:
        print("# " + repr(why)[-700:])


def obtain():
    """from its registry, without running anything of it, once"""
    if not os.path.isdir(os.path.join(MODULES, "node_modules", "slip39")):
        os.makedirs(MODULES, exist_ok=True)
        subprocess.run(["npm", "install", "--ignore-scripts", "--no-audit",
                        "--no-fund", "--prefix", MODULES, SLIP39], check=True,
                       capture_output=True, timeout=300)


class Peer:
    def __init__(self):
        self.p = subprocess.Popen(
            ["node", os.path.join(HERE, "slip39.mjs")],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env=dict(os.environ,
                     PEER_MODULES=os.path.join(MODULES, "node_modules")))

    def ask(self, **what):
        self.p.stdin.write(json.dumps(what) + "\n")
        self.p.stdin.flush()
        return json.loads(self.p.stdout.readline())

    def end(self):
        self.p.stdin.close()
        self.p.wait(10)


def file(name, *lines):
    return write(TMP, name, *lines)


def fingerprint(seed):
    return keys.Key.master(seed).fp.hex()


def ours(peer):
    seed = keys.seed(ABANDON)
    key = file("key", ABANDON)
    for args, few, enough in (
            (["--shares", "2of3"], (1,), (2, 0)),
            (["--shares", "5of8"], (0, 1, 2, 3), (7, 0, 3, 1, 4)),
            (["--shares", "2of3,1of1,3of5", "--groups", "2"], (0, 1, 4),
             (0, 2, 3))):
        got, code, out = make(PROGRAM, key, *args)
        said = peer.ask(shares=[got[i] for i in enough], passphrase="")
        tell("ours, %s: it finds the seed" % args[1],
             said.get("secret") == seed.hex(), (said, code, out[-200:]))
        said = peer.ask(shares=[got[i] for i in few], passphrase="")
        tell("ours, %s: of fewer it finds none" % args[1], "error" in said,
             said)


def theirs(peer):
    for n in (16, 32, 64):
        seed = secrets.token_bytes(n)
        for need, groups, passphrase in (
                (1, [[2, 3]], ""), (1, [[1, 1]], "TREZOR"),
                (2, [[1, 1], [3, 4], [2, 2]], "a b ~!")):
            said = peer.ask(secret=seed.hex(), passphrase=passphrase,
                            need=need, groups=groups)
            some = [s for (k, _), g in zip(groups, said["shares"])
                    for s in g[-k:]][:sum(k for k, _ in groups[:need])]
            tried = file("tried", *some, *([passphrase] if passphrase else []))
            r = subprocess.run([PROGRAM, "export", "--words", tried],
                               capture_output=True, text=True, timeout=60)
            tell("theirs, %d bytes, %s%s: we find the key" % (
                n, groups, " with a passphrase" if passphrase else ""),
                "[%s/" % fingerprint(seed) in r.stdout, (r, said))


def rehearsed(peer):
    """no is said of shares of another key, whoever made them"""
    said = peer.ask(secret="00" * 64, passphrase="", need=1, groups=[[1, 1]])
    r = rehearse(PROGRAM, file("key", ABANDON),
                 file("tried", said["shares"][0][0]))
    tell("theirs, of another key: no", r[:2] == (3, "no: this is another key"),
         r)


def main():
    try:
        obtain()
    except (OSError, subprocess.SubprocessError) as e:
        print("ok 1 - the library slip39 # SKIP no node, npm or network: %s" %
              str(e)[:80])
        print("1..1")
        return 0
    peer = Peer()
    try:
        ours(peer)
        theirs(peer)
        rehearsed(peer)
    finally:
        peer.end()
        shutil.rmtree(TMP)
    print("1..%d" % done)
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
