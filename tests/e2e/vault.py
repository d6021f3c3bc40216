#!/usr/bin/env python3
"""vault.py PROGRAM: the vault on the command line, from the first passphrase
to the last line of its log.  Speaks TAP.
"""
import hashlib
import json
import os
import pty
import re
import select
import shutil
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, os.path.join(ROOT, "tests", "peers"))
sys.dont_write_bytecode = True
import keys                                             # noqa: E402
from descsum import checksum                           # noqa: E402

PROGRAM = os.path.abspath(sys.argv[1])
READER = os.path.join(ROOT, "tests", "peers", "vault_reader.py")
FIX = os.path.join(os.environ.get("COLDSEAL_FIXTURES",
                                  os.path.join(ROOT, "tests", "fixtures")),
                   "bitcoin")
MANIFEST = json.load(open(os.path.join(FIX, "manifest.json")))
TMP = tempfile.mkdtemp(prefix="coldseal-vault-")
PASS = "correct horse battery staple"
CHEAP = ("--cost", "19,2")
done = failed = 0


def tell(what, good, why=""):
    global done, failed
    done += 1
    failed += not good
    print("%sok %d - %s" % ("" if good else "not ", done, what))
    if not good:
        print("# " + str(why)[:800])


def path(name):
    return os.path.join(TMP, name)


def write(name, text):
    with open(path(name), "wb") as f:
        f.write(text if isinstance(text, bytes) else text.encode())
    return path(name)


P = write("pass", PASS + "\n")
NEW = write("new", "quite another passphrase\n")
WRONG = write("wrong", "not the right one\n")
A = write("a.words", keys.MNEMONICS["A"] + "\n")
XMR = write("x.words", "10" + 61 * "0" + "1\n")
V = path("main.vault")


def run(*args, passphrase=P, network="regtest"):
    more = ["--passphrase", passphrase] if passphrase else []
    more += ["--network", network] if network else []
    r = subprocess.run([PROGRAM, *args, *more], capture_output=True,
                       timeout=120, cwd=TMP)
    return r.returncode, r.stdout.decode(), r.stderr.decode()


def vault(verb, *args, file=V, **kw):
    return run("vault", verb, file, *args, network=None, **kw)


def lines(verb, *args, **kw):
    return vault(verb, *args, **kw)[1].splitlines()


def fix(name):
    return os.path.join(FIX, name + ".psbt")


def read(name):
    with open(name, "rb") as f:
        return f.read()


def reader(file=V, passphrase=PASS):
    r = subprocess.run([READER, file, passphrase], capture_output=True,
                       text=True)
    return json.loads(r.stdout) if r.returncode == 0 else r.stderr


def have_nacl():
    return subprocess.run(["/usr/bin/python3", "-c", "import nacl"],
                          capture_output=True).returncode == 0


def made():
    rc, out, err = vault("create", *CHEAP)
    tell("a vault is made", rc == 0 and "19 MiB" in out, (rc, out, err))
    tell("of a size that says nothing", os.path.getsize(V) == 2 << 20)
    rc, out, err = vault("create", *CHEAP)
    tell("and not over another", rc == 1 and "already" in err, (rc, err))
    rc, out, err = vault("create", *CHEAP, "--words", A, "--name", "First",
                         file=path("with"))
    tell("with a key in it from the beginning", rc == 0 and " First" in
         vault("list", file=path("with"))[1], (rc, out, err))
    rc, out, err = vault("create", *CHEAP, file=path("x"),
                         passphrase=write("short", "seven77\n"))
    tell("a passphrase of seven letters is too short", rc == 2 and
         "8 to 256" in err and not os.path.exists(path("x")), (rc, err))
    was = os.times()
    rc, out, err = vault("create", file=path("x"), passphrase=path("short"))
    now = os.times()
    tell("and nothing is measured for it", rc == 2 and "8 to 256" in err and
         now.children_user - was.children_user < 0.3, (rc, err, was, now))
    for bad in ("18,2", "19,1", "2048,2", "1024,17"):
        rc, out, err = vault("create", "--cost", bad, file=path("x"))
        tell("a cost of %s is out of bounds" % bad, rc == 2 and
             not os.path.exists(path("x")) and "19 to 1024 MiB" in err, (rc, err))


