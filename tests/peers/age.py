#!/usr/bin/env python3
"""age.py BUILD: backups of ours opened by the age program, and its by us.
Speaks TAP.
"""
import json
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
    named = "# file of 1 line: wallet.txt\n" + WALLET
    tell("age opens it", theirs("-d", "-o", out, made, out=out) ==
         (0, named))
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
         got[:2] == (0, named) and got[2].count(" is in it") == 3, got)
    more = os.path.join(TMP, "more")
    os.mkdir(more)
    got = ours("open", made, "--passphrase", pp, "-o", more)
    tell("-o: what was added, as a file again", got[:2] ==
         (0, "written: wallet.txt\n") and
         open(os.path.join(more, "wallet.txt")).read() == WALLET, got)
    got = ours("open", made, "--passphrase", file("no", "not the one\n"))
    tell("another passphrase opens nothing", got[0] == 2 and got[1] == "" and
         "passphrase" in got[2], got)


def cli(*args):
    r = subprocess.run([PROGRAM, *args], capture_output=True, text=True,
                       timeout=120)
    return r.returncode, r.stdout, r.stderr


def vault(name, words, vp, *wallets):
    path = os.path.join(TMP, name)
    cli("vault", "create", path, "--words", words, "--name", "Main",
        "--cost", "19,2", "--passphrase", vp)
    for w in wallets:
        cli("vault", "add", path, os.path.join(ROOT, "tests", "wallets", w),
            "--yes", "--network", "regtest", "--passphrase", vp)
    return path


def kept(path, vp):
    """its wallets, without their numbers"""
    lines = cli("vault", "list", path, "--passphrase", vp)[1].splitlines()
    return [x.split(" ", 1)[1] for x in lines if " wallet " in x]


def whole():
    """a vault's wallets and labels: read with age, grep and sed alone; put
    back into another vault"""
    vp, bp = file("vp", "of the vault alone\n"), file("pp", PASS + "\n")
    words = file("w", ABANDON + "\n")
    v = vault("a.vault", words, vp, "coldcard.txt", "decaying.txt")
    addr = "bcrt1q6rhpng9evdsfnn833a4f4vej0asu6dk5srld6x"
    cli("vault", "label", v, "addr " + addr, 'rent, "2026"', "--passphrase",
        vp)
    pair = ("--passphrase", vp, "--backup-passphrase", bp)
    out = os.path.join(TMP, "whole")
    os.mkdir(out)
    got = ours("age", "--vault", v, *pair, "-o", out)
    tell("what a vault knows: collected by itself", got[:2] ==
         (0, "written: coldseal-backup.age\n") and "2 wallets, 1 label" in
         got[2], got)
    made = os.path.join(out, "coldseal-backup.age")
    plain = os.path.join(TMP, "plain")
    code, text = theirs("-d", "-o", plain, made, out=plain)

    def tool(*args):
        return subprocess.run([*args, plain], capture_output=True,
                              text=True).stdout.splitlines()
    mine = kept(v, vp)
    found = tool("grep", "-E", r"^(wsh|tr).*#[a-z0-9]{8}$")
    tell("age and grep: each wallet is a line with its checksum", code == 0 and
         len(found) == 2 and all(f in m for f, m in zip(found, mine)), text)
    tell("age and grep: each label is a line of BIP329",
         [json.loads(x) for x in tool("grep", "^{")] ==
         [{"type": "addr", "ref": addr, "label": 'rent, "2026"'}], text)
    bsms = tool("sed", "-n", "/^BSMS 1.0/,/^bcrt1/p")
    tell("age and sed: each wallet is a BSMS record", len(bsms) == 8, bsms)
    page = cli("look", file("one.bsms", "\n".join(bsms[:4]) + "\n"),
               "--network", "regtest", "--words", words)
    tell("which is taken as one", page[0] == 0 and "any 2 of" in page[1],
         page)
    b = vault("b.vault", words, vp)
    got = ours("open", made, "--vault", b, *pair)
    tell("restoring shows each wallet's page, and waits", got[0] != 0 and
         got[1].count("@@ import @@") >= 2 and kept(b, vp) == [], got)
    got = ours("open", made, "--vault", b, *pair, "--yes")
    tell("agreed to: the wallets are as they were, with their names",
         kept(b, vp) == mine and "Family vault" in mine[0], (got, mine))
    got = cli("vault", "list", b, "--passphrase", vp)
    tell("and so are the labels", 'label addr %s rent, "2026"' % addr in
         got[1], got)
    r = ours("age", "--vault", vault("c.vault", words, vp), *pair, "-o", TMP)
    tell("a vault that knows nothing is said to", r[0] == 1 and
         "no wallet" in r[2], r)


def keys_back():
    """keys: kept in a vault only where that is said"""
    vp, bp = file("vp", "of the vault alone\n"), file("pp", PASS + "\n")
    words, other = file("w", ABANDON + "\n"), file("m", MONERO)
    v = vault("d.vault", words, vp)
    pair = ("--passphrase", vp, "--backup-passphrase", bp)
    out = os.path.join(TMP, "keys")
    os.mkdir(out)
    ours("age", "--keys", "--words", words, "--words", other, "--passphrase",
         bp, "-o", out)
    made = os.path.join(out, "coldseal-backup.age")

    def has():
        return cli("vault", "list", v, "--passphrase", vp)[1].count(" key ")
    got = ours("open", made, "--vault", v, *pair)
    tell("keys are not kept unasked", got[0] == 0 and has() == 1, got)
    got = ours("open", made, "--vault", v, *pair, "--keys")
    tell("--keys keeps those that are not there", got[0] == 0 and has() == 2
         and "in the vault already" in got[2], got)


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
        whole()
        keys_back()
        open_theirs()
    finally:
        shutil.rmtree(TMP)
    print("1..%d" % done)
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
