#!/usr/bin/env python3
"""screen.py PROGRAM: the whole program in a real terminal (tmux), with real
key presses: the main job, keys typed in, locks, deaths, sizes, terminals.

Nothing typed may be left in the front's memory; every way out leaves the
terminal as it was.  Speaks TAP.
"""
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from terminal import begin, press, see, show, text, tmux    # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
PROGRAM = os.path.abspath(sys.argv[1])
FIX = os.path.join(os.environ.get("COLDSEAL_FIXTURES",
                                  os.path.join(ROOT, "tests", "fixtures")),
                   "bitcoin")
TMP = tempfile.mkdtemp(prefix="coldseal-screen-")
STICK = os.path.join(TMP, "stick")
WORDS = os.path.join(TMP, "words")
SHELL = os.path.join(TMP, "shell")
TYPED = "legal winner thank year wave sausage worth useful legal winner " \
        "thank yellow".split()
POLYSEED = "raven tail swear infant grief assist regular lamp duck valid " \
           "someone little harsh puppy airport language".split()
done, failed = 0, 0


def tell(what, good, why=""):
    global done, failed
    done += 1
    failed += not good
    print("%sok %d - screen: %s" % ("" if good else "not ", done, what),
          flush=True)
    if not good:
        for line in str(why).splitlines():
            print("# " + line)


def start(*args, env="LANG=C.UTF-8", w=80, h=24, words=True):
    """a fresh stick, a fresh terminal"""
    tmux("kill-server")
    shutil.rmtree(STICK, ignore_errors=True)
    os.mkdir(STICK)
    for f in ("sign/wpkh-in2", "attack/fee-huge", "bad/hex-odd",
              "sign/pkh-sighash-all-acp"):
        shutil.copy(os.path.join(FIX, f + ".psbt"), STICK)
    cmd = [PROGRAM, "--stick", STICK, "--network", "regtest", *args]
    cmd += ["--words", WORDS] if words else []
    with open(SHELL, "w") as f:
        f.write("#!/bin/sh\nenv %s %s\necho ended $?\n"
                "stty -a | grep -o -e ' icanon' -e ' echo ' | wc -l\n"
                "sleep 60\n" % (env, " ".join(cmd)))
    os.chmod(SHELL, 0o755)
    begin(SHELL, w, h)


def pids():
    """parent, keeper, clerk, mounter, front"""
    out = subprocess.run(["pgrep", "-f", "^%s --stick %s" %
                          (PROGRAM, STICK)], capture_output=True, text=True)
    return sorted(int(p) for p in out.stdout.split())


def terminal_is_whole(code):
    return see("ended %d\n *2" % code)


def main_job():
    start()
    tell("the stick is read at once", see(r"To review and sign \(2\)"),
         show())
    press("Down", "Enter")
    tell("the page", see("lines 1-[0-9]+ of [0-9]+, end") and
         see("@@ pay @@") and see("allow"), show())
    press("a")
    see("Type the last 4")
    text("zzzz")
    press("Enter")
    tell("wrong characters sign nothing", see("not what was asked for") and
         len(os.listdir(STICK)) == 4, show())
    text("th6c")
    press("Enter")
    tell("signed and written", see("safe to remove the stick"), show())
    for name in ("wpkh-in2-signed.psbt", "wpkh-in2-final.txn"):
        tell("%s lies on the stick" % name,
             os.path.exists(os.path.join(STICK, name)), os.listdir(STICK))
    press("Enter")
    tell("known as signed", see("just now, as wpkh-in2-signed"), show())
    press("q", "Enter")
    tell("leaving gives the terminal back", terminal_is_whole(0), show())
    tell("no process stays", pids() == [], pids())


def message():
    start()
    see(r"To review and sign \(2\)")
    with open(os.path.join(STICK, "a-message.txt"), "w") as f:
        f.write("I own this.\nm/84'/1'/0'/0/0\np2wpkh\n")
    press("r")
    tell("a message among the files", see("words to sign: I own this"),
         show())
    press("Home", "Enter")
    tell("its page has words and no sums", see("│ I own this") and
         see("nothing is spent") and "before" not in show(), show())
    press("a")
    see("Type the word agree")
    tell("the words once more", see("│ I own this"), show())
    text("agree")
    press("Enter")
    tell("signed as a text", see("a-message-signed.txt") and
         see("safe to remove the stick"), show())
    signed = os.path.join(STICK, "a-message-signed.txt")
    tell("with its address", os.path.exists(signed) and
         "\nbcrt1q6rz28mcfaxtmd6v789l9rrlrusdprr9pz3cppk\n" in
         open(signed).read(), os.listdir(STICK))
    press("Enter")
    see("just now, as a-message-signed")
    press("q", "Enter")
    tell("and the terminal is whole", terminal_is_whole(0), show())


def warned():
    start()
    see(r"To review and sign \(2\)")
    press("Enter")
    see("WARN btc.sighash.anyonecanpay")
    press("a")
    see("type its name")
    text("y")
    press("Enter")
    tell("a warning wants its name", see("not its name"), show())
    press("BSpace")
    text("sighash.anyonecanpay")
    press("Enter")
    tell("its name accepts it", see("Type the last 4"), show())
    press("Escape")
    see("do not sign")
    press("Escape")
    see("To review and sign")
    press("Down", "Down", "Enter")
    tell("what is refused has no way to agree", see("no way to sign") and
         "a agree" not in show(), show())


