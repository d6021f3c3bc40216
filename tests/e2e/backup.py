#!/usr/bin/env python3
"""backup.py PROGRAM: shares, children and the rehearsal by the whole program, on
a terminal of this test: each secret is shown when it is asked for and is then
cleared off the screen; what was written down gives the key again, and half of
it gives nothing.  Speaks TAP.
"""
import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
sys.dont_write_bytecode = True
from backups import CLEAR, make, rehearse, reveal, write    # noqa: E402
from newkeys import Terminal, rolled                        # noqa: E402

PROGRAM = os.path.abspath(sys.argv[1])
TMP = tempfile.mkdtemp(prefix="coldseal-backup-")
ABANDON = "abandon " * 11 + "about"
SEED16 = "ms10testsxxxxxxxxxxxxxxxxxxxxxxxxxx4nzvca9cmczlw"
MONERO = ("heels sword dullness otter duties archer poker icing drunk putty "
          "tonic geyser binocular pledge vague enlist fazed dual fictional "
          "virtual pigment cousin money movement duties")
XOR = ("romance wink lottery autumn shop bring dawn tongue range crater truth "
       "ability miss spice fitness easy legal release recall obey exchange "
       "recycle dragon room",
       "xor lion misery divide hurry latin fluid camp advance illegal lab "
       "pyramid unaware eager fringe sick camera series noodle toy crowd jeans "
       "select depth lounge",
       "xor vault nominee cradle silk own frown throw leg cactus recall talent "
       "worry gadget surface shy planet purpose coffee drip few seven term "
       "squeeze educate")
WHOLE = ("silent toe meat possible chair blossom wait occur this worth option "
         "bag nurse find fish scene bench asthma bike wage world quit primary "
         "indoor")
done = failed = 0


def tell(what, good, why=""):
    global done, failed
    done += 1
    failed += not good
    print("%sok %d - %s" % ("" if good else "not ", done, what), flush=True)
    if not good:
        print("# " + repr(why)[-700:])


def file(name, *lines):
    return write(TMP, name, *lines)


def shares(name, words, args, n, each, enough, few):
    """made, put together, rehearsed; and fewer than needed"""
    got, code, out = make(PROGRAM, words, *args)
    tell("%s: %d shares, each of %d, on a clear screen at the end" %
         (name, n, each), code == 0 and len(got) == n and None not in got and
         all(max(len(s.split()), len(s) * (" " not in s)) == each
             for s in got) and out.rfind(CLEAR) > out.rfind(b"on paper"),
         (code, got, out[-200:]))
    some = file("some", *[got[i] for i in enough])
    tell("%s: so many are the key" % name,
         rehearse(PROGRAM, words, some)[:2] ==
         (0, "yes: this is key " + key_of(words)), rehearse(PROGRAM, words,
                                                            some))
    tell("%s: and load it, where no word is" % name,
         key_of(some) == key_of(words), key_of(some))
    some = file("some", *[got[i] for i in few])
    code, said, why = rehearse(PROGRAM, words, some)
    tell("%s: fewer are refused" % name, code == 2 and said == "" and
         "are here" in why, (code, said, why))
    return got


def key_of(words):
    """its fingerprint, as a descriptor has it"""
    r = subprocess.run([PROGRAM, "export", "--words", words],
                       capture_output=True, text=True, timeout=60)
    i = r.stdout.find("[")
    return r.stdout[i + 1:i + 9] if i >= 0 else r.stderr


def make_and_recover():
    a, s = file("abandon", ABANDON), file("seed16", SEED16)
    shares("SLIP-39 of words", a, ["--shares", "2of3"], 3, 59, (2, 0), (1,))
    got = shares("SLIP-39 of a seed of 16 bytes", s,
                 ["--format", "slip39", "--shares", "3of5"], 5, 20, (4, 1, 2),
                 (0, 3))
    shares("SLIP-39 in groups", s, ["--shares", "1of1,2of3", "--groups", "2"],
           4, 20, (0, 1, 3), (1, 2))
    shares("codex32 shares", s, ["--format", "codex32", "--shares", "2of3"],
           3, 48, (0, 2), (1,))
    code = rehearse(PROGRAM, a, file("some", *got))
    tell("five of another key: no, and nothing else",
         code[:2] == (3, "no: this is another key"), code)
    out, code, _ = make(PROGRAM, s, "--format", "codex32")
    tell("codex32, the seed itself, without shares", code == 0 and
         len(out) == 1 and key_of(file("some", *out)) == key_of(s), out)


def other_pieces():
    tell("Seed XOR of three is the fourth", key_of(file("xor", *XOR)) ==
         key_of(file("whole", WHOLE)) != "")
    tell("and takes a passphrase as it does", key_of(file("xor", *XOR, "a")) ==
         key_of(file("whole", WHOLE, "a")) != key_of(file("whole", WHOLE)))
    r = rehearse(PROGRAM, file("abandon", ABANDON), file("bad",
                                                         ABANDON[:-2]))
    tell("a rehearsal says which word is none", r[0] == 2 and
         "word 12" in r[2], r)


def typed(t, *lines):
    for line in lines:
        if t.see(rb"Number \d+: ") is None:
            return
        t.send(line + "\n")


