#!/usr/bin/env python3
"""age.py BUILD: backups of ours opened by the age program, and its by us.
Speaks TAP.
"""
import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path[:0] = [os.path.join(ROOT, "tests", "e2e")]
sys.dont_write_bytecode = True
from newkeys import Terminal                            # noqa: E402

BUILD = sys.argv[1] if len(sys.argv) > 1 else os.path.join(ROOT, "build")
PROGRAM = os.path.abspath(os.path.join(BUILD, "coldseal"))
TMP = tempfile.mkdtemp(prefix="coldseal-age-")
ABANDON = "abandon " * 11 + "about"
MONERO = ("heels sword dullness otter duties archer poker icing drunk putty "
          "tonic geyser binocular pledge vague enlist fazed dual fictional "
          "virtual pigment cousin money movement duties")
WALLET = "wpkh([73c5da0a/84h/0h/0h]xpub/<0;1>/*)#checksum\n"
PASS = "correct horse, battery"
done = failed = 0


def tell(what, good, why=""):
    global done, failed
    done += 1
    failed += not good
    print("%sok %d - %s" % ("" if good else "not ", done, what), flush=True)
    if not good:
        print("# " + repr(why)[-700:])


def file(name, text):
    path = os.path.join(TMP, name)
    with open(path, "w") as f:
        f.write(text)
    return path


def ours(*args):
    r = subprocess.run([PROGRAM, "backup", *args], capture_output=True,
                       text=True, timeout=120)
    return r.returncode, r.stdout, r.stderr


def theirs(*args, passphrase=PASS, out=None):
    """age asks on a terminal alone"""
    t = Terminal(shutil.which("age"), *args)
    while t.see(b"assphrase", 10) is not None:
        t.send(passphrase + "\n")
        if t.see(b"\n", 10) is None:
            break
    code = t.code(60)
    if out and os.path.exists(out):
        with open(out) as f:
            return code, f.read()
    return code, t.out.decode()


def exported(words, *more):
    r = subprocess.run([PROGRAM, "export", "--words", words, *more],
                       capture_output=True, text=True, timeout=120)
    return r.stdout


def seal():
    pp, wallet = file("pp", PASS + "\n"), file("wallet.txt", WALLET)
    words, monero = file("w", ABANDON + "\noffset\n"), file("m", MONERO)
    made = os.path.join(TMP, "coldseal-backup.age")
    got = ours("age", wallet, "--passphrase", pp, "-o", TMP)
    tell("wallets alone: written", got == (0, "written: coldseal-backup.age\n",
                                           ""), got)
    out = os.path.join(TMP, "opened")
    tell("age opens it", theirs("-d", "-o", out, made, out=out) ==
         (0, WALLET))
    with open(made, "rb") as f:
        tell("nothing of it can be read without", b"wpkh" not in f.read())
    os.unlink(out)
    code, _ = theirs("-d", "-o", out, made, passphrase="another one")
    tell("control: age does not with another passphrase", code != 0 and
         not os.path.exists(out))
    got = ours("age", wallet, "--keys", "--words", words, "--words", monero,
               "--passphrase", pp, "-o", TMP)
    tell("with keys: another name", got[1] ==
         "written: coldseal-backup-2.age\n", got)
    made = os.path.join(TMP, "coldseal-backup-2.age")
    code, text = theirs("-d", "-o", out, made, out=out)
    lines = [x for x in text.splitlines() if x[:1] != "#"]
    tell("age opens it, and each key is a line that we take", code == 0 and
         len(lines) == 3 and exported(file("one", lines[0])) ==
         exported(words) != "" and lines[2] + "\n" == WALLET, text)
    same = exported(made, "--passphrase", pp)
    tell("and the file itself is taken where words are", exported(words) in
         same and same != "", same)
    got = ours("open", made, "--passphrase", pp)
    tell("opened by us: the rest of it, and which keys are in it",
         got[:2] == (0, WALLET) and got[2].count(" is in it") == 2, got)
    got = ours("open", made, "--passphrase", file("no", "not the one\n"))
    tell("another passphrase opens nothing", got[0] == 2 and got[1] == "" and
         "passphrase" in got[2], got)


def open_theirs():
    pp, plain = file("pp", PASS + "\n"), file("plain", WALLET * 300)
    made = os.path.join(TMP, "theirs.age")
    code, said = theirs("-p", "-o", made, plain)
    tell("age writes one", code == 0 and os.path.exists(made), said)
    got = ours("open", made, "--passphrase", pp)
    tell("and we open it", got == (0, WALLET * 300, ""), got)
    theirs("-p", "-a", "-o", made + ".txt", plain)
    got = ours("open", made + ".txt", "--passphrase", pp)
    tell("not as armored text", got[0] == 2 and got[1] == "", got)
    r = subprocess.run(["age-keygen"], capture_output=True, text=True)
    to = r.stdout.split("public key: ")[1].split()[0]
    subprocess.run(["age", "-r", to, "-o", made + ".key", plain], check=True)
    got = ours("open", made + ".key", "--passphrase", pp)
    tell("nor one for a key", got[0] == 2 and got[1] == "", got)


def main():
    if shutil.which("age") is None:
        print("ok 1 - the age program # SKIP it is not installed\n1..1")
        return 0
    try:
        seal()
        open_theirs()
    finally:
        shutil.rmtree(TMP)
    print("1..%d" % done)
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
