#!/usr/bin/env python3
"""attacks.py PROGRAM: the known attacks on Bitcoin signers, by their number,
against the whole program: four processes, the jail, the command line.

Each is a real file with one thing bent; the answer must carry the right code.
A file with nothing bent stands beside each as the control.  Speaks TAP.
"""
import base64
import json
import os
import struct

from program import FIX, TMP, codes, end, fix, folder, lines, run, tell
import keys
import psbt


def look(path, **kw):
    r = run("look", path, "--json", **kw)
    return json.loads(r.stdout), r.returncode


def sign(paths, codes=()):
    out = folder()
    accept = ["--accept", ",".join(codes)] if codes else []
    r = run("sign", *paths, "--json", "--yes", "-o", out, *accept)
    return lines(r), r.returncode, out


def bend(name, how, label):
    """a fixture with something changed, as a file"""
    p = psbt.Psbt.parse(open(fix(name), "rb").read())
    p = how(p) or p
    path = os.path.join(TMP, label + ".psbt")
    with open(path, "wb") as f:
        f.write(p.ser())
    return path


def must(number, what, path, code, verdict, **kw):
    j, rc = look(path, **kw)
    tell(number, what, code in codes(j) and j["verdict"] == verdict,
         (j["verdict"], codes(j), rc))


def broken(number, what, path, where):
    """no page at all: the file is refused and the place is named"""
    j, rc = look(path)
    text = j["findings"][0]["text"] if j["findings"] else ""
    tell(number, what, rc == 2 and j["digest"] is None and where in text,
         (rc, codes(j), text))


GOOD = ["sign/wpkh-in2", "sign/tr-in2", "sign/pkh-in2", "sign/shwpkh-in2"]
for g in GOOD:
    j, rc = look(fix(g))
    tell("control", g + " is allowed", j["verdict"] == "allow" and rc == 0,
         codes(j))

# 1: each file lies about one input; together they would burn the difference.
PAIR = [fix("attack/fee-attack-part1"), fix("attack/fee-attack-part2")]
for p in PAIR:
    j, _ = look(p)
    tell(1, "alone, the amounts are claimed and must be accepted",
         j["verdict"] == "warn" and "btc.amount.unproven" in codes(j) and
         j["totals"]["fee"]["known"] == "claimed", codes(j))
    _, rc, out = sign([p])
    tell(1, "unaccepted, nothing is signed", rc == 4 and not os.listdir(out),
         rc)
js, rc, out = sign(PAIR, ["btc.amount.unproven"])
tell(1, "in one session the second file is refused",
     rc == 3 and js[0]["answers"] and not js[1]["answers"] and
     "btc.amount.changed" in codes(js[1]), [codes(j) for j in js])


# 2: witness utxo and previous transaction disagree.
def amount(p):
    v = bytearray(p.i[0].get(1))
    v[0] ^= 1
    p.i[0].put(1, bytes(v))


def script(p):
    v = bytearray(p.i[0].get(1))
    v[-1] ^= 1
    p.i[0].put(1, bytes(v))


must(2, "another amount than the previous transaction",
     bend("sign/wpkh-in2", amount, "2a"), "btc.amount.false", "refuse")
must(2, "another script than the previous transaction",
     bend("sign/wpkh-in2", script, "2b"), "btc.amount.false", "refuse")

must(3, "an output that the previous transaction does not have",
     fix("attack/prevtx-vout-out-of-range"), "btc.prevtx.index", "refuse")

must(4, "our path beside a stranger's script",
     fix("attack/change-script-not-ours"), "btc.change.false", "refuse")
must(4, "a stranger's key under our fingerprint",
     fix("attack/change-foreign-key-our-fingerprint"), "btc.change.false",
     "refuse")

# 5: a script that our key is in is not ours; nothing of it is proven.
SEVERAL = ("policy/wsh-sm23-AB", "policy/shwsh-sm23-AB",
           "policy/tr-key-or-ma-script")