def recovered():
    """pieces typed one after the other, with slips; from a file"""
    s = file("seed16", SEED16)
    got, _, _ = make(PROGRAM, s, "--shares", "1of1,2of3", "--groups", "2",
                     "--backup-passphrase", file("pw", "paper tiger"))
    words = got[1].split()
    wrong = " ".join(words[:11] + ["zero" if words[11] != "zero" else "yoga"] +
                     words[12:])
    t = Terminal(PROGRAM, "backup", "recover")
    typed(t, wrong)
    tell("a wrong word is named by its place",
         t.see(b"share 1, word 12 if one alone is wrong") is not None, t.out)
    typed(t, got[1], got[3], "-", got[2])
    tell("what is missing is said", t.see(
        b"Of group 1 none is here. Group 2 is complete") is not None, t.out)
    typed(t, got[0])
    if t.see(b"The passphrase, if there is one"):
        t.send("paper tiger\n")
    key = key_of(s)
    tell("typed one by one, they are the key", t.code() == 0 and
         ("fingerprint: " + key).encode() in t.out, t.out[-300:])
    tell("nothing of them is left on the screen", t.out.rfind(CLEAR) >
         t.out.rfind(got[0][-20:].encode()))
    t = Terminal(PROGRAM, "backup", "rehearse", "--words", s)
    typed(t, SEED16)
    tell("a rehearsal typed in says yes", t.code() == 0 and
         ("yes: this is key " + key).encode() in t.out, t.out[-300:])
    r = subprocess.run([PROGRAM, "backup", "recover", s], timeout=60,
                       capture_output=True, text=True)
    tell("a file of them, too", r.returncode == 0 and
         "fingerprint: " + key in r.stdout, r)
    r = subprocess.run([PROGRAM, "backup", "recover", file("half", got[1])],
                       capture_output=True, text=True, timeout=60)
    tell("half of a group names what is here", r.returncode == 2 and
         "0 of 2 groups are complete, and of group 2 1 of 2 shares" in
         r.stderr, r)


def bare():
    """a key without words: twenty words a share, which give it again"""
    t = Terminal(PROGRAM, "new", "--seed", "16", "--shares", "2of2", "--dice")
    rolled(t, "62535134123665432261551643214261365421546314255361")
    key = t.see(rb"fingerprint: [0-9a-f]{8}")
    got = []
    while t.see(b"Enter shows it|Try it before you need it").endswith(b"it"):
        t.seen -= len(b"Enter shows it")
        got.append(reveal(t))
        if len(got) == 2:
            break
    r = subprocess.run([PROGRAM, "backup", "recover", file("bare", *got)],
                       capture_output=True, text=True, timeout=60)
    tell("a bare seed: two shares of twenty words, which are it",
         t.code() == 0 and [len(s.split()) for s in got] == [20, 20] and
         key is not None and key[-8:].decode() in r.stdout, (got, r))


def children():
    a = file("abandon", ABANDON)
    t = Terminal(PROGRAM, "backup", "child", "--words", a, "--size", "12")
    got = reveal(t)
    # By other software.
    tell("a child of 12 words", got == "prosper short ramp prepare exchange "
         "stove life snack client enough purpose fold" and t.code() == 0 and
         t.out.rstrip().endswith(b"m/83696968'/39'/0'/12'/0'"), (got, t.out))
    t = Terminal(PROGRAM, "backup", "child", "--words", a, "--format", "hex",
                 "--size", "65")
    tell("of 65 bytes there is none", t.code() == 2, t.out)


def sheet():
    a = file("abandon", ABANDON)
    r = subprocess.run([PROGRAM, "backup", "sheet", "--words", a],
                       capture_output=True, text=True, timeout=60)
    tell("a sheet names the key, and holds no word of it", r.returncode == 0 and
         "Key 73c5da0a" in r.stdout and "wpkh([73c5da0a/" in r.stdout and
         "abandon" not in r.stdout, r)


def refused():
    a = file("abandon", ABANDON)
    for args, want, why in (
            (["make", "--shares", "3of2"], 2, b"range"),
            (["make", "--shares", "1of2"], 2, b"2 or more of up to 16"),
            (["make", "--shares", "x"], 1, b"2of3"),
            (["make", "--shares", "1of1,2of3"], 1, b"--groups N"),
            (["make", "--format", "codex32", "--groups", "2"], 1, b"groups"),
            (["make", "--format", "paper"], 1, b"slip39"),
            (["child", "--format", "paper"], 1, b"xprv")):
        t = Terminal(PROGRAM, "backup", *args, "--words", a)
        tell("refused: %s" % " ".join(args), t.code() == want and
             why in t.out, t.out)
    t = Terminal(PROGRAM, "backup", "make", "--words",
                 file("monero", MONERO))
    tell("of a Monero wallet there are no shares", t.code() == 3 and
         b"its words are its backup" in t.out, t.out)
    r = subprocess.run([PROGRAM, "backup", "make", "--words", a],
                       input=b"\n" * 9, capture_output=True, timeout=20)
    tell("without a terminal nothing is shown", r.returncode == 1 and
         r.stdout == b"", r)
    t = Terminal(PROGRAM, "backup", "make", "--words", a, "--shares", "2of3")
    t.see(b"Enter shows it")
    t.send("\n")
    t.see(b"Enter when it is on paper")
    t.send("\x03")
    tell("Ctrl-C gives up, on a clear screen", t.code() == 1 and
         b"given up" in t.out and t.out.rfind(CLEAR) >
         t.out.rfind(b"on paper"), t.out[-300:])


def main():
    try:
        make_and_recover()
        other_pieces()
        recovered()
        bare()
        children()
        sheet()
        refused()
    finally:
        shutil.rmtree(TMP)
    print("1..%d" % done)
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
