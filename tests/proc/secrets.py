#!/usr/bin/env python3
"""secrets.py PROGRAM: where the secrets are, in the memory of all processes.

The real program runs, is stopped at its moments, and every page of every
process is searched: for the words, the passphrase, the entropy, the seed, the
master key and chain code, and the private keys on the way to a signature; as
they are, turned round, as SHA-512 turns them, as HMAC masks them, in hex.
Outside the keeper they are never; in the keeper only those it needs, and
after the lock key none at all.  Speaks TAP; wants root.
"""
import hashlib
import json
import os
import subprocess
import sys
import time

from procs import (NAMES, PROGRAM, TMP, at_rest, end, family, go_on, gone,
                   in_terminal, press, see, show, skip_without, stat, stop,
                   tell, text, until, whole_family, write)
from needles import (MORE, OPEN, PART, binary_secrets, keys, needles, number,
                     unsigned, words_of)

PAGE = os.sysconf("SC_PAGE_SIZE")
PASSPHRASE = "Zq7-kestrel, Umbra"
ENTROPY = hashlib.sha256(b"coldseal secrets").digest()
WORDS, NUMBERS = words_of(ENTROPY)
SEED = keys.seed(WORDS, PASSPHRASE)
MASTER = keys.Key.master(SEED)
NEEDLES = needles(WORDS, NUMBERS, binary_secrets(ENTROPY, SEED), PASSPHRASE)


# --- where it is looked for ------------------------------------------------

