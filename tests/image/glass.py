"""What stands on the screen of the live image, read from its pixels.

The kernel draws text with one font; the image's build keeps it beside the
kernel, 256 glyphs of 8 by 16.  A cell that is no glyph of it reads as "?".
"""
W, H = 8, 16
NAMED = {0x07: "\u2022", 0x18: "\u2191", 0x19: "\u2193", 0x1a: "\u2192",
         0x1b: "\u2190", 0x9e: "\u2026"}


def ellipsis():
    """As live-build/init/glyph.c draws it."""
    row = sum(0x80 >> x for x in (1, 3, 5))
    return bytes(row if 10 <= y < 12 else 0 for y in range(H))


def glyphs(path):
    with open(path, "rb") as f:
        font = f.read()
    out = {}
    for i in list(range(32, 256)) + sorted(NAMED):
        ch = NAMED.get(i) or bytes([i]).decode("cp437")
        out.setdefault(font[i * H:(i + 1) * H], ch)
    out[ellipsis()] = "\u2026"
    out[bytes(H)] = " "
    out[b"\xff" * H] = "\u2588"
    return out


def read_ppm(path):
    with open(path, "rb") as f:
        magic, size, depth = f.readline(), f.readline(), f.readline()
        if magic != b"P6\n" or depth != b"255\n":
            raise ValueError("not a picture: " + path)
        w, h = map(int, size.split())
        return w, h, f.read()


def glyph(cell, known):
    ground = cell[:3]
    bits = [int(cell[i:i + 3] != ground) for i in range(0, len(cell), 3)]
    form = bytes(sum(b << (7 - x) for x, b in enumerate(bits[y:y + W]))
                 for y in range(0, len(bits), W))
    other = bytes(b ^ 0xff for b in form)
    return known.get(form) or known.get(other) or "?"

class Glass:
    """Reads one screen again and again: what did not change is known."""

    def __init__(self, font):
        self.known, self.cells, self.bands = glyphs(font), {}, {}

    def text(self, path):
        """The screen's lines, without what is empty at their ends."""
        w, h, pix = read_ppm(path)
        size = H * w * 3
        return [self.band(pix[i * size:(i + 1) * size], w)
                for i in range(h // H)]

    def band(self, band, w):
        if band not in self.bands:
            rows = [band[y * w * 3:(y + 1) * w * 3] for y in range(H)]
            step = W + (w == 720)	# the card's own text has a gap
            self.bands[band] = "".join(
                self.cell(b"".join(r[x * 3:(x + W) * 3] for r in rows))
                for x in range(0, w - w % step, step)).rstrip()
        return self.bands[band]

    def cell(self, cell):
        if cell not in self.cells:
            self.cells[cell] = glyph(cell, self.known)
        return self.cells[cell]