j, _ = look(fix(SEVERAL[0]))
tell("control", "a wallet of several keys is signed under a warning, its "
     "change claimed", codes(j) == ["btc.wallet.unregistered"] and
     j["verdict"] == "warn" and j["totals"]["change"]["known"] == "claimed"
     and any("2 of 3: " in r["to"] for r in j["rows"]), j)
for name in ("ms-change-swapped-cosigner", "ms-change-lower-threshold",
             "ms-change-key-repeated"):
    j, _ = look(fix("attack/" + name))
    tell(5, name + " is a payment", j["verdict"] == "warn" and
         not [r for r in j["rows"] if r["kind"] == "change"] and
         len([r for r in j["rows"] if r["kind"] == "pay"]) == 2, j["rows"])
_, rc, out = sign([fix(SEVERAL[0])])
tell(5, "unaccepted, nothing is signed", rc == 4 and not os.listdir(out), rc)
must(5, "another script than the one committed to",
     fix("attack/witness-script-missing"), "btc.script.missing", "refuse")
must(5, "a leaf that the coin does not commit to",
     fix("attack/tr-leaf-not-committed"), "btc.taproot.false", "refuse")

must(6, "a cosigner's extended key that does not give the coins' keys",
     fix("attack/xpub-foreign-under-cosigner-fingerprint"), "btc.xpub.false",
     "refuse")
must(6, "a cosigner's signature that does not hold",
     fix("attack/partial-sig-invalid-cosigner"), "btc.signature.invalid",
     "refuse")

# 8: what the screen would obey.
evil = os.path.join(TMP, "a\n\x1b[2J\u202egpj.psbt")
with open(evil, "wb") as f:
    f.write(open(fix("sign/wpkh-in2"), "rb").read())
r = run("look", evil)
text = r.stdout.decode()
tell(8, "a hostile file name is shown escaped",
     r.returncode == 0 and "a\\x0a\\x1b[2J" in text and "\x1b" not in text and
     "\u202e" not in text, text[:200])
def hostile_data(p):
    t = p.tx
    t.vout[0][1] = bytes.fromhex("6a05") + b"\x1b[2J\n"
    t.vout[0][0] = 0
    p.tx = t


r = run("look", bend("sign/wpkh-in2", hostile_data, "8"))
tell(8, "hostile bytes in a data output are shown escaped",
     b"\x1b" not in r.stdout and b"1b5b324a0a" in r.stdout, r.stdout[:600])

for name, code, verdict in (
        ("attack/sighash-none", "btc.sighash.none", "refuse"),
        ("sign/wpkh-sighash-single", "btc.sighash.single", "warn"),
        ("sign/pkh-sighash-all-acp", "btc.sighash.anyonecanpay", "warn"),
        ("attack/sighash-zero-on-v0", "btc.sighash.invalid", "refuse"),
        ("attack/sighash-single-no-output-pkh", "btc.sighash.single-bug",
         "refuse")):
    must(9, name, fix(name), code, verdict)

# 10: 32 bytes that could be the digest of anything.
for label, data in (("10a", os.urandom(32)),
                    ("10b", os.urandom(32).hex().encode() + b"\n")):
    path = os.path.join(TMP, label)
    with open(path, "wb") as f:
        f.write(data)
    j, rc = look(path)
    tell(10, "a bare hash is no file we sign", rc == 2 and
         codes(j) == ["file.unknown"], codes(j))

def message(text, label, path_="m/84'/1'/0'/0/0"):
    path = os.path.join(TMP, label + ".txt")
    with open(path, "wb") as f:
        f.write(text + b"\n" + path_.encode() + b"\np2wpkh\n")
    return path


j, rc = look(message(b"I own this.", "words"))
tell("control", "words are signed", j["verdict"] == "allow" and
     j["rows"][0]["to"] == "I own this.", j)