def present(pid, a, b):
    """the pages of a range that are there at all, in RAM or swapped out"""
    with open("/proc/%d/pagemap" % pid, "rb", 0) as f:
        raw = os.pread(f.fileno(), (b - a) // PAGE * 8, a // PAGE * 8)
    for i in range(len(raw) // 8):
        if raw[i * 8 + 7] & 0xc0:
            yield a + i * PAGE


def memory(pid):
    """(name of the mapping, bytes that stand side by side)"""
    with open("/proc/%d/maps" % pid) as f, \
            open("/proc/%d/mem" % pid, "rb", 0) as mem:
        for line in f.read().splitlines():
            f = line.split(None, 5)
            a, b = (int(x, 16) for x in f[0].split("-"))
            what = f[5] if len(f) > 5 else "anonymous"
            # What was mapped from a library and cannot be written to holds
            # what the library's file holds.
            if what in ("[vsyscall]", "[vvar]") or "w" not in f[1] and \
                    what[0] == "/" and not what.startswith("/memfd:"):
                continue
            run = []
            for page in list(present(pid, a, b)) + [None]:
                if run and page != run[-1] + PAGE:
                    data = pages(mem, run)
                    if data.strip(b"\0"):
                        yield what, run[0], data
                    run = []
                run.append(page)


def pages(mem, run):
    """also what the process itself may not read; a device's are not there"""
    try:
        return os.pread(mem.fileno(), len(run) * PAGE, run[0])
    except OSError:
        return b""


def search(pid, wanted=None):
    """names of the secrets that are there, and where"""
    found = {}
    for what, at, data in memory(pid):
        if data.count(0) > len(data) - PART:
            continue
        for b, name in (wanted or NEEDLES).items():
            i = data.find(b)
            if i >= 0:
                found.setdefault(name, "%s: %s at %x" % (name, what, at + i))
    return found


def said(found):
    return "\n".join(sorted(found.values()))


OUTSIDE = [n for n in NAMES if n != "cs-keeper"]


def outside(fam, moment, wanted=None):
    """nothing of it in the four others"""
    for name in OUTSIDE:
        f = search(fam[name], wanted)
        tell("%s: nothing secret in %s" % (moment, name), not f, said(f))


def keeper_open(fam, moment):
    """the control, and all that the keeper may hold while it is open"""
    f = search(fam["cs-keeper"])
    tell("%s: the keeper holds the master key (the control)" % moment,
         OPEN <= set(f), said(f))
    rest = {n: w for n, w in f.items()
            if n not in OPEN | MORE}
    tell("%s: of the words' letters, passphrase and entropy nothing is left, "
         "nor of work on them" % moment, not rest, said(rest))


def keeper_empty(fam, moment, wanted=None):
    f = search(fam["cs-keeper"], wanted)
    tell("%s: nothing secret in the keeper" % moment, not f, said(f))


def all_of(fam, moment, keeper, wanted=None):
    """keeper: how it is judged, once it has nothing left to do"""
    if keeper is not None:
        at_rest(fam["cs-keeper"])
    stop(fam.values())
    try:
        outside(fam, moment, wanted)
        if keeper is not None:
            keeper(fam, moment)
    finally:
        go_on(fam.values())


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
    top = in_terminal("--stick", stick, "--network", "regtest", "--words",
                      words)
    fam = whole_family(top)
    tell("the stick is read", see(r"To review and sign \(1\)"), show())
    all_of(fam, "open", keeper_open)
    press("Enter")
    tell("the page is shown", see("@@ pay @@") and see("allow"), show())
    fam = family(top)
    all_of(fam, "page", keeper_open)
    press("a")
    see("Type the last 4")
    all_of(fam, "agreeing", keeper_open)
    text(word)
    press("Enter")
    tell("it is signed", see("safe to remove the stick"), show())
    all_of(fam, "signed", keeper_open)
    press("Enter")
    see("just now")
    press("l")
    tell("the lock key locks", see("All keys are wiped"), show())
    fam = whole_family(top)
    all_of(fam, "locked", keeper_empty)
    press("q", "Enter")
    see("ended 0")
    tell("and no process stays", not gone(fam.values()))


def locked_memory(pid, at):
    """does this address stand in memory that is never swapped or dumped?"""
    inside = False
    with open("/proc/%d/smaps" % pid) as f:
        for line in f:
            span = line.split()[0].split("-")
            if len(span) == 2:
                a, b = (int(x, 16) for x in span)
                inside = a <= at < b
            elif inside and line.startswith("VmFlags:"):
                return {"lo", "dd"} <= set(line.split())
    return False


def typed_in():
    """at the keyboard; a passphrase may follow, so until the owner goes on
    from the fingerprint the front keeps the words, in locked memory alone"""
    top = in_terminal("--stick", os.path.join(TMP, "stick"), "--network",
                      "regtest")
    fam = whole_family(top)
    see("enter words")
    press("Enter")
    see("The words of your key")
    for w in WORDS.split():
        text(w + " ")
    tell("typed: the fingerprint", see(
        keys.Key.master(keys.seed(WORDS)).fp.hex()), show())
    f = search(fam["cs-front"])
    tell("typed: the front keeps the words, in locked memory alone",
         set(f) == {"words"} and
         locked_memory(fam["cs-front"], int(f["words"].split()[-1], 16)),
         said(f))
    press("p")
    see("arrive as it is printed")
    press("Enter", "Tab")
    text(PASSPHRASE)
    press("Enter")
    tell("typed: and with the passphrase", see("with the passphrase"), show())
    press("Enter")
    see(r"(?s)keys [0-9a-f]{8} [0-9a-f]{8} +files.*Signed already")
    all_of(fam, "typed, at home", keeper_open)
    press("l")
    tell("typed: the lock key locks", see("All keys are wiped"), show())
    fam = whole_family(top)
    all_of(fam, "typed, locked", keeper_empty)
    press("q", "Enter")
    see("ended 0")


# --- the command line ------------------------------------------------------

def command(*args, **kw):
    return subprocess.Popen([PROGRAM, *args, "--network", "regtest"],
                            stderr=subprocess.PIPE, **kw)


def between_two_keys(words):
    """the first key is open while the front waits for the second"""
    fifo = os.path.join(TMP, "fifo")
    os.mkfifo(fifo)
    p = command("address", "--words", words, "--words", fifo,
                stdout=subprocess.DEVNULL)
    fam = whole_family(p.pid)
    tell("command line: the first words are loaded", until(
        lambda: search(fam["cs-keeper"], MASTER_ONLY)))
    time.sleep(0.2)
    all_of(fam, "one key loaded", keeper_open)
    with open(fifo, "w") as f:
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
    tell("command line: words in capitals, from a pipe", until(
        lambda: search(fam["cs-keeper"], MASTER_ONLY)))
    time.sleep(0.2)
    upper = {b.upper(): n for b, n in NEEDLES.items() if n == "words"}
    all_of(fam, "from a pipe", keeper_open, {**NEEDLES, **upper})
    keeper_empty(fam, "their capitals", upper)
    wrong = " ".join(WORDS.split()[::-1])
    with open(fifo, "w") as f:
        f.write(wrong + "\n")
    tell("wrong words after them: exit 1", p.wait(20) == 1, p.stderr.read())


MASTER_ONLY = {number(MASTER)[:PART]: "master key"}


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
    caught = 0
    for role, n in (("cs-clerk", 3), ("cs-keeper", 3), ("cs-keeper", 12)):
        until(lambda: ticks(fam[role]) >= n, 60, 0.001)
        if not stop(fam.values()):
            break
        caught += 1
        all_of(fam, "signing, moment %d" % caught, None)
    tell("the long file was caught at work", caught > 0)
    tell("and is signed", p.wait(120) == 0 and len(os.listdir(out)) == 2,
         p.stderr.read())


def main():
    why = skip_without("tmux")
    if why:
        print(why)
        return 0
    try:
        mine = search(os.getpid())
        tell("the control: this test, which holds them all, is found out",
             set(mine) == set(NEEDLES.values()), said(mine))
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
