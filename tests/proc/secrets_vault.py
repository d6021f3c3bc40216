#!/usr/bin/env python3
"""secrets_vault.py PROGRAM: where a vault's secrets are, in all memory.

As secrets.py does for words: the program runs with an open vault, is stopped
at its moments, and every page of every process is searched for the
passphrase, the key made of it, the keys that open the vault, and the key in
it; as they are, turned round, masked and in hex.  Outside the keeper they are
never; in it, while it rests, neither: a program without the shield is the
control.  Speaks TAP; wants root.
"""
import hashlib
import json
import os
import subprocess
import sys

from search import control, itself, leave, lock, nowhere
from needles import ROOT, binary_secrets, keys, needles, unsigned, words_of
from procs import (PROGRAM, TMP, end, in_terminal, press, see, show,
                   skip_without, tell, text, whole_family, write)

ENTROPY = hashlib.sha256(b"coldseal vault secrets").digest()
WORDS, NUMBERS = words_of(ENTROPY)
SEED = keys.seed(WORDS)
MASTER = keys.Key.master(SEED)
HOME = r"To review and sign \(1\)"
PASSPHRASE = "Vq8-lapwing under Ombra"
READER = """
import json, sys
sys.path.insert(0, %r)
sys.dont_write_bytecode = True
import vault_reader as v
with open(sys.argv[1], "rb") as f:
    h = v.head(f.read()[:v.SLOT])
from nacl import bindings as b
root = b.crypto_pwhash_alg(32, sys.argv[2].encode(), h["salt"], h["passes"],
                           h["kib"] << 10, b.crypto_pwhash_ALG_ARGON2ID13)
k = v.keys_of(h, sys.argv[2].encode())
print(json.dumps({"root": root.hex(), **{n: x.hex() for n, x in k.items()}}))
""" % os.path.join(ROOT, "tests", "peers")


def coldseal(*args):
    r = subprocess.run([PROGRAM, *args], capture_output=True, timeout=60)
    if r.returncode != 0:
        raise SystemExit("Bail out! %s: %s" % (args, r.stderr))


def keys_of(vault):
    """root, check, body, keys: by another program; {} where it is not there"""
    r = subprocess.run(["/usr/bin/python3", "-c", READER, vault, PASSPHRASE],
                       capture_output=True, text=True)
    return json.loads(r.stdout) if r.returncode == 0 else {}


def command(vault):
    return ("--stick", os.path.join(TMP, "stick"), "--network", "regtest",
            "--vault", vault, "--passphrase", os.path.join(TMP, "pass"))


def signs(vault, wanted):
    top = in_terminal(*command(vault))
    fam = whole_family(top)
    tell("the vault's key reads the stick", see(HOME), show())
    nowhere(fam, "open", wanted)
    press("Enter")
    tell("the page is shown", see("@@ pay @@") and see("allow"), show())
    nowhere(fam, "page", wanted)
    press("Escape")
    see(HOME)
    lock(top, "open", wanted)


def closes(vault, wanted):
    """found on a stick, opened at the keyboard, and closed again"""
    os.rename(vault, os.path.join(TMP, "stick", "coldseal.vault"))
    top = in_terminal(*command(vault)[:4])
    fam = whole_family(top)
    see("A vault is there: coldseal.vault")
    press("v")
    see("The passphrase of the vault")
    text(PASSPHRASE)
    see("•{%d}" % len(PASSPHRASE))
    press("Enter")
    tell("typed, the passphrase opens it", see("Keys in it"), show())
    nowhere(fam, "opened, its keys not at hand", wanted)
    press("Enter")
    tell("its key reads the stick", see(HOME), show())
    fam = whole_family(top)
    nowhere(fam, "opened, its keys at hand", wanted)
    press("k")
    see("> The vault that is open")
    press("Enter")
    see("Keys in it")
    press("x")
    tell("the vault is closed", see("Open a vault"), show())
    fam = whole_family(top)
    nowhere(fam, "closed", wanted)
    press("Escape")
    see("Sticks +")
    leave(fam)


def main():
    why = skip_without("tmux")
    if why:
        print(why)
        return 0
    try:
        vault = os.path.join(TMP, "v.vault")
        p = write("pass", PASSPHRASE + "\n")
        w = write("words", WORDS + "\n")
        coldseal("vault", "create", vault, "--passphrase", p, "--cost",
                 "19,2")
        coldseal("vault", "add", vault, "--words", w, "--passphrase", p)
        locks = keys_of(vault)
        tell("the keys of the vault are known here%s" % (
            "" if locks else " # SKIP no python3-nacl"), True)
        wanted = needles(WORDS, NUMBERS, [
            *binary_secrets(ENTROPY, SEED),
            *(("vault " + n, bytes.fromhex(x)) for n, x in locks.items())],
            PASSPHRASE)
        itself(wanted)
        os.mkdir(os.path.join(TMP, "stick"))
        write("stick/pay.psbt", unsigned(MASTER, 3))
        control(HOME, wanted, {"master key", "seed", *(
            "vault " + n for n in locks if n != "root")}, *command(vault))
        signs(vault, wanted)
        closes(vault, wanted)
    finally:
        code = end()
    return code


if __name__ == "__main__":
    sys.exit(main())
