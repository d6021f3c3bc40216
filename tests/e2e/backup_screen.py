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
from terminal import begin, press, see, show, text, tmux    # noqa: E402

PROGRAM = os.path.abspath(sys.argv[1])
TMP = tempfile.mkdtemp(prefix="coldseal-backup-screen-")
SEED16 = "ms10testsxxxxxxxxxxxxxxxxxxxxxxxxxx4nzvca9cmczlw"
KEY = "3f3521a6"
done = failed = 0


def tell(what, good):
    global done, failed
    done += 1
    failed += not good
    print("%sok %d - %s" % ("" if good else "not ", done, what), flush=True)
    if not good:
        print("\n".join("# " + x for x in show().splitlines()))
    return good


def start(*words):
    tmux("kill-server")
    stick = os.path.join(TMP, "stick")
    os.makedirs(stick, exist_ok=True)
    shell = os.path.join(TMP, "shell")
    with open(shell, "w") as f:
        f.write("#!/bin/sh\nLANG=C.UTF-8 %s --stick %s --network regtest %s\n"
                "echo ended $?\nsleep 60\n" % (PROGRAM, stick,
                                               " ".join(words)))
    os.chmod(shell, 0o755)
    begin(shell, 80, 24)


def go(want, *keys):
    """presses, and waits for what only the next screen has"""
    press(*keys)
    return see(want, 30)


def row(label):
    """the cursor on this row of the screen of keys"""
    for _ in range(12):
        if see("> " + label, 0.5):
            return True
        press("Down")
    return False


def shown(share):
    """how many of its words are on the screen: one or two may be there as
    words of a sentence ("paper", "move")"""
    lines = show()
    return sum(re.search(r"\b%s\b" % w, lines) is not None
               for w in share[4:] if w)


def shares():
    out = []
    for i in range(3):
        if not see("share %d of 3" % (i + 1), 30) or not go("Shown for",
                                                            "Enter"):
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
    return see("If these 20 are all", 30)


def to_form(name, want):
    """from the chooser of forms"""
    return row(name) and go(want, "Enter")


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
        got = shares()
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
    finally:
        tmux("kill-server")
        shutil.rmtree(TMP)
    print("1..%d" % done)
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
