"""Keys made up for a test, files for them to sign, and every form in which
their secrets can lie in memory.  Not a test itself."""
import hashlib
import os
import re
import struct
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, os.path.join(ROOT, "tests", "peers"))
sys.dont_write_bytecode = True
import keys                                             # noqa: E402
import psbt                                             # noqa: E402

PART = 8			# bytes of a secret that count as found


# --- what is made up -------------------------------------------------------

def word_list():
    with open(os.path.join(ROOT, "core", "keys",
                           "bip39_english_table.c")) as f:
        return re.findall(r'"([a-z]+)"', f.read())


def words_of(entropy):
    """BIP39: the words and their numbers"""
    n = len(entropy) * 8
    bits = int.from_bytes(entropy, "big") << n // 32 | \
        hashlib.sha256(entropy).digest()[0] >> 8 - n // 32
    count = (n + n // 32) // 11
    numbers = [bits >> 11 * (count - 1 - i) & 2047 for i in range(count)]
    list_ = word_list()
    return " ".join(list_[i] for i in numbers), numbers


def unsigned(master, n):
    """a PSBT that spends n proven coins of m/84h/1h/0h/0/0"""
    path = keys.path("m/84h/1h/0h/0/0")
    key = master.derive(path)
    script = b"\0\x14" + keys.hash160(key.sec)
    origin = master.fp + b"".join(struct.pack("<I", x) for x in path)
    p, vin = psbt.Psbt(), []
    for i in range(n):
        prev = psbt.Tx(vin=[[hashlib.sha256(b"%d" % i).digest(), 0, b"",
                             0xfffffffd]], vout=[[100000, script]]).ser()
        vin.append([keys.hash256(prev), 0, b"", 0xfffffffd])
        m = psbt.Map()
        m.put(0, prev)
        m.put(1, struct.pack("<Q", 100000) + psbt.cs(len(script)) + script)
        m.put(6, origin, key.sec)
        p.i.append(m)
    p.tx = psbt.Tx(vin=vin, vout=[[100000 * n - 300 * n,
                                   b"\0\x14" + b"\x11" * 20]])
    p.o.append(psbt.Map())
    return p.ser()


# --- what is looked for ----------------------------------------------------

def turned(b):
    """each eight bytes turned round: how SHA-512 holds what it reads"""
    return b"".join(b[i:i + 8][::-1] for i in range(0, len(b), 8))


def masked(b, with_):
    return bytes(x ^ with_ for x in b)


def forms(b):
    """the ways in which 32 or 64 secret bytes can lie in memory"""
    yield "", b
    yield " as limbs", b[::-1]
    yield " in words", turned(b)
    for pad in (0x36, 0x5c):
        yield " masked", masked(b, pad)
        yield " masked, in words", turned(masked(b, pad))


def parts(name, b, size=PART):
    for i in range(0, len(b) - size + 1, size):
        yield name, b[i:i + size]


def number(k):
    return k.k.to_bytes(32, "big")


def binary_secrets(entropy, seed):
    """name and bytes; chain codes below a hardened account are public"""
    master = keys.Key.master(seed)
    yield "entropy", entropy
    yield "seed", seed
    yield "master key", number(master)
    yield "master chain code", master.chain
    for purpose in (84, 86, 49, 44):
        path = [purpose | keys.H, 1 | keys.H]
        for p in (path[:1], path):
            yield "chain code above the account", master.derive(p).chain
        for rest in ([], [0 | keys.H], [0 | keys.H, 0], [0 | keys.H, 1],
                     [0 | keys.H, 0, 0]):
            yield "derived key", number(master.derive(path + rest))


def needles(words, numbers, secrets, passphrase=None):
    """bytes to the name of what they are a part of"""
    out = {}

    def add(pairs):
        for name, b in pairs:
            out.setdefault(b, name)

    # A single word stands in the list; two of them side by side do not.
    w = words.split()
    for a, b in zip(w, w[1:]):
        add([("words", ("%s %s" % (a, b)).encode())])
    flat = words.encode()
    add(parts("words, in hex", flat.hex().encode(), 32))
    for f, b in list(forms(flat))[2:]:
        add(parts("words" + f, b, 16))
    add(parts("numbers of the words", struct.pack("<%dH" % len(numbers),
                                                   *numbers)))
    if passphrase:
        add([("passphrase", passphrase.encode()[:12])])
    for name, b in secrets:
        for f, x in forms(b):
            add(parts(name + f, x))
        add(parts(name + ", in hex", b.hex().encode(), 16))
    return out
