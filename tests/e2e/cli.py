#!/usr/bin/env python3
"""cli.py PROGRAM: the command line, as its manual says.  Speaks TAP."""
import json
import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, os.path.join(ROOT, "tests", "peers"))
sys.dont_write_bytecode = True
import keys                                             # noqa: E402

PROGRAM = os.path.abspath(sys.argv[1])
FIX = os.path.join(os.environ.get("COLDSEAL_FIXTURES",
                                  os.path.join(ROOT, "tests", "fixtures")),
                   "bitcoin")
TMP = tempfile.mkdtemp(prefix="coldseal-cli-")
done = failed = 0


def tell(what, good, why=""):
    global done, failed
    done += 1
    failed += not good
    print("%sok %d - %s" % ("" if good else "not ", done, what))
    if not good:
        print("# " + str(why)[:600])


def write(name, data):
    path = os.path.join(TMP, name)
    with open(path, "wb") as f:
        f.write(data if isinstance(data, bytes) else data.encode())
    return path


A = write("a.words", keys.MNEMONICS["A"] + "\n")
B = write("b.words", keys.MNEMONICS["B"])
PASS = write("pass.words", keys.MNEMONICS["A"] + "\nTREZOR\n")


def run(*args, words=(A,), network="regtest", stdin=None):
    w = [x for p in words for x in ("--words", p)]
    n = ["--network", network] if network else []
    r = subprocess.run([PROGRAM, *args, *w, *n], capture_output=True,
                       timeout=60, input=stdin, cwd=TMP)
    return r.returncode, r.stdout.decode(), r.stderr.decode()


def fix(name):
    return os.path.join(FIX, name + ".psbt")


def copy(name, as_):
    path = os.path.join(TMP, as_)
    shutil.copy(fix(name), path)
    os.chmod(path, 0o644)
    return path


GOOD, WARN, REFUSE = fix("sign/wpkh-in2"), fix("sign/wpkh-in1-no-prevtx"), \
    fix("attack/fee-huge")
BROKEN = fix("bad/truncated-100")
GONE = os.path.join(TMP, "nothing-here.psbt")


def usage():
    for args in (("sing", "x"), ("look",), ("sign", GOOD), ("look", "--what"),
                 ("look", GOOD, "--network", "moon"), ("address", GOOD),
                 ("address", "--index", "9-1"), ("address", "--account", "-1"),
                 ("sign", GOOD, "--yes", "--agree", "00"),
                 ("look", GOOD, "--words"), ("address", "--chain", "doge"),
                 ("export", "--format", "carrier-pigeon")):
        rc, out, err = run(*args, network=None)
        tell("usage: %s" % " ".join(os.path.basename(a) for a in args),
             rc == 1 and err.startswith("coldseal: ") and not out,
             (rc, out, err))
    rc, out, _ = run("--help", words=(), network=None)
    tell("--help tells every command", rc == 0 and all(
        w in out for w in ("look", "sign", "address", "export", "exit:")))
    rc, out, _ = run("--version", words=(), network=None)
    tell("--version", rc == 0 and out.startswith("coldseal "), out)


