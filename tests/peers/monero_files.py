"""Reader/writer of the Monero cold-signing files (wallet2 exchange formats). Python 3, stdlib only."""
from monero_prims import *
import monero_cn

MAGIC = {"unsigned": b"Monero unsigned tx set\x05", "signed": b"Monero signed tx set\x05",
         "outputs": b"Monero output export\x04", "key_images": b"Monero key image export\x03"}

# ------------------------------------------------------------------ framing
_KEYS = {}


def file_key(view_secret, kdf_rounds=1):
    """CryptoNight takes half a minute here: once a wallet."""
    tag = view_secret, kdf_rounds
    if tag not in _KEYS:
        _KEYS[tag] = monero_cn.chacha_key(view_secret, kdf_rounds)
    return _KEYS[tag]


def kind_of(data):
    for k, m in MAGIC.items():
        if data.startswith(m):
            return k
    raise ValueError("bad magic")

def open_file(data, a):
    """a: view secret scalar (int). Returns (kind, plaintext, iv)."""
    k = kind_of(data)
    body = data[len(MAGIC[k]):]
    if len(body) < 8 + 64:
        raise ValueError("too short")
    if not schnorr_check(keccak(body[:-64]), mulG(a).enc(), body[-64:]):
        raise ValueError("authentication failed")
    return k, chacha20(file_key(enc_sc(a)), body[:8], body[8:-64]), body[:8]

def seal_file(kind, plain, a, iv, nonce):
    body = iv + chacha20(file_key(enc_sc(a)), iv, plain)
    return MAGIC[kind] + body + schnorr_sign(keccak(body), a, nonce)

# ------------------------------------------------------------------ archive
class R:
    def __init__(s, b):
        s.b, s.o = b, 0
    def left(s):
        return len(s.b) - s.o
    def raw(s, n):
        if s.left() < n:
            raise ValueError("truncated at %d" % s.o)
        v = s.b[s.o:s.o + n]
        s.o += n
        return v
    def u8(s):
        return s.raw(1)[0]
    def bool(s):
        v = s.u8()
        if v > 1:
            raise ValueError("bool %d at %d" % (v, s.o))
        return v
    def le(s, n):
        return int.from_bytes(s.raw(n), "little")
    def vi(s, bits=64):
        v = sh = 0
        while True:
            c = s.u8()
            if sh + 7 >= bits and c >> max(0, bits - sh):
                raise ValueError("varint overflow at %d" % s.o)
            if c == 0 and sh:
                raise ValueError("non-canonical varint at %d" % s.o)
            v |= (c & 0x7f) << sh
            sh += 7
            if not c & 0x80:
                return v
    def key(s):
        return s.raw(32).hex()
    def vec(s, f):
        n = s.vi()
        if n > s.left():
            raise ValueError("count %d larger than what is left" % n)
        return [f() for _ in range(n)]
    def blob(s):
        return s.raw(s.vi())
    def expect(s, v, what):
        g = s.vi()
        if g != v:
            raise ValueError("%s: expected %d, got %d at %d" % (what, v, g, s.o))
        return g
    def end(s):
        if s.left():
            raise ValueError("%d bytes left over" % s.left())

class W:
    def __init__(s):
        s.b = bytearray()
    def raw(s, b):
        s.b += b
    def u8(s, v):
        s.b.append(v)
    bool = u8
    def le(s, v, n):
        s.b += v.to_bytes(n, "little")
    def vi(s, v):
        s.b += to_varint(v)
    def key(s, h):
        s.b += bytes.fromhex(h)
    def vec(s, l, f):
        s.vi(len(l))
        for x in l:
            f(x)
    def blob(s, b):
        s.vi(len(b))
        s.b += b

# ------------------------------------------------------------------ structures
def r_addr(r):
    return {"spend": r.key(), "view": r.key()}
def w_addr(w, v):
    w.key(v["spend"]); w.key(v["view"])

def r_dest(r):
    return {"original": r.blob().decode("latin-1"), "amount": r.vi(), "addr": r_addr(r), "is_subaddress": r.bool(),
            "is_integrated": r.bool()}
def w_dest(w, v):
    w.blob(v["original"].encode("latin-1")); w.vi(v["amount"]); w_addr(w, v["addr"])
    w.bool(v["is_subaddress"]); w.bool(v["is_integrated"])

def r_ring_member(r):
    r.expect(2, "pair")
    return {"index": r.vi(), "dest": r.key(), "commitment": r.key()}
