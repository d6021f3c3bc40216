#!/usr/bin/env python3
"""vault_screen.py PROGRAM: a vault in a real terminal (tmux), from the first
passphrase to the last line of its log: made on a stick, filled, locked,
opened again, signed with, copied, its stick pulled and plugged in.

What the screen stored is read by the command line.  Speaks TAP.
"""
import os
import re
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
TMP = tempfile.mkdtemp(prefix="coldseal-vault-screen-")
SHELL = os.path.join(TMP, "shell")
SECONDS = int(os.environ.get("SECONDS_TO_SEE", "60"))
PASS, NEXT = "correct horse battery", "staple after staple"
done = failed = 0


def see(want, seconds=SECONDS):
    """Argon2id on a busy machine takes its time; once something has failed,
    what follows hangs on it, and is not waited for as long"""
    return terminal.see(want, min(seconds, 5) if failed else seconds)


def tell(what, good, why=""):
    global done, failed
    done += 1
    failed += not good
    print("%sok %d - vault screen: %s" % ("" if good else "not ", done, what),
          flush=True)
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
    with open(path(name), "w") as f:
        f.write(data)
    return path(name)


WORDS = write("words", keys.MNEMONICS["A"] + "\n")
ABOUT = write("about", keys.MNEMONICS["B"] + "\n")
P, N = write("pass", PASS + "\n"), write("next", NEXT + "\n")


def fresh(*names):
    for n in names:
        shutil.rmtree(path(n), ignore_errors=True)
        os.mkdir(path(n))


def start(*args, sticks=("work", "vault"), words=False):
    tmux("kill-server")
    cmd = [PROGRAM, "--network", "regtest", *args]
    for s in sticks:
        cmd += ["--stick", path(s)]
    cmd += ["--words", WORDS] if words else []
    with open(SHELL, "w") as f:
        f.write("#!/bin/sh\nenv LANG=C.UTF-8 %s\necho ended $?\nsleep 90\n" %
                " ".join(cmd))
    os.chmod(SHELL, 0o755)
    begin(SHELL, 80, 24)


def vault(verb, *args, passphrase=P, file="vault/coldseal.vault"):
    r = subprocess.run([PROGRAM, "vault", verb, path(file), *args,
                        "--passphrase", passphrase], capture_output=True,
                       text=True, timeout=120)
    return r.returncode, r.stdout + r.stderr


def made():
    fresh("work", "vault")
    start(words=True)
    see("Sticks +work")
    go("k", "Enter the words of a key")
    press("Down", "Down")
    see("> Make a vault")
    press("Enter")
    tell("a stick is chosen", see("On which stick shall the vault be made") and
         see("> work"), show())
    press("Down")
    see("> vault")
    press("n")
    see("How shall the vault's file be called")
    text("../x")
    see(r"Name +\.\./x")
    press("Enter")
    tell("a name that is a path is none", see("Letters, digits, - and _ only"),
         show())
    press("C-u")
    text("coldseal")
    see("Name +coldseal")
    press("Enter")
    tell("one that is plain is", see("> vault") and
         see("Its name: coldseal.vault"), show())
    press("Enter")
    see("A passphrase for the new vault")
    text("seven77")
    tell("its length is told", see("7 bytes: too short"), show())
    press("Enter")
    tell("and it is not taken", see("Too short: 8 bytes are the least") and
         "Once more" in show() and see("7 bytes: too short"), show())
    press("C-u")
    text(PASS)
    see("21 bytes: only strong")
    press("Enter")
    see("•{21} *\n.*\n +Once more")
    text(PASS[:-1] + "x")
    see("Once more +•{21}")
    press("Enter")
    tell("typed differently, it is typed again", see("The two differ"),
         show())
    text(PASS)
    see("Passphrase +•{21}")
    press("Enter")
    text(PASS)
    see("Once more +•{21}")
    press("Enter")
    see("The passphrase at work")
    press("l", "q", "x")
    tell("it is made, and the key at hand asked for", see(
        "Keep this key in the vault") and
        see("safe to *\n* *remove *\n* *the stick") and PASS not in show(),
        show())
    tell("what was typed meanwhile is dropped", see("Name *\n"), show())
    text("Savings")
    see("Name +Savings")
    press("Enter")
    tell("the key is in it", see("> Savings +73c5da0a +Bitcoin +at hand") and
         see("The vault is stored on vault, and read back"), show())
    rc, out = vault("list")
    tell("the command line finds it there", rc == 0 and
         "key btc 73c5da0a Savings" in out and "whole" not in out, out)
    tell("as the same state", "Stored %s times" % re.search(r"state (\d+)",
         out).group(1) and see("Stored %s times" % re.search(
             r"state (\d+)", out).group(1), 1), (out, show()))


