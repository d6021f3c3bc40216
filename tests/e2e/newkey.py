#!/usr/bin/env python3
"""newkey.py PROGRAM: new keys by the whole program, on a terminal of this test:
the words are those that another program works out, the kernel's randomness is
asked for in one way and is all there is, and where there is none nothing goes
on; words are cleared off the screen and what can be scrolled back to.
Known attacks 31 and 33.  Speaks TAP.
"""
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path[:0] = [HERE, os.path.join(ROOT, "tests", "peers")]
sys.dont_write_bytecode = True
import keys                                             # noqa: E402
import monero_prims as xmr                              # noqa: E402
from newkeys import Terminal, answered, rolled, shown   # noqa: E402

PROGRAM = os.path.abspath(sys.argv[1])
TMP = tempfile.mkdtemp(prefix="coldseal-newkey-")
R50 = "62535134123665432261551643214261365421546314255362"
R99 = R50 + "1453621365241635512436425316241365523146215346215"
CLEAR = b"\x1b[3J"
done = failed = 0

# Stands before the C library's: the same bytes each time; a short question is
# answered by the kernel.  With SPARE it gives so many keys and then nothing.
FAKE = r"""
#define _GNU_SOURCE
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>
ssize_t getrandom(void *p, size_t n, unsigned flags)
{
	static int spare = -1;
	const char *s = getenv("SPARE");
	if (n < 32)
		return syscall(SYS_getrandom, p, n, flags);
	if (spare < 0)
		spare = s ? atoi(s) : 1000;
	if (spare-- == 0) {
		spare = 0;
		errno = EIO;
		return -1;
	}
	memset(p, 0x5a, n);
	return (ssize_t)n;
}
"""


def tell(what, good, why=""):
    global done, failed
    done += 1
    failed += not good
    print("%sok %d - %s" % ("" if good else "not ", done, what), flush=True)
    if not good:
        print("# " + repr(why)[-700:])


def the_list(table, name, line, head=""):
    path = os.path.join(TMP, name)
    with open(os.path.join(ROOT, "core/keys", table)) as f, \
            open(path, "w") as out:
        out.write(head + "".join(
            line % w for w in re.findall(r'"([a-z]+)"', f.read())))
    return path


LIST = the_list("bip39_english_table.c", "english.txt", "%s\n")
# The form of Monero's own source.
HEADER = the_list("monero_english_table.c", "english.h", '        "%s",\n',
                  '#include "language_base.h"\nEnglish(): '
                  'Base("English", "English", {}, 3)\n')


def words_of(e):
    list_ = open(LIST).read().split()
    n = len(e) // 4 * 3
    b = int.from_bytes(e, "big") << n // 3 | \
        hashlib.sha256(e).digest()[0] >> 8 - n // 3
    return [list_[b >> 11 * i & 2047] for i in range(n - 1, -1, -1)]


def monero_words(e):
    with open(HEADER) as f:
        list_ = re.findall(r'"([a-z]+)",\n', f.read())
    return xmr.mnemonic_encode(xmr.enc_sc(xmr.sc(e)), list_)


def fingerprint(words):
    if len(words) < 25:
        return keys.Key.master(keys.seed(" ".join(words))).fp.hex()
    with open(HEADER) as f:
        list_ = re.findall(r'"([a-z]+)",\n', f.read())
    k = xmr.Keys(xmr.sc(xmr.mnemonic_decode(words, list_)))
    return xmr.keccak(k.B + k.A)[:4].hex()


def readme():
    """the very lines that the README gives"""
    with open(os.path.join(ROOT, "README.md")) as f:
        text = f.read().partition("## New keys")[2]
    return [x for x in text.partition("\n## ")[0].splitlines()
            if x.startswith("printf")]


def one_liner(rolls, n):
    sha, words, monero = readme()
    words = words.replace(" 24 english.txt", " %d %s" % (n, LIST))
    if n == 25:
        words = monero.replace(" english.h", " " + HEADER)
    out = [subprocess.run(["sh", "-c", x], env=dict(os.environ, ROLLS=rolls),
                          capture_output=True, text=True).stdout
           for x in (sha, words)]
    return out[0].split()[0], out[1].split()


def made(n, rolls, want, *args, what, env=()):
    t = Terminal(PROGRAM, "new", "--words", str(n), *args, env=env)
    rolled(t, rolls)
    got = t.see(b"Enter when they are on paper") or b""
    tell("%s: the words" % what, shown(got) == want, (want, got))
    at = len(t.out)
    t.send("\n")
    t.see(rb"Word ")
    t.seen -= 5
    tell("%s: then the screen and its scrollback are cleared" % what,
         CLEAR in t.out[at:t.seen], t.out[at:])
    at = t.seen
    fp = answered(t, want)
    tell("%s: the fingerprint, and exit 0" % what, t.code() == 0 and
         fp == fingerprint(want), (fp, t.out[at:]))
    tell("%s: it leaves on a clear screen" % what, CLEAR in t.out[at:])


