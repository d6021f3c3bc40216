#!/usr/bin/env python3
"""wallet_screen.py PROGRAM: in a real terminal (tmux) a wallet of several
signers goes from a stick into an open vault; in a later session its PSBT is
signed without a warning, and what somebody bent is refused.  Speaks TAP.
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, HERE)
sys.path.insert(0, os.path.join(ROOT, "tests", "peers"))
import keys                                             # noqa: E402
from descsum import checksum                            # noqa: E402
from terminal import begin, press, show, text, tmux    # noqa: E402
import terminal                                         # noqa: E402

PROGRAM = os.path.abspath(sys.argv[1])
FIX = os.path.join(os.environ.get("COLDSEAL_FIXTURES",
                                  os.path.join(ROOT, "tests", "fixtures")),
                   "bitcoin")
POLICIES = json.load(open(os.path.join(FIX, "manifest.json")))["policies"]
TMP = tempfile.mkdtemp(prefix="coldseal-wallet-screen-")
SECONDS = int(os.environ.get("SECONDS_TO_SEE", "60"))
PASS = "correct horse battery"
done = failed = 0


def see(want, seconds=SECONDS):
    return terminal.see(want, seconds)


def tell(what, good, why=""):
    global done, failed
    done += 1
    failed += not good
    print("%sok %d - wallet screen: %s" % ("" if good else "not ", done, what),
          flush=True)
    if not good:
        for line in str(why).splitlines():
            print("# " + line)


def path(name):
    return os.path.join(TMP, name)


def write(name, data):
    with open(path(name), "w") as f:
        f.write(data)
    return path(name)


def wallet(name):
    d = POLICIES[name]["descriptor"]
    write("work/%s.txt" % name, d + "#" + checksum(d) + "\n")


def go(key, want):
    """home drops keys while it reads the sticks anew: until it is heard"""
    for _ in range(20):
        press(key)
        if see(want, 3):
            return True
    return False


def session():
    """the program begun, its vault opened, its key used"""
    tmux("kill-server")
    shell = write("shell", "#!/bin/sh\nenv LANG=C.UTF-8 %s --network regtest "
                  "--stick %s --stick %s\necho ended $?\nsleep 90\n" %
                  (PROGRAM, path("work"), path("vault")))
    os.chmod(shell, 0o755)
    begin(shell, 80, 24)
    see("A vault is there")
    press("v")
    see("The passphrase of the vault")
    text(PASS)
    see("•{21}")
    press("Enter")
    see("Keys in it")
    press("Enter")
    return see("Keys +73c5da0a") and see("others. Nothing else")


def to(name):
    """the cursor of the files' list on this one; while the sticks are read it
    is dropped"""
    here = "> work: " + name
    for _ in range(10):
        press("Home")
        for _ in range(9):
            if see(here, 0.4):
                return see(here, 1)
            press("Down")
    return False


def read_it(name, title, first):
    """its page, to the end"""
    if not to(name):
        return False
    go("Enter", r"\n %s  %s" % (title, name))
    if not see(first, 3):
        return False
    for _ in range(8):
        if see("lines .*, end", 1):
            return True
        press("Space")
    return False


def leave():
    go("q", "Leave Coldseal")
    press("Enter")
    return see("ended 0")


def registered():
    for d in ("work", "vault"):
        os.mkdir(path(d))
    p = write("pass", PASS + "\n")
    words = write("words", keys.MNEMONICS["A"] + "\n")
    subprocess.run([PROGRAM, "vault", "create", path("vault/coldseal.vault"),
                    "--words", words, "--passphrase", p, "--cost", "19,2"],
                   capture_output=True, timeout=120)
    wallet("wsh-sm23")
    wallet("wsh-decay")
    session()
    for name, way in (("wsh-sm23", "any 2 of A, B, C"),
                      ("wsh-decay", "D alone after 10 blocks")):
        tell(name + ": its page is read to its end",
             read_it(name, "WALLET", way), show())
        press("a")
        tell(name + ": agreeing says who can spend", see("Type .*") and
             see(way), show())
        text("agree")
        see("agree *\n|agree ")
        press("Enter")
        tell(name + ": known, and stored in the vault",
             see("The vault is stored on vault|is known whenever") and
             see("others. Nothing else|stored on vault"), show())
    tell("left", leave(), show())


def later():
    """nothing of the session before is in memory"""
    for f in ("policy/wsh-sm23-AB", "policy/wsh-decay-BC",
              "attack/ms-change-swapped-cosigner"):
        shutil.copy(os.path.join(FIX, f + ".psbt"), path("work"))
    tell("later: the vault is opened", session(), show())
    tell("its wallets' files are no work", see("2 to review, 1 refused"),
         show())
    tell("the change with another cosigner's key is refused",
         read_it("ms-change", "PSBT", "spend") and
         see("btc.change.false"), show())
    press("Escape")
    see("others. Nothing else")
    for name in ("wsh-decay-BC", "wsh-sm23-AB"):
        tell(name + ": its wallet is known", read_it(name, "PSBT", "spend") and
             see(r"\(yours\)") and see(r"\+ #1 .* proven") and
             see(r"leaves you.* allow"), show())
        press("a")
        see("Type the last 4 characters")
        text("th6c")
        see(r"th6c *\n")
        press("Enter")
        see("Where shall the answer|Signed, and written")
        if see("Where shall the answer", 1):
            press("Enter")
        tell(name + ": signed, written", see("Signed, and written to work")
             and os.path.exists(path("work/%s-signed.psbt" % name)), show())
        press("Enter")
        see("others. Nothing else")
    see("stored on vault|Sticks")
    tell("left", leave(), show())


try:
    registered()
    later()
finally:
    tmux("kill-server")
    shutil.rmtree(TMP, ignore_errors=True)
print("1..%d" % done)
sys.exit(1 if failed else 0)