def cheaper():
    """what it costs here is not what is tested"""
    rc, out = vault("passwd", "--new-passphrase", P, "--cost", "19,2")
    tell("the command line can change it", rc == 0, out)
    start()
    tell("after the next start it is found", see(
        "A vault is there: coldseal.vault on vault. Press v"), show())


def locked():
    press("Escape")
    see("Keys +73c5da0a")
    go("l", "Locked")
    tell("locked, it is there to be opened", see(
        "A vault is there: coldseal.vault on vault. Press v"), show())
    cheaper()
    press("v")
    see("The passphrase of the vault")
    text("not the right one")
    see("•{17}")
    press("Enter")
    tell("a wrong passphrase is said to be that", see(
        "That is not the passphrase of this vault"), show())
    text(PASS)
    see("•{21}")
    press("Enter")
    tell("the right one opens it", see("Keys in it") and
         see("> Savings +73c5da0a +Bitcoin") and "at hand" not in show() and
         see("holds this state and the one before it"), show())
    press("Enter")
    tell("a key comes to hand", see("Keys +73c5da0a") and
         see("Sticks +work"), show())


def agree():
    """to the first file of the list"""
    press("Home")
    go("Enter", "lines 1-[0-9]+ of [0-9]+, end")
    press("a")
    see("Type the last 4")
    text("th6c")
    see("th6c")
    press("Enter")


def answered(name):
    see("Where shall the answer be written")
    press("Enter")
    return see("Signed, and written to") and see(name)


def sign(name):
    agree()
    return answered(name)


def signed():
    shutil.copy(os.path.join(FIX, "sign/wpkh-in2.psbt"), path("work"))
    go("r", r"To review and sign \(1\)")
    tell("a vault among the files is known as one", see(r"Vaults \(1\)") and
         see("vault: coldseal.vault +open; Enter"), show())
    os.rename(path("vault"), path("away"))
    agree()
    tell("with its stick away nothing is signed", see(
        "Nothing is signed yet: the vault could not be written") and
         see("its stick is not plugged in"), show())
    press("Enter")
    see("vault.unstored")
    press("Escape")
    tell("nor written", see("Nothing was signed, and nothing was written") and
         os.listdir(path("work")) == ["wpkh-in2.psbt"], show())
    agree()
    see("Nothing is signed yet")
    os.rename(path("away"), path("vault"))
    press("Enter")
    tell("with it back, it signs", answered("wpkh-in2-signed.psbt"), show())
    tell("and the vault is stored", see(
        "The vault is stored on vault, and read back"), show())
    rc, out = vault("log")
    tell("with a line of the log", rc == 0 and out.count(" sign ") == 1 and
         " sign regtest " in out and "paid=60000 sat" in out, out)
    rc, out = vault("list")
    tell("and the coins that were seen", "2 coins seen" in out, out)


def to_vault():
    press("Enter")
    see("just now, as")
    go("k", "> The vault that is open")
    press("Enter")
    see("Keys in it")


def log():
    to_vault()
    tell("the vault says what is in it", see(r"2 coins seen, log of \d+ "
                                            "lines?"), show())
    press("o")
    tell("the log is shown", see("What was done with this vault open") and
         see("paid +60000 sat") and see("before +0{64}"), show())
    press("e")
    see("To which stick shall the log be written")
    press("Enter")
    tell("and written to a stick", see("coldseal-log.txt was written"),
         show())
    tell("as the command line says it", open(
        path("work/coldseal-log.txt")).read() == vault("log")[1])
    press("Escape")
    see("Keys in it")