def keys_kept():
    rc, out, err = vault("add", "--words", A, "--name", "Main")
    tell("a key goes in, and is named", rc == 0 and
         "the key 73c5da0a now, called Main" in out, (rc, out, err))
    rc, out, err = vault("add", "--words", A, "--name", "Again")
    tell("once", rc == 2 and "the vault has it already" in err, (rc, err))
    rc, out, err = vault("add", "--words", XMR)
    tell("a Monero wallet, too, under its fingerprint", rc == 0, (rc, err))
    rc, out, err = vault("add", "--words", A, "--name", "a\x1bb")
    tell("a name that steers a terminal does not", rc == 2 and
         "plain" in err, (rc, err))
    l = lines("list")
    tell("they are listed", len(l) == 4 and l[0] ==
         "1 key btc 73c5da0a Main" and l[1].startswith("3 key xmr "), l)
    btc = ("address", "--chain", "btc")
    by_words = run(*btc, "--words", A, passphrase=None)
    tell("its addresses are those of the words", run(
        *btc, "--vault", V)[1] == by_words[1] != "", by_words)
    tell("one alone, by its name", run("export", "--vault", V, "--name",
                                       "Main")[0] == 0 and run(
        "address", "--vault", V, "--name", "Nobody")[0] == 2)
    for text in ("savings", "spending"):
        rc, out, err = vault("label", "BCRT1" + "Q" * 38, text)
    tell("a label is kept, the newer one", rc == 0 and [
        x.split(" ", 1)[1] for x in lines("list") if " label " in x] ==
        ["label addr bcrt1" + "q" * 38 + " spending"], (rc, err))
    rc, out, err = vault("label", "house", "x")
    tell("of what has no label's form, none", rc == 2 and "an address" in err,
         (rc, err))
    vault("label", "bcrt1" + "q" * 38, "")
    tell("and taken away", not [x for x in lines("list") if "label" in x])
    rc, out, err = vault("remove", "3")
    tell("a key is not taken out unless somebody is sure", rc == 2 and
         "3 key xmr" in out and "--yes" in err and len(lines("list")) == 4,
         (rc, out, err))
    rc, out, err = vault("remove", "3", "--yes")
    tell("and then by its number", rc == 0 and "taken out" in out and
         len(lines("list")) == 3, (rc, out, err))
    rc, out, err = vault("remove", "3", "--yes")
    tell("once", rc == 2 and "number 3 of the vault: it is not there" in err,
         (rc, err))


def three_errors():
    rc, out, err = vault("list", passphrase=WRONG)
    tell("a wrong passphrase is said to be that", rc == 2 and
         "not the passphrase" in err and not out, (rc, err))
    data = bytearray(read(V))
    bad = path("bad.vault")
    for at in (50, 1048576 + 50):
        data[at] ^= 1
    write("bad.vault", bytes(data))
    rc, out, err = vault("list", file=bad)
    tell("damage is said to be that", rc == 2 and "neither state" in err,
         (rc, err))
    rc, out, err = vault("list", file=bad, passphrase=WRONG)
    tell("whatever the passphrase", rc == 2 and "neither state" in err,
         (rc, err))
    data = bytearray(read(V))
    for at in (0, 1048576):
        data[at + 16] = 2
        data[at + 96:at + 128] = hashlib.sha256(data[at:at + 96]).digest()
    write("bad.vault", bytes(data))
    rc, out, err = vault("list", file=bad)
    tell("a newer version is said to be that", rc == 2 and
         "a newer Coldseal made it" in err, (rc, err))
    for name, text in (("empty", b""), ("text", b"no vault\n"),
                       ("long", bytes(3 << 20)), ("zeros", bytes(2 << 20))):
        rc, out, err = vault("list", file=write(name, text))
        tell("no vault: " + name, rc == 2 and "this is no vault" in err,
             (rc, err))
    rc, out, err = vault("list", file=path("gone"))
    tell("no file", rc == 1 and not out, (rc, err))


