"""Images of sticks: made, filled and read again, as an online computer would.

FAT by mtools, ISO 9660 by xorriso; tables of partitions, and files into exFAT,
by the few lines below: no tool writes into one without the kernel.
"""
import os
import re
import struct
import subprocess
import uuid
import zlib

MIB = 1 << 20


def run(*args, stdin=None):
    return subprocess.run(args, check=True, input=stdin,
                          stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL).stdout


def blank(path, mib):
    with open(path, "wb") as f:
        f.truncate(int(mib * MIB))
    return path


class Fat:
    """a FAT, or the one that begins so many bytes into an image"""

    def __init__(self, path, at=0):
        self.path, self.at = path, at
        self.name = "%s@@%d" % (path, at)

    @staticmethod
    def make(path, label="COLD", at=0, kib=None, bits=32):
        size = [str(kib)] if kib else []
        run("/sbin/mkfs.vfat", "-F", str(bits), "-n", label, "--offset",
            str(at // 512), path, *size)
        return Fat(path, at)

    def put(self, source, name):
        run("mcopy", "-i", self.name, source, "::/" + name)

    def get(self, name):
        """its bytes, or None where there is no such file"""
        if name not in self.names():
            return None
        return run("mtype", "-i", self.name, "::/" + name)

    def free(self):
        text = run("mdir", "-i", self.name, "::/").decode()
        found = re.findall(r"([\d ]+) bytes free", text)
        return int(found[0].replace(" ", ""))

    def fill(self, source):
        """not one cluster is left"""
        self.put(source, "filler")
        if self.free() > 0:
            raise RuntimeError("the stick is not full")

    def names(self):
        text = run("mdir", "-b", "-a", "-i", self.name, "::/").decode()
        return sorted(line[3:] for line in text.split("\n") if line)


class Exfat:
    """the root folder alone, files in one piece"""

    def __init__(self, path, at=0):
        self.path, self.at = path, at
        with open(path, "rb") as f:
            f.seek(at)
            boot = f.read(512)
        self.fat, = struct.unpack_from("<I", boot, 80)
        self.heap, self.clusters, self.root = struct.unpack_from(
            "<III", boot, 88)
        self.sector = 1 << boot[108]
        self.cluster = self.sector << boot[109]

    @staticmethod
    def make(path, label="COLD", at=0):
        run("/sbin/mkfs.exfat", "-L", label, path)
        return Exfat(path, at)

    def where(self, cluster):
        return self.at + self.heap * self.sector + \
            (cluster - 2) * self.cluster

    def read(self, at, n):
        with open(self.path, "rb") as f:
            f.seek(at)
            return f.read(n)

    def write(self, at, data):
        with open(self.path, "r+b") as f:
            f.seek(at)
            f.write(data)

    def next(self, cluster):
        return struct.unpack("<I", self.read(
            self.at + self.fat * self.sector + 4 * cluster, 4))[0]

    def folder(self):
        out, cluster = b"", self.root
        while 2 <= cluster < 0xfffffff7:
            out += self.read(self.where(cluster), self.cluster)
            cluster = self.next(cluster)
        return out

    def entries(self):
        """(name, first cluster, length, in one piece) of each file"""
        data, i = self.folder(), 0
        while i < len(data) and data[i] != 0:
            if data[i] == 0x85:
                n = data[i + 1]
                stream = data[i + 32:i + 64]
                text = b"".join(data[i + 32 * k + 2:i + 32 * k + 32]
                                for k in range(2, n + 1))
                name = text[:2 * stream[3]].decode("utf-16le")
                first, size = struct.unpack_from("<IQ", stream, 20)
                yield name, first, size, bool(stream[1] & 2)
                i += 32 * n
            i += 32

    def names(self):
        return sorted(e[0] for e in self.entries())

    def get(self, name):
        for found, cluster, size, plain in self.entries():
            if found != name:
                continue
            out = b""
            while len(out) < size:
                out += self.read(self.where(cluster), self.cluster)
                cluster = cluster + 1 if plain else self.next(cluster)
            return out[:size]
        return None

    def put(self, source, name):
        with open(source, "rb") as f:
            body = f.read()
        need = -(-len(body) // self.cluster)
        bitmap = self.bitmap()
        used = bytearray(self.read(bitmap, -(-self.clusters // 8)))
        free = next(c for c in range(2, self.clusters + 2 - need)
                    if not any(used[(c + k - 2) // 8] >> (c + k - 2) % 8 & 1
                               for k in range(need)))
        for k in range(free - 2, free - 2 + need):
            used[k // 8] |= 1 << k % 8
        self.write(bitmap, bytes(used))
        self.write(self.where(free), body)
        data = self.folder()
        at = next(i for i in range(0, len(data), 32) if data[i] == 0)
        self.write(self.where(self.root) + at,
                   entry_set(name, free, len(body)))

    def bitmap(self):
        data = self.folder()
        i = next(i for i in range(0, len(data), 32) if data[i] == 0x81)
        return self.where(struct.unpack_from("<I", data, i + 20)[0])


def rotate(value, bits):
    return (value >> 1 | (value & 1) << bits - 1) & (1 << bits) - 1


def entry_set(name, cluster, size):
    text = name.encode("utf-16le")
    upper = name.upper().encode("utf-16le")
    h = 0
    for b in upper:
        h = rotate(h, 16) + b & 0xffff
    names = -(-len(text) // 30)
    body = struct.pack("<BBHHHIII12x", 0x85, 1 + names, 0, 0x20, 0,
                       0x5a210000, 0x5a210000, 0x5a210000)
    body += struct.pack("<BBBBHHQIIQ", 0xc0, 3, 0, len(name), h, 0, size, 0,
                        cluster, size)
    for i in range(names):
        body += b"\xc1\0" + text[30 * i:30 * i + 30].ljust(30, b"\0")
    s = 0
    for i, b in enumerate(body):
        if i not in (2, 3):
            s = rotate(s, 16) + b & 0xffff
    return body[:2] + struct.pack("<H", s) + body[4:]


def iso(path, source, name, label="DISC"):
    folder = path + ".d"
    os.mkdir(folder)
    with open(source, "rb") as f, open(os.path.join(folder, name), "wb") as g:
        g.write(f.read())
    run("xorriso", "-as", "mkisofs", "-quiet", "-V", label, "-o", path,
        folder)
    return path


def mbr(path, *parts):
    """a table of partitions (MiB, type); where each begins, in bytes"""
    at, begins, rows = 1, [], b""
    for mib, kind in parts:
        rows += row(kind, at * 2048, mib * 2048)
        begins.append(at * MIB)
        at += mib
    put_mbr(path, rows)
    return begins


def row(kind, first, sectors):
    return struct.pack("<B3sB3sII", 0, b"\xfe\xff\xff", kind,
                       b"\xfe\xff\xff", first, sectors)


def put_mbr(path, rows):
    with open(path, "r+b") as f:
        f.seek(446)
        f.write(rows.ljust(64, b"\0") + b"\x55\xaa")


DATA = uuid.UUID("EBD0A0A2-B9E5-4433-87C0-68B6B72699C7").bytes_le


def gpt(path, *sizes):
    """the same with a GUID table: MiB each"""
    last = os.path.getsize(path) // 512 - 1
    put_mbr(path, row(0xee, 1, last))
    at, begins, rows = 1, [], b""
    for i, mib in enumerate(sizes):
        rows += DATA + bytes([i + 1] * 16) + struct.pack(
            "<QQQ", at * 2048, (at + mib) * 2048 - 1, 0) + b"\0" * 72
        begins.append(at * MIB)
        at += mib
    rows = rows.ljust(128 * 128, b"\0")
    with open(path, "r+b") as f:
        for mine, other, table in (1, last, 2), (last, 1, last - 32):
            head = struct.pack("<8sIIIIQQQQ16sQIII", b"EFI PART", 0x10000,
                               92, 0, 0, mine, other, 34, last - 33,
                               bytes([7] * 16), table, 128, 128,
                               zlib.crc32(rows))
            head = head[:16] + struct.pack("<I", zlib.crc32(head)) + head[20:]
            f.seek(mine * 512)
            f.write(head)
            f.seek(table * 512)
            f.write(rows)
    return begins
