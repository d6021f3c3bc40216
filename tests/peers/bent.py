"""Files of a registered wallet, bent on their way to the signer: PSBTs whose
parts are exchanged, wallet files with another's key.  "several" beside this
file tries them on vaults."""
import base64
import struct

import keys
import psbt
import rig
import vaults
import wallets
from descsum import checksum

FAR = 100000


def key_of(who, path):
    return keys.ser(keys.master(who).derive(path).pub)


def change_of(p):
    """number of the output that says whose it is"""
    return next(i for i, m in enumerate(p.o) if m.all(2) or m.all(7))


def several(need, pubs):
    return bytes([0x50 + need]) + b"".join(
        b"\x21" + k for k in sorted(pubs)) + bytes([0x50 + len(pubs), 0xae])


def pay_to(p, at, script):
    """output at: this witness script, and an address of it"""
    t = p.tx
    p.o[at].put(1, script)
    t.vout[at][1] = b"\0\x20" + keys.sha256(script)
    p.tx = t


def change(raw, path, how):
    """the change of a wsh wallet of A, B and C (their keys at this path), as
    somebody between would like it"""
    p = psbt.Psbt.parse(raw)
    at = change_of(p)
    m = p.o[at]
    where = m.all(2)[0][1][4:]
    index = struct.unpack("<I", where[-4:])[0]
    branch = struct.unpack("<I", where[-8:-4])[0]
    if how == "far":
        branch, index = 1, FAR
    below = "%s/%d/%d" % (path, branch, index)
    pubs = {w: key_of(w, below) for w in "ABC"}
    need = 2
    if how == "swapped":
        pubs["C"] = key_of("X", below)
    elif how == "lower":
        need = 1
    elif how == "repeated":
        pubs["C"] = pubs["B"]
    m.drop(2)
    for w, k in pubs.items():
        m.put(2, keys.master(w).fp + b"".join(
            struct.pack("<I", x) for x in keys.path(below)), k)
    pay_to(p, at, several(need, pubs.values()))
    return p.ser()


def joined(first, second):
    """two transactions made one"""
    p, q = psbt.Psbt.parse(first), psbt.Psbt.parse(second)
    t, u = p.tx, q.tx
    t.vin, t.vout = t.vin + u.vin, t.vout + u.vout
    p.i, p.o, p.tx = p.i + q.i, p.o + q.o, t
    return p.ser()


def lied(raw, less):
    """no previous transactions, and each amount so much lower"""
    p = psbt.Psbt.parse(raw)
    t = p.tx
    for m, v in zip(p.i, t.vin):
        out = psbt.Tx.parse(m.get(0)).vout[v[1]]
        m.drop(0)
        m.put(1, struct.pack("<Q", out[0] - less) + psbt.cs(len(out[1])) +
              out[1])
    return p.ser()


def other_script(raw, path):
    """an input's witness script with X in C's place, the coin as it was"""
    p = psbt.Psbt.parse(raw)
    m = p.i[0]
    where = struct.unpack("<2I", m.all(6)[0][1][-8:])
    below = "%s/%d/%d" % ((path,) + where)
    pubs = [key_of(w, below) for w in "ABX"]
    m.put(5, several(2, pubs))
    return p.ser()


def tr_change(raw):
    """another output key, the fields as they were"""
    p = psbt.Psbt.parse(raw)
    t = p.tx
    at = change_of(p)
    t.vout[at][1] = b"\x51\x20" + key_of("X", "86h/1h/0h/0/0")[1:]
    p.tx = t
    return p.ser()


def swapped(desc, who, by="X"):
    """the same wallet, with X's key where this signer's was"""
    at = desc.index("[" + keys.master(who).fp.hex())
    end = desc.index("]", at)
    path = desc[at + 10:end]
    xpub = keys.account(by, path).split("]")[1]
    return desc[:end + 1] + xpub + desc[desc.index("/", end):]