def older_state():
    data = bytearray(read(V))
    seq = [int.from_bytes(data[at + 32:at + 40], "little")
           for at in (0, 1048576)]
    newer = 1048576 * (seq[1] > seq[0])
    data[newer + 3000] ^= 1
    torn = write("torn.vault", bytes(data))
    rc, out, err = vault("list", file=torn)
    tell("a state that was not written whole: the one before it opens, and "
         "that is said", rc == 0 and "not written whole" in err and
         "state %d" % min(seq) in out, (rc, out, err))
    rc, out, err = vault("add", "--words", A, "--name", "x", file=torn)
    tell("and the next change makes it whole", "not written whole" not in
         vault("list", file=torn)[2] or rc != 0, (rc, err))


def signed():
    out_dir = path("out")
    os.mkdir(out_dir)
    src = shutil.copy(fix("sign/wpkh-in2"), path("pay.psbt"))
    rc, out, err = run("sign", src, "--vault", V, "--yes", "-o", out_dir,
                       "--json")
    tell("it signs", rc == 0 and len(os.listdir(out_dir)) == 2, (rc, err))
    words = path("words-out")
    os.mkdir(words)
    run("sign", src, "--words", A, "--yes", "-o", words, passphrase=None)
    tell("the same bytes as the words do", all(
        read(os.path.join(out_dir, n)) == read(os.path.join(words, n))
        for n in os.listdir(words)), os.listdir(words))
    log = [x for x in lines("log") if " sign " in x]
    digest = hashlib.sha256(read(src)).hexdigest()
    answers = {hashlib.sha256(read(os.path.join(out_dir, n))).hexdigest()
               for n in os.listdir(out_dir)}
    page = json.loads(out)["digest"]
    tell("the log says when, what, to whom, and what came of it",
         len(log) == 1 and re.match(r"\d+ \w{64} 20\d\d-\d\d-\d\dT[\d:]+Z "
                                    r"sign regtest ", log[0]) and
         "file=" + digest in log[0] and "page=" + page in log[0] and
         "paid=60000 sat" in log[0] and " to=bcrt1q" in log[0] and
         "verdict=allow" in log[0] and
         answers == set(re.findall(r"answer=(\w+)", log[0])), log)


def log_one_liner():
    """the text of the README, run as it stands"""
    for name in ("sign/wpkh-in2", "sign/tr-in2"):
        run("sign", shutil.copy(fix(name), path("more.psbt")), "--vault", V,
            "--yes", "-o", path("out"))
    text = open(os.path.join(ROOT, "README.md")).read()
    command = re.search(r"^p=\$\(printf %064d 0\).*$", text, re.M).group(0)

    def verify(log, before="", end="\n"):
        write("coldseal-log.txt", "\n".join(log) + end)
        r = subprocess.run(["sh", "-c", before + command], cwd=TMP,
                           capture_output=True, text=True)
        return r.stdout.split("\n")[:-1]
    log = lines("log")
    last = hashlib.sha256((log[-1] + "\n").encode()).hexdigest()
    n = len(log)
    tell("the README's line verifies it", n > 3 and verify(log) == [last],
         verify(log))
    tell("a last line without an end counts, too", "broken at line %d" % n in
         verify([*log[:-1], log[-1].replace(" ", " 0", 1)], end=""))
    tell("a line changed", "broken at line 2" in verify(
        [log[0] + "0", *log[1:]]), log)
    tell("a line left out", "broken at line 3" in verify(
        [log[0], *log[2:]]))
    tell("the first left out", "broken at line 2" in verify(log[1:]))
    tell("two exchanged", "broken at line 2" in verify(
        [log[1], log[0], *log[2:]]))
    rc, out, err = vault("log", "--clear")
    tell("not cleared unless somebody is sure", rc == 2 and
         lines("log") == log, (rc, err))
    rc, out, err = vault("log", "--clear", "--yes")
    now = lines("log")
    tell("cleared, its last line stays, and one that says so", rc == 0 and
         out.splitlines()[:n] == log and now[:-1] == log[-1:] and
         now[-1].endswith("Z log-cleared"), (rc, err, now))
    run("sign", path("more.psbt"), "--vault", V, "--yes", "-o", path("out"))
    now = lines("log")
    tell("and the next hangs on it", len(now) == 3 and now[1].split()[:2] ==
         [str(n + 1), last] and len(verify(now, "first=%d; " % n)) == 1 and
         "broken at line %d" % n in verify(now), now)


