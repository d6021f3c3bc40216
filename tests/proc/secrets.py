#!/usr/bin/env python3
"""secrets.py PROGRAM: where the secrets are, in the memory of all processes.

The real program runs, is stopped at its moments, and every page of every
process is searched: for the words, the passphrase, the entropy, the seed, the
master key and chain code, and the private keys on the way to a signature; as
they are, turned round, as SHA-512 turns them, as HMAC masks them, in hex.
Outside the keeper they are never; in the keeper only while a request is
answered that needs them: a program without the shield is the control.  Speaks
TAP; wants root.
"""
import hashlib
import json
import os
import subprocess
import sys

from search import (control, itself, locked_alone, lock, nowhere, outside,
                    said, search)
from procs import (PROGRAM, TMP, end, family, go_on, gone, in_terminal, press,
                   see, show, skip_without, stat, stop, tell, text, until,
                   whole_family, write)
from needles import (binary_secrets, keys, needles, unsigned, words_of)

PASSPHRASE = "Zq7-kestrel, Umbra"
ENTROPY = hashlib.sha256(b"coldseal secrets").digest()
WORDS, NUMBERS = words_of(ENTROPY)
SEED = keys.seed(WORDS, PASSPHRASE)
MASTER = keys.Key.master(SEED)
NEEDLES = needles(WORDS, NUMBERS, binary_secrets(ENTROPY, SEED), PASSPHRASE)


# --- the terminal ----------------------------------------------------------

def last_four(path):
    """what agreeing asks for: the end of the address that is paid"""
    r = subprocess.run([PROGRAM, "look", path, "--json", "--network",
                        "regtest"], capture_output=True)
    return [x["to"] for x in json.loads(r.stdout)["rows"]
            if x["kind"] == "pay"][0][-4:]


def terminal():
    stick = os.path.join(TMP, "stick")
    os.mkdir(stick)
    path = write("stick/pay.psbt", unsigned(MASTER, 3))
    word = last_four(path)
    words = write("words", WORDS + "\n" + PASSPHRASE + "\n")
    args = ("--stick", stick, "--network", "regtest", "--words", words)
    control(r"To review and sign \(1\)", NEEDLES, {
        "master key", "master chain code", "seed", "numbers of the words"},
            *args)
    top = in_terminal(*args)
    fam = whole_family(top)
    tell("the stick is read", see(r"To review and sign \(1\)"), show())
    nowhere(fam, "open", NEEDLES)
    press("Enter")
    tell("the page is shown", see("@@ pay @@") and see("allow"), show())
    fam = family(top)
    nowhere(fam, "page", NEEDLES)
    press("a")
    see("Type the last 4")
    nowhere(fam, "agreeing", NEEDLES)
    text(word)
    press("Enter")
    tell("it is signed", see("safe to remove the stick"), show())
    nowhere(fam, "signed", NEEDLES)
    press("Enter")
    see("just now")
    lock(top, "signed", NEEDLES)


def typed_in():
    """at the keyboard; a passphrase may follow, so until the owner goes on
    from the fingerprint the front keeps the words, in locked memory alone"""
    top = in_terminal("--stick", os.path.join(TMP, "stick"), "--network",
                      "regtest")
    fam = whole_family(top)
    see("Enter words")
    press("Enter")
    see("The words of your key")
    for w in WORDS.split():
        text(w + " ")
    tell("typed: the fingerprint", see(
        keys.Key.master(keys.seed(WORDS)).fp.hex()), show())
    f = search(fam["cs-front"], NEEDLES)
    tell("typed: the front keeps the words, in locked memory alone",
         set(f) == {"words"} and locked_alone(fam["cs-front"], f), said(f))
    press("p")
    see("arrive as it is printed")
    press("Enter", "Tab")
    text(PASSPHRASE)
    press("Enter")
    tell("typed: and with the passphrase", see("with the passphrase"), show())
    press("Enter")
    see(r"(?s)keys [0-9a-f]{8} [0-9a-f]{8} +files.*Signed already")
    nowhere(fam, "typed, at home", NEEDLES)
    lock(top, "typed", NEEDLES)


