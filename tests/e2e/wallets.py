#!/usr/bin/env python3
"""wallets.py PROGRAM: registered wallets against the whole program, and the
known attacks on them by their number.

A wallet's file and a PSBT are named together: one session.  Speaks TAP.
"""
import json
import os

from program import FIX, TMP, codes, end, fix, folder, lines, run, tell
import bent
from descsum import checksum

MANIFEST = json.load(open(os.path.join(FIX, "manifest.json")))
HONEST = "policy/wsh-sm23-AB"


def look(path):
    r = run("look", path, "--json")
    return json.loads(r.stdout), r.returncode


def wallet(policy, label=None, text=None):
    """a file of the wallet's descriptor, or of another in its place"""
    text = text or MANIFEST["policies"][policy]["descriptor"]
    path = os.path.join(TMP, (label or policy) + ".txt")
    with open(path, "w") as f:
        f.write(text + "#" + checksum(text) + "\n")
    return path


def known(policy, path, accept=()):
    """the wallet is registered, then the file signed: one session"""
    out = folder()
    more = ["--accept", ",".join(accept)] if accept else []
    r = run("sign", wallet(policy), path, "--json", "--yes", "-o", out, *more)
    return (lines(r), r.returncode,
            os.listdir(out))


js, rc, out = known("wsh-sm23", fix(HONEST))
tell("control", "a registered wallet's coins are signed without a warning, "
     "its change proven", rc == 0 and len(out) == 1 and
     not codes(js[1]) and js[1]["totals"]["change"]["known"] == "proven",
     (rc, out, js))
for name in ("ms-change-swapped-cosigner", "ms-change-lower-threshold",
             "ms-change-key-repeated"):
    js, rc, out = known("wsh-sm23", fix("attack/" + name))
    tell(5, name + " is refused once the wallet is known", rc == 3 and
         not out and "btc.change.false" in codes(js[1]), (rc, out, js))
js, rc, out = known("wsh-sm35", fix(HONEST))
tell(5, "a coin with our key of a registered wallet, which that wallet does "
     "not give, is refused", rc == 3 and not out and
     "btc.wallet.false" in codes(js[1]), (rc, out, js))

# 6, 20: what may be registered.
D = MANIFEST["policies"]["wsh-sm23"]["descriptor"]
KEYS = D[len("wsh(sortedmulti(2,"):-2].split(",")
OURS, SECOND = KEYS[0], KEYS[1]
OTHER = MANIFEST["policies"]["wsh-m23"]["descriptor"].split(",")[1]
for number, what, d, code in (
        (6, "our key in it is not ours", D.replace(
            OURS.split("]")[1], OTHER.split("]")[1]), "btc.xpub.false"),
        (6, "none of its keys is ours", "wsh(sortedmulti(1,%s,%s))" %
         (SECOND, KEYS[2]), "btc.key.none"),
        (6, "our key stands there twice", D.replace(SECOND, OURS),
         "btc.wallet.key-twice"),
        (6, "a second key of ours in a cosigner's place",
         D.replace(SECOND, OTHER), "btc.wallet.key-twice"),
        (20, "a key without an origin is named", D.replace(
            SECOND, SECOND.split("]")[1]), "btc.wallet.origin"),
        (20, "coins that anybody can take after a time",
         "wsh(or_d(pk(%s),older(10)))" % OURS, "btc.wallet.unsafe")):
    path = wallet("wsh-sm23", "bent", d)
    j, rc = look(path)
    tell(number, what, code in codes(j) and j["verdict"] != "allow" and
         j["job"] == "bitcoin wallet", (rc, j))
for what, d in (("none of its keys needed", D.replace("(2,", "(0,")),
                ("more keys needed than there are", D.replace("(2,", "(4,"))):
    j, rc = look(wallet("wsh-sm23", "bent", d))
    tell(20, what, rc == 2 and codes(j) == ["file.range"], (rc, j))
j, rc = look(wallet("wsh-sm23"))
tell("control", "the wallet as it is may be registered",
     rc == 0 and j["verdict"] == "allow", j)

# 7: change at an index that no wallet would look at.


def read(name):
    with open(fix(name), "rb") as f:
        return f.read()


