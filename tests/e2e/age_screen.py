#!/usr/bin/env python3
"""age_screen.py PROGRAM: a backup file in the whole program in a real terminal
(tmux): made onto a stick with a key and a wallet in it, opened again where
neither is, and the wallet taken back by its page.  Speaks TAP.
"""
import os
import shutil
import sys
import tempfile

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from terminal import go, press, row, run, see, show, tell    # noqa: E402
from terminal import text, tmux, told                        # noqa: E402

ROOT = os.path.dirname(os.path.dirname(HERE))
PROGRAM = os.path.abspath(sys.argv[1])
TMP = tempfile.mkdtemp(prefix="coldseal-age-screen-")
STICK = os.path.join(TMP, "stick")
FILE = "coldseal-backup.age"
ABANDON = "abandon " * 11 + "about\n"
KEY = "73c5da0a"
PASS = "six words drawn with dice"


def start(*words):
    run(TMP, "%s --stick %s --network regtest %s" % (PROGRAM, STICK,
                                                     " ".join(words)))


def agree():
    """the wallet's page, to its end, and yes"""
    for _ in range(8):
        if see("lines .*end", 0.5):
            break
        press("PageDown")
    press("a")
    if not see("[Tt]ype ", 30):
        return False
    # the word, or the end of the wallet's first address
    text("agree" if "the word agree" in show() else "e6uw")
    return go("is known for this session", "Enter")


def type_twice():
    text(PASS)
    if not see("25 bytes", 30):
        return False
    press("Enter")
    text(PASS)
    # the second line is full when its last dot is there
    return see("Once more +" + "•" * len(PASS), 30)


def made():
    with open(os.path.join(STICK, "wallet.txt"), "w") as f:
        f.write(open(os.path.join(ROOT, "tests", "wallets",
                                  "coldcard.txt")).read())
    words = os.path.join(TMP, "words")
    with open(words, "w") as f:
        f.write(ABANDON)
    start("--words", words)
    tell("a wallet is agreed to", see("To review", 40) and
         row("wallet.txt") and go("@@ import @@", "Enter") and agree())
    tell("what would go in is counted", see("Known already", 40) and
         go("> Enter the words", "k") and row("A backup file") and
         go("What goes in: 1 wallet ", "Enter"))
    tell("keys go in only where that is said", see("< stay out >", 30) and
         go("has the coins", "Left") and go("To which stick", "Enter"))
    tell("its passphrase is typed twice", go("A passphrase for the backup",
                                             "Enter") and type_twice())
    tell("written, and read back", go(r"age was written to", "Enter") and
         os.path.exists(os.path.join(STICK, FILE)))
    with open(os.path.join(STICK, FILE), "rb") as f:
        tell("as a file of the age format", f.read(21) ==
             b"age-encryption.org/v1")


def opened():
    os.unlink(os.path.join(STICK, "wallet.txt"))
    start()
    tell("among the files it is a backup", see("no key", 40) and
         go("Backups", "h") and row(FILE))
    tell("its passphrase is asked for", go("The passphrase of the backup",
                                           "Enter"))
    text("not the one")
    tell("another one opens nothing", see("•" * 11, 30) and
         go("That is not the passphrase", "Enter"))
    text(PASS)
    tell("the right one: key and wallet", see("•" * len(PASS), 30) and
         go("Key %s: it is at hand now" % KEY, "Enter") and
         see("Wallet Family vault", 30))
    tell("the wallet's page is shown, and agreed to",
         go("@@ import @@", "Enter") and "yours" in show() and agree())
    tell("what is left in it is found again", see("no wallet|files", 40) and
         go("> Enter the words", "k") and
         row("The backup file that is open") and
         go("it is at hand now", "Enter"))
    tell("a lock ends it", go("Up Down move", "Escape") and
         go("l lock", "Escape") and go("All keys are wiped", "l") and
         go("Enter words|Enter enter", "Escape") and FILE not in show())


def main():
    os.makedirs(STICK)
    try:
        made()
        opened()
    finally:
        tmux("kill-server")
        shutil.rmtree(TMP)
    return told()


if __name__ == "__main__":
    sys.exit(main())
