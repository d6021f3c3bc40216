"""The checksum of a descriptor (BIP380), written a second time."""
INPUT = ("0123456789()[],'/*abcdefgh@:$%{}IJKLMNOPQRSTUVWXYZ&+-.;<=>?!^_|~"
         "ijklmnopqrstuvwxyzABCDEFGH`#\"\\ ")
SUM = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
GEN = (0xf5dee51989, 0xa9fdca3312, 0x1bab10e32d, 0x3706b1677a, 0x644d626ffd)


def checksum(text):
    c, group, n = 1, 0, 0

    def mix(c, v):
        top, c = c >> 35, (c & 0x7ffffffff) << 5 ^ v
        for i in range(5):
            c ^= GEN[i] if top >> i & 1 else 0
        return c
    for ch in text:
        at = INPUT.index(ch)
        c = mix(c, at & 31)
        group, n = group * 3 + (at >> 5), n + 1
        if n == 3:
            c, group, n = mix(c, group), 0, 0
    c = mix(c, group) if n else c
    for _ in range(8):
        c = mix(c, 0)
    c ^= 1
    return "".join(SUM[c >> 5 * (7 - i) & 31] for i in range(8))
