"""A new key on a plain terminal, as the command line makes it, and all that
the program ever wrote to it.  Not a test itself."""
import fcntl
import os
import pty
import re
import select
import struct
import termios
import time


class Terminal:
    """the program on a terminal, and all that it ever wrote to it"""

    def __init__(self, program, *args, term="xterm-256color", env=()):
        self.out, self.seen = b"", 0
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.environ.update(dict(env), TERM=term, LANG="C.UTF-8")
            os.execv(program, [program, *args])
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ,
                    struct.pack("4H", 24, 80, 0, 0))

    def more(self, seconds):
        if not select.select([self.fd], [], [], seconds)[0]:
            return False
        try:
            got = os.read(self.fd, 65536)
        except OSError:
            got = b""
        self.out += got
        return bool(got)

    def see(self, want, seconds=20):
        """waits for it behind what was waited for before; what lay between"""
        end = time.time() + seconds
        while time.time() < end:
            m = re.search(want, self.out[self.seen:], re.S)
            if m:
                start, self.seen = self.seen, self.seen + m.end()
                return self.out[start:self.seen]
            if not self.more(0.2) and self.code(0) is not None:
                break
        return None

    def send(self, text):
        os.write(self.fd, text.encode())

    def code(self, seconds=10):
        end = time.time() + seconds
        while True:
            if not hasattr(self, "status"):
                pid, status = os.waitpid(self.pid, os.WNOHANG)
                if pid:
                    self.status = os.waitstatus_to_exitcode(status)
            if hasattr(self, "status") or time.time() >= end:
                break
            self.more(0.05)
        while self.more(0):
            pass
        return getattr(self, "status", None)


def shown(got):
    """the words of the grid, by their numbers"""
    found = dict((int(n), w) for n, w in
                 re.findall(r"\b(\d+) ([a-z]{3,12})\b", got.decode()))
    return [found.get(i + 1) for i in range(len(found))]


def rolled(t, rolls):
    t.see(b"rolls: |bits: ")
    t.send(rolls + "\n")
    t.see(b"rolls: |bits: ")
    t.send("\n")


def answered(t, words):
    """answers what it asks; the fingerprint that it ends with"""
    while True:
        got = t.see(rb"Word \d+: |fingerprint: [0-9a-f]{8}|no key was made")
        if got is None:
            return None
        m = re.search(rb"Word (\d+): $", got)
        if m is None:
            return got[-8:].decode()
        t.send(words[int(m.group(1)) - 1] + "\n")