for label, data in (("10c", os.urandom(32).hex().encode()),
                    ("10d", b"0x" + os.urandom(32).hex().encode()),
                    ("10e", base64.b64encode(os.urandom(32)))):
    must(10, "a bare hash in the place of a message", message(data, label),
         "btc.message.hash", "refuse")
    _, rc, out = sign([message(data, label)])
    tell(10, "and it is not signed", rc == 3 and not os.listdir(out), rc)
must(10, "a transaction in the place of a message",
     message(b"0200000001" + os.urandom(60).hex().encode(), "10f"),
     "btc.message.data", "warn")
must(8, "a message that steers a terminal", message(b"a\x1b[2Jb", "8a"),
     "btc.message.control", "refuse")
must(8, "a message that reads the other way round",
     message("a\u202eb".encode(), "8b"), "btc.message.hidden", "warn")
must(8, "a message that ends its frame",
     message(b"-----BEGIN BITCOIN SIGNATURE-----", "8c"),
     "btc.message.control", "refuse")
r = run("look", message("a\u202e\x1b  b".encode(), "8d"))
tell(8, "and none of it is drawn as it is", b"\x1b" not in r.stdout and
     rb"a\xe2\x80\xae\x1b \x20b" in r.stdout, r.stdout)
must(11, "a message by a key of another network",
     message(b"a", "11m", "m/84'/0'/0'/0/0"), "btc.path.network", "warn")

must(11, "a coin type of another network",
     fix("attack/network-cointype0-on-test"), "btc.path.network", "warn")


def xpub(testnet):
    def how(p):
        k = keys.master("A").derive("m/84h/1h/0h")
        path_ = b"".join(struct.pack("<I", x) for x in
                         keys.path("m/84h/1h/0h"))
        p.g.put(1, keys.master("A").fp + path_, k.raw78(testnet))
    return how


must(11, "an extended key of the other kind of network",
     bend("sign/wpkh-in2", xpub(False), "11a"), "btc.xpub.network", "refuse")
j, _ = look(bend("sign/wpkh-in2", xpub(True), "11b"))
tell("control", "our own extended key is allowed", j["verdict"] == "allow",
     codes(j))

must(12, "the same coin twice", fix("attack/duplicate-inputs"),
     "btc.input.duplicate", "refuse")


def far_twice(p):
    t = p.tx
    t.vin[-1] = list(t.vin[0])
    p.tx = t
    p.i[-1] = psbt.Map(p.i[0])


must(12, "the same coin at the first and the last of 1,000 inputs",
     bend("sign/wpkh-in1000", far_twice, "12"), "btc.input.duplicate",
     "refuse")

for name in ("amount-over-21M", "amount-negative-int64",
             "amount-sum-overflow"):
    must(13, name, fix("attack/" + name), "btc.amount.range", "refuse")

must(14, "an absurd fee", fix("attack/fee-huge"), "btc.fee.absurd", "refuse")


def fee(sat):
    def how(p):
        t = p.tx
        have = sum(v for v, _ in t.vout)
        t.vout[1][0] -= sat - (200000 - have)
        p.tx = t
    return how


must(14, "a fee of 5 % is warned of",
     bend("sign/wpkh-in2", fee(3000), "14a"), "btc.fee.high", "warn")
j, _ = look(bend("sign/wpkh-in2", fee(2999), "14b"))
tell("control", "a fee just below 5 % is not", j["verdict"] == "allow",
     codes(j))


# 15: data that claims to be change.
def data_change(p):
    t = p.tx
    t.vout[1][1] = bytes.fromhex("6a04") + b"oops"
    p.tx = t


j, _ = look(bend("sign/wpkh-in2", data_change, "15"))
tell(15, "a data output with our path is never change",
     not [r for r in j["rows"] if r["kind"] == "change"] and
     j["verdict"] != "allow", (codes(j), j["rows"]))

for name in ("output-bare-multisig", "output-witness-v2", "output-p2a",
             "output-empty-script", "output-op-true"):
    must(16, name, fix("attack/" + name), "btc.output.unknown", "warn")
