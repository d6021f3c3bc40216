#!/usr/bin/env python3
"""addresses.py PROGRAM: addresses listed, searched and shown as QR codes, on
the command line and in a real terminal (tmux), the codes read by zbarimg.
Known attack 24: a receive address that was swapped.  Speaks TAP.
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import terminal                                         # noqa: E402
from terminal import press, see, show, text             # noqa: E402

PROGRAM = os.path.abspath(sys.argv[1])
TMP = tempfile.mkdtemp(prefix="coldseal-addresses-")
WORDS = os.path.join(TMP, "words")
SHELL = os.path.join(TMP, "shell")
THIEF = "bcrt1qzyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3lgth6c"
done, failed = 0, 0


def tell(what, good, why=""):
    global done, failed
    done += 1
    failed += not good
    print("%sok %d - addresses: %s" % ("" if good else "not ", done, what),
          flush=True)
    if not good:
        for line in str(why).splitlines():
            print("# " + line)


def run(*args):
    r = subprocess.run([PROGRAM, "address", *args, "--words", WORDS,
                        "--network", "regtest"], capture_output=True,
                       text=True)
    return r.returncode, r.stdout, r.stderr


def listed(*args):
    """path -> address"""
    return dict(line.split() for line in run(*args)[1].splitlines())


def command_line():
    ours = listed("--index", "0-2000")
    last = ours["m/84'/1'/0'/0/1999"]
    past = ours["m/84'/1'/0'/0/2000"]
    tell("four kinds, each of 2001", len(ours) == 4 * 2001, len(ours))
    for given in (last, last.upper(), "bitcoin:%s?amount=1" % last.upper(),
                  " ".join(last[i:i + 4] for i in range(0, len(last), 4))):
        rc, out, err = run("--find", given)
        tell("found: %s" % given[:24], rc == 0 and
             out == "73c5da0a m/84'/1'/0'/0/1999\n", (rc, out, err))
    for kind in 44, 49, 86:
        path = "m/%d'/1'/0'/0/7" % kind
        rc, out, _ = run("--find", ours[path])
        tell("found: purpose %d" % kind, out == "73c5da0a %s\n" % path, out)
    rc, out, err = run("--find", past)
    tell("past the first 2000 it is not found", rc == 3 and out == "" and
         "first 2000" in err, (rc, out, err))
    rc, out, err = run("--find", past, "--index", "2000-3999")
    tell("further on request", rc == 0 and out.endswith("/0/2000\n"), out)
    rc, out, err = run("--find", THIEF)
    tell("attack 24: another's address is named as not ours", rc == 3 and
         out == "" and "not" in err, (rc, out, err))
    rc, out, err = run("--find", last[:-1] + ("q" if last[-1] != "q"
                                              else "p"))
    tell("a mistyped one is named as such", rc == 1 and "checksum" in err,
         (rc, out, err))
    rc, out, err = run("--find", last, "--index", "0-10000")
    tell("more than 10000 at once are refused", rc == 1, (rc, out, err))


def export(form):
    return subprocess.run([PROGRAM, "export", "--format", form, "--words",
                           WORDS, "--network", "regtest"],
                          capture_output=True, text=True).stdout


def generic_json():
    """What Sparrow and Specter read: keys that begin with bip, each with a
    name that they know, and the master's fingerprint on top."""
    names = {"bip44": "p2pkh", "bip49": "p2sh-p2wpkh", "bip84": "p2wpkh",
             "bip86": "p2tr"}
    j, ours = json.loads(export("sparrow")), listed("--index", "0-0")
    descriptors = export("descriptors").splitlines()
    tell("generic JSON: fingerprint, chain, account", re.fullmatch(
        "[0-9A-F]{8}", j["xfp"]) and j["xfp"] == "73C5DA0A" and
        j["chain"] == "XTN" and j["account"] == 0, j)
    tell("generic JSON: four accounts", sorted(k for k in j if
         k.startswith("bip")) == sorted(names), list(j))
    for key, name in names.items():
        a = j[key]
        tell("generic JSON: %s" % key, a["name"] == name and
             a["deriv"] == "m/%s'/1'/0'" % key[3:] and
             re.fullmatch("[0-9A-F]{8}", a["xfp"]) and
             a["first"] == ours[a["deriv"] + "/0/0"] and
             sum("[73c5da0a/%s]%s/" % (a["deriv"][2:].replace("'", "h"),
                 a["xpub"]) in d for d in descriptors) == 1, a)


def start(env, w, h):
    terminal.tmux("kill-server")
    with open(SHELL, "w") as f:
        f.write("#!/bin/sh\nenv %s %s --network regtest --words %s\n"
                "sleep 60\n" % (env, PROGRAM, WORDS))
    os.chmod(SHELL, 0o755)
    terminal.begin(SHELL, w, h)
    see("v addresses")
    press("v")
    see("Receive addresses")


def on_screen():
    want = listed("--index", "0-9")
    for env in ("LANG=C.UTF-8", "LANG=C.UTF-8 TERM=linux",
                "LANG=C.UTF-8 NO_COLOR=1"):
        start(env, 80, 24)
        press("Down", "Enter")
        see(r"m/84'/1'/0'/0/1")
        got = terminal.qr_of_screen(41)
        tell("a reader reads the code (%s)" % env,
             got == want["m/84'/1'/0'/0/1"], got + "\n" + show())
        press("Escape")
        see("Receive")
        press("p")
        see("purpose 86")
        press("Enter")
        see(r"m/86'/1'/0'/0/1")
        got = terminal.qr_of_screen(45)
        tell("a taproot address, too (%s)" % env,
             got == want["m/86'/1'/0'/0/1"], got + "\n" + show())
    start("LC_ALL=C", 80, 24)
    press("Enter")
    tell("without half blocks it says how large a screen it needs",
         see("needs a screen of about [0-9]+ rows"), show())
    start("LC_ALL=C", 120, 50)
    press("Enter")
    tell("and draws it there", see(r"m/84'/1'/0'/0/0") and
         "needs" not in show(), show())


def search():
    want = listed("--index", "2000-2001", "--change")
    start("LANG=C.UTF-8", 80, 24)
    press("f")
    see("Is this address mine")
    text(want["m/84'/1'/0'/1/2001"])
    press("Enter")
    tell("not among the first 2000", see("Not among the first 2000"), show())
    press("Enter")
    tell("found further on", see(r"yours, at m/84'/1'/0'/1/2001"), show())
    press("C-u")
    text(THIEF)
    press("Enter")
    tell("attack 24: the screen says not to let anybody pay to it",
         see("Do not let anybody pay"), show())
    press("C-u")
    text("bcrt1qzyg3")
    press("Enter")
    tell("what is no address is named as such", see("Not searched: "), show())


def main():
    with open(WORDS, "w") as f:
        f.write("abandon " * 11 + "about\n")
    try:
        command_line()
        generic_json()
        if shutil.which("tmux") is None or shutil.which("zbarimg") is None:
            print("ok %d - addresses: on the screen # SKIP tmux or zbarimg "
                  "is not there" % (done + 1))
        else:
            on_screen()
            search()
    finally:
        terminal.tmux("kill-server")
        shutil.rmtree(TMP)
    print("1..%d" % (done or 1))
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
