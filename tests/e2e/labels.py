#!/usr/bin/env python3
"""labels.py PROGRAM: what the owner notes and sets, on the command line: kept
in a vault, shown on pages and in lists, brought from other wallets and back."""
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
SIGN = os.path.join(os.environ.get("COLDSEAL_FIXTURES",
                                   os.path.join(ROOT, "tests", "fixtures")),
                    "bitcoin", "sign", "mixed-types-one-seed.psbt")
TMP = tempfile.mkdtemp(prefix="coldseal-labels-")
PAYS = "bcrt1qzyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3lgth6c"
TXID = 64 * "5"
done = failed = 0


def tell(what, good, why=""):
    global done, failed
    done += 1
    failed += not good
    print("%sok %d - %s" % ("" if good else "not ", done, what))
    if not good:
        print("# " + str(why)[:900])


def write(name, text):
    path = os.path.join(TMP, name)
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)
    return path


P = write("pass", "correct horse battery staple\n")
A = write("a.words", keys.MNEMONICS["A"] + "\n")
V = os.path.join(TMP, "v.vault")


def run(*args, network="regtest"):
    more = ["--network", network] if network else []
    r = subprocess.run([PROGRAM, *args, "--passphrase", P, *more],
                       capture_output=True, timeout=120, cwd=TMP)
    return r.returncode, r.stdout.decode(), r.stderr.decode()


def vault(verb, *args):
    return run("vault", verb, V, *args, network=None)


def look(*args, network="regtest"):
    return run("look", SIGN, "--vault", V, *args, network=network)


def rows(*args):
    return json.loads(look("--json", *args)[1])


def spent():
    """the outpoint of the first input, by the file itself"""
    raw = open(SIGN, "rb").read()
    at = raw.index(b"\x02\x00\x00\x00\x04") + 5
    return raw[at:at + 32][::-1].hex(), int.from_bytes(
        raw[at + 32:at + 36], "little")


def noted():
    vault("create", "--words", A, "--name", "House", "--cost", "19,2")
    before = rows()["digest"]
    plain = look()[1]
    rc, out, err = vault("label", PAYS.upper(), "Rent \"flat\" \x1b[2J ü")
    tell("a label is kept", rc == 0, (rc, out, err))
    rc, out, err = look()
    note = '    │ your note: "Rent \\x22flat\\x22 \\x1b[2J \\xc3\\xbc"'
    tell("it stands quoted below the output, and steers nothing",
         note in out.split("\n") and "\x1b" not in out, out)
    tell("beside the key's name", '    │ key 73c5da0a is your "House"' in out
         and "House" in plain, out)
    j = rows()
    pay = [r for r in j["rows"] if r["kind"] == "pay"]
    tell("in JSON", len(pay) == 1 and pay[0]["note"] == note[6:], pay)
    tell("and in what is agreed to", j["digest"] != before, j["digest"])
    txid, n = spent()
    vault("label", txid, "Salary")
    vault("label", "%s:%d" % (txid, n), "KYC")
    vault("label", "73c5da0a", "Attic")
    out = look()[1]
    tell("of a coin and its transaction", '    │ your note on the coin: "KYC'
         '"; your note on its transaction: "Salary"' in out, out)
    tell("a key's newer name", 'is your "Attic"' in out, out)
    vault("label", "73c5da0a", "")
    vault("label", PAYS, "")
    out = look()[1]
    tell("taken away", "Rent" not in out and 'is your "House"' in out, out)
    for key, text in (("house", "x"), (PAYS, 256 * "x"), ("tx 12", "x")):
        rc, out, err = vault("label", key, text)
        tell("not kept: %s" % key[:12], rc == 2, (rc, err))