def looking():
    rc, out, err = run("look", GOOD)
    tell("look shows the page", rc == 0 and "@@ pay @@" in out and
         "leaves you: 0.00060700 BTC" in out, (rc, out, err))
    for path, verdict in ((GOOD, "allow"), (WARN, "warn"),
                          (REFUSE, "refuse")):
        rc, out, _ = run("look", path, "--json")
        j = json.loads(out)
        tell("look ends with 0 whatever the verdict: " + verdict,
             rc == 0 and j["verdict"] == verdict and len(j["digest"]) == 64,
             out)
    rc, out, _ = run("look", GOOD, "--json")
    j = json.loads(out)
    tell("json: the keys of an object", set(j) == {
        "file", "job", "network", "verdict", "digest", "rows", "totals",
        "findings"} and j["file"] == GOOD and j["job"] == "bitcoin psbt" and
        j["network"] == "regtest", sorted(j))
    tell("json: the keys of a row", all(set(r) == {
        "mark", "kind", "amount", "unit", "to", "path", "known", "how"}
        for r in j["rows"]), j["rows"][:1])
    t = {k: v["amount"] for k, v in j["totals"].items()}
    tell("json: exact totals", t == {"in": "200000", "change": "139300",
                                     "pay": "60000", "fee": "700"}, t)
    rc2, again, _ = run("look", copy("sign/wpkh-in2", "other name.psbt"),
                        "--json")
    tell("the digest does not depend on the file's name",
         json.loads(again)["digest"] == j["digest"], again)
    rc, out, err = run("look", GONE, BROKEN, "--json")
    lines = [json.loads(x) for x in out.splitlines()]
    tell("json: one object a file, also for what cannot be read",
         len(lines) == 2 and all(x["verdict"] == "refuse" and
                                 len(x["findings"]) == 1 for x in lines), out)
    rc, out, err = run("look", BROKEN)
    tell("a broken file: exit 2, place and byte are named",
         rc == 2 and "unsigned tx" in err and "byte" in err, (rc, err))


def codes():
    for files, want in (((GOOD,), 0), ((GONE,), 1), ((BROKEN,), 2),
                        ((GOOD, BROKEN), 2), ((BROKEN, GONE), 1),
                        ((GOOD, GONE, BROKEN), 1)):
        rc, _, _ = run("look", *files)
        tell("look: the worst of %d files is %d" % (len(files), want),
             rc == want, rc)
    for files, want in (((REFUSE,), 3), ((WARN,), 4), ((REFUSE, WARN), 3),
                        ((WARN, BROKEN), 2), ((WARN, GONE, REFUSE), 1)):
        out = tempfile.mkdtemp(dir=TMP)
        rc, _, _ = run("sign", *files, "--yes", "-o", out)
        tell("sign: the worst of %d files is %d" % (len(files), want),
             rc == want and not os.listdir(out), (rc, os.listdir(out)))


def signing():
    digest = json.loads(run("look", GOOD, "--json")[1])["digest"]
    out = tempfile.mkdtemp(dir=TMP)
    rc, _, err = run("sign", GOOD, "--agree", "0" * 64, "-o", out)
    tell("another digest than the page's is refused",
         rc == 3 and not os.listdir(out), (rc, err))
    rc, text, _ = run("sign", GOOD, "--agree", digest, "-o", out)
    tell("the right digest signs", rc == 0 and sorted(os.listdir(out)) == [
        "wpkh-in2-final.txn", "wpkh-in2-signed.psbt"], os.listdir(out))
    first = open(os.path.join(out, "wpkh-in2-signed.psbt"), "rb").read()
    rc, text, err = run("sign", GOOD, "--yes", "-o", out)
    tell("--yes says so", rc == 0 and "--yes" in err, err)
    rc, text, err = run("sign", copy("sign/wpkh-in2", "a\x1b[31m\nb.psbt"),
                        "--yes")
    tell("8: a hostile name steers no terminal", rc == 0 and
         "\x1b" not in text + err and "a\\x1b[31m\\x0ab.psbt" in err, err)
    tell("nothing is overwritten, and signatures are the same bytes",
         sorted(os.listdir(out))[1] == "wpkh-in2-final.txn" and
         open(os.path.join(out, "wpkh-in2-signed-2.psbt"), "rb").read() ==
         first, os.listdir(out))
    rc, text, _ = run("sign", os.path.join(out, "wpkh-in2-signed.psbt"),
                      "--yes", "--json", "-o", out)
    j = json.loads(text)
    tell("what is signed already is told by its content", rc == 3 and
         [f["code"] for f in j["findings"]] == ["btc.input.final"], text)
    mine = copy("sign/wpkh-in2", "beside.psbt")
    rc, _, _ = run("sign", mine, "--yes")
    tell("without -o the answer lies beside the file", rc == 0 and
         os.path.exists(os.path.join(TMP, "beside-signed.psbt")))
    rc, _, err = run("sign", GOOD, "--yes", "-o", os.path.join(TMP, "no"))
    tell("a folder that is not there is an error", rc == 1 and "saving" in
         err, (rc, err))
    out = tempfile.mkdtemp(dir=TMP)
    rc, text, _ = run("sign", WARN, "--yes", "--accept",
                      "btc.amount.unproven", "-o", out, "--json")
    tell("a warning accepted by name is signed",
         rc == 0 and json.loads(text)["answers"] == [
             "wpkh-in1-no-prevtx-signed.psbt",
             "wpkh-in1-no-prevtx-final.txn"], text)
    rc, text, _ = run("sign", WARN, "--yes", "--accept", "btc.fee.high",
                      "-o", out)
    tell("another warning's name does not do", rc == 4, rc)
    rc, text, _ = run("sign", REFUSE, "--yes", "--accept", "btc.fee.absurd",
                      "-o", out)
    tell("a refusal cannot be accepted", rc == 3, rc)


