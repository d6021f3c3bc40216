#!/usr/bin/env python3
"""made.py PROGRAM: a key that is made, in the memory of all processes: its
rolls, entropy, words, seed and master key, at each step and after each way
out.  The search is that of secrets.py.  Speaks TAP; wants root.
"""
import hashlib
import os
import re
import sys

from procs import (ROOT, TMP, end, go_on, gone, in_terminal, press, see, show,
                   skip_without, stat, stop, tell, text, whole_family)
from needles import OPEN, keys, needles, number, parts, words_of
from secrets import OUTSIDE, locked_memory, said, search
import monero_prims as xmr

ROLLS = "62535134123665432261551643214261365421546314255362"
ROLLS99 = ROLLS + "1453621365241635512436425316241365523146215346215"


class Made:
    """what rolls give, and all that it is made of and leads to"""

    def __init__(self, name, rolls, choose, words, numbers, secrets, open_):
        self.name, self.rolls, self.choose = name, rolls, choose
        self.words, self.open = words, open_
        self.n = len(numbers)
        self.needles = needles(words, numbers, secrets)
        faces = bytes(ord(c) - ord("1") for c in rolls)
        for what in (rolls.encode(), faces):
            self.needles.update(dict.fromkeys(
                (b for _, b in parts("rolls", what, 16)), "rolls"))


def bitcoin():
    made = hashlib.sha256(ROLLS.encode()).digest()[:16]
    words, numbers = words_of(made)
    seed = keys.seed(words)
    m = keys.Key.master(seed)
    return Made("made", ROLLS, ("Left", "Down", "Right"), words, numbers, [
        ("entropy", made), ("seed", seed), ("master key", number(m)),
        ("master chain code", m.chain)], OPEN)


def monero():
    with open(os.path.join(ROOT, "core/keys/monero_english_table.c")) as f:
        list_ = re.findall('"([a-z]+)"', f.read())
    made = hashlib.sha256(ROLLS99.encode()).digest()
    spend = xmr.enc_sc(xmr.sc(made))
    words = xmr.mnemonic_encode(spend, list_)
    # The upper half stays as it is when the order is taken off.
    return Made("made of Monero", ROLLS99, ("Right", "Down", "Right"),
                " ".join(words), [list_.index(w) for w in words], [
                    ("entropy", made[:16]), ("spend key", spend)],
                {"spend key"})


def in_front(m, fam, moment, allowed):
    f = search(fam["cs-front"], m.needles)
    tell("%s: in the front %s, in locked memory alone" % (moment, " and ".join(
        allowed) or "nothing"), set(f) <= set(allowed) and all(
            locked_memory(fam["cs-front"], int(w.split()[-1], 16))
            for w in f.values()), said(f))
    for name in OUTSIDE:
        if name != "cs-front":
            f = search(fam[name], m.needles)
            tell("%s: nothing secret in %s" % (moment, name), not f, said(f))


def gathered(m):
    """dice only, so that it is known what comes"""
    top = in_terminal("--stick", os.path.join(TMP, "stick"), "--network",
                      "regtest")
    fam = whole_family(top)
    see("new key")
    press("n")
    see("A new key")
    press(*m.choose, "Enter")
    see("0 of %d rolls" % len(m.rolls))
    text(m.rolls)
    see("enough: press Enter")
    stop(fam.values())
    tell("%s: the keeper holds the rolls (the control)" % m.name,
         "rolls" in search(fam["cs-keeper"], m.needles))
    in_front(m, fam, m.name + ", gathered", [])
    go_on(fam.values())
    return fam


def made_shown(m):
    fam = gathered(m)
    press("Enter")
    tell("%s: the words are shown" % m.name, see("Write these %d words" % m.n)
         and see(m.words.split()[0]), "")
    stop(fam.values())
    in_front(m, fam, m.name + ", shown", ["words"])
    f = search(fam["cs-keeper"], m.needles)
    tell("%s, shown: of rolls and entropy nothing is left in the keeper" %
         m.name, set(f) <= {"numbers of the words"}, said(f))
    go_on(fam.values())
    return fam


def made(m):
    fam = made_shown(m)
    press("Enter")
    see("Question 1 of %d" % (4 if m.n == 12 else 8))
    press("Tab")
    see("Question 1 of %d" % m.n)
    stop(fam.values())
    in_front(m, fam, m.name + ", asked", [])
    go_on(fam.values())
    for i, w in enumerate(m.words.split()):
        see(r"Word %d\b" % (i + 1))
        text(w)
        press("Enter")
    tell("%s: and loaded" % m.name, see("%d words(, without a passphrase| of "
                                        "Monero)" % m.n), show())
    press("Enter")
    see("Sticks")
    stop(fam.values())
    in_front(m, fam, m.name + ", at home", [])
    f = search(fam["cs-keeper"], m.needles)
    tell("%s, at home: the keeper holds the key that signs, alone" % m.name,
         set(f) == m.open, said(f))
    go_on(fam.values())
    press("l")
    see("All keys are wiped")
    left_nothing(m, fam, m.name + ", locked")
    press("q", "Enter")
    see("ended 0")


def left_nothing(m, fam, moment):
    """the clerk may be another by now"""
    fam = {n: p for n, p in fam.items() if stat(p)}
    stop(fam.values())
    for name, p in sorted(fam.items()):
        f = search(p, m.needles)
        tell("%s: nothing secret in %s" % (moment, name), not f, said(f))
    go_on(fam.values())


def given_up(m):
    for where in (gathered, made_shown):
        fam = where(m)
        press("Escape")
        see("again wipes")
        press("Escape")
        see("talks to nobody")
        left_nothing(m, fam, "given up, %s" % where.__name__)
        press("q", "Enter")
        see("ended 0")
        tell("and no process stays", not gone(fam.values()))


def main():
    why = skip_without("tmux")
    if why:
        print(why)
        return 0
    try:
        os.mkdir(os.path.join(TMP, "stick"))
        for m in (bitcoin(), monero()):
            made(m)
        given_up(bitcoin())
    finally:
        code = end()
    return code


if __name__ == "__main__":
    sys.exit(main())
