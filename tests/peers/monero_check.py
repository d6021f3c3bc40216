#!/usr/bin/env python3
"""monero_check.py BUILD: Python judges our range proofs and ring signatures.

tests/peers/proofs.c makes some, of fresh randomness, with the library of
BUILD; monero_prims.py, which shares no line with it, verifies each, and must
refuse each of a number of copies with one bit changed.  Speaks TAP.
"""
import os
import random
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, HERE)
sys.dont_write_bytecode = True
import monero_prims as xmr                              # noqa: E402

BUILD = sys.argv[1] if len(sys.argv) > 1 else os.path.join(ROOT, "build")
PROOFS = os.path.join(BUILD, "tests", "peers", "proofs")
FLIPS = 6
done = failed = 0


def tell(what, good):
    global done, failed
    done += 1
    failed += not good
    print("%sok %d - %s" % ("" if good else "not ", done, what), flush=True)


def make():
    os.makedirs(os.path.dirname(PROOFS), exist_ok=True)
    subprocess.run([os.environ.get("CC", "gcc"), "-std=c17", "-O2",
                    "-D_GNU_SOURCE", "-DCT_CHECK=0", "-I" + ROOT,
                    os.path.join(HERE, "proofs.c"),
                    os.path.join(BUILD, "libcoldseal.a"), "-lsodium",
                    "-o", PROOFS], check=True)
    out = subprocess.run([PROOFS], input=os.urandom(32), check=True,
                         stdout=subprocess.PIPE).stdout.decode()
    return [line.split() for line in out.splitlines()]


def judge(kind, parts):
    """parts: lists of 32 bytes, in the order of proofs.c."""
    try:
        if kind == "range":
            names = ("A", "A1", "B", "r1", "s1", "d1")
            proof = {n: p[0] for n, p in zip(names, parts[1:])}
            proof["L"], proof["R"] = parts[7], parts[8]
            return xmr.bpp_verify(parts[0], proof)
        message, image, pseudo, d8, c1 = (p[0] for p in parts[:5])
        num = [int.from_bytes(s, "little") for s in parts[7]]
        return xmr.clsag_verify(message, list(zip(parts[5], parts[6])), image,
                                d8, pseudo, num, int.from_bytes(c1, "little"))
    except ValueError:
        return False


def flipped(parts, rng):
    copy = [[bytearray(b) for b in p] for p in parts]
    where = rng.choice(copy)
    rng.choice(where)[rng.randrange(32)] ^= 1 << rng.randrange(8)
    return [[bytes(b) for b in p] for p in copy]


def main():
    rng = random.Random()
    lines = make()
    tell("proofs are made", len(lines) == 8)
    for line in lines:
        kind = line[0]
        parts = [[bytes.fromhex(h) for h in p.split(",")] for p in line[1:]]
        name = "%s of %d" % (kind, len(parts[0 if kind == "range" else 5]))
        tell(name + " verifies", judge(kind, parts))
        wrong = [judge(kind, flipped(parts, rng)) for _ in range(FLIPS)]
        tell("%s, control: none of %d changed ones does" % (name, FLIPS),
             not any(wrong))
    print("1..%d" % done)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