def message(name, text):
    return write(name, text if isinstance(text, bytes) else text.encode())


def messages():
    """words to sign, and what is not words"""
    path = "m/84'/1'/0'/0/0"
    mine = message("words to sign.txt", "I own this.\n%s\np2wpkh\n" % path)
    rc, out, _ = run("look", mine)
    tell("message: its page", rc == 0 and "│ I own this." in out and
         "bcrt 1q6r" in out and "nothing is spent" in out and
         "before" not in out and "fee" not in out, out)
    rc, out, _ = run("look", mine, "--json")
    j = json.loads(out)
    tell("message: json", j["job"] == "bitcoin message" and
         j["verdict"] == "allow" and
         [(r["kind"], r["to"], r["path"]) for r in j["rows"]] == [
             ("message", "I own this.", None),
             ("message", "bcrt1q6rz28mcfaxtmd6v789l9rrlrusdprr9pz3cppk",
              path), ("message", "BIP322 simple", None)], out)
    out = tempfile.mkdtemp(dir=TMP)
    rc, text, err = run("sign", mine, "--agree", j["digest"], "-o", out)
    tell("message: the answer's name", rc == 0 and os.listdir(out) == [
        "words to sign-signed.txt"], (err, os.listdir(out)))
    first = open(os.path.join(out, "words to sign-signed.txt")).read()
    tell("message: the answer", first.split("\n")[:4] == [
        "-----BEGIN BITCOIN SIGNED MESSAGE-----", "I own this.",
        "-----BEGIN BITCOIN SIGNATURE-----",
        "bcrt1q6rz28mcfaxtmd6v789l9rrlrusdprr9pz3cppk"] and
        first.split("\n")[4].startswith("smp"), first)
    rc, text, _ = run("sign", mine, "--yes", "-o", out)
    tell("message: again, under another name, the same bytes", open(
        os.path.join(out, "words to sign-signed-2.txt")).read() == first,
        os.listdir(out))
    rc, _, err = run("look", os.path.join(out, "words to sign-signed.txt"))
    tell("message: what is signed is no request", rc == 2 and
         "recognises" in err, (rc, err))
    for name, text, want in (
            ("three.txt", "a\n%s\np2wpkh\nb\n" % path, "recognises"),
            ("nopath.txt", "a\nb\n", "recognises"),
            ("latin.txt", b"gr\xfc\xdf\n" + path.encode(), "recognises"),
            ("kind.txt", "a\n%s\np2wsh\n" % path, "line 3"),
            ("odd.txt", "a\nm/1/2\n", "line 3")):
        rc, _, err = run("look", message(name, text))
        tell("message: %s is none, and says why" % name, rc == 2 and
             want in err, (rc, err))
    rc, out, _ = run("look", mine, "--json", words=(A, B))
    tell("message: which of two keys is not guessed", [
        f["code"] for f in json.loads(out)["findings"]] == [
            "btc.key.several"], out)
    named = message("named.txt", "a\n[73c5da0a/84'/1'/0'/0/0]\n")
    rc, out, _ = run("look", named, "--json", words=(B, A))
    tell("message: but can be named", json.loads(out)["verdict"] == "allow",
         out)