def r_source(r):
    v = {"outputs": r.vec(lambda: r_ring_member(r)), "real_output": r.le(8), "real_out_tx_key": r.key(),
         "real_out_additional_tx_keys": r.vec(r.key), "real_output_in_tx_index": r.le(8), "amount": r.le(8),
         "rct": r.bool(), "mask": r.key(), "multisig_kLRki": r.raw(128).hex()}
    if v["real_output"] >= len(v["outputs"]):
        raise ValueError("real_output out of range")
    return v
def w_source(w, v):
    def m(x):
        w.vi(2); w.vi(x["index"]); w.key(x["dest"]); w.key(x["commitment"])
    w.vec(v["outputs"], m)
    w.le(v["real_output"], 8); w.key(v["real_out_tx_key"]); w.vec(v["real_out_additional_tx_keys"], w.key)
    w.le(v["real_output_in_tx_index"], 8); w.le(v["amount"], 8); w.bool(v["rct"]); w.key(v["mask"])
    w.raw(bytes.fromhex(v["multisig_kLRki"]))

def r_construction(r):
    return {"sources": r.vec(lambda: r_source(r)), "change_dts": r_dest(r), "splitted_dsts": r.vec(lambda: r_dest(r)),
            "selected_transfers": r.vec(r.vi), "extra": bytes(r.vec(r.u8)).hex(), "unlock_time": r.le(8),
            "construction_flags": r.u8(),
            "rct_config": {"version": r.expect(0, "rct_config"), "range_proof_type": r.vi(), "bp_version": r.vi()},
            "dests": r.vec(lambda: r_dest(r)), "subaddr_account": r.le(4), "subaddr_indices": r.vec(r.vi)}
def w_construction(w, v):
    w.vec(v["sources"], lambda x: w_source(w, x)); w_dest(w, v["change_dts"])
    w.vec(v["splitted_dsts"], lambda x: w_dest(w, x)); w.vec(v["selected_transfers"], w.vi)
    w.blob(bytes.fromhex(v["extra"])); w.le(v["unlock_time"], 8); w.u8(v["construction_flags"])
    w.vi(0); w.vi(v["rct_config"]["range_proof_type"]); w.vi(v["rct_config"]["bp_version"])
    w.vec(v["dests"], lambda x: w_dest(w, x)); w.le(v["subaddr_account"], 4); w.vec(v["subaddr_indices"], w.vi)

FLAGS = ("spent", "frozen", "rct", "key_image_known", "key_image_request", "key_image_partial")
def r_etd(r):
    ver = r.vi()
    if ver not in (0, 1):
        raise ValueError("exported_transfer_details version %d" % ver)
    v = {"version": ver, "pubkey": r.key(), "internal_output_index": r.vi(), "global_output_index": r.vi(),
         "tx_pubkey": r.key(), "flags": r.u8(), "amount": r.vi(), "additional_tx_keys": r.vec(r.key)}
    v["flag_names"] = [n for i, n in enumerate(FLAGS) if v["flags"] >> i & 1]
    if ver:
        v["subaddr"] = [r.vi(32), r.vi(32)]
    return v
def w_etd(w, v):
    w.vi(v["version"]); w.key(v["pubkey"]); w.vi(v["internal_output_index"]); w.vi(v["global_output_index"])
    w.key(v["tx_pubkey"]); w.u8(v["flags"]); w.vi(v["amount"]); w.vec(v["additional_tx_keys"], w.key)
    if v["version"]:
        w.vi(v["subaddr"][0]); w.vi(v["subaddr"][1])

def r_transfers(r):
    n = r.vi()
    if n == 3:                      # since 0.18.1.1: (offset, total, list)
        return {"form": 3, "offset": r.vi(), "total": r.vi(), "list": r.vec(lambda: r_etd(r))}
    if n == 2:                      # 0.18.0.0 .. 0.18.1.0: (offset, list)
        return {"form": 2, "offset": r.vi(), "list": r.vec(lambda: r_etd(r))}
    raise ValueError("transfers tuple of %d" % n)
def w_transfers(w, v):
    w.vi(v["form"]); w.vi(v["offset"])
    if v["form"] == 3:
        w.vi(v["total"])
    w.vec(v["list"], lambda x: w_etd(w, x))

def parse_unsigned(b):
    r = R(b)
    ver = r.vi()
    if ver not in (1, 2):
        raise ValueError("unsigned_tx_set version %d" % ver)
    v = {"version": ver, "txes": r.vec(lambda: r_construction(r)), "new_transfers": r_transfers(r)}
    if v["new_transfers"]["form"] != ver + 1:
        raise ValueError("transfer tuple does not fit version")
    r.end()
    return v