def trail():
    """what changes the vault leaves a line in its log"""
    v = path("trail.vault")
    vault("create", *CHEAP, file=v)
    vault("add", "--words", A, file=v)
    vault("each-time", "on", file=v)
    vault("each-time", "off", file=v)
    vault("remove", "1", "--yes", file=v)
    said = [x.split("Z ", 1)[1] for x in lines("log", file=v)]
    tell("a key in, set, a key out: each has its line", said == [
        "key-in key=73c5da0a", "each-time set=on", "each-time set=off",
        "key-out key=73c5da0a"], said)


def two_sessions():
    """Known attack 1: the same coin with another amount, years later, in a
    file that lacks the previous transaction"""
    first, second = fix("attack/fee-attack-part1"), fix(
        "attack/fee-attack-part2")
    v = path("two.vault")
    vault("create", *CHEAP, file=v)
    vault("add", "--words", A, file=v)
    args = ("--yes", "--accept", "btc.amount.unproven", "-o", path("out"))
    rc, out, err = run("sign", first, "--vault", v, "--json", *args)
    tell("attack 1: the first file is signed, its claim accepted", rc == 0,
         (rc, out, err))
    rc, out, err = run("sign", second, "--words", A, "--json", *args,
                       passphrase=None)
    tell("attack 1: without memory the second would be, too (the control)",
         rc == 0, (rc, out, err))
    rc, out, err = run("sign", second, "--vault", v, "--json", *args)
    tell("attack 1: in another session, with the vault, it is refused",
         rc == 3 and "btc.amount.changed" in out, (rc, out, err))


def wallets():
    text = MANIFEST["policies"]["wsh-sm23"]["descriptor"]
    w = write("wallet.txt", text + "#" + checksum(text) + "\n")
    v = path("multi.vault")
    vault("create", *CHEAP, file=v)
    vault("add", "--words", A, file=v)
    pay = fix("policy/wsh-sm23-AB")
    rc, out, err = run("look", pay, "--vault", v, "--json")
    tell("before its wallet is known: a warning", "btc.wallet.unregistered"
         in out, (rc, out, err))
    rc, out, err = run("look", w, "--vault", v, "--json")
    digest = json.loads(out)["digest"]
    rc, out, err = run("vault", "add", v, w, "--agree", digest)
    tell("a wallet that was agreed to goes in, and its number is said",
         rc == 0 and "registered: it is number 3 of" in out, (rc, out, err))
    l = lines("list", file=v)
    log = lines("log", file=v)
    tell("and the log names it", sum(" register regtest " in x and
         re.search(' wallet="[^"]+"#%s ' % checksum(text), x) is not None
         for x in log) == 1, log)
    tell("and is listed with its whole text", any(
        re.match(r"\d+ wallet btc regtest \S+ wsh\(sortedmulti", x)
        for x in l), l)
    rc, out, err = run("look", pay, "--vault", v, "--json")
    j = json.loads(out)
    tell("from then on its coins and change are proven, in every session",
         rc == 0 and j["findings"] == [] and
         j["totals"]["change"]["known"] == "proven", (rc, out, err))
    rc, out, err = run("sign", pay, "--vault", v, "--yes", "-o", path("out"))
    tell("and signed without a warning", rc == 0, (rc, out, err))
    for name in ("swapped-cosigner", "lower-threshold", "key-repeated"):
        rc, out, err = run("sign", fix("attack/ms-change-" + name), "--vault",
                           v, "--yes", "--json", "-o", path("out"))
        tell("attack 5: change, %s, is refused" % name, rc == 3 and
             "btc.change.false" in out, (rc, out, err))
    rc, out, err = run("vault", "add", v, pay, "--yes")
    tell("a PSBT is no wallet to register", rc == 2 and "registering" in err,
         (rc, err))
    rc, out, err = run("look", pay, "--vault", v, "--json", network="test")
    tell("on another network it is not known", "unregistered" in out or
         rc != 0, (rc, out))