class Against:
    def __init__(self, s, made, tell):
        self.s, self.made, self.tell = s, made, tell
        self.wsh, self.nested = made[0], made[1]
        self.raw = open(self.wsh.pay("honest"), "rb").read()
        self.count = 0

    def file(self, data):
        self.count += 1
        return self.s.write("bent-%d.psbt" % self.count, data)

    def refused(self, what, data, code, who="A"):
        """by the page, and so by sign, whatever is accepted"""
        path = self.file(data)
        page = self.s.look(who, path)[0]
        _, answers = self.s.sign(who, path, accept=",".join(
            vaults.codes(page)) or "-")
        self.tell(what + ": refused", page["verdict"] == "refuse" and
                  code in vaults.codes(page) and not answers,
                  (page["findings"], answers))

    def warned(self, what, data, code, who="A", more=()):
        """signed when that, and what else there is, is accepted by name"""
        path = self.file(data)
        page = self.s.look(who, path)[0]
        _, none = self.s.sign(who, path, accept=",".join(more) or "-")
        _, answers = self.s.sign(who, path, accept=",".join(
            [code, *more]))
        self.tell(what + ": a warning, by name", set(vaults.codes(page)) ==
                  {code, *more} and not none and answers,
                  (page["findings"], none, answers))

    def changes(self):
        for how in ("swapped", "lower", "repeated"):
            self.refused("attack 5: change, a key or the threshold of its "
                         "script %s" % how, change(self.raw, self.wsh.at,
                                                   how), "btc.change.false")
        self.warned("attack 7: change at index %d" % FAR,
                    change(self.raw, self.wsh.at, "far"), "btc.path.gap")
        tr = open(self.made[3].pay("honest"), "rb").read()
        self.refused("attack 5: taproot change, another output key",
                     tr_change(tr), "btc.change.false")

    def inputs(self):
        page = self.s.look("A", self.file(other_script(
            self.raw, self.wsh.at)))[0]
        self.tell("attack 5: the script of a coin, of another wallet: refused",
                  page["verdict"] == "refuse", page["findings"])
        # The thief's own wallet, paid to, with our key in it.
        n, d = self.wsh.n, swapped(self.wsh.desc, "C")
        rig.import_descs(n, "thief", [rig.checksum(n, d)], last=60)
        rig.fund(n, "thief", 1000000, 2)
        raw = base64.b64decode(wallets.unsigned(n, "thief", 0))
        self.refused("attack 5: a coin of a wallet that has our key and "
                     "another cosigner", raw, "btc.wallet.false")
        page = self.s.look("A2", self.file(raw))[0]
        self.tell("control: who registered none is warned of it",
                  vaults.codes(page) == ["btc.wallet.unregistered"],
                  page["findings"])

    def registration(self):
        """one key in the file exchanged, the rest as it was"""
        s, n = self.s, self.wsh.n

        def page(d, name="again.txt"):
            return s.write(name, rig.checksum(n, d).encode() + b"\n")
        path = page(swapped(self.wsh.desc, "C"))
        rc, pages, err = s.register("A", path)
        self.tell("attack 6: a registered wallet's file again, C's key "
                  "exchanged: a warning, not kept", rc == 4 and
                  vaults.codes(pages[0]) == ["btc.wallet.key-shared"],
                  (rc, pages, err))
        rc, pages, err = s.register("A", page(swapped(self.wsh.desc, "A")))
        self.tell("attack 6: our own key exchanged: refused", rc == 3 and
                  "btc.xpub.false" in vaults.codes(pages[0]), (rc, pages))
        text = open(self.nested.files["A"][0]).read()
        lines = text.split("\n")
        text = swapped(lines[1].split("#")[0], "C")
        lines[1] = text + "#" + checksum(text)
        path = s.write("again.bsms", "\n".join(lines).encode())
        rc, pages, err = s.register("A2", path)
        self.tell("attack 6: a cosigner's key exchanged in BSMS, its first "
                  "address as it was: refused", rc == 3 and
                  "btc.wallet.address" in vaults.codes(pages[0]), (rc, pages))

    def two_wallets(self):
        other = open(self.made[4].pay("honest"), "rb").read()
        both = joined(self.raw, other)
        self.warned("attack 5: coins of two registered wallets together",
                    both, "btc.wallet.several")
        rc, _, err = self.s.register("A3", *self.wsh.files["A"])
        self.refused("attack 5: one of the two unregistered", both,
                     "btc.change.false", "A3")

    def two_sessions(self):
        """the previous transactions come once; then amounts that hide what
        the miner gets"""
        w = self.wsh
        raw = open(w.pay("theft"), "rb").read()
        _, answers = self.s.sign("A", self.file(raw), accept="btc.fee.high")
        self.tell("attack 1: session one, amounts proven: signed",
                  len(answers) == 1, answers)
        self.s.register("A4", *w.files["A"])
        self.warned("attack 1: control: a vault that never saw the coins",
                    lied(raw, 200), "btc.amount.unproven", "A4")
        self.refused("attack 1: session two, the same coins with lower "
                     "amounts and no previous transaction", lied(raw, 200),
                     "btc.amount.changed")


def against(s, made, tell):
    a = Against(s, made, tell)
    a.changes()
    a.inputs()
    a.registration()
    a.two_wallets()
    a.two_sessions()