def write_unsigned(v):
    w = W()
    w.vi(v["version"]); w.vec(v["txes"], lambda x: w_construction(w, x)); w_transfers(w, v["new_transfers"])
    return bytes(w.b)

def parse_outputs(b):
    r = R(b)
    v = {"account": r_addr(r), "transfers": r_transfers(r)}
    r.end()
    return v
def write_outputs(v):
    w = W()
    w_addr(w, v["account"]); w_transfers(w, v["transfers"])
    return bytes(w.b)

def parse_key_images(b):
    r = R(b)
    v = {"offset": r.le(4), "account": r_addr(r), "list": []}
    while r.left():
        v["list"].append({"key_image": r.key(), "signature": r.raw(64).hex()})
    return v

# ------------------------------------------------------------------ transactions
def r_tx_prefix(r):
    v = {"version": r.vi(), "unlock_time": r.vi(), "vin": [], "vout": []}
    for _ in range(r.vi()):
        t = r.u8()
        if t == 2:
            v["vin"].append({"type": "key", "amount": r.vi(), "offsets": r.vec(r.vi), "key_image": r.key()})
        elif t == 0xff:
            v["vin"].append({"type": "gen", "height": r.vi()})
        else:
            raise ValueError("txin tag %d" % t)
    for _ in range(r.vi()):
        am, t = r.vi(), r.u8()
        if t == 2:
            v["vout"].append({"amount": am, "key": r.key()})
        elif t == 3:
            v["vout"].append({"amount": am, "key": r.key(), "view_tag": r.u8()})
        else:
            raise ValueError("txout tag %d" % t)
    v["extra"] = bytes(r.vec(r.u8)).hex()
    return v
def r_tx(r):
    o0 = r.o
    v = r_tx_prefix(r)
    o1 = r.o
    v["prefix_hash"] = keccak(r.b[o0:o1]).hex()
    if v["version"] == 1:
        v["signatures"] = [[r.raw(64).hex() for _ in i.get("offsets", [])] for i in v["vin"]]
        v["txid"] = keccak(r.b[o0:r.o]).hex()
        return v
    v["type"] = r.u8()
    if v["type"]:
        if v["type"] not in (5, 6):
            raise ValueError("rct type %d not handled here" % v["type"])
        v["fee"] = r.vi()
        v["ecdh"] = [r.raw(8).hex() for _ in v["vout"]]
        v["outPk"] = [r.key() for _ in v["vout"]]
    o2 = r.o
    v["base_hash"] = keccak(r.b[o1:o2]).hex()
    if v["type"]:
        n = r.vi()
        names = ("A", "A1", "B", "r1", "s1", "d1") if v["type"] == 6 else ("A", "S", "T1", "T2", "taux", "mu")
        v["bp"] = []
        kv = b""
        for _ in range(n):
            p = {k: r.key() for k in names}
            p["L"], p["R"] = r.vec(r.key), r.vec(r.key)
            tail = () if v["type"] == 6 else ("a", "b", "t")
            for k in tail:
                p[k] = r.key()
            kv += b"".join(bytes.fromhex(p[k]) for k in names) + b"".join(map(bytes.fromhex, p["L"] + p["R"]))
            kv += b"".join(bytes.fromhex(p[k]) for k in tail)
            v["bp"].append(p)
        v["clsag"] = []
        for i in v["vin"]:
            v["clsag"].append({"s": [r.key() for _ in i["offsets"]], "c1": r.key(), "D": r.key()})
        v["pseudoOuts"] = [r.key() for _ in v["vin"]]
        v["prunable_hash"] = keccak(r.b[o2:r.o]).hex()
        v["message"] = keccak(bytes.fromhex(v["prefix_hash"]) + bytes.fromhex(v["base_hash"]) + keccak(kv)).hex()
    else:
        v["prunable_hash"] = "00" * 32
    v["txid"] = keccak(bytes.fromhex(v["prefix_hash"] + v["base_hash"] + v["prunable_hash"])).hex()
    v["size"] = r.o - o0
    v["blob"] = r.b[o0:r.o].hex()
    return v

