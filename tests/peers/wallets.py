"""Registered wallets of several keys or conditions, with a real node.

For each: the node and we derive the same addresses; coins are paid to them;
the node's PSBT is signed by one owner after the other, each of whom has
registered the wallet from a file; what comes back is complete without the
node's help, accepted and mined.  Signers with vaults, and the node or Electrum
among them: "several" beside this file.
"""
import base64
import json
import os

import keys
import rig

NUMS = "50929b74c1a04954b78b4b6035e97a5e078a5a0f28ec96d547bfee9ace803ac0"


def key(who, path):
    return keys.account(who, path) + "/<0;1>/*"


def three(path):
    return ",".join(key(w, path) for w in "ABC")


DECAY = "wsh(or_d(multi(2,%s),and_v(v:pkh(%s),older(10))))" % (
    three("48h/1h/20h/2h"), key("D", "48h/1h/20h/2h"))
# name, descriptor, who signs in turn, age of the coins in blocks
WALLETS = (
    ("wsh-2of3", "wsh(sortedmulti(2,%s))" % three("48h/1h/0h/2h"), "AB", 0),
    ("sh-wsh-2of3", "sh(wsh(sortedmulti(2,%s)))" % three("48h/1h/0h/1h"),
     "BC", 0),
    ("tr-nums-2of3", "tr(%s,multi_a(2,%s))" % (NUMS, three("48h/1h/0h/3h")),
     "AC", 0),
    ("decaying", DECAY, "AC", 0),
    ("decaying-recovery", DECAY, "D", 10),
    ("tr-tree", "tr(%s,{pk(%s),and_v(v:pk(%s),older(10))})" % (
        key("D", "87h/1h/20h"), key("B", "87h/1h/20h"),
        key("C", "87h/1h/20h")), "C", 10),
)
DEST = "0014" + "22" * 20


def unsigned(n, name, age, coins=None, amount=1200000):
    dest = n.rpc("decodescript", DEST)["address"]
    coins = coins or n.rpc("listunspent", wallet=name)[:2]
    ins = [{"txid": c["txid"], "vout": c["vout"],
            "sequence": age or 0xfffffffd} for c in coins]
    made = n.rpc("walletcreatefundedpsbt", ins, {dest: rig.btc(amount)}, 0,
                 {"fee_rate": 5, "add_inputs": False}, True, wallet=name)
    # The full previous transactions: amounts proven.
    full = n.rpc("utxoupdatepsbt", made["psbt"])
    return n.rpc("walletprocesspsbt", full, False, "DEFAULT", True, False,
                 wallet=name)["psbt"]


def sign_known(run, wallet, path, who, out, accept=""):
    """in one session: the wallet's file, then the PSBT"""
    rc, text, err = run("sign", wallet, path, "--json", "--yes", "-o", out,
                        "--accept", "btc.fee.high" + accept, who=who)
    lines = [json.loads(x) for x in text.splitlines()]
    if rc != 0 or len(lines) != 2:
        return None, [], (rc, err, [x["findings"] for x in lines])
    return lines[1], [os.path.join(out, a) for a in lines[1]["answers"]], err


def addresses(run, n, tell, name, desc, path):
    rc, text, err = run("look", path, who="A" if name != "decaying-recovery"
                        and name != "tr-tree" else "D")
    shown = "".join(text.replace("│", "").split())
    branch = desc.replace("<0;1>", "0"), desc.replace("<0;1>", "1")
    want = n.rpc("deriveaddresses", rig.checksum(n, branch[0]), [0, 2]) + \
        n.rpc("deriveaddresses", rig.checksum(n, branch[1]), [0, 0])
    tell("wallet %s: the addresses are the node's" % name,
         rc == 0 and all(a in shown for a in want), (rc, err, want))