def words():
    rc, out, _ = run("look", GOOD, "--json", words=("-",),
                     stdin=keys.MNEMONICS["A"].encode())
    tell("words from standard input", json.loads(out)["verdict"] == "allow")
    rc, out, _ = run("look", GOOD, "--json", words=(B, A))
    tell("two keys: the right one is found",
         json.loads(out)["verdict"] == "allow", out)
    rc, out, _ = run("look", GOOD, "--json", words=(PASS,))
    tell("with a passphrase it is another key", "btc.key.none" in [
        f["code"] for f in json.loads(out)["findings"]], out)
    _, out, _ = run("export", words=(PASS,))
    tell("and has its own fingerprint and account key",
         keys.account("A", "84h/1h/0h", passphrase="TREZOR") in out, out)
    upper = write("upper", "  " + keys.MNEMONICS["A"].upper().replace(
        " ", "   ") + "  \r\n")
    rc, out, _ = run("look", GOOD, "--json", words=(upper,))
    tell("capitals, spaces and CR are no mistake",
         json.loads(out)["verdict"] == "allow", out)
    for label, text, want in (
            ("typo", keys.MNEMONICS["A"].replace("about", "abuot"),
             "word 12"),
            ("checksum", " ".join(["abandon"] * 12), "checksum"),
            ("count", "abandon about", "12, 15, 18, 21 or 24"),
            ("lines", keys.MNEMONICS["A"] + "\na\nb\n", "a line too "
             "many"),
            ("many", "abandon " * 200, "12, 15, 18, 21 or 24"),
            ("long", "abandon " * 6000, "too large"),
            ("empty", "", "words")):
        rc, out, err = run("look", GOOD, words=(write("w-" + label, text),))
        tell("words: %s is named" % label, rc == 1 and want in err and
             not out, (rc, err))
    rc, _, err = run("look", GOOD, words=(GONE,))
    tell("words: no file", rc == 1 and "No such file" in err, err)
    rc, out, err = run("address", words=())
    tell("addresses need a key", rc == 1 and "--words" in err, err)


def full():
    """standard output that takes nothing is an error, never silence"""
    out = tempfile.mkdtemp(dir=TMP)
    for args in (("look", GOOD), ("look", GOOD, "--json"),
                 ("sign", GOOD, "--yes", "-o", out),
                 ("sign", GOOD, "--yes", "-o", out, "--json"),
                 ("address",), ("export",)):
        with open("/dev/full", "w") as f:
            r = subprocess.run([PROGRAM, *args, "--words", A, "--network",
                                "regtest"], stdout=f, timeout=60,
                               stderr=subprocess.PIPE)
        tell("a full standard output ends %s%s with 1" %
             (args[0], " --json" if "--json" in args else ""),
             r.returncode == 1 and b"standard output" in r.stderr,
             (r.returncode, r.stderr))
    tell("and what was signed stays", len(os.listdir(out)) == 4,
         os.listdir(out))


def addresses():
    _, out, _ = run("address", "--index", "3-4", "--account", "2",
                    "--change")
    k = keys.master("A")
    want = ["m/%d'/1'/2'/1/%d" % (p, i) for p in (84, 86, 49, 44)
            for i in (3, 4)]
    tell("address: account, change, index", [x.split()[0] for x in
                                             out.splitlines()] == want, out)
    _, out, _ = run("export", "--format", "descriptors")
    tell("export: four descriptors with their key",
         len(out.splitlines()) == 4 and all(
             "[%s/" % k.fp.hex() in x and "#" in x for x in
             out.splitlines()), out)
    for f in ("core", "sparrow", "electrum"):
        rc, out, _ = run("export", "--format", f)
        tell("export: %s is JSON" % f, rc == 0 and json.loads(out), out)
    _, main_, _ = run("export", network="main")
    tell("export: mainnet's keys are xpub at coin type 0",
         "xpub" in main_ and "/84h/0h/0h]" in main_, main_)


usage()
looking()
codes()
signing()
messages()
words()
addresses()
full()
print("1..%d" % done)
shutil.rmtree(TMP)
sys.exit(1 if failed else 0)
