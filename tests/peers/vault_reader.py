#!/usr/bin/python3
"""vault_reader.py FILE PASSPHRASE: what is in a vault, by the text of
core/vault/vault.h alone, with PyNaCl.  Prints JSON; exit 3 where it does not
open.  It shares no line with the program.
"""
import hashlib
import json
import struct
import sys

from nacl import bindings, exceptions

SLOT, HEAD = 1048576, 128


def head(slot):
    """the figures of a header, or None where it is not whole"""
    if len(slot) < SLOT or slot[:16] != b"coldseal vault\r\n" or \
            hashlib.sha256(slot[:96]).digest() != slot[96:128]:
        return None
    version, size, passes, kib, seq = struct.unpack_from("<IIIIQ", slot, 16)
    if version != 1 or size != SLOT:
        return None
    return {"passes": passes, "kib": kib, "sequence": seq,
            "salt": slot[40:56], "nonce": slot[56:80], "check": slot[80:96]}


def keyed(key, data):
    return hashlib.blake2b(data, key=key, digest_size=32).digest()


def keys_of(h, passphrase):
    root = bindings.crypto_pwhash_alg(
        32, passphrase, h["salt"], h["passes"], h["kib"] << 10,
        bindings.crypto_pwhash_ALG_ARGON2ID13)
    return {n: keyed(root, b"coldseal vault 1 " + n.encode())
            for n in ("check", "body", "keys")}


def unbox(key, nonce, label, box):
    return bindings.crypto_aead_xchacha20poly1305_ietf_decrypt(
        box, label, nonce, key)


def block(b, at):
    n, = struct.unpack_from("<I", b, at)
    return b[at + 4:at + 4 + n], at + 4 + n


def key(number, body, k):
    name, end = block(body, 5)
    said, nonce, box = body[:end], body[end:end + 24], body[end + 24:]
    assert len(box) == 256 + 16
    s = unbox(k["keys"], nonce, b"coldseal key" + struct.pack("<I", number)
              + said, box)
    assert s[3] == 0 and not any(s[192:]) and s[0] == body[0]
    return {"kind": s[0], "fingerprint": body[1:5].hex(),
            "name": name.decode(), "seed": s[4:4 + s[1]].hex(),
            "words": list(struct.unpack_from("<%dH" % s[2], s, 68)),
            "a": s[120:152].hex(), "b": s[152:184].hex(),
            "born": struct.unpack_from("<Q", s, 184)[0]}


def wallet(body):
    chain, at = block(body, 0)
    network = body[at]
    name, at = block(body, at + 1)
    text, at = block(body, at)
    assert at == len(body)
    return {"chain": chain.decode(), "network": network,
            "name": name.decode(), "text": text.decode()}


def things(body, k):
    flags, after, used, zero = struct.unpack_from("<IIII", body)
    assert zero == 0 and not any(body[16 + used:])
    out = {"flags": flags, "next": after, "keys": [], "wallets": [],
           "coins": 0, "log": [], "other": 0}
    at = 16
    while at < 16 + used:
        kind, number, n = struct.unpack_from("<BII", body, at)
        thing, at = body[at + 9:at + 9 + n], at + 9 + n
        if kind == 1:
            out["keys"].append(key(number, thing, k))
        elif kind == 2:
            out["wallets"].append(wallet(thing))
        elif kind == 5:
            assert len(thing) == 68
            out["coins"] += 1
        elif kind == 6:
            out["log"].append(thing.decode())
        else:
            out["other"] += 1
    assert at == 16 + used
    return out


def read(data, passphrase):
    assert len(data) == 2 * SLOT
    slots = [(h["sequence"], h, data[i * SLOT:(i + 1) * SLOT]) for i in (0, 1)
             for h in [head(data[i * SLOT:(i + 1) * SLOT])] if h]
    for _, h, slot in sorted(slots, key=lambda s: -s[0]):
        k = keys_of(h, passphrase)
        if keyed(k["check"], slot[:80])[:16] != h["check"]:
            continue
        body = unbox(k["body"], h["nonce"], slot[:HEAD], slot[HEAD:])
        return {"sequence": h["sequence"], "passes": h["passes"],
                "kib": h["kib"], **things(body, k)}
    return None


def main():
    with open(sys.argv[1], "rb") as f:
        data = f.read()
    try:
        found = read(data, sys.argv[2].encode())
    except exceptions.CryptoError:
        found = None
    if found is None:
        return 3
    print(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