def residue(pid):
    """words in writable memory, whatever lies between two letters"""
    found = set()
    with open("/proc/%d/mem" % pid, "rb", 0) as mem, \
            open("/proc/%d/maps" % pid) as maps:
        for line in maps:
            m = re.match("([0-9a-f]+)-([0-9a-f]+) rw", line)
            a, b = (int(x, 16) for x in m.groups()) if m else (0, 0)
            if not m or b - a > 1 << 26:
                continue
            try:
                mem.seek(a)
                data = mem.read(b - a)
            except OSError:
                continue
            for step in (1, 4, 8, 28):
                for off in range(step):
                    part = data[off::step]
                    found |= {w for w in set(TYPED[1:]) | {"Pa55phrase"}
                              if w.encode() in part}
    return found


def type_words():
    see("Enter words")
    press("Enter")
    see("The words of your key")
    for w in TYPED:
        text(w + " ")
    see("If these 12 are all")
    press("Tab")


def typed():
    start(words=False)
    type_words()
    see("legal")
    front = pids()[-1]
    readable = os.geteuid() == 0
    if readable:
        tell("the control: words on the screen are in memory",
             len(residue(front)) > 5, residue(front))
    press("Enter")
    tell("the fingerprint comes first", see("b8688df1"), show())
    press("p")
    tell("the keyboard is tested once", see("arrive as it is printed"),
         show())
    press("Enter", "Tab")
    text("Pa55phrase")
    press("Enter")
    tell("and the fingerprint again", see("with the passphrase"), show())
    press("Enter")
    tell("both keys stand at the top", see("keys b8688df1 [0-9a-f]{8}"),
         show())
    if readable:
        see("Skipped|Not for the keys")
        tell("nothing typed is left in the front's memory",
             not residue(front), residue(front))
    press("l")
    tell("locking wipes", see("All keys are wiped") and see("no key"),
         show())


def behind_escape():
    """a key that comes in one go with Escape, where secrets are scrubbed"""
    start(words=False)
    see("Enter words")
    press("Enter")
    see("The words of your key")
    text("ab")
    see(r"1\s+ab")
    press("M-q")
    tell("Escape and a key behind it leave the words", see("Enter words") and
         "The words of your key" not in show(), show())
    press("?")
    tell("and the next keys are heard", see("Esc back|any key"), show())


def polyseed():
    """The 16 words of the reference implementation, and the first address
    that another wallet makes of them; an integrated one of it."""
    start("--network", "main", words=False)
    see("Enter words")
    press("Enter", "F2")
    see("F2: The 16 words")
    press("F2")
    tell("polyseed: 16 words are asked for",
         see("The 16 words of your Monero wallet") and see("Four letters"),
         show())
    for i, w in enumerate(POLYSEED[:15]):
        text(w[:4] + " ")
        see(r"Word %d\b" % (i + 2))
    text("legal ")
    tell("polyseed: another last word is refused",
         see("together they are not right"), show())
    press("BSpace")
    see(r"Word 16\b")
    text(POLYSEED[15] + " ")
    tell("polyseed: they are a wallet", see("16 words of Monero"), show())
    press("Enter")
    see("Not for the keys")
    press("v")
    tell("polyseed: its first address", see("47Aj Pj7D VPQV GGXJ"),
         show())
    press("i")
    see("Which payment id")
    text("0123456789abcdef")
    press("Enter")
    tell("polyseed: an integrated address", see("payment id 0123456789abcdef")
         and see(r"0  4[A-Z]"), show())
    press("Home")
    tell("polyseed: and the list again", see("0 is the main address"), show())
    press("e")
    see("monero-view")
    press("Enter")
    tell("polyseed: from when on is asked", see("Restore height"), show())


def deaths():
    for i, name in ((1, "keeper"), (2, "clerk"), (3, "mounter")):
        start()
        see("To review")
        os.kill(pids()[i], signal.SIGKILL)
        tell("death of the %s is said" % name, see("The %s, which" % name),
             show())
        tell("and the terminal given back", terminal_is_whole(5), show())
        tell("and no process stays", pids() == [], pids())
    for sig in (signal.SIGTERM, signal.SIGHUP):
        start()
        see("To review")
        os.kill(pids()[0], sig)
        tell("signal %d ends all in order" % sig, see("ended [0-9]+\n *2") and
             pids() == [], show())


def terminals():
    start("--idle", "2")
    tell("left alone it locks", see("Locked"), show())
    start()
    see("To review")
    tmux("resize-window", "-x", "60", "-y", "20")
    tell("too small says so", see("needs 80 columns"), show())
    tmux("resize-window", "-x", "120", "-y", "40")
    tell("and comes back", see("To review"), show())
    for env in ("TERM=linux", "TERM=vt100", "TERM=screen",
                "TERM=xterm-256color", "NO_COLOR=1", "LANG=C LC_ALL=C"):
        start(env=env)
        see("To review")
        press("Down", "Enter")
        good = see("@@ pay @@")
        tell("the page with " + env, good, show())
        if env in ("TERM=vt100", "LANG=C LC_ALL=C"):
            tell("in ASCII alone", show().isascii(), show())
    start(env="TERM=nosuch")
    tell("an unknown terminal is named", see("no terminal that it can draw"),
         show())


def main():
    if shutil.which("tmux") is None:
        print("1..0 # SKIP no tmux")
        return 0
    with open(WORDS, "w") as f:
        f.write("abandon " * 11 + "about\n")
    try:
        for part in (main_job, message, warned, typed,
                     behind_escape, polyseed, deaths, terminals):
            part()
    finally:
        tmux("kill-server")
        shutil.rmtree(TMP, ignore_errors=True)
    print("1..%d" % done)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