def dice_only():
    for n, rolls in ((12, R50), (24, R99), (25, R99)):
        sha, want = one_liner(rolls, n)
        made_of = bytes.fromhex(sha)[:n // 3 * 4]
        tell("the README's line, %d words" % n, len(want) == n and
             sha == hashlib.sha256(rolls.encode()).hexdigest() and
             want == (monero_words if n == 25 else words_of)(made_of), want)
        made(n, rolls, want, "--dice", what="dice, %d words" % n)


def fake():
    src, so = os.path.join(TMP, "fake.c"), os.path.join(TMP, "fake.so")
    with open(src, "w") as f:
        f.write(FAKE)
    subprocess.run(["gcc", "-shared", "-fPIC", "-o", so, src], check=True)
    return so


def kernel():
    """known attack 31: all the randomness comes by that one way"""
    so = fake()
    made_of = b"\x5a" * 32 + "".join("d" + c for c in R50).encode()
    sum_ = hashlib.sha256(made_of).digest()
    made(25, R50, monero_words(sum_), what="a Monero wallet of that kernel",
         env=[("LD_PRELOAD", so)])
    want = words_of(sum_)
    made(24, R50, want, what="a kernel that we know",
         env=[("LD_PRELOAD", so)])
    t = Terminal(PROGRAM, "new")
    rolled(t, R50)
    got = shown(t.see(b"Enter when they are on paper") or b"")
    tell("control: with the real one it is another key", len(got) == 24 and
         got != want, got)
    t.send("\x03")
    tell("Ctrl-C gives up, on a clear screen", t.code() == 1 and
         t.out.rstrip().endswith(b"given up") and
         t.out.rfind(CLEAR) > t.out.rfind(b"Enter when"), t.out[-300:])
    # The keeper begins with two, to blind and to shield with; the next is the
    # key's.
    for spare, args in (("0", ()), ("2", ())):
        t = Terminal(PROGRAM, "new", *args, env=[("LD_PRELOAD", so),
                                        ("SPARE", spare)])
        rolled_ = t.see(b"bits: ", 5)
        if rolled_:
            t.send(R50 + "\n")
            t.see(b"bits: ")
            t.send("\n")
        code = t.code(20)
        tell("no randomness after %s: it ends, and no word is shown" % spare,
             code not in (None, 0) and b"Write these" not in t.out and
             (spare == "0" or rolled_), (code, t.out[-300:]))


def refused():
    for rolls, what in (("123456" * 10, "a pattern"), ("1" * 60, "one face"),
                        ("1234" * 3 + "4213" * 12, "missing faces")):
        t = Terminal(PROGRAM, "new", "--words", "12", "--dice")
        rolled(t, rolls)
        tell("attack 33: %s is refused" % what, t.code() == 3 and
             b"not such as fair dice give" in t.out, t.out[-300:])
    t = Terminal(PROGRAM, "new", "--words", "12", "--dice")
    t.see(b"rolls: ")
    t.send(R50[:49] + "\n")
    t.see(b"49 of 50 rolls: ")
    t.send("\n")
    tell("attack 33: 49 are not enough", t.see(b"Not enough yet"), t.out)
    t.send("\x04")
    t.code()
    r = subprocess.run([PROGRAM, "new", "--dice"], input=R99.encode(),
                       capture_output=True, timeout=20)
    tell("without a terminal there are no words", r.returncode == 1 and
         not r.stdout and b"nowhere else" in r.stderr, r)
    for args in (("--words", "13"), ("--words", "12", "--words", "12"),
                 ("x",)):
        r = subprocess.run([PROGRAM, "new", *args], capture_output=True)
        tell("usage: new " + " ".join(args), r.returncode == 1 and
             r.stderr.startswith(b"coldseal: "), r)


def killed():
    """the process that has drawn the words dies: its parent clears them off"""
    t = Terminal(PROGRAM, "new", "--words", "12", "--dice")
    rolled(t, R50)
    t.see(b"Enter when they are on paper")
    at = len(t.out)
    for p in os.listdir("/proc"):
        try:
            with open("/proc/%s/stat" % p) as f:
                s = f.read()
        except OSError:
            continue
        if "(cs-front)" in s and \
                s.rpartition(")")[2].split()[1] == str(t.pid):
            os.kill(int(p), signal.SIGKILL)
    tell("a front that is killed leaves no words on the screen",
         t.code() == 5 and b"\x1b[?1049l" in t.out[at:], t.out[at:])


def screens():
    """the same in the terminal interface"""
    stick = os.path.join(TMP, "stick")
    os.mkdir(stick)
    want = words_of(hashlib.sha256(R50.encode()).digest()[:16])
    for term in ("xterm-256color", "linux"):
        t = Terminal(PROGRAM, "--stick", stick, term=term)
        t.see(b"new key")
        t.send("n")
        t.see(b"change")
        for k, see in (("\x1b[D", b"12"), ("\x1b[B", b"Made"),
                       ("\x1b[C", b"dice")):
            t.send(k.replace("[", "O") if term != "linux" else k)
            t.see(see, 3)
        t.send("\r")
        t.see(b"rolls")
        t.send(R50)
        t.see(b"enough: press Enter")
        t.send("\r")
        got = t.see(b"are on paper.{10}", 8) or b""
        text = re.sub(rb"\x1b\[[\d;?]*[A-Za-z]|\x1b[()].", b" ", got)
        tell("%s: the words stand there" % term, all(
            w.encode() in text for w in want), text)
        at = len(t.out)
        t.send("\r")
        t.see(b"Question")
        tell("%s: and are cleared off, also from the scrollback" % term,
             CLEAR in t.out[at:], t.out[at:])
        at = len(t.out)
        t.send("\x1b")
        t.see(b"again wipes")
        t.send("\x1b")
        t.see(b"talks to nobody")
        t.send("q\r")
        tell("%s: they never come back" % term, t.code() == 0 and
             sum(w.encode() in t.out[at:] for w in want
                 if len(w) > 5) < 2, t.out[at:])


def main():
    try:
        for part in (dice_only, kernel, refused, killed, screens):
            part()
    finally:
        shutil.rmtree(TMP, ignore_errors=True)
    print("1..%d" % done)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