def bend(name, data):
    path = os.path.join(TMP, name)
    with open(path, "wb") as f:
        f.write(data)
    return path


js, rc, out = known("wsh-sm23", bend("far.psbt", bent.change(
    read(HONEST), "48h/1h/0h/2h", "far")))
tell(7, "change of a registered wallet, far beyond its coins, is warned of",
     rc == 4 and not out and "btc.path.gap" in codes(js[1]), (rc, out, js))

# Coins of two wallets in one transaction: the owner must say so.

two = [wallet("wsh-sm23"), wallet("wsh-m23"),
       bend("joined.psbt", bent.joined(read(HONEST),
                                       read("policy/wsh-m23-AB")))]
out = folder()
r = run("sign", *two, "--json", "--yes", "-o", out, "--accept",
        "btc.wallet.key-shared")
js = lines(r)
tell(5, "coins of two registered wallets together must be accepted",
     r.returncode == 4 and codes(js[2]) == ["btc.wallet.several"] and
     not os.listdir(out), (r.returncode, js))
r = run("sign", *two, "--json", "--yes", "-o", out, "--accept",
        "btc.wallet.several,btc.wallet.key-shared")
tell("control", "accepted by name, they are signed", r.returncode == 0 and
     len(os.listdir(out)) == 1, (r.returncode, r.stderr))
js, rc, out = known("wsh-sm23", two[2])
tell(5, "one of the two unregistered: its change is not proven",
     rc == 3 and "btc.change.false" in codes(js[1]), (rc, js))

# A second file that calls itself the wallet already known.
swapped = os.path.join(TMP, "again.json")
with open(swapped, "w") as f:
    json.dump({"name": checksum(D), "descriptor": D.replace(
        KEYS[2], KEYS[2].replace("/<0;1>/*", "/<2;3>/*"))}, f)
r = run("sign", wallet("wsh-sm23"), swapped, "--json", "--yes", "-o", TMP)
js = lines(r)
tell(6, "our key and a registered wallet's name, with other keys: warned of",
     r.returncode == 4 and set(codes(js[1])) ==
     {"btc.wallet.name", "btc.wallet.key-shared"}, (r.returncode, js))
r = run("look", wallet("wsh-sm23"), wallet("wsh-sm23"), "--json")
tell("control", "the same wallet again is no other one",
     [codes(j) for j in lines(r)] == [[], ["btc.wallet.known"]], r)

# What is looked at together has the page that it is signed under.
two = [wallet("wsh-sm23"), fix(HONEST)]
r = run("look", *two, "--json")
js = lines(r)
tell("control", "looked at behind its wallet there is no warning",
     js[1]["verdict"] == "allow", js[1])
out = folder()
r = run("sign", *two, "--json", "-o", out, "--agree",
        ",".join(j["digest"] for j in js))
tell("control", "and its digest is the one to agree to", r.returncode == 0
     and os.listdir(out) == [os.path.basename(HONEST) + "-signed.psbt"], r)
j, _ = look(fix(HONEST))
tell(5, "the page without the wallet is another one",
     j["digest"] != js[1]["digest"] and
     codes(j) == ["btc.wallet.unregistered"], j)

# What is told of a wallet is told of none that is refused.
r = run("wallet", wallet("wsh-sm23"), "--index", "0-2")
lines = r.stdout.decode().split("\n")
tell("control", "addresses of a wallet", r.returncode == 0 and
     [x.split(" ")[0] for x in lines] == ["0/0", "0/1", "0/2", ""], lines)
r = run("wallet", wallet("wsh-sm23", "bent", D.replace(SECOND, OURS)))
tell(6, "no address of a wallet that has our key twice", r.returncode == 3 and
     b"0/0 " not in r.stdout, r)
for form in ("descriptors", "bsms", "core", "coldcard", "sparrow", "specter",
             "caravan", "policy"):
    path = os.path.join(TMP, "form-" + form)
    r = run("wallet", wallet("wsh-sm23"), "--format", form)
    with open(path, "wb") as f:
        f.write(r.stdout)
    again = run("wallet", path, "--format", "descriptors")
    tell("control", form + ": written and read again",
         again.stdout.decode().strip() == D + "#" + checksum(D), again)

end()
