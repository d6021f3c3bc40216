#!/usr/bin/env python3
"""secrets_vault.py PROGRAM: where a vault's secrets are, in all memory.

As secrets.py does for words: the program runs with an open vault, is stopped
at its moments, and every page of every process is searched for the
passphrase, the key made of it, the keys that open the vault, and the key in
it; as they are, turned round, masked and in hex.  Outside the keeper they are
never, and after the lock key nowhere.  Speaks TAP; wants root.
"""
import hashlib
import json
import os
import subprocess
import sys

import secrets as search
from needles import ROOT, binary_secrets, keys, needles, unsigned, words_of
from procs import (NAMES, PROGRAM, TMP, at_rest, end, go_on, gone, in_terminal,
                   press, see, show, skip_without, stop, tell, text,
                   whole_family, write)

ENTROPY = hashlib.sha256(b"coldseal vault secrets").digest()
WORDS, NUMBERS = words_of(ENTROPY)
SEED = keys.seed(WORDS)
MASTER = keys.Key.master(SEED)
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
OUTSIDE = [n for n in NAMES if n != "cs-keeper"]


def coldseal(*args):
    r = subprocess.run([PROGRAM, *args], capture_output=True, timeout=60)
    if r.returncode != 0:
        raise SystemExit("Bail out! %s: %s" % (args, r.stderr))


def keys_of(vault):
    """root, check, body, keys: by another program; {} where it is not there"""
    r = subprocess.run(["/usr/bin/python3", "-c", READER, vault, PASSPHRASE],
                       capture_output=True, text=True)
    return json.loads(r.stdout) if r.returncode == 0 else {}


def moment(fam, what, wanted, keeper):
    """keeper: may it hold anything?"""
    at_rest(fam["cs-keeper"])
    stop(fam.values())
    try:
        for name in OUTSIDE:
            f = search.search(fam[name], wanted)
            tell("%s: nothing of it in %s" % (what, name), not f,
                 search.said(f))
        f = search.search(fam["cs-keeper"], wanted)
        never = {n: w for n, w in f.items()
                 if n.startswith(("passphrase", "words", "entropy", "vault "
                                  "root")) or not keeper}
        tell("%s: in the keeper nothing %s" % (what, "of passphrase and words"
             if keeper else "at all"), not never, search.said(never))
    finally:
        go_on(fam.values())


def terminal(vault, wanted):
    stick = os.path.join(TMP, "stick")
    os.mkdir(stick)
    write("stick/pay.psbt", unsigned(MASTER, 3))
    top = in_terminal("--stick", stick, "--network", "regtest", "--vault",
                      vault, "--passphrase", os.path.join(TMP, "pass"))
    fam = whole_family(top)
    tell("the vault's key reads the stick", see(r"To review and sign \(1\)"),
         show())
    moment(fam, "open", wanted, True)
    press("Enter")
    tell("the page is shown", see("@@ pay @@") and see("allow"), show())
    moment(fam, "page", wanted, True)
    press("Escape")
    see(r"To review and sign \(1\)")
    press("l")
    tell("the lock key locks", see("All keys are wiped"), show())
    fam = whole_family(top)
    moment(fam, "locked", wanted, False)
    press("q", "Enter")
    see("ended 0")
    tell("and no process stays", not gone(fam.values()))


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
        mine = search.search(os.getpid(), wanted)
        tell("the control: this test, which holds them all, is found out",
             {"passphrase", "master key", "words"} <= set(mine),
             search.said(mine))
        terminal(vault, wanted)
    finally:
        code = end()
    return code


if __name__ == "__main__":
    sys.exit(main())
