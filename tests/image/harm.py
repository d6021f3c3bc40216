"""Harm from outside: code is overwritten in the memory of the machine, so that
the process that runs it next is ended by the processor.

The image has no hook for this and needs none.  A function that only one
process calls, or the whole program of the first process or of the device
manager, is looked for in memory page by page and written over, through the
debugger's door that QEMU has for whoever owns the machine.
"""
import os
import socket
import subprocess

import owner

PAGE = 4096
OUT = os.path.join(owner.IMAGE, "build/out")
WHOLE = os.path.join(owner.IMAGE, "build/objects/coldseal")
UD2 = b"\x0f\x0b"		# "undefined instruction", and always will be


class Gdb:
    """GDB's remote protocol, as much as writes into physical memory."""

    def __init__(self, out):
        self.s = socket.socket(socket.AF_UNIX)
        self.s.connect(os.path.join(out, "gdb"))
        self.s.settimeout(30)
        self.say("?")
        self.say("Qqemu.PhyMemMode:1")

    def say(self, text):
        body = text.encode()
        self.s.sendall(b"$%s#%02x" % (body, sum(body) & 0xff))
        got = b""
        while got[-3:-2] != b"#":
            more = self.s.recv(4096)
            if not more:
                raise RuntimeError("gdb: closed")
            got += more
        self.s.sendall(b"+")
        reply = got[got.index(b"$") + 1:-3].decode()
        if reply.startswith("E"):
            raise RuntimeError("gdb: %s: %s" % (text[:40], reply))
        return reply

    def write(self, at, data):
        for i in range(0, len(data), 1024):
            part = data[i:i + 1024]
            self.say("M%x,%x:%s" % (at + i, len(part), part.hex()))

    def end(self):
        self.say("D")
        self.s.close()


def member(name):
    """A file of the initramfs, as it lies in memory."""
    data, at = owner.content(os.path.join(OUT, "initramfs.cpio")), 0
    while True:
        head = [int(data[at + 6 + 8 * i:at + 14 + 8 * i], 16)
                for i in range(13)]
        path = data[at + 110:at + 110 + head[11] - 1].decode()
        body = (at + 110 + head[11] + 3) & ~3
        if "/" + path == name:
            return data[body:body + head[6]]
        at = (body + head[6] + 3) & ~3


def code(body):
    """Where the instructions of a program stand in its file: from, to."""
    n, size, at = (int.from_bytes(body[i:i + 2], "little")
                   for i in (56, 54, 32))
    for i in range(n):
        h = body[at + i * size:at + (i + 1) * size]
        v = [int.from_bytes(h[k:k + 8], "little") for k in (8, 16, 32)]
        if h[0] == 1 and h[4] & 1:
            return v[0], v[0] + v[2], v[1] - v[0]
    raise ValueError("no code")


def function(name, body):
    """Where it begins in the file of the program."""
    for line in subprocess.run(["nm", WHOLE], check=True, text=True,
                               stdout=subprocess.PIPE).stdout.splitlines():
        row = line.split()
        if row[-1] == name:
            return int(row[0], 16) - code(body)[2]
    raise ValueError("no function " + name)


def pages(memory, body, first, last):
    """Address in memory of each page of a file that lies there."""
    wanted = {body[i:i + PAGE].ljust(PAGE, b"\0"): i
              for i in range(first & -PAGE, last, PAGE)}
    for at in range(0, len(memory), PAGE):
        i = wanted.get(memory[at:at + PAGE])
        if i is not None:
            yield at, i


def harm(m, program, name=None):
    """One function of it, or all of it."""
    body = member(program)
    first, last, _ = code(body)
    if name is not None:
        first = function(name, body)
        last = first + 8
    memory = owner.content(m.memory())
    there = list(pages(memory, body, first, last))
    if not there:
        raise RuntimeError("harm: %s is not in memory" % (name or program))
    g = Gdb(m.out)
    for at, i in there:
        a, b = max(first - i, 0), min(last - i, PAGE)
        g.write(at + a, UD2 * ((b - a) // 2))
    g.end()
