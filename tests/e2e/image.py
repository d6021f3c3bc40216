#!/usr/bin/env python3
"""image.py PROGRAM: what the live image gives the program, made up.

A report of the air gap, keyboard layouts, and a first process that is asked
for one: it takes the second, refuses the third, is silent at the fourth, and
answers what is asked afterwards late.  Without root there is no stick that
the program came from.  In a real terminal (tmux).  Speaks TAP.
"""
import os
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from terminal import begin, press, see, show, text, tmux    # noqa: E402

PROGRAM = os.path.abspath(sys.argv[1])
TMP = tempfile.mkdtemp(prefix="coldseal-image-")
NAMES = "American", "Belgian", "Czech", "Danish"
TABLES = 16 * 128 * 2
FIRST = """
import os, socket, subprocess, sys
ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
fd = theirs.fileno()
p = subprocess.Popen(sys.argv[1:] + ["--wishes", str(fd)], pass_fds=[fd])
theirs.close()
while True:
    wish = ours.recv(16)
    if not wish:
        break
    with open(%r, "ab") as f:
        f.write(wish)
    if wish != b"\\3":
        ours.send(b"\\1" if wish == b"\\2" else b"\\0")
print("ended", p.wait())
"""
done = failed = 0


def tell(what, good):
    global done, failed
    done += 1
    failed += not good
    print("%sok %d - image: %s" % ("" if good else "not ", done, what))
    if not good:
        print("".join("# %s\n" % x for x in show().split("\n")), end="")
    sys.stdout.flush()


def put(name, data):
    path = os.path.join(TMP, name)
    with open(path, "wb") as f:
        f.write(data)
    return path


def keymaps():
    return put("keymaps", b"".join(n.encode().ljust(32, b"\0") +
                                   bytes(TABLES) for n in NAMES))


def airgap():
    return put("airgap", b"coldseal-airgap-1\n" + b"".join(
        b"ok\tthing %d\tnone\n" % i for i in range(70)) + b"end\t70\n")


def refused(*args):
    """Neither starts: one without the other, files that are none."""
    p = subprocess.run([PROGRAM, *args], stdin=subprocess.DEVNULL,
                       capture_output=True, text=True, timeout=60)
    return p.returncode == 1 and p.stderr.startswith("coldseal: ")


def choose(down, shown):
    press("Home", *["Down"] * down, "Enter")
    return see(shown, 20)


def wishes(want):
    with open(os.path.join(TMP, "wishes"), "rb") as f:
        return f.read() == want


def drive():
    tell("the first screen says which keyboard, and the air gap",
         see("Keyboard: American. Press F2") and
         see("verified: 70 things"))
    press("F2")
    tell("the layouts are listed", see("Danish") and see("Try it here"))
    text("zy")
    tell("what is typed is shown", see("Try it here:  zy"))
    tell("one is asked for by its number and in use",
         choose(1, "read as: Belgian") and wishes(b"\1"))
    tell("one that cannot be had changes nothing",
         choose(2, "could not be set") and see("read as: Belgian") and
         wishes(b"\1\2"))
    press("Home")
    tell("a first process that is silent is not waited for",
         not see("could not be set", 1) and choose(3, "could not be set")
         and see("read as: Belgian") and wishes(b"\1\2\3"))
    press("Escape")
    see("Keyboard: Belgian")
    press("d")
    tell("without its stick the page says so", see("is not here: plug it in"))
    press("Escape", "q")
    see("[Ll]eave")
    press("Enter")
    tell("it ends as ever", see("ended 0"))


def main():
    maps, gap = keymaps(), airgap()
    first = put("first.py", (FIRST % os.path.join(TMP, "wishes")).encode())
    tell("layouts without somebody to ask, and files that are none, are "
         "refused",
         refused("--keymaps", maps) and refused("--wishes", "3") and
         refused("--keymaps", maps, "--wishes", "2") and
         refused("--keymaps", gap, "--wishes", "3") and
         refused("--airgap", maps))
    begin("env LANG=C.UTF-8 python3 %s %s --airgap %s --keymaps %s; sleep 60"
          % (first, PROGRAM, gap, maps), 80, 24)
    drive()
    tmux("kill-server")
    shutil.rmtree(TMP)
    print("1..%d" % done)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
