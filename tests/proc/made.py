#!/usr/bin/env python3
"""made.py PROGRAM: a key that is made, in the memory of all processes: its
rolls, entropy, words, seed and master key, at each step and after each way
out.  The search is that of search.py.  Speaks TAP; wants root.
"""
import hashlib
import os
import re
import sys

from procs import (ROOT, TMP, end, go_on, in_terminal, press, see, show,
                   skip_without, stop, tell, text, whole_family)
from search import OUTSIDE, leave, lock, locked_alone, nowhere, said, search
from needles import keys, needles, number, parts, words_of
import monero_prims as xmr

ROLLS = "62535134123665432261551643214261365421546314255362"
ROLLS99 = ROLLS + "1453621365241635512436425316241365523146215346215"


class Made:
    """what rolls give, and all that it is made of and leads to"""

    def __init__(self, name, rolls, choose, words, numbers, secrets):
        self.name, self.rolls, self.choose = name, rolls, choose
        self.words = words
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
        ("master chain code", m.chain)])


def monero():
    with open(os.path.join(ROOT, "core/keys/monero_english_table.c")) as f:
        list_ = re.findall('"([a-z]+)"', f.read())
    made = hashlib.sha256(ROLLS99.encode()).digest()
    spend = xmr.enc_sc(xmr.sc(made))
    words = xmr.mnemonic_encode(spend, list_)
    # The upper half stays as it is when the order is taken off.
    return Made("made of Monero", ROLLS99, ("Right", "Down", "Right"),
                " ".join(words), [list_.index(w) for w in words], [
                    ("entropy", made[:16]), ("spend key", spend)])


def in_front(m, fam, moment, allowed):
    f = search(fam["cs-front"], m.needles)
    tell("%s: in the front %s, in locked memory alone" % (moment, " and ".join(
        allowed) or "nothing"), set(f) <= set(allowed) and
        locked_alone(fam["cs-front"], f), said(f))
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
    return top, fam


def made_shown(m):
    top, fam = gathered(m)
    press("Enter")
    tell("%s: the words are shown" % m.name, see("Write these %d words" % m.n)
         and see(m.words.split()[0]), "")
    stop(fam.values())
    in_front(m, fam, m.name + ", shown", ["words"])
    f = search(fam["cs-keeper"], m.needles)
    tell("%s, shown: of rolls and entropy nothing is left in the keeper" %
         m.name, set(f) <= {"numbers of the words"}, said(f))
    go_on(fam.values())
    return top, fam


def made(m):
    top, fam = made_shown(m)
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
    nowhere(fam, m.name + ", at home", m.needles)
    lock(top, m.name, m.needles)


def given_up(m):
    for where in (gathered, made_shown):
        top, fam = where(m)
        press("Escape")
        see("again wipes")
        press("Escape")
        see("talks to nobody")
        fam = whole_family(top)
        nowhere(fam, "given up, %s" % where.__name__, m.needles)
        leave(fam)


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
