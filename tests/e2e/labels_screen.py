#!/usr/bin/env python3
"""labels_screen.py PROGRAM: notes and settings in a real terminal (tmux): on an
address, from another wallet's list, on a page, looked through, forgotten,
written out; settings that hold when the vault is opened again.

What the screen stored is read by the command line.  Speaks TAP.
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, HERE)
sys.path.insert(0, os.path.join(ROOT, "tests", "peers"))
import keys                                             # noqa: E402
from terminal import begin, press, show, text, tmux    # noqa: E402
import terminal                                         # noqa: E402

PROGRAM = os.path.abspath(sys.argv[1])
FIX = os.path.join(os.environ.get("COLDSEAL_FIXTURES",
                                  os.path.join(ROOT, "tests", "fixtures")),
                   "bitcoin")
TMP = tempfile.mkdtemp(prefix="coldseal-labels-screen-")
SHELL = os.path.join(TMP, "shell")
SECONDS = int(os.environ.get("SECONDS_TO_SEE", "60"))
PASS = "correct horse battery"
PAYS = "bcrt1qzyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3lgth6c"
FIRST = "bcrt1q6rz28mcfaxtmd6v789l9rrlrusdprr9pz3cppk"
done = failed = 0


def see(want, seconds=SECONDS):
    return terminal.see(want, seconds)


def tell(what, good, why=""):
    global done, failed
    done += 1
    failed += not good
    print("%sok %d - labels screen: %s" % ("" if good else "not ", done,
                                           what), flush=True)
    if not good:
        for line in str(why).splitlines():
            print("# " + line)


def go(key, want):
    """home drops keys while it reads the sticks anew: until it is heard"""
    for _ in range(20):
        press(key)
        if see(want, 3):
            return True
    return False


def path(name):
    return os.path.join(TMP, name)


def write(name, data):
    with open(path(name), "w", encoding="utf-8") as f:
        f.write(data)
    return path(name)


WORDS = write("words", keys.MNEMONICS["A"] + "\n")
P = write("pass", PASS + "\n")


def vault(verb, *args):
    r = subprocess.run([PROGRAM, "vault", verb, path("vault/v.vault"), *args,
                        "--passphrase", P], capture_output=True, text=True,
                       timeout=120)
    return r.returncode, r.stdout + r.stderr


def start(*args):
    tmux("kill-server")
    with open(SHELL, "w") as f:
        f.write("#!/bin/sh\nenv LANG=C.UTF-8 %s\necho ended $?\nsleep 90\n" %
                " ".join([PROGRAM, *args, "--stick", path("work"), "--stick",
                          path("vault")]))
    os.chmod(SHELL, 0o755)
    begin(SHELL, 80, 24)


def opened():
    see("A vault is there: v.vault on vault. Press v")
    press("v")
    see("The passphrase of the vault")
    text(PASS)
    see("•{21}")
    press("Enter")
    return see("Keys in it")


def addresses():
    press("a")
    see("Keys +73c5da0a")
    see("Sticks +work")
    go("v", "Receive addresses of key 73c5da0a")
    see("> +0 +bcrt")
    press("l")
    tell("an address gets a note", see("A note on this") and see("addr " +
         FIRST), show())
    text("Rent \"flat 3\"")
    see("Note +Rent \"flat 3\"")
    press("Enter")
    tell("which stands beside it", see("stored on vault, and read back") and
         see('"Rent \\\\x22') and see('│ your note: "Rent \\\\x22flat'),
         show())
    tell("and is kept", "addr %s Rent \"flat 3\"" % FIRST in
         vault("list")[1], vault("list")[1])
    press("l")
    see("A note on this")
    text("Rent")
    see(r"Note +Rent *\n")
    press("Enter")
    tell("another one takes its place", see('│ your note: "Rent"') and
         vault("list")[1].count(" label ") == 1, show())
    press("Escape")


def brought():
    see("Sticks +work")
    go("r", r"To review and sign \(2\)")
    tell("a list is among the files", see("a list of 2 labels"), show())
    press("Home")
    if not see("> work: labels.jsonl", 2):
        press("Down")
    see("> work: labels.jsonl")
    go("Enter", "LABELS +labels.jsonl")
    see(", end")
    tell("its page shows them", see("2 labels: 1 of an address, 1 of a coin")
         and see("not to be spent"), show())
    press("a")
    see("Type the word agree")
    text("agree")
    see(r"agree *\n")
    press("Enter")
    tell("agreed to, they are known", see(
        "is +known +whenever +this +vault|stored on vault"), show())
    see("Sticks +work")
    for _ in range(20):             # the screen is there before the file
        if "Shop" in vault("list")[1]:
            break
        time.sleep(0.5)
    tell("and kept", "Shop" in vault("list")[1], vault("list")[1])


def page():
    press("Home")
    if not see("> work: wpkh-in2", 2):
        press("Down")
    see("> work: wpkh-in2")
    go("Enter", "PSBT +wpkh-in2.psbt")
    tell("a page shows the note, and whose it is", see(
        '│ note from a file: "Shop"') and see('your "House"'), show())
    press("Escape")
    see("Sticks +work")


def inside():
    go("k", "> The vault that is open")
    press("Enter")
    see("Keys in it")
    tell("the vault counts them", see("3 labels"), show())
    press("i")
    tell("and shows them", see("besides its keys: [3-5]") and
         see("label +addr " + FIRST[:20]), show())
    press("f")
    see("Forget this label")
    press("f")
    see("stored on vault")
    tell("one is forgotten", see("besides its keys: [2-4]") and
         vault("list")[1].count(" label ") == 2, show())
    press("e")
    see("To which stick shall the labels be written")
    press("Enter")
    tell("they go to a stick", see("coldseal-labels.jsonl was written") and
         open(path("work/coldseal-labels.jsonl")).read() ==
         vault("labels")[1], show())
    press("Escape")
    see("Keys in it")
    press("Escape")


def settings():
    see("Sticks +work")
    go("s", "Locks after +< 10 min >")
    press("Down")
    see("> Locks after")
    press("Right")
    see("Locks after +< 20 min >")
    press("Down")
    see("> Amounts in")
    press("Right")
    see("< sat, piconero >")
    press("Escape")
    see("Sticks +work")
    see("stored on vault")
    out = vault("set")[1]
    tell("what is set is kept", "idle 20;" in out and "unit base;" in out,
         out)
    vault("set", "network", "regtest")
    start()
    opened()
    press("a")
    tell("and holds from then on", see("regtest: no real value") and
         see("Sticks +work"), show())
    press("Home")
    for _ in range(4):
        if not see("> work: wpkh-in2", 2):
            press("Down")
    see("> work: wpkh-in2")
    go("Enter", "PSBT +wpkh-in2.psbt")
    tell("on a page, too", see(" sat ") and "BTC" not in show(), show())
    press("Escape")
    see("Sticks +work")
    start("--network", "signet")
    opened()
    press("a")
    tell("but what is said goes before", see("signet: no real value"),
         show())


def main():
    os.mkdir(path("work"))
    os.mkdir(path("vault"))
    shutil.copy(os.path.join(FIX, "sign/wpkh-in2.psbt"), path("work"))
    write("work/labels.jsonl", "".join(json.dumps(x) + "\n" for x in (
        {"type": "addr", "ref": PAYS, "label": "Shop"},
        {"type": "output", "ref": 64 * "5" + ":1", "spendable": False})))
    rc, out = vault("create", "--words", WORDS, "--name", "House", "--cost",
                    "19,2")
    tell("a vault", rc == 0, out)
    start("--network", "regtest")
    tell("is opened", opened(), show())
    addresses()
    brought()
    page()
    inside()
    settings()


try:
    main()
finally:
    tmux("kill-server")
    shutil.rmtree(TMP, ignore_errors=True)
print("1..%d" % done)
sys.exit(failed != 0)
