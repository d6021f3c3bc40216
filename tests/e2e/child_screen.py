#!/usr/bin/env python3
"""child_screen.py PROGRAM: a child of a key and the recovery sheet in the whole
program in a real terminal (tmux).  What is shown of the child is what BIP85
says, and nothing of it is left.  Speaks TAP.
"""
import hashlib
import hmac
import os
import re
import shutil
import sys
import tempfile

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from terminal import go, row, run, see, show, tell           # noqa: E402
from terminal import tmux, told                              # noqa: E402

PROGRAM = os.path.abspath(sys.argv[1])
TMP = tempfile.mkdtemp(prefix="coldseal-child-screen-")
STICK = os.path.join(TMP, "stick")
ABANDON = "abandon " * 11 + "about\n"
KEY = "73c5da0a"
ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141


def bip85(*path):
    """16 bytes in hex, reckoned here"""
    def both(key, data):
        i = hmac.new(key, data, hashlib.sha512).digest()
        return i[:32], i[32:]
    k, c = both(b"Bitcoin seed", hashlib.pbkdf2_hmac(
        "sha512", ABANDON.strip().encode(), b"mnemonic", 2048))
    for e in (83696968, *path):
        add, c = both(c, b"\0" + k + (e | 1 << 31).to_bytes(4, "big"))
        k = ((int.from_bytes(add, "big") + int.from_bytes(k, "big"))
             % ORDER).to_bytes(32, "big")
    return both(b"bip-entropy-from-k", k)[0][:16].hex()


CHILD = bip85(128169, 16, 7)


def start():
    words = os.path.join(TMP, "words")
    with open(words, "w") as f:
        f.write(ABANDON)
    run(TMP, "%s --stick %s --network regtest --words %s" % (PROGRAM, STICK,
                                                             words))


def child():
    tell("a child is asked for", see(KEY, 30) and
         go("Enter the words", "k") and row("A child of a key") and
         go(r"< 24 words >", "Enter"))
    tell("of its kind", row("Kind") and go("< wif >", "Right") and
         go("< xprv >", "Right") and go("< 32 bytes >", "Right"))
    tell("of its size, typed", row("Size") and go("< 3 bytes >", "BSpace") and
         go("< 0 bytes >", "BSpace") and go("< 1 bytes >", "1") and
         go("< 16 bytes >", "6"))
    tell("and number", row("Number") and go("< 7 >", "7"))
    tell("it is not there before it is asked for", CHILD not in show())
    tell("it is what BIP85 says", go("Shown for", "Enter") and
         "m/83696968'/128169'/16'/7'" in show() and CHILD in show())
    tell("and nothing of it is left", go("< 16 bytes >", "Enter") and
         CHILD not in show() and
         CHILD not in tmux("capture-pane", "-p", "-S", "-"))
    tell("a size that is not allowed is refused", row("Size") and
         go("< 161 bytes >", "1") and go("Not made", "Enter"))
    tell("and nothing of it is left behind", go("> ", "Escape") and
         "83696968" not in show())


def sheet():
    tell("a sheet is shown", row("A recovery sheet") and
         go("RECOVERY SHEET", "Enter"))
    tell("to its end", go("#[a-z0-9]{8}", "End"))
    tell("and written", go("To which stick", "e") and
         go("sheet.txt was written", "Enter"))
    with open(os.path.join(STICK, "coldseal-sheet.txt")) as f:
        page = f.read()
    lines = page.splitlines()
    whole = re.sub(r"\n    ", "", page)
    tell("one page of 80 columns", len(lines) <= 60 and
         max(map(len, lines)) <= 80 and "\f" not in page)
    tell("with each descriptor to be joined again",
         len(re.findall(r"^  \w+\(.*\)#[a-z0-9]{8}$", whole, re.M)) == 4 and
         "Key %s" % KEY in page and "abandon" not in page)


def main():
    os.makedirs(STICK)
    try:
        start()
        child()
        sheet()
    finally:
        tmux("kill-server")
        shutil.rmtree(TMP)
    return told()


if __name__ == "__main__":
    sys.exit(main())
