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


def with_the_node(n, run, write, tell, wallet, hot, ours):
    """a cosigner that is the node, with one key of this wallet: it signs
    first, we complete"""
    name, desc = wallet[:2]
    who, path = hot
    rig.import_descs(n, "node-" + name, [desc.replace(
        key(who, path), keys.account(who, path, True) + "/<0;1>/*")],
        private=True, last=60)
    half = n.rpc("walletprocesspsbt", unsigned(n, name, 0), True, "DEFAULT",
                 True, False, wallet="node-" + name)
    file = write("node-%s.txt" % name, rig.checksum(n, desc).encode() + b"\n")
    path = write("node-%s.psbt" % name, base64.b64decode(half["psbt"]))
    out = os.path.join(os.path.dirname(path), "node-" + name + "-us")
    os.makedirs(out)
    _, answers, why = sign_known(run, file, path, ours, out)
    final = [a for a in answers if a.endswith(".txn")]
    a = rig.accept(n, [], mine=True, tx=rig.read_tx(final[0])) if final \
        else {"ok": False}
    tell("wallet %s: the node signs, we complete: mined" % name,
         a["ok"] and not half["complete"], (a, why))


def join(run, write, name, bits, script):
    """three of ours and files alone: each gives a key, the first makes the
    wallet of them; what each signer gets to register"""
    base = os.path.dirname(write(name + "-join", b""))
    inv = []
    for i in range(3 if bits == 128 else 1):
        rc, text, _ = run("invite", "--token", str(bits))
        inv.append(write("%s-%d.bsms" % (name, i), text.encode()))
    got = []
    for i, who in enumerate("ABC"):
        out = os.path.join(base, "%s-key-%s" % (name, who))
        os.makedirs(out)
        run("sign", inv[i % len(inv)], "--yes", "-o", out, who=who)
        got += [os.path.join(out, x) for x in os.listdir(out)]
    out = os.path.join(base, name + "-made")
    os.makedirs(out)
    rc, text, err = run("join", "--need", "2", *inv, *got, "--script", script,
                        "-o", out)
    made = sorted(os.listdir(out))
    if rc != 0 or len(got) != 3 or not made:
        return None, (rc, err, got, made)
    files = {}
    for i, who in enumerate("ABC"):
        fpr = keys.master(who).fp.hex()
        mine = [m for m in made if fpr in m] or made
        files[who] = ([inv[i % len(inv)]] if bits else []) + \
            [os.path.join(out, mine[0])]
    return files, err


def set_up_by_files(n, run, write, tell, name, bits, script, signers):
    """BIP129 with three of ours; the node watches what came of it, pays to
    it, and mines what two of them sign in turn"""
    files, why = join(run, write, name, bits, script)
    if files is None:
        return tell("wallet %s: made by files" % name, False, why)
    rc, text, err = run("wallet", *files["A"], "--format", "core")
    n.rpc("createwallet", wallet_name=name, disable_private_keys=True,
          blank=True, descriptors=True, load_on_startup=False)
    got = n.rpc("importdescriptors", json.loads(text), wallet=name)
    tell("wallet %s: the node imports it as we export it" % name,
         len(got) == 2 and all(r["success"] for r in got), (got, err))
    rig.fund(n, name, 1000000, 4)
    path = write(name + ".psbt", base64.b64decode(unsigned(n, name, 0)))
    answers, page, why = [], None, ""
    for who in signers:
        out = os.path.join(os.path.dirname(path), name + "-" + who)
        os.makedirs(out)
        rc, text, why = run("sign", *files[who], path, "--json", "--yes",
                            "-o", out, "--accept", "btc.fee.high", who=who)
        page = [json.loads(x) for x in text.splitlines()][-1]
        answers = [os.path.join(out, a) for a in page["answers"]]
        if not answers:
            break
        path = answers[0]
    tell("wallet %s: its change is proven to each signer" % name,
         page is not None and page["totals"]["change"]["known"] == "proven",
         (page, why))
    final = [a for a in answers if a.endswith(".txn")]
    a = rig.accept(n, [], mine=True, tx=rig.read_tx(final[0])) if final \
        else {"ok": False}
    tell("wallet %s: three of ours by files, signed in turn, mined" % name,
         a["ok"], (a, why))


def read_back(n, run, write, tell):
    """every form that we write is the same wallet to us again, and to the
    node where it reads it"""
    for name, desc, who, _ in WALLETS[:4]:
        wallet = write("forms-%s.txt" % name,
                       rig.checksum(n, desc).encode() + b"\n")
        first = n.rpc("deriveaddresses", rig.checksum(
            n, desc.replace("<0;1>", "0")), [0, 0])[0]
        for form in ("descriptors", "bsms", "coldcard", "sparrow", "specter",
                     "caravan", "policy"):
            rc, text, err = run("wallet", wallet, "--format", form)
            if rc != 0:
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
    for w, path, ours in zip(WALLETS, ("48h/1h/0h/2h", "48h/1h/0h/1h",
                                       "48h/1h/0h/3h", "48h/1h/20h/2h"),
                             "ACAC"):
        with_the_node(n, run, write, tell, w, ("B", path), ours)
    set_up_by_files(n, run, write, tell, "files-wsh", 0, "p2wsh", "AB")
    set_up_by_files(n, run, write, tell, "files-nested", 64, "p2sh-p2wsh",
                    "CB")
    set_up_by_files(n, run, write, tell, "files-tr", 128, "p2tr", "AC")
    read_back(n, run, write, tell)


def one_by_electrum(here, fix, run, write, tell, judge, kind, path, form):
    where = tempfile.mkdtemp(dir=os.path.dirname(write("electrum-dir", b"")))
    lines = ["Name: Electrum and we", "Policy: 2 of 3", "Format: " + form]
    for who in "ABC":
        origin, xpub = keys.account(who, path)[1:].split("]")
        lines += ["Derivation: m" + origin[8:].replace("h", "'"),
                  origin[:8].upper() + ": " + xpub]
    wallet = write("electrum-wallet-%s.txt" % kind,
                   "\n".join(lines).encode() + b"\n")

    def ask(*args):
        return subprocess.run(
            ["/usr/bin/python3", os.path.join(here, "electrum_cosigner.py"),
             here, fix, kind, where, *args], capture_output=True, timeout=120)
    r = ask("sign")
    if r.returncode != 0:
        return tell("Electrum, a cosigner of %s, signs" % form, False,
                    r.stderr[-500:])
    page, answers, why = sign_known(
        run, wallet, os.path.join(where, "half.psbt"), "A", where)
    tell("%s: what Electrum signed is completed, its change proven" % form,
         len(answers) == 2 and page["totals"]["change"]["known"] == "proven",
         (why, page))
    if len(answers) != 2:
        return
    r = ask("complete", answers[1])
    tell("%s: Electrum reads it as its own transaction, complete" % form,
         r.returncode == 0, r.stderr[-500:])
    a = judge(rig.read_tx(answers[1]))
    if a is not None:
        tell("%s: what Electrum and we signed, a node mines" % form, a["ok"],
             a)


def by_electrum(here, fix, run, write, tell, judge):
    """Electrum is one cosigner, we are another; the wallet comes from a file
    in Coldcard's form, which Electrum's users have.  judge: a node with the
    fixtures' chain, or nobody"""
    for more in (("wsh", "48h/1h/0h/2h", "P2WSH"),
                 ("sh-wsh", "48h/1h/0h/1h", "P2WSH-P2SH")):
        one_by_electrum(here, fix, run, write, tell, judge, *more)