def unreadable():
    """what a clerk that was taken over put there does not lock the owner
    out"""
    if not have_nacl():
        tell("a wallet of no chain # SKIP no python3-nacl", True)
        return
    v = shutil.copy(path("multi.vault"), path("odd.vault"))
    r = subprocess.run(["/usr/bin/python3", "-c", ODD, v, PASS],
                       capture_output=True, text=True)
    rc, out, err = run("address", "--vault", v)
    tell("a wallet of no known chain is left out, and that is said",
         r.returncode == 0 and rc == 0 and "not readable" in err,
         (r, rc, err))
    rc, out, err = vault("list", file=v)
    tell("it is listed", rc == 0 and re.search("^3 ", out, re.M),
         (rc, out, err))
    rc, out, err = vault("remove", "3", "--yes", file=v)
    tell("and taken out", rc == 0 and not run("address", "--vault", v)[2],
         (rc, err))


# The body of the newer state, with "btc" made "xxx", sealed again.
ODD = """
import hashlib, sys
sys.path.insert(0, %r)
sys.dont_write_bytecode = True
import vault_reader as v
from nacl import bindings as b
path, passphrase = sys.argv[1], sys.argv[2].encode()
data = bytearray(open(path, "rb").read())
slots = [bytes(data[:v.SLOT]), bytes(data[v.SLOT:])]
i = max((0, 1), key=lambda n: v.head(slots[n])["sequence"])
h = v.head(slots[i])
k = v.keys_of(h, passphrase)
body = v.unbox(k["body"], h["nonce"], slots[i][:128], slots[i][128:])
body = body.replace(b"\\3\\0\\0\\0btc", b"\\3\\0\\0\\0xxx")
box = b.crypto_aead_xchacha20poly1305_ietf_encrypt(
    body, slots[i][:128], h["nonce"], k["body"])
data[i * v.SLOT + 128:(i + 1) * v.SLOT] = box
open(path, "wb").write(data)
""" % os.path.join(ROOT, "tests", "peers")


def policies():
    """every wallet of the fixtures that our first key may register"""
    v, names = path("policies.vault"), []
    vault("create", *CHEAP, file=v)
    vault("add", "--words", A, file=v)
    for name, policy in MANIFEST["policies"].items():
        if "musig" in name or "main" in name:
            continue
        text = policy["descriptor"]
        w = write(name + ".txt", text + "#" + checksum(text) + "\n")
        j = json.loads(run("look", w, "--vault", v, "--json")[1])
        warned = [f["code"] for f in j["findings"] if f["level"] == "warn"]
        if j["verdict"] == "refuse":
            continue
        rc, out, err = run("vault", "add", v, w, "--yes", "--accept",
                           ",".join(warned) or "-")
        if rc == 0:
            names.append(name)
    seen = 0
    for name in names:
        for f in sorted(os.listdir(os.path.join(FIX, "policy"))):
            if not re.match(re.escape(name) + r"-[A-C]\w*\.psbt$", f):
                continue
            rc, out, err = run("look", fix("policy/" + f[:-5]), "--vault", v,
                               "--json")
            j = json.loads(out)
            seen += 1
            tell("policy/%s is of a wallet that is known" % f, rc == 0 and
                 not any("wallet" in x["code"] for x in j["findings"]) and
                 j["verdict"] != "refuse", j["findings"])
    tell("of %d wallets, %d files" % (len(names), seen), seen > 9, names)