def pulled():
    os.rename(path("vault"), path("away"))
    press("n")
    see("Another name for this key")
    text("House")
    see("Name +House")
    press("Enter")
    tell("with its stick away, a change waits", see("> House +73c5da0a") and
         see("Changes are in memory alone") and see("is not plugged in"),
         show())
    go("x", "not stored yet: plug in")
    tell("closing asks", see("Keys in it"), show())
    go("Escape", "Keys +73c5da0a")      # takes the question back, then home
    tell("locking asks", go("l", "not stored yet: plug in") and
         see("Keys +73c5da0a"), show())
    go("q", "Leave Coldseal")
    tell("leaving asks", see("changes that are not stored: plug in"), show())
    press("Escape")
    os.rename(path("away"), path("vault"))
    tell("its stick plugged in again, it is stored", see(
        "The vault is stored on vault"), show())
    rc, out = vault("list")
    tell("as it is", "label key 73c5da0a House" in out, out)


def another():
    """a file of the vault's name that is not the vault"""
    os.rename(path("vault"), path("away"))
    os.mkdir(path("vault"))
    subprocess.run([PROGRAM, "vault", "create",
                    path("vault/coldseal.vault"), "--passphrase", N,
                    "--cost", "19,2"], capture_output=True, timeout=120)
    was = open(path("vault/coldseal.vault"), "rb").read()
    go("k", "> The vault that is open")
    press("Enter")
    see("Keys in it")
    press("t")
    see("t again sets it")
    press("t")
    tell("another vault of that name is not written into", see(
        "is not this *\n? *vault") and open(
            path("vault/coldseal.vault"), "rb").read() == was, show())
    os.mkdir(path("changed"))
    shutil.copy(path("away/coldseal.vault"), path("changed"))
    vault("add", "--words", ABOUT, file="changed/coldseal.vault")
    os.replace(path("changed/coldseal.vault"), path("vault/coldseal.vault"))
    os.rmdir(path("changed"))
    was = open(path("vault/coldseal.vault"), "rb").read()
    press("n")
    see("Another name for this key")
    text("House 2")
    see("Name +House 2")
    press("Enter")
    tell("nor a copy that was changed on its own", see("is not this *\n? *"
         "vault") and open(path("vault/coldseal.vault"), "rb").read() == was,
         show())
    shutil.rmtree(path("vault"))
    os.rename(path("away"), path("vault"))
    tell("its own is", see("The vault is stored on vault"), show())
    tell("asked each time from now on", "each time" in vault("list")[1],
         vault("list"))


def each_time():
    press("Escape")
    see("Keys +73c5da0a")
    shutil.copy(os.path.join(FIX, "sign/wpkh-in2.psbt"),
                path("work/again.psbt"))
    for f in os.listdir(path("work")):
        if f != "again.psbt":
            os.unlink(path("work/" + f))
    go("r", r"again\.psbt")
    tell("once more it signs", sign("again-signed.psbt"), show())
    see("The vault is stored on vault")
    press("Enter")
    tell("then its keys are sealed", see("for its keys") and
         see("left memory"), show())
    press("Escape")
    tell("which the files' screen says", see("sealed in the vault"), show())
    go("Enter", "for its keys")
    text(PASS)
    see("•{21}")
    press("Enter")
    tell("the passphrase brings them back", see("Keys +73c5da0a"), show())