must(16, "coins sent to a data output", fix("attack/opreturn-burns-coins"),
     "btc.output.burn", "warn")

must(17, "a lock far in the future", fix("attack/locktime-far-future"),
     "btc.locktime.future", "warn")
j, _ = look(fix("attack/locktime-disabled-by-sequences"))
tell(17, "a lock without force is said to have none",
     "btc.locktime.idle" in codes(j) and j["verdict"] == "allow", codes(j))


def long_txid(p):
    p.i[0].put(0x0e, p.i[0].get(0x0e) + b"\0")


broken(18, "a previous txid of 33 bytes",
       bend("attack/v2-plain", long_txid, "18"), "input 0: previous txid")

broken(19, "the same field twice", fix("bad/duplicate-input-key"),
       "input 0: previous tx")
broken(19, "the transaction twice", fix("bad/duplicate-global-tx"),
       "unsigned tx")



# 20: a bare script of m of n, with m and n as no script may have them.
def count(m, n):
    def how(p):
        code = bytearray(p.i[0].get(4))
        code[0], code[-2] = m, n
        old = bytes.fromhex("a914") + keys.hash160(p.i[0].get(4)) + b"\x87"
        new = bytes.fromhex("a914") + keys.hash160(bytes(code)) + b"\x87"
        prev = psbt.Tx.parse(p.i[0].get(0))
        for out in prev.vout:
            out[1] = new if out[1] == old else out[1]
        t = p.tx
        p.i[0].put(0, prev.ser())
        t.vin[0][0] = keys.sha256(keys.sha256(prev.ser()))
        p.tx = t
        p.i[0].put(4, bytes(code))
    return how


BARE = "policy/sh-sm23-A-partial"
must("control", "2 of 3 rewritten as itself",
     bend(BARE, count(0x52, 0x53), "20"), "btc.wallet.unregistered", "warn")
for m, n in ((0x00, 0x53), (0x54, 0x53), (0x52, 0x54)):
    must(20, "m %02x of n %02x" % (m, n), bend(BARE, count(m, n), "20b"),
         "btc.script.unsupported", "refuse")

# 22: what is shown is what is signed, for every file that can be signed.
shown = 0
for name in sorted(os.listdir(os.path.join(FIX, "sign"))):
    if ".signed-" in name or not name.endswith(".psbt") or "in1000" in name:
        continue
    j, _ = look(os.path.join(FIX, "sign", name))
    if j["verdict"] == "refuse":
        continue
    js, rc, out = sign([os.path.join(FIX, "sign", name)], codes(j))
    final = [a for a in js[0].get("answers", []) if a.endswith(".txn")]
    if not final:
        continue
    t = psbt.Tx.parse(bytes.fromhex(open(os.path.join(out, final[0])).read()))
    rows = sorted(int(r["amount"] or 0) for r in js[0]["rows"]
                  if r["kind"] in ("pay", "change", "data"))
    if rows != sorted(v for v, _ in t.vout):
        tell(22, name + " signs other outputs than it showed", False, rows)
    shown += 1
tell(22, "%d signed transactions have exactly the outputs shown" % shown,
     shown > 30, shown)

# 34: every broken file ends with a place, never with a death.
for name in sorted(os.listdir(os.path.join(FIX, "bad"))):
    j, rc = look(os.path.join(FIX, "bad", name))
    tell(34, name, rc == 2 and j["verdict"] == "refuse", (rc, j))

# 37: a name is a name.
victim = os.path.join(TMP, "..%2f..\\evil:name?.psbt")
with open(victim, "wb") as f:
    f.write(open(fix("sign/wpkh-in2"), "rb").read())
js, rc, out = sign([victim])
tell(37, "the answer to a hostile name lies in the folder asked for",
     rc == 0 and len(os.listdir(out)) == 2 and
     not any(c in n for n in os.listdir(out) for c in "\\:?/"),
     os.listdir(out))

end()