def each_time():
    rc, out, err = vault("each-time", "on")
    tell("asked each time", rc == 0 and "each time" in lines("list")[-1],
         (rc, err))
    src = [shutil.copy(fix("sign/wpkh-in2"), path("e%d.psbt" % i))
           for i in (1, 2)]
    rc, out, err = run("sign", *src, "--vault", V, "--yes", "-o", path("out"))
    tell("two files are signed, the passphrase read for each", rc == 0,
         (rc, err))
    r = subprocess.run([PROGRAM, "sign", *src, "--vault", V, "--yes", "-o",
                        path("out"), "--network", "regtest", "--passphrase",
                        "-"], input=PASS.encode() + b"\n",
                       capture_output=True, timeout=60)
    tell("given once, only the first is", r.returncode == 2 and
         b"not the passphrase" in r.stderr, r.stderr)
    vault("each-time", "off")
    rc, out, err = vault("remove", "coins", "--yes")
    tell("coins seen are forgotten when the owner says so", rc == 0 and
         any(x.startswith("0 coins") for x in lines("list")), (rc, err))


def changed():
    old = shutil.copy(V, path("old.vault"))
    rc, out, err = vault("passwd", "--new-passphrase", NEW, "--cost", "20,3",
                         passphrase=WRONG)
    tell("the passphrase is changed by who knows it", rc == 2 and
         read(old) == read(V), (rc, err))
    rc, out, err = vault("passwd", "--new-passphrase", NEW, "--cost", "20,3")
    tell("and then it is", rc == 0, (rc, err))
    tell("the old one opens neither state", vault("list")[0] == 2)
    rc, out, err = vault("list", passphrase=NEW)
    tell("the new one all of it", rc == 0 and "Main" in out and
         "20 MiB" in out and not err, (rc, out, err))
    tell("an older file put back opens with the old one, and says its state",
         "state" in vault("list", file=old)[1])
    a, b = read(old), read(V)
    tell("no part of it is as it was", not any(
        a[i:i + 16] in b for i in range(40, 1 << 20, 65536)))
    os.rename(old, V)


def copied():
    there = path("second")
    os.mkdir(there)
    rc, out, err = vault("copy", "-o", there)
    copy = os.path.join(there, "main.vault")
    tell("a copy is the same file", rc == 0 and read(copy) == read(V),
         (rc, err))
    rc, out, err = vault("copy", "-o", there)
    tell("and writes over nothing", rc == 0 and
         sorted(os.listdir(there)) == ["main-2.vault", "main.vault"],
         os.listdir(there))
    tell("it opens", lines("list", file=copy) == lines("list"))


def another_reader():
    if not have_nacl():
        tell("another reader # SKIP no python3-nacl", True)
        return
    r = reader()
    tell("a reader written from the header's text alone opens it",
         isinstance(r, dict) and r["kib"] == 19456, r)
    k = r["keys"][0]
    master = keys.Key.master(keys.seed(keys.MNEMONICS["A"]))
    tell("and finds the key, the seed, the words", k["name"] == "Main" and
         k["a"] == "%064x" % master.k and k["b"] == master.chain.hex() and
         k["seed"] == keys.seed(keys.MNEMONICS["A"]).hex() and
         len(k["words"]) == len(keys.MNEMONICS["A"].split()), k)
    tell("the log, the coins", r["log"] == lines("log") and r["coins"] > 0,
         r)
    tell("and nothing with another passphrase",
         not isinstance(reader(passphrase="no"), dict))


