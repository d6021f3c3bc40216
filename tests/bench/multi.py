"""15 keys of 15, 500 inputs: one of them signs, in a wallet that is registered.
Used by run."""
import base64
import hashlib
import os
import struct
import time

import keys
import psbt
from descsum import checksum

N, INPUTS, SPREAD = 15, 500, 25     # so many addresses, in turn
PATH = "m/48h/1h/0h/2h"


def masters(words):
    """the owner's, and fourteen others"""
    return [keys.Key.master(keys.seed(words.strip()))] + [
        keys.Key.master(hashlib.sha512(b"cosigner %d" % i).digest())
        for i in range(1, N)]


def account(m, private=False):
    return "[%s/%s]%s/<0;1>/*" % (m.fp.hex(), PATH[2:],
                                  m.derive(PATH).xkey(private))


def descriptor(all_, private=False):
    """private: the first with its secret"""
    d = "wsh(sortedmulti(%d,%s))" % (N, ",".join(
        account(m, private and i == 0) for i, m in enumerate(all_)))
    return d + "#" + checksum(d)


def spot(all_, at):
    """the script of one address, and whose keys are in it"""
    who = []
    for m in all_:
        path = keys.path("%s/0/%d" % (PATH, at))
        who.append((m.derive(path).sec, m.fp + b"".join(
            struct.pack("<I", x) for x in path)))
    script = bytes([0x50 + N]) + b"".join(
        b"\x21" + sec for sec, _ in sorted(who)) + bytes([0x50 + N, 0xae])
    return script, who


def make(all_):
    """a PSBT whose amounts are proven, all but the fee to somebody else"""
    spots = [spot(all_, at) for at in range(SPREAD)]
    p, vin = psbt.Psbt(), []
    for i in range(INPUTS):
        script, who = spots[i % SPREAD]
        out = b"\0\x20" + hashlib.sha256(script).digest()
        prev = psbt.Tx(vin=[[hashlib.sha256(b"%d" % i).digest(), 0, b"",
                             0xfffffffd]], vout=[[100000, out]]).ser()
        vin.append([keys.hash256(prev), 0, b"", 0xfffffffd])
        m = psbt.Map()
        m.put(0, prev)
        m.put(1, struct.pack("<Q", 100000) + psbt.cs(len(out)) + out)
        m.put(5, script)
        for sec, origin in who:
            m.put(6, origin, sec)
        p.i.append(m)
    p.tx = psbt.Tx(vin=vin, vout=[[(100000 - 2000) * INPUTS,
                                   b"\0\x14" + b"\x11" * 20]])
    p.o.append(psbt.Map())
    return p.ser()


def node_time(node, rig, all_, raw, repeat):
    rig.import_descs(node, "multi", [descriptor(all_, True)], private=True,
                     last=SPREAD)
    text, least = base64.b64encode(raw).decode(), None
    for _ in range(repeat):
        t = time.perf_counter()
        node.rpc("walletprocesspsbt", text, True, "DEFAULT", True, False,
                 wallet="multi")
        t = time.perf_counter() - t
        least = t if least is None else min(least, t)
    return least


def files(tmp, words):
    """the wallet's file and the PSBT: their paths"""
    all_ = masters(words)
    wallet = os.path.join(tmp, "multi.txt")
    path = os.path.join(tmp, "multi.psbt")
    raw = make(all_)
    with open(wallet, "w") as f:
        f.write(descriptor(all_) + "\n")
    with open(path, "wb") as f:
        f.write(raw)
    return all_, wallet, path, raw