def lists():
    txid, n = spent()
    lines = [
        {"type": "addr", "ref": PAYS, "label": "Müller 😀 + 1.0 BTC"},
        {"type": "tx", "ref": txid, "label": "Wage",
         "origin": "wpkh([73c5da0a/84'/1'/0'])", "height": 3},
        {"type": "output", "ref": "%s:%d" % (txid, n), "label": "keep",
         "spendable": False},
        {"type": "output", "ref": TXID + ":4294967295", "spendable": False},
        {"type": "pubkey", "ref": "02" + TXID, "label": "a key"},
        {"type": "input", "ref": TXID + ":0", "label": "an input"},
        {"type": "spscan", "ref": "sp1", "label": "of later"}]
    name = write("labels.jsonl", "".join(json.dumps(
        x, ensure_ascii=i % 2 == 0) + "\n" for i, x in enumerate(lines)))
    rc, out, err = run("look", name, "--vault", V)
    tell("a list is recognised and counted", rc == 0 and "6 labels: 1 of a "
         "transaction, 1 of an address, 1 of a public key, 1 of an input, 2 "
         "of coins" in " ".join(out.replace("│", "").split()) and "1 line is "
         "left out" in out, (out, err))
    tell("what it replaces is said", '"Wage" in place of your "Salary"' in
         " ".join(out.replace("│", "").split()), out)
    rc, out, err = vault("add", name)
    tell("it needs an agreement", rc == 3 and "Wage" not in
         vault("list")[1], (rc, err))
    digest = rows_of(name)["digest"]
    rc, out, err = vault("add", name, "--agree", digest)
    tell("and comes in with one", rc == 0 and "Wage" in vault("list")[1],
         (rc, out, err))
    rc, out, err = look()
    tell("marked as a file's", 'note from a file: "M\\xc3\\xbcller' in out and
         'on the coin: "keep" (not to be spent)' in out, out)
    tell("a coin that is to be kept warns", "btc.coin.frozen" in out and
         "warn" in out, out)
    rc, out, err = run("sign", SIGN, "--vault", V, "--yes", "-o", TMP)
    tell("and must be accepted", rc == 4, (rc, err))
    rc, out, err = run("sign", SIGN, "--vault", V, "--yes", "-o", TMP,
                       "--accept", "btc.coin.frozen")
    tell("by its code", rc == 0 and "written" in out, (rc, err))
    back = [json.loads(x) for x in vault("labels")[1].splitlines()]
    want = [{k: x[k] for k in x if k != "height"} for x in lines[:6]]
    tell("they go out as they came", sorted(map(str, back)) == sorted(
        map(str, want)), back)
    rc, out, err = vault("labels", "-o", TMP)
    tell("into a folder", rc == 0 and open(os.path.join(
        TMP, "coldseal-labels.jsonl"), encoding="utf-8").read() ==
        vault("labels")[1], (rc, out, err))
    out = run("look", name, "--vault", V)[1]
    tell("nothing is new in it now", "6 of them are as they are here already"
         in out and "Wage" not in out, out)
    bad = write("bad.jsonl", json.dumps(lines[0]) + "\n" + json.dumps(
        dict(lines[1], ref="12")) + "\n")
    rc, out, err = run("look", bad)
    tell("a list that is wrong is refused by its line", rc == 2 and
         "line 2: its ref" in err, (rc, err))


def rows_of(name):
    return json.loads(run("look", name, "--vault", V, "--json",
                          network="main")[1])


def settings():
    rc, out, err = vault("set")
    tell("settings are listed", rc == 0 and len(out.splitlines()) == 4 and
         "gap 200 (not set)" in out, out)
    for name, value in (("gap", "1001"), ("gap", "19"), ("idle", "0"),
                        ("unit", "euro"), ("colour", "red"),
                        ("network", "moon")):
        rc, out, err = vault("set", name, value)
        tell("%s %s is not taken" % (name, value), rc == 2 and "setting" not
             in vault("list")[1], (rc, err))
    tell("and one that is", vault("set", "gap", "500")[0] == 0 and
         "gap 500;" in vault("set")[1], vault("set"))
    vault("set", "gap", "")
    tell("as usual again", "gap 200 (not set)" in vault("set")[1])


def main():
    noted()
    lists()
    settings()


try:
    main()
finally:
    shutil.rmtree(TMP, ignore_errors=True)
print("1..%d" % done)
sys.exit(failed != 0)
