"""CryptoNight variant 0 ("cn_slow_hash" v0) in plain Python (stdlib). ~15-30 s a hash; results can be cached."""
import struct
from monero_prims import keccak_state, keccak_f

M64 = (1 << 64) - 1
M32 = (1 << 32) - 1

# ------------------------------------------------------------------ AES tables
def _xt(a):
    return (a << 1 ^ 0x1b) & 0xff if a & 0x80 else a << 1
def _gmul(a, b):
    r = 0
    while b:
        if b & 1:
            r ^= a
        a, b = _xt(a), b >> 1
    return r
SBOX = []
for _i in range(256):
    _v = 0
    if _i:
        _v = 1
        for _ in range(254):
            _v = _gmul(_v, _i)
    _r = 0x63
    for _k in range(5):
        _r ^= (_v << _k | _v >> (8 - _k)) & 0xff
    SBOX.append(_r)
# little-endian column tables: column bytes (r0,r1,r2,r3) -> word r0|r1<<8|r2<<16|r3<<24
T0 = [_gmul(s, 2) | s << 8 | s << 16 | _gmul(s, 3) << 24 for s in SBOX]
_rot = lambda t: [(v << 8 | v >> 24) & M32 for v in t]
T1 = _rot(T0); T2 = _rot(T1); T3 = _rot(T2)

def expand_key10(k):
    """First ten round keys of the AES-256 schedule, each as four little-endian words."""
    w = [list(k[i:i + 4]) for i in range(0, 32, 4)]
    rc = 1
    for i in range(8, 40):
        t = w[i - 1][:]
        if i % 8 == 0:
            t = [SBOX[b] for b in t[1:] + t[:1]]
            t[0] ^= rc
            rc = _xt(rc)
        elif i % 8 == 4:
            t = [SBOX[b] for b in t]
        w.append([a ^ b for a, b in zip(w[i - 8], t)])
    flat = [int.from_bytes(bytes(x), "little") for x in w]
    return [tuple(flat[4 * r:4 * r + 4]) for r in range(10)]

def _ten(x, keys, T0=T0, T1=T1, T2=T2, T3=T3):
    a, b, c, d = x
    for k0, k1, k2, k3 in keys:
        a, b, c, d = (T0[a & 255] ^ T1[b >> 8 & 255] ^ T2[c >> 16 & 255] ^ T3[d >> 24] ^ k0,
                      T0[b & 255] ^ T1[c >> 8 & 255] ^ T2[d >> 16 & 255] ^ T3[a >> 24] ^ k1,
                      T0[c & 255] ^ T1[d >> 8 & 255] ^ T2[a >> 16 & 255] ^ T3[b >> 24] ^ k2,
                      T0[d & 255] ^ T1[a >> 8 & 255] ^ T2[b >> 16 & 255] ^ T3[c >> 24] ^ k3)
    return a, b, c, d

