"""Backups as the command line makes them, on a terminal of a test's own.  Not a
test itself."""
import os
import re
import subprocess

from newkeys import Terminal, shown

CLEAR = b"\x1b[3J"


def reveal(t):
    """one secret, asked for, read and cleared; the text of it"""
    if t.see(b"Enter shows it, for 180 seconds") is None:
        return None
    t.send("\n")
    if t.see(re.escape(CLEAR)) is None:
        return None
    got = t.see(b"Enter when it is on paper")
    if got is None:
        return None
    at = len(t.out)
    t.send("\n")
    if t.see(re.escape(CLEAR)) is None or CLEAR not in t.out[at:]:
        return None
    words = shown(got)
    if len(words) >= 12 and None not in words:
        return " ".join(words)
    lines = got.decode().replace("\r", "").split("\n\n")[1]
    return "".join(lines.split())


def make(program, words, *args):
    """all shares, and how it ended"""
    t = Terminal(program, "backup", "make", "--words", words, *args)
    out = []
    while True:
        m = t.see(rb"Enter shows it|Try it before|was not finished|no backup")
        if m is None or not m.endswith(b"Enter shows it"):
            break
        t.seen -= len(b"Enter shows it")
        out.append(reveal(t))
    return out, t.code(), t.out


def write(folder, name, *lines):
    path = os.path.join(folder, name)
    with open(path, "w") as f:
        f.write("".join(x + "\n" for x in lines))
    return path


def rehearse(program, words, tried):
    r = subprocess.run([program, "backup", "rehearse", tried, "--words",
                        words], capture_output=True, text=True, timeout=60)
    return r.returncode, r.stdout.strip(), r.stderr.strip()