def copied():
    go("k", "> The vault that is open")
    press("Enter")
    see("Keys in it")
    press("c")
    see("To which stick shall the vault be copied")
    see("> vault|  vault")
    if not re.search("> vault", show()):
        press("Down")
        see("> vault")
    press("Enter")
    tell("not beside itself", see("lies on that one"), show())
    press("Up")
    see("> work")
    press("Enter")
    tell("a copy", see("coldseal.vault was written, and read back"), show())
    tell("is the same", open(path("work/coldseal.vault"), "rb").read() ==
         open(path("vault/coldseal.vault"), "rb").read())
    press("p")
    see("first the one of now")
    text(PASS)
    see("•{21}")
    press("Enter")
    see("Another passphrase: the new one")
    text(NEXT)
    see("Passphrase +•{19}")
    press("Enter")
    text(NEXT)
    see("Once more +•{19}")
    press("Enter")
    tell("another passphrase", see("The passphrase is changed, and the"), show())
    rc, out = vault("list", passphrase=N)
    tell("opens both states", rc == 0 and "has another" not in out and
         "missing" not in out and "House" in out, out)
    tell("at the cost that it was made for", "takes 19 MiB of memory, 2 "
         "passes" in out, out)
    tell("and the old one neither", vault("list")[0] == 2)
    press("f")
    see("f again forgets it")
    press("f")
    for _ in range(20):  # the screen is there before the file
        if "key btc" not in vault("list", passphrase=N)[1]:
            break
        time.sleep(0.5)
    tell("a key is forgotten", see("none yet") and
         "key btc" not in vault("list", passphrase=N)[1], show())
    press("x")
    see("Open a vault")
    press("Escape")
    see("Sticks +")
    go("q", "Leave Coldseal")
    press("Enter")
    tell("left", see("ended 0"), show())


def named():
    """a vault that the command line opens is open on the screen, too"""
    fresh("work", "other")
    shutil.copy(os.path.join(FIX, "sign", "wpkh-in2.psbt"), path("work"))
    file = "other/by name"
    subprocess.run([PROGRAM, "vault", "create", path(file), "--passphrase", P,
                    "--cost", "19,2"], capture_output=True, timeout=120)
    vault("add", "--words", WORDS, file=file)
    start("--vault", "'%s'" % path(file), "--passphrase", P, sticks=("work",))
    tell("one that was named is open", see("vault by name open") and
         see("To review and sign"), show())
    press("Enter")
    see("a agree")
    press("a")
    see("Type the last 4")
    text("th6c")
    see("th6c *\n", 1)
    press("Enter")
    tell("what is signed is stored in it", see("The vault is stored on") and
         " sign regtest " in vault("log", file=file)[1] and
         "2 coins seen" in vault("list", file=file)[1], show())
    press("Enter")
    see("Signed already")
    go("l", "A vault is there: by name")
    press("v")
    see("The passphrase of the vault")
    text(PASS)
    see("•{21}")
    press("Enter")
    tell("locked, it is opened again", see("Keys in it") and
         see("> 73c5da0a"), show())


def broken():
    """three errors, and an older state, each said"""
    fresh("work")
    for name, at in (("torn", 3000), ("one", 50), ("both", 50)):
        fresh("vault")
        subprocess.run([PROGRAM, "vault", "create", path("vault/any name"),
                        "--passphrase", P, "--cost", "19,2"],
                       capture_output=True, timeout=120)
        vault("add", "--words", WORDS, file="vault/any name")
        data = bytearray(open(path("vault/any name"), "rb").read())
        seq = [int.from_bytes(data[i + 32:i + 40], "little")
               for i in (0, 1 << 20)]
        newer = (1 << 20) * (seq[1] > seq[0])
        data[newer + at] ^= 1
        if name == "both":
            data[(1 << 20) - newer + at] ^= 1
        with open(path("vault/any name"), "wb") as f:
            f.write(data)
        start()
        see("A vault is there: any name on vault")
        press("v")
        see("The passphrase of the vault")
        text(PASS)
        see("•{21}")
        press("Enter")
        want = {"torn": "the last change was not written whole; the",
                "one": "one of its two states is damaged; the other",
                "both": "The vault is damaged: neither"}[name]
        tell("damage said: " + want, see(want), show())


made()
locked()
signed()
log()
pulled()
another()
each_time()
copied()
named()
broken()
tmux("kill-server")
shutil.rmtree(TMP)
print("1..%d" % done)
sys.exit(1 if failed else 0)
