"""Registered wallets of several keys or conditions, with a real node.

For each: the node and we derive the same addresses; coins are paid to them;
the node's PSBT is signed by one owner after the other, each of whom has
registered the wallet from a file; what comes back is complete without the
node's help, accepted and mined.  One cosigner can be the node itself.
"""
import base64
import json
import os
import subprocess
import tempfile

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


def unsigned(n, name, age):
    dest = n.rpc("decodescript", DEST)["address"]
    coins = n.rpc("listunspent", wallet=name)[:2]
    ins = [{"txid": c["txid"], "vout": c["vout"],
            "sequence": age or 0xfffffffd} for c in coins]
    made = n.rpc("walletcreatefundedpsbt", ins, {dest: rig.btc(1200000)}, 0,
                 {"fee_rate": 5, "add_inputs": False}, True, wallet=name)
    # The full previous transactions: amounts proven.
    full = n.rpc("utxoupdatepsbt", made["psbt"])
    return n.rpc("walletprocesspsbt", full, False, "DEFAULT", True, False,
                 wallet=name)["psbt"]


def sign_known(run, wallet, path, who, out):
    """in one session: the wallet's file, then the PSBT"""
    rc, text, err = run("sign", wallet, path, "--json", "--yes", "-o", out,
                        "--accept", "btc.fee.high", who=who)
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
    """the control: before its time the recovery is not complete"""
    text = rig.checksum(n, DECAY)
    wallet = write("early-wallet.txt", text.encode() + b"\n")
    path = write("early.psbt", base64.b64decode(unsigned(n, "decaying", 0)))
    out = os.path.join(os.path.dirname(path), "early-D")
    os.makedirs(out)
    _, answers, why = sign_known(run, wallet, path, "D", out)
    tell("control: recovery before its time is not called complete",
         len(answers) == 1 and answers[0].endswith("-signed.psbt"), why)


def with_the_node(n, run, write, tell):
    """a cosigner that is the node: it signs first, we complete"""
    desc = WALLETS[0][1]
    hot = "wsh(sortedmulti(2,%s,%s,%s))" % (
        key("A", "48h/1h/0h/2h"),
        keys.account("B", "48h/1h/0h/2h", True) + "/<0;1>/*",
        key("C", "48h/1h/0h/2h"))
    rig.import_descs(n, "node-cosigner", [hot], private=True, last=60)
    psbt = unsigned(n, "wsh-2of3", 0)
    half = n.rpc("walletprocesspsbt", psbt, True, "DEFAULT", True, False,
                 wallet="node-cosigner")["psbt"]
    wallet = write("node-wallet.txt", rig.checksum(n, desc).encode() + b"\n")
    path = write("node-half.psbt", base64.b64decode(half))
    out = os.path.join(os.path.dirname(path), "node-A")
    os.makedirs(out)
    _, answers, why = sign_known(run, wallet, path, "A", out)
    final = [a for a in answers if a.endswith(".txn")]
    a = rig.accept(n, [], mine=True, tx=rig.read_tx(final[0])) if final \
        else {"ok": False}
    tell("the node signs, we complete: mined", a["ok"], (a, why))


def by_node(n, run, write, tell):
    for w in WALLETS:
        one(n, run, write, tell, *w)
    early(n, run, write, tell)
    with_the_node(n, run, write, tell)


def by_electrum(here, fix, run, write, tell):
    """Electrum is one cosigner, we are another; the wallet comes from a file
    in Coldcard's form, which Electrum's users have"""
    where = tempfile.mkdtemp(dir=os.path.dirname(write("electrum-dir", b"")))
    lines = ["Name: Electrum and we", "Policy: 2 of 3", "Format: P2WSH"]
    for who in "ABC":
        origin, xpub = keys.account(who, "48h/1h/0h/2h")[1:].split("]")
        lines += ["Derivation: m" + origin[8:].replace("h", "'"),
                  origin[:8].upper() + ": " + xpub]
    wallet = write("electrum-wallet.txt", "\n".join(lines).encode() + b"\n")

    def ask(*args):
        return subprocess.run(
            ["/usr/bin/python3", os.path.join(here, "electrum_cosigner.py"),
             here, fix, where, *args], capture_output=True, timeout=120)
    r = ask("sign")
    if r.returncode != 0:
        return tell("Electrum, a cosigner, signs", False, r.stderr[-500:])
    page, answers, why = sign_known(
        run, wallet, os.path.join(where, "half.psbt"), "A", where)
    tell("what Electrum signed is completed, its change proven",
         len(answers) == 2 and page["totals"]["change"]["known"] == "proven",
         (why, page))
    if len(answers) == 2:
        r = ask("complete", answers[1])
        tell("Electrum reads it as its own transaction, complete",
             r.returncode == 0, r.stderr[-500:])
