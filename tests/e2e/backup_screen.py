#!/usr/bin/env python3
"""backup_screen.py PROGRAM: shares in the whole program in a real terminal
(tmux): shown one by one, written down, wiped off, typed in again as a
rehearsal, and as the only way to the key.  Speaks TAP.
"""
import os
import re
import shutil
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from terminal import go, press, row, run, see, show, tell    # noqa: E402
from terminal import text, tmux, told                        # noqa: E402

PROGRAM = os.path.abspath(sys.argv[1])
TMP = tempfile.mkdtemp(prefix="coldseal-backup-screen-")
SEED16 = "ms10testsxxxxxxxxxxxxxxxxxxxxxxxxxx4nzvca9cmczlw"
KEY = "3f3521a6"
# A share of one, that asks for 2^15 times the usual work.
LONG = "aspect easel academic academic angry camera task package loud thorn " \
    "dance ugly include axle mason tenant forward submit escape inform"
XOR = "abandon " * 11 + "about", "legal winner thank year wave sausage " \
    "worth useful legal winner thank yellow"
OF_XOR = "b8688df1"


def start(*words):
    stick = os.path.join(TMP, "stick")
    os.makedirs(stick, exist_ok=True)
    run(TMP, "%s --stick %s --network regtest %s" % (PROGRAM, stick,
                                                     " ".join(words)))


def shown(share):
    """how many of its words are on the screen: one or two may be there as
    words of a sentence ("paper", "move")"""
    lines = show()
    return sum(re.search(r"\b%s\b" % w, lines) is not None
               for w in share[4:] if w)


def shares(titles):
    out = []
    for title in titles:
        if not see(title, 30) or not go("Shown for", "Enter"):
            break
        found = dict((int(n), w) for n, w in
                     re.findall(r"\b(\d+) ([a-z]{3,8})\b", show()))
        out.append([found.get(j) for j in range(1, 21)])
        if shown(out[-1]) < 16:
            break
        press("Enter")
    return out


def typed(share):
    for i, w in enumerate(share):
        if not see(r"Word %d\b" % (i + 1), 30):
            return False
        text(w)
        if not see("Enter takes it|a word; others", 30):
            return False
        press("Enter")
    return see("If these %d are all" % len(share), 30)


def to_form(name, want):
    """from the chooser of forms"""
    return row(name) and go(want, "Enter")


def others():
    """codex32, Seed XOR, and shares that take minutes"""
    start()
    tell("codex32 is typed", see("no key", 30) and
         go("What stands on the paper", "e") and
         to_form("codex32", "0 characters"))
    text(SEED16[:-1] + "x")
    tell("a slip is named, and what was typed is still there",
         see("48 characters", 30) and go("Not taken: codex32 share 1", "Enter")
         and see("48 characters"))
    press("BSpace")
    text(SEED16[-1])
    tell("mended, it is the key", see("48 characters") and
         go("Taken: number 1", "Enter") and
         go("fingerprint of this key", "Enter") and KEY in show())
    start()
    tell("parts of Seed XOR", see("no key", 30) and
         go("What stands on the paper", "e") and
         to_form("A part of Seed XOR", r"Word 1\b") and
         typed(XOR[0].split()) and go("Taken: number 1", "Enter") and
         "there is another one at least" in show())
    tell("are one key", go(r"Word 1\b", "Enter") and typed(XOR[1].split())
         and go("Taken: number 2", "Enter") and
         go("fingerprint of this key", "Enter") and OF_XOR in show())
    start()
    tell("a share that takes minutes", see("no key", 30) and
         go("What stands on the paper", "e") and
         to_form("A share of SLIP-39", r"Word 1\b") and typed(LONG.split())
         and go("They were made to take long", "Enter"))
    tell("says how long", go(r"about \d+ (minutes|s) left", "Enter"))
    tell("is stopped, and is still there",
         go("Stopped. Nothing is lost", "Escape") and
         "made to take long" in show())
    tell("and is wiped only when Esc is pressed twice",
         go("Esc again wipes", "Escape") and see("They were made to") and
         go("Enter words", "Escape"))


