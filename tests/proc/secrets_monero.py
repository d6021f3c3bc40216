#!/usr/bin/env python3
"""secrets_monero.py PROGRAM: where a Monero wallet's secrets are.

As secrets.py does for Bitcoin: the program runs on files of Feather, is
stopped at its moments, and every page of every process is searched for the 25
words and the spend key, as they are, turned round and in hex; and for the
view key, which the clerk alone may have.  Speaks TAP; wants
root.
"""
import json
import os
import shutil
import sys

from search import (OUTSIDE, control, itself, locked_alone, lock, nowhere, said,
                    search)
from needles import needles
from procs import (ROOT, TMP, at_rest, end, family, go_on, in_terminal, press,
                   see, show, skip_without, stop, tell, text, whole_family,
                   write)

FIXTURES = os.path.join(ROOT, "tests", "fixtures", "feather")
with open(os.path.join(FIXTURES, "seeds.json")) as f:
    WALLET = json.load(f)["offline"]
WORDS = WALLET["seed"]
with open(os.path.join(ROOT, "core", "keys",
                       "monero_english_table.c")) as f:
    LIST = [w for w in f.read().split('"')[3::2]]
NUMBERS = [LIST.index(w) for w in WORDS.split()]
SPEND = bytes.fromhex(WALLET["spend_secret"])
VIEW = bytes.fromhex(WALLET["view_secret"])
SPENDING = needles(WORDS, NUMBERS, [("spend key", SPEND)])
VIEWING = {b: n for b, n in needles(
    WORDS, NUMBERS, [("view key", VIEW)]).items() if "view" in n}
BOTH = {**SPENDING, **VIEWING}


def moment(fam, what, clerk=None):
    """clerk: must it have the view key by now?"""
    nowhere(fam, what, SPENDING)
    stop(fam.values())
    try:
        for name in [*OUTSIDE, "cs-keeper"]:
            f = search(fam[name], VIEWING)
            if name != "cs-clerk":
                tell("%s: no view key in %s" % (what, name), not f, said(f))
            elif clerk:
                tell("%s: the view key is in the clerk, in locked memory "
                     "alone" % what, f and locked_alone(fam[name], f), said(f))
    finally:
        go_on(fam.values())


def terminal():
    stick = os.path.join(TMP, "stick")
    os.mkdir(stick)
    for name in ("feather_all_outputs", "feather_pay1_unsigned_monero_tx"):
        shutil.copyfile(os.path.join(FIXTURES, name),
                        os.path.join(stick, name))
    words = write("words", WORDS + "\n")
    args = ("--stick", stick, "--network", "regtest", "--words", words)
    control(r"To review and sign \(2\)", BOTH, {"spend key", "view key"},
            *args)
    top = in_terminal(*args)
    fam = whole_family(top)
    tell("the stick is read", see(r"To review and sign \(2\)"), show())
    moment(fam, "open", True)
    press("Enter")
    tell("the page is shown", see("@@ import @@"), show())
    press("a")
    see("Type")
    text("agree")
    press("Enter")
    tell("key images are made", see("feather_all_keyImages"), show())
    moment(fam, "key images")
    press("Enter")
    see("just now")
    press("Home", "Enter")
    tell("the payment is shown", see("@@ pay @@"), show())
    press("End", "a")
    see("Type the last 4")
    text("7hHs")
    press("Enter")
    tell("it is signed", see("feather_pay1_signed_monero_tx"), show())
    fam = family(top)
    moment(fam, "signed")
    press("Enter")
    see("just now")
    lock(top, "signed", BOTH)


def typed_in():
    top = in_terminal("--network", "regtest")
    fam = whole_family(top)
    see("Enter words")
    press("Enter", "F2")
    tell("typed: the list of Monero", see("25 words of your Monero"), show())
    for w in WORDS.split():
        text(w + " ")
    tell("typed: the fingerprint", see("25 words of Monero"), show())
    press("Enter")
    see("none; plug one in")
    moment(fam, "typed, at home")
    lock(top, "typed", BOTH)


def main():
    why = skip_without("tmux")
    if why:
        print(why)
        return 0
    try:
        itself(BOTH)
        terminal()
        typed_in()
    finally:
        code = end()
    return code


if __name__ == "__main__":
    sys.exit(main())