class Terminal:
    """the program at a terminal of its own"""

    def __init__(self, *args):
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.execv(PROGRAM, [PROGRAM, *args])
        self.said, self.at = b"", 0

    def see(self, pattern):
        """waits until it says this after what was seen before"""
        end = time.time() + 60
        while time.time() < end:
            m = re.search(pattern, self.said[self.at:])
            if m:
                self.at += m.end()
                return m
            if not select.select([self.fd], [], [], 1)[0]:
                continue
            try:
                self.said += os.read(self.fd, 4096)
            except OSError:
                break
        return None

    def type(self, text):
        os.write(self.fd, text.encode() + b"\n")

    def end(self):
        self.see(b"(?!)")
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


def made_here():
    """a new key, made and kept: its words are never in a file"""
    t = Terminal("new", "--words", "12", "--dice", "--vault", V, "--name",
                 "Made", "--passphrase", P)
    t.see(b"0 of 50 rolls: ")
    t.type("16253416254351624336251435261453621453261543621536")
    t.see(b"50 of 50 rolls: ")
    t.type("")
    t.see(b"Write these words")
    t.see(b"Enter when they are on paper")
    words = {int(n): w.decode() for n, w in re.findall(
        rb"(?:^|\s)(\d{1,2}) ([a-z]{3,8})", t.said)}
    t.type("")
    for _ in range(4):
        m = t.see(rb"Word (\d+): ")
        t.type(words[int(m.group(1))] if m else "")
    m = t.see(rb"fingerprint: ([0-9a-f]{8})")
    code = t.end()
    l = [x for x in lines("list") if x.endswith(" Made")]
    tell("a key that is made goes into the vault", code == 0 and m and
         len(l) == 1 and m.group(1).decode() in l[0], (code, t.said[-300:]))
    flat = " ".join(words[i + 1] for i in range(12))
    w = write("made.words", flat + "\n")
    btc = ("address", "--chain", "btc")
    tell("and is the key of the words", run(*btc, "--vault", V, "--name",
                                            "Made")[1] ==
         run(*btc, "--words", w, passphrase=None)[1] != "")


def by_hand():
    """typed at a terminal, which does not show it"""
    t = Terminal("vault", "list", V)
    t.see(b"Passphrase of the vault: ")
    t.type(PASS)
    tell("typed at a terminal it opens, and is not shown", t.end() == 0 and
         b"Main" in t.said and PASS.encode() not in t.said, t.said)
    t = Terminal("vault", "create", path("typed.vault"), *CHEAP)
    t.see(b"Passphrase of the new vault: ")
    t.type(PASS)
    t.see(b"once more: ")
    t.type(PASS + "x")
    tell("a new one is typed twice", t.end() == 1 and
         b"not the same" in t.said and
         not os.path.exists(path("typed.vault")), t.said)
    r = subprocess.run([PROGRAM, "vault", "list", V], capture_output=True,
                       stdin=subprocess.DEVNULL)
    tell("without a terminal it is asked for by a file", r.returncode == 1
         and b"--passphrase" in r.stderr, r.stderr)


def usage():
    for args in (("vault",), ("vault", "open", V), ("vault", "list"),
                 ("vault", "remove", V), ("vault", "list", V, "x"),
                 ("vault", "add", V), ("vault", "copy", V),
                 ("vault", "each-time", V, "perhaps"),
                 ("vault", "remove", V, "one"),
                 ("vault", "create", V, "--cost", "19"),
                 ("vault", "list", V, "--vault", V)):
        rc, out, err = run(*args, network=None)
        tell("usage: " + " ".join(os.path.basename(a) for a in args),
             rc in (1, 2) and err.startswith("coldseal: ") and not out,
             (rc, out, err))


def main():
    made()
    keys_kept()
    three_errors()
    older_state()
    signed()
    log_one_liner()
    trail()
    two_sessions()
    wallets()
    policies()
    unreadable()
    another_reader()
    each_time()
    copied()
    changed()
    made_here()
    by_hand()
    usage()


try:
    main()
finally:
    shutil.rmtree(TMP, ignore_errors=True)
print("1..%d" % done)
sys.exit(1 if failed else 0)