# --- the command line ------------------------------------------------------

def command(*args, **kw):
    return subprocess.Popen([PROGRAM, *args, "--network", "regtest"],
                            stderr=subprocess.PIPE, **kw)


def writer(fifo):
    """once somebody reads there: who comes to it has done what comes before"""
    def opened():
        try:
            return open(os.open(fifo, os.O_WRONLY | os.O_NONBLOCK), "w")
        except OSError:
            return None
    return until(opened)


def between_two_keys(words):
    """the first key is open while the front waits for the second"""
    fifo = os.path.join(TMP, "fifo")
    os.mkfifo(fifo)
    p = command("address", "--words", words, "--words", fifo,
                stdout=subprocess.DEVNULL)
    fam = whole_family(p.pid)
    f = writer(fifo)
    tell("command line: the first words are loaded", f)
    nowhere(fam, "one key loaded", NEEDLES)
    with f:
        f.write(keys.MNEMONICS["C"] + "\n")
    tell("and it goes on to its end", p.wait(20) == 0, p.stderr.read())
    tell("and no process stays", not gone(fam.values()))


def through_a_pipe():
    """words as somebody else might write them, then some that are refused"""
    fifo = os.path.join(TMP, "fifo2")
    os.mkfifo(fifo)
    p = command("address", "--words", "-", "--words", fifo,
                stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    fam = whole_family(p.pid)
    p.stdin.write(("  " + WORDS.upper() + "\r\n" + PASSPHRASE).encode())
    p.stdin.close()
    f = writer(fifo)
    tell("command line: words in capitals, from a pipe", f)
    upper = {b.upper(): n for b, n in NEEDLES.items() if n == "words"}
    nowhere(fam, "from a pipe", {**NEEDLES, **upper})
    wrong = " ".join(WORDS.split()[::-1])
    with f:
        f.write(wrong + "\n")
    tell("wrong words after them: exit 1", p.wait(20) == 1, p.stderr.read())


def ticks(pid):
    """of the processor, so far; a great many when it is gone"""
    s = stat(pid)
    return s[3] if s else 1 << 30


def while_signing(words):
    """a long file, stopped where it happens to be"""
    path = write("long.psbt", unsigned(MASTER, 5000))
    out = os.path.join(TMP, "out")
    os.mkdir(out)
    p = command("sign", path, "--yes", "-o", out, "--words", words,
                stdout=subprocess.DEVNULL)
    fam = whole_family(p.pid)
    # Until the keeper has answered the front may hold the words; when the
    # clerk works it has.
    until(lambda: ticks(fam["cs-clerk"]) >= 3, 60, 0.001)
    caught, f = 0, {}
    for n in range(200):
        until(lambda: ticks(fam["cs-keeper"]) > n, 60, 0.001)
        if not stop(fam.values()):
            break
        f = {**f, **search(fam["cs-keeper"], NEEDLES)}
        caught += 1
        if caught <= 3:
            outside(fam, "signing, moment %d" % caught, NEEDLES)
        go_on(fam.values())
        if caught >= 3 and "derived key" in f:
            break
    tell("the long file was caught at work, the parent of its keys in the "
         "open (the control)", "derived key" in f, said(f))
    tell("of words and passphrase nothing was", not f.keys() & {
        "words", "passphrase", "entropy", "seed"}, said(f))
    tell("and is signed", p.wait(120) == 0 and len(os.listdir(out)) == 2,
         p.stderr.read())


def main():
    why = skip_without("tmux")
    if why:
        print(why)
        return 0
    try:
        itself(NEEDLES)
        words = write("words2", WORDS + "\n" + PASSPHRASE + "\n")
        terminal()
        typed_in()
        between_two_keys(words)
        through_a_pipe()
        while_signing(words)
    finally:
        code = end()
    return code


if __name__ == "__main__":
    sys.exit(main())