def parse_signed(b):
    r = R(b)
    v = {"version": r.expect(0, "signed_tx_set"), "ptx": []}
    for _ in range(r.vi()):
        p = {"version": r.expect(1, "pending_tx"), "tx": r_tx(r), "dust": r.le(8), "fee": r.le(8), "dust_added_to_fee": r.bool(),
             "change_dts": r_dest(r), "selected_transfers": r.vec(r.vi), "key_images": r.blob().decode("latin-1"),
             "tx_key": r.key(), "additional_tx_keys": r.vec(r.key), "dests": r.vec(lambda: r_dest(r)),
             "construction_data": r_construction(r)}
        if r.expect(0, "multisig_sigs"):
            raise ValueError("multisig")
        p["multisig_tx_key_entropy"] = r.key()
        v["ptx"].append(p)
    v["key_images"] = r.vec(r.key)
    def pair():
        r.expect(2, "pair")
        return {"pubkey": r.key(), "key_image": r.key()}
    v["tx_key_images"] = r.vec(pair)
    r.end()
    return v

PARSERS = {"unsigned": parse_unsigned, "signed": parse_signed, "outputs": parse_outputs, "key_images": parse_key_images}
def load(data, a):
    k, plain, iv = open_file(data, a)
    return k, PARSERS[k](plain), plain

# ------------------------------------------------------------------ tx extra
def parse_extra(h):
    r, o = R(bytes.fromhex(h)), []
    while r.left():
        t = r.u8()
        if t == 0:
            n = 1 + len(r.raw(r.left()))
            o.append(("padding", n))
        elif t == 1:
            o.append(("pubkey", r.key()))
        elif t == 2:
            o.append(("nonce", r.blob().hex()))
        elif t == 3:
            o.append(("mergemining", r.blob().hex()))
        elif t == 4:
            o.append(("additional_pubkeys", r.vec(r.key)))
        elif t == 0xde:
            o.append(("minergate", r.blob().hex()))
        else:
            raise ValueError("extra tag %d" % t)
    return o

# ------------------------------------------------------------------ our outputs
def own_output(keys, pub, tx_pub, additional, i, subs):
    """(x, key image, subaddress index) of an output that is ours, or None. subs: {spend pub hex: (major, minor)}."""
    cands = [tx_pub] + ([additional[i]] if i < len(additional) else [])
    for R_ in cands:
        try:
            d = derivation(bytes.fromhex(R_), keys.a)
        except ValueError:
            continue
        s = derivation_scalar(d, i)
        D_ = (dec(bytes.fromhex(pub)) - mulG(s)).enc().hex()
        if D_ in subs:
            mj, mn = subs[D_]
            x = s + keys.b + (subaddr_secret(keys.a, mj, mn) if (mj, mn) != (0, 0) else 0)
            x %= L
            assert mulG(x).enc().hex() == pub
            return x, key_image(x, bytes.fromhex(pub)).hex(), (mj, mn), d
    return None
def subaddress_table(keys, majors=5, minors=20):
    return {keys.sub(i, j)[0].hex(): (i, j) for i in range(majors) for j in range(minors)}

# ------------------------------------------------------------------ full verification of a signed tx against its construction data
def verify_tx(tx, cd):
    """cd: construction data with the sources in the order of tx.vin. Raises on any failure."""
    if tx["type"] != 6:
        raise ValueError("type")
    tot = Pt(0, 1)
    for p in tx["pseudoOuts"]:
        tot = tot + dec(bytes.fromhex(p))
    for c in tx["outPk"]:
        tot = tot - dec(bytes.fromhex(c))
    if not (tot - tx["fee"] * H).is_id():
        raise ValueError("commitments do not balance")
    for i, (vin, s, sig, po) in enumerate(zip(tx["vin"], cd["sources"], tx["clsag"], tx["pseudoOuts"])):
        ring = [(bytes.fromhex(o["dest"]), bytes.fromhex(o["commitment"])) for o in s["outputs"]]
        if not clsag_verify(bytes.fromhex(tx["message"]), ring, bytes.fromhex(vin["key_image"]), bytes.fromhex(sig["D"]),
                            bytes.fromhex(po), [int.from_bytes(bytes.fromhex(x), "little") for x in sig["s"]],
                            int.from_bytes(bytes.fromhex(sig["c1"]), "little")):
            raise ValueError("CLSAG %d" % i)
    pr = {k: ([bytes.fromhex(x) for x in v] if isinstance(v, list) else bytes.fromhex(v)) for k, v in tx["bp"][0].items()}
    if len(tx["bp"]) != 1 or not bpp_verify([bytes.fromhex(c) for c in tx["outPk"]], pr):
        raise ValueError("range proof")