def cn_slow_hash(data, T0=T0, T1=T1, T2=T2, T3=T3):
    st = bytearray(keccak_state(data))
    keys = expand_key10(st[0:32])
    text = [struct.unpack_from("<4I", st, 64 + 16 * i) for i in range(8)]
    pad = []                                  # 2 MiB as 131072 16-byte blocks, each (lo64, hi64)
    for _ in range(2 ** 21 // 128):
        text = [_ten(t, keys) for t in text]
        pad += [(t[0] | t[1] << 32, t[2] | t[3] << 32) for t in text]
    q = struct.unpack_from("<8Q", st, 0)
    al, ah, bl, bh = q[0] ^ q[4], q[1] ^ q[5], q[2] ^ q[6], q[3] ^ q[7]
    for _ in range(0x80000):
        j = al >> 4 & 0x1ffff
        xl, xh = pad[j]
        a, b, c, d = xl & M32, xl >> 32, xh & M32, xh >> 32
        cl = ((T0[a & 255] ^ T1[b >> 8 & 255] ^ T2[c >> 16 & 255] ^ T3[d >> 24]) |
              (T0[b & 255] ^ T1[c >> 8 & 255] ^ T2[d >> 16 & 255] ^ T3[a >> 24]) << 32) ^ al
        ch = ((T0[c & 255] ^ T1[d >> 8 & 255] ^ T2[a >> 16 & 255] ^ T3[b >> 24]) |
              (T0[d & 255] ^ T1[a >> 8 & 255] ^ T2[b >> 16 & 255] ^ T3[c >> 24]) << 32) ^ ah
        pad[j] = (bl ^ cl, bh ^ ch)
        j = cl >> 4 & 0x1ffff
        dl, dh = pad[j]
        m = cl * dl
        al = al + (m >> 64) & M64
        ah = ah + m & M64
        pad[j] = (al, ah)
        al ^= dl
        ah ^= dh
        bl, bh = cl, ch
    keys = expand_key10(st[32:64])
    text = [struct.unpack_from("<4I", st, 64 + 16 * i) for i in range(8)]
    for o in range(0, len(pad), 8):
        n = []
        for i in range(8):
            lo, hi = pad[o + i]
            t = text[i]
            n.append(_ten((t[0] ^ lo & M32, t[1] ^ lo >> 32, t[2] ^ hi & M32, t[3] ^ hi >> 32), keys))
        text = n
    for i in range(8):
        struct.pack_into("<4I", st, 64 + 16 * i, *text[i])
    lanes = keccak_f(list(struct.unpack("<25Q", bytes(st))))
    st = b"".join(x.to_bytes(8, "little") for x in lanes)
    return (blake256, groestl256, jh256, skein512_256)[st[0] & 3](st)

# ------------------------------------------------------------------ BLAKE-256 (14 rounds)
_BC = [0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344, 0xA4093822, 0x299F31D0, 0x082EFA98, 0xEC4E6C89,
       0x452821E6, 0x38D01377, 0xBE5466CF, 0x34E90C6C, 0xC0AC29B7, 0xC97C50DD, 0x3F84D5B5, 0xB5470917]
_BS = [[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15], [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
       [11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4], [7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8],
       [9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13], [2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9],
       [12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11], [13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10],
       [6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5], [10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0]]
def blake256(msg):
    h = [0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A, 0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19]
    bits = 8 * len(msg)
    p = bytearray(msg) + b"\x80"
    p += bytes((56 - len(p)) % 64)
    p[-1 if len(p) % 64 == 56 else 0] |= 0
    p[len(p) - 1] |= 1
    p += bits.to_bytes(8, "big")
    for n, o in enumerate(range(0, len(p), 64)):
        m = struct.unpack_from(">16I", p, o)
        t = min(bits, 512 * (n + 1))
        if 512 * n >= bits:
            t = 0                              # a block holding no message bits
        v = h + [_BC[i] for i in range(8)]
        v[12] ^= t & M32; v[13] ^= t & M32; v[14] ^= t >> 32; v[15] ^= t >> 32
        ror = lambda x, r: (x >> r | x << (32 - r)) & M32
        for r in range(14):
            s = _BS[r % 10]
            for i, (a, b, c, d) in enumerate(((0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15),
                                              (0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14))):
                x, y = s[2 * i], s[2 * i + 1]
                v[a] = v[a] + v[b] + (m[x] ^ _BC[y]) & M32
                v[d] = ror(v[d] ^ v[a], 16)
                v[c] = v[c] + v[d] & M32
                v[b] = ror(v[b] ^ v[c], 12)
                v[a] = v[a] + v[b] + (m[y] ^ _BC[x]) & M32
                v[d] = ror(v[d] ^ v[a], 8)
                v[c] = v[c] + v[d] & M32
                v[b] = ror(v[b] ^ v[c], 7)
        h = [h[i] ^ v[i] ^ v[i + 8] for i in range(8)]
    return struct.pack(">8I", *h)

# ------------------------------------------------------------------ Groestl-256
_GM = [2, 2, 3, 4, 5, 3, 5, 7]
_GT = {k: [_gmul(i, k) for i in range(256)] for k in set(_GM)}
def _gperm(s, q):
    s = list(s)                                # byte i: row i%8, column i//8
    sh = [1, 3, 5, 7, 0, 2, 4, 6] if q else range(8)
    for r in range(10):
        for c in range(8):
            if q:
                for i in range(8):
                    s[8 * c + i] ^= 0xff
                s[8 * c + 7] ^= c << 4 ^ r
            else:
                s[8 * c] ^= c << 4 ^ r
        s = [SBOX[b] for b in s]
        s = [s[8 * ((c + sh[i]) % 8) + i] for c in range(8) for i in range(8)]
        n = []
        for c in range(8):
            col = s[8 * c:8 * c + 8]
            for i in range(8):
                v = 0
                for k in range(8):
                    v ^= _GT[_GM[(k - i) % 8]][col[k]]
                n.append(v)
        s = n
    return s
def groestl256(msg):
    h = [0] * 62 + [1, 0]
    p = bytearray(msg) + b"\x80"
    p += bytes((56 - len(p)) % 64)
    p += ((len(p) + 8) // 64).to_bytes(8, "big")
    for o in range(0, len(p), 64):
        m = p[o:o + 64]
        a, b = _gperm([x ^ y for x, y in zip(h, m)], False), _gperm(m, True)
        h = [x ^ y ^ z for x, y, z in zip(a, b, h)]
    return bytes(x ^ y for x, y in zip(_gperm(h, False), h))[32:]

# ------------------------------------------------------------------ JH-256
_JS = ([9, 0, 4, 11, 13, 12, 3, 15, 1, 10, 2, 6, 7, 5, 8, 14], [3, 12, 6, 13, 5, 7, 1, 9, 15, 2, 0, 4, 11, 10, 14, 8])
def _jround(A, cb):
    t = [_JS[c][a] for a, c in zip(A, cb)]
    mul2 = lambda a: (a << 1 ^ a >> 3 ^ (a >> 2 & 2)) & 15
    for i in range(0, len(t), 2):
        t[i + 1] ^= mul2(t[i])
        t[i] ^= mul2(t[i + 1])
    for i in range(0, len(t), 4):
        t[i + 2], t[i + 3] = t[i + 3], t[i + 2]
    o = t[0::2] + t[1::2]
    for i in range(len(o) // 2, len(o), 2):
        o[i], o[i + 1] = o[i + 1], o[i]
    return o
_JC = []
_c = [int(x, 16) for x in "6a09e667f3bcc908b2fb1366ea957d3e3adec17512775099da2f590b0667322a"]
for _ in range(42):
    _JC.append([_c[i >> 2] >> (3 - (i & 3)) & 1 for i in range(256)])
    _c = _jround(_c, [0] * 64)
def _jf8(h, m):
    h = [a ^ b for a, b in zip(h, m)] + h[64:]
    bit = lambda i: h[i >> 3] >> (7 - (i & 7)) & 1
    t = [bit(i) << 3 | bit(i + 256) << 2 | bit(i + 512) << 1 | bit(i + 768) for i in range(256)]
    A = [0] * 256
    A[0::2], A[1::2] = t[:128], t[128:]
    for r in range(42):
        A = _jround(A, _JC[r])
    t = A[0::2] + A[1::2]
    o = [0] * 128
    for i in range(256):
        for k in range(4):
            if t[i] >> (3 - k) & 1:
                b = i + 256 * k
                o[b >> 3] |= 1 << (7 - (b & 7))
    return o[:64] + [a ^ b for a, b in zip(o[64:], m)]
def jh256(msg):
    h = _jf8([1, 0] + [0] * 126, [0] * 64)
    p = bytearray(msg) + b"\x80" + bytes(47 + (-len(msg)) % 64) + (8 * len(msg)).to_bytes(16, "big")
    for o in range(0, len(p), 64):
        h = _jf8(h, p[o:o + 64])
    return bytes(h[96:])

# ------------------------------------------------------------------ Skein-512-256
_SR = [[46, 36, 19, 37], [33, 27, 14, 42], [17, 49, 36, 39], [44, 9, 54, 56],
       [39, 30, 34, 24], [13, 50, 10, 17], [25, 29, 39, 43], [8, 35, 56, 22]]
_SP = [2, 1, 4, 7, 6, 5, 0, 3]
def _threefish(k, t, p):
    k = list(k) + [0x1BD11BDAA9FC1A22]
    for i in range(8):
        k[8] ^= k[i]
    t = [t[0], t[1], t[0] ^ t[1]]
    v = list(p)
    def add(s):
        for i in range(8):
            v[i] = v[i] + k[(s + i) % 9] & M64
        v[5] = v[5] + t[s % 3] & M64
        v[6] = v[6] + t[(s + 1) % 3] & M64
        v[7] = v[7] + s & M64
    for r in range(72):
        if r % 4 == 0:
            add(r // 4)
        for i in range(4):
            a = v[2 * i] + v[2 * i + 1] & M64
            c = _SR[r % 8][i]
            v[2 * i + 1] = ((v[2 * i + 1] << c | v[2 * i + 1] >> (64 - c)) & M64) ^ a
            v[2 * i] = a
        v[:] = [v[i] for i in _SP]
    add(18)
    return v
def _ubi(g, typ, msg):
    n = max(1, (len(msg) + 63) // 64)
    for i in range(n):
        blk = bytes(msg[64 * i:64 * i + 64])
        pos = min(len(msg), 64 * (i + 1))
        tw = typ << 56 | (1 << 62 if i == 0 else 0) | (1 << 63 if i == n - 1 else 0)
        m = struct.unpack("<8Q", blk + bytes(64 - len(blk)))
        g = [a ^ b for a, b in zip(_threefish(g, (pos, tw), m), m)]
    return g
def skein512_256(msg):
    g = _ubi([0] * 8, 4, b"SHA3\x01\0\0\0" + struct.pack("<Q", 256) + bytes(16))
    g = _ubi(_ubi(g, 48, msg), 63, bytes(8))
    return struct.pack("<8Q", *g)[:32]

def chacha_key(view_secret, kdf_rounds=1):
    h = cn_slow_hash(view_secret)
    for _ in range(1, kdf_rounds):
        h = cn_slow_hash(h)
    return h
