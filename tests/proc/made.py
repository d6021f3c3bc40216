#!/usr/bin/env python3
"""made.py PROGRAM: a key that is made, in the memory of all processes: its
rolls, entropy, words, seed and master key, at each step and after each way
out.  The search is that of secrets.py.  Speaks TAP; wants root.
"""
import hashlib
import os
import sys

from procs import (TMP, end, go_on, gone, in_terminal, press, see, show,
                   skip_without, stat, stop, tell, text, whole_family)
from needles import keys, needles, number, parts, words_of
from secrets import OPEN, OUTSIDE, locked_memory, said, search

ROLLS = "62535134123665432261551643214261365421546314255362"
MADE = hashlib.sha256(ROLLS.encode()).digest()[:16]
MADE_WORDS, MADE_NUMBERS = words_of(MADE)


def made_needles():
    """all that a key of these rolls is made of and leads to"""
    seed = keys.seed(MADE_WORDS)
    m = keys.Key.master(seed)
    out = needles(MADE_WORDS, MADE_NUMBERS, [
        ("entropy", MADE), ("seed", seed), ("master key", number(m)),
        ("master chain code", m.chain)])
    out.update(dict.fromkeys((b for _, b in parts(
        "rolls", ROLLS.encode(), 16)), "rolls"))
    faces = bytes(ord(c) - ord("1") for c in ROLLS)
    out.update(dict.fromkeys((b for _, b in parts(
        "rolls", faces, 16)), "rolls"))
    return out


MADE_NEEDLES = made_needles()


def made_in_front(fam, moment, allowed):
    f = search(fam["cs-front"], MADE_NEEDLES)
    tell("%s: in the front %s, in locked memory alone" % (moment, " and ".join(
        allowed) or "nothing"), set(f) <= set(allowed) and all(
            locked_memory(fam["cs-front"], int(w.split()[-1], 16))
            for w in f.values()), said(f))
    for name in OUTSIDE:
        if name != "cs-front":
            f = search(fam[name], MADE_NEEDLES)
            tell("%s: nothing secret in %s" % (moment, name), not f, said(f))


def gathered():
    """dice only, so that it is known what comes"""
    top = in_terminal("--stick", os.path.join(TMP, "stick"), "--network",
                      "regtest")
    fam = whole_family(top)
    see("new key")
    press("n")
    see("A new key")
    press("Left", "Down", "Right", "Enter")
    see("0 of 50 rolls")
    text(ROLLS)
    see("enough: press Enter")
    stop(fam.values())
    tell("made: the keeper holds the rolls (the control)",
         "rolls" in search(fam["cs-keeper"], MADE_NEEDLES))
    made_in_front(fam, "made, gathered", [])
    go_on(fam.values())
    return fam


def made_shown():
    fam = gathered()
    press("Enter")
    tell("made: the words are shown", see("Write these 12 words") and
         see(MADE_WORDS.split()[0]), "")
    stop(fam.values())
    made_in_front(fam, "made, shown", ["words"])
    f = search(fam["cs-keeper"], MADE_NEEDLES)
    tell("made, shown: of rolls and entropy nothing is left in the keeper",
         set(f) <= {"numbers of the words"}, said(f))
    go_on(fam.values())
    return fam


def made():
    fam = made_shown()
    press("Enter")
    see("Question 1 of 4")
    press("Tab")
    see("Question 1 of 12")
    stop(fam.values())
    made_in_front(fam, "made, asked", [])
    go_on(fam.values())
    for i, w in enumerate(MADE_WORDS.split()):
        see(r"Word %d\b" % (i + 1))
        text(w)
        press("Enter")
    tell("made: and loaded", see("12 words, without a passphrase"), show())
    press("Enter")
    see("Sticks")
    stop(fam.values())
    made_in_front(fam, "made, at home", [])
    f = search(fam["cs-keeper"], MADE_NEEDLES)
    tell("made, at home: the keeper holds the master key alone",
         set(f) == OPEN, said(f))
    go_on(fam.values())
    press("l")
    see("All keys are wiped")
    left_nothing(fam, "made, locked")


def left_nothing(fam, moment):
    """the clerk may be another by now"""
    fam = {n: p for n, p in fam.items() if stat(p)}
    stop(fam.values())
    for name, p in sorted(fam.items()):
        f = search(p, MADE_NEEDLES)
        tell("%s: nothing secret in %s" % (moment, name), not f, said(f))
    go_on(fam.values())


def given_up():
    for where in (gathered, made_shown):
        fam = where()
        press("Escape")
        see("again wipes")
        press("Escape")
        see("talks to nobody")
        left_nothing(fam, "given up, %s" % where.__name__)
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
        made()
        given_up()
    finally:
        code = end()
    return code


if __name__ == "__main__":
    sys.exit(main())