def one(n, run, write, tell, name, desc, signers, age):
    text = rig.checksum(n, desc)
    wallet = write("%s-wallet.txt" % name, text.encode() + b"\n")
    addresses(run, n, tell, name, desc, wallet)
    rig.import_descs(n, name, [desc], last=60)
    rig.fund(n, name, 1000000, 4)
    if age:
        n.rpc("generatetoaddress", age, n.rpc("decodescript", DEST)["address"])
    psbt = unsigned(n, name, age)
    path = write(name + ".psbt", base64.b64decode(psbt))
    answers, page, why = [], None, ""
    for who in signers:
        out = os.path.join(os.path.dirname(path), name + "-" + who)
        os.makedirs(out)
        page, answers, why = sign_known(run, wallet, path, who, out)
        if not answers:
            break
        path = answers[0]
    tell("wallet %s: signed without the warning, change proven" % name,
         page is not None and page["totals"]["change"]["known"] == "proven" and
         not any(f["code"].startswith("btc.wallet") for f in
                 page["findings"]), (page and page["findings"], why))
    final = [a for a in answers if a.endswith(".txn")]
    if len(final) != 1:
        return tell("wallet %s: complete" % name, False, answers)
    a = rig.accept(n, [], mine=True, tx=rig.read_tx(final[0]))
    tell("wallet %s: accepted and mined as it is" % name, a["ok"], a)


def early(n, run, write, tell):
    """the control: before its time the recovery is warned of, not complete"""
    text = rig.checksum(n, DECAY)
    wallet = write("early-wallet.txt", text.encode() + b"\n")
    path = write("early.psbt", base64.b64decode(unsigned(n, "decaying", 0)))
    out = os.path.join(os.path.dirname(path), "early-D")
    os.makedirs(out)
    _, answers, why = sign_known(run, wallet, path, "D", out)
    tell("recovery before its time is warned of", not answers and any(
        f["code"] == "btc.key.idle" for f in why[2][1]), why)
    _, answers, why = sign_known(run, wallet, path, "D", out, ",btc.key.idle")
    tell("control: recovery before its time is not called complete",
         len(answers) == 1 and answers[0].endswith("-signed.psbt"), why)


FORMS = ("descriptors", "bsms", "coldcard", "sparrow", "specter", "caravan",
         "policy")
# Not all of them; nobody's key is no extended key here, as BIP388 wants it.
SAYS = {"tr-nums-2of3": ("descriptors", "bsms"),
        "decaying": ("descriptors", "bsms", "specter", "policy")}


def read_back(n, run, write, tell):
    """every form that we write is the same wallet to us again, and to the
    node where it reads it"""
    for name, desc, who, _ in WALLETS[:4]:
        wallet = write("forms-%s.txt" % name,
                       rig.checksum(n, desc).encode() + b"\n")
        first = n.rpc("deriveaddresses", rig.checksum(
            n, desc.replace("<0;1>", "0")), [0, 0])[0]
        for form in FORMS:
            rc, text, err = run("wallet", wallet, "--format", form)
            if form not in SAYS.get(name, FORMS):
                tell("wallet %s: %s cannot say it, and that is said" %
                     (name, form), rc == 2 and "cannot say" in err, err)
                continue
            again = write("form-" + form, text.encode())
            rc, text, err = run("wallet", again, "--index", "0")
            tell("wallet %s as %s: read again, the node's address" %
                 (name, form), rc == 0 and text.split() == ["0/0", first],
                 (text, err, first))
        rc, text, err = run("wallet", wallet, "--format", "core")
        for d, internal in ((x["desc"], x["internal"]) for x in
                            json.loads(text)):
            want = n.rpc("deriveaddresses", rig.checksum(n, desc.replace(
                "<0;1>", "1" if internal else "0")), [0, 2])
            tell("wallet %s as core: the node derives the same" % name,
                 n.rpc("deriveaddresses", d, [0, 2]) == want, d)


def by_node(n, run, write, tell):
    for w in WALLETS:
        one(n, run, write, tell, *w)
    early(n, run, write, tell)
    read_back(n, run, write, tell)