def groups(words):
    start("--words", words)
    tell("two groups and a passphrase", see(KEY, 30) and
         go("Shares of a key", "k") and row("Shares of a key") and
         go("Shares of a key, for paper", "Enter") and
         go("Groups +< 2 >", "Down", "Down", "Right") and
         go("Groups needed +< 2 of 2 >", "Down", "Right") and
         go("Shares +< one, whole >", "Down", "Down", "Left", "Left") and
         go("In group +< 2 >", "Up", "Right") and
         go("Groups 1: 1 of 1, 2: 1 of 1", "Down", "Left", "Left") and
         go("yes, asked for next", "Down", "Right") and
         go("none of this is part|Type this line|keyboard", "Enter") and
         go("Passphrase for these shares", "Enter"))
    press("Tab")
    text("paper tiger")
    got = shares(["group 1 of 2", "group 2 of 2"]) \
        if see("paper tiger") and go("It is secret", "Enter") else []
    tell("a share of each", len(got) == 2 and see("All are on paper", 30))
    tell("one is not enough", row("Rehearse a backup") and
         go("Rehearsal: what stands", "Enter") and
         to_form("A share of SLIP-39", r"Word 1\b") and typed(got[1]) and
         go("Of group 1 none is here. Group 2 is complete", "Enter"))
    tell("without the passphrase it is another key", go(r"Word 1\b", "Enter")
         and typed(got[0]) and go("Taken: number 2", "Enter") and
         go("No: what you entered is none", "Enter"))
    go("Type it twice", "p")
    press("Tab")
    text("paper tiger")
    tell("with it yes, and nothing was typed again", see("paper tiger") and
         go("Yes: what you entered is key " + KEY, "Enter"))


def new():
    start()
    tell("a key without words", see("no key", 30) and go("A new key", "n") and
         go("none: shares of 20 words", "Right", "Right") and
         go("Your part of the key", "Enter"))
    text("62535134123665432261551643214261365421546314255361")
    tell("is at hand, and its shares are made",
         see("enough: press Enter", 60) and
         go("nowhere but in memory yet", "Enter") and
         go("It is secret", "Enter"))
    got = shares(["share %d of 3" % i for i in (1, 2, 3)])
    tell("of twenty words", len(got) == 3 and
         all(None not in s for s in got) and see("All are on paper", 30))


def main():
    words = os.path.join(TMP, "words")
    with open(words, "w") as f:
        f.write(SEED16 + "\n")
    try:
        start("--words", words)
        tell("the key is at hand", see(KEY, 30) and go("Shares of a key", "k")
             and row("Shares of a key"))
        tell("a plan is chosen", go("Shares of a key, for paper", "Enter") and
             go("It is secret", "Enter"))
        got = shares(["share %d of 3" % i for i in (1, 2, 3)])
        tell("three shares of twenty words", len(got) == 3 and
             all(None not in s for s in got) and see("All are on paper", 30))
        tell("nothing of them is left on the screen",
             len(got) == 3 and max(shown(s) for s in got) < 3)
        tell("a rehearsal takes the first", row("Rehearse a backup") and
             go("Rehearsal: what stands", "Enter") and
             to_form("A share of SLIP-39", r"Word 1\b") and
             typed(got[2]) and go("Taken: number 1", "Enter") and
             "1 of 2 shares is here, 1 more is needed" in show())
        tell("the last is taken back", go("Taken back", "BSpace") and
             typed(got[1]) and go("Taken: number 1", "Enter"))
        tell("a share twice is refused, and stays to be mended",
             go(r"Word 1\b", "Enter") and typed(got[1]) and
             go("Not taken: share 2: it is there already", "Enter") and
             go("1 of 2 shares is here", "Escape"))
        tell("and with the second says yes", go(r"Word 1\b", "Enter") and
             typed(got[0]) and go("Taken: number 2", "Enter") and
             go("Yes: what you entered is key " + KEY, "Enter"))
        start()
        tell("where no key is, shares are one", see("no key", 30) and
             go("What stands on the paper", "e") and
             to_form("A share of SLIP-39", r"Word 1\b") and
             typed(got[0]) and go("Taken: number 1", "Enter") and
             go(r"Word 1\b", "Enter") and
             typed(got[1]) and go("Taken: number 2", "Enter") and
             go("fingerprint of this key", "Enter") and
             KEY in show() and "from shares" in show())
        others()
        groups(words)
        new()
    finally:
        tmux("kill-server")
        shutil.rmtree(TMP)
    return told()


if __name__ == "__main__":
    sys.exit(main())
