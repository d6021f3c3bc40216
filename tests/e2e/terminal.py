"""A real terminal (tmux) for the end-to-end tests: what stands on it, keys
pressed in it, and what a camera would read off it."""
import os
import re
import subprocess
import tempfile
import time

SOCKET = "coldseal-%d" % os.getpid()
done = failed = 0


def tmux(*args):
    return subprocess.run(["tmux", "-L", SOCKET, *args],
                          capture_output=True, text=True).stdout


def show():
    return tmux("capture-pane", "-p")


def see(want, seconds=8):
    """waits until the screen shows this"""
    end = time.time() + seconds
    while time.time() < end:
        if re.search(want, show()):
            return True
        time.sleep(0.05)
    return False


def press(*keys):
    for k in keys:
        tmux("send-keys", k)


def text(s):
    tmux("send-keys", "-l", s)


def begin(shell, w, h):
    """runs this script in a fresh terminal"""
    for _ in range(20):     # the server of before may still be ending
        tmux("-f", "/dev/null", "new-session", "-d", "-x", str(w), "-y",
             str(h), shell)
        if tmux("list-sessions"):
            break
        time.sleep(0.1)


def run(folder, command):
    """runs this in a fresh terminal of 80 columns, and says how it ended"""
    tmux("kill-server")
    shell = os.path.join(folder, "shell")
    with open(shell, "w") as f:
        f.write("#!/bin/sh\nLANG=C.UTF-8 %s\necho ended $?\nsleep 60\n" %
                command)
    os.chmod(shell, 0o755)
    begin(shell, 80, 24)


def go(want, *keys):
    """presses, and waits for what only the next screen has"""
    press(*keys)
    return see(want, 40)


def row(label):
    """the cursor on this row of the screen"""
    for _ in range(16):
        if see("> " + label, 0.5):
            return True
        press("Down")
    return False


def tell(what, good):
    """a line of TAP; where it is not good, the screen"""
    global done, failed
    done += 1
    failed += not good
    print("%sok %d - %s" % ("" if good else "not ", done, what), flush=True)
    if not good:
        print("\n".join("# " + x for x in show().splitlines()))
    return good


def told():
    """the plan; what to exit with"""
    print("1..%d" % done)
    return failed > 0


def qr_of_screen(cols, scale=6):
    """what zbarimg reads in the first columns of the screen: half blocks are
    dark, all else of them is light (the bars as well: they are far enough)"""
    rows = [line[:cols].ljust(cols) for line in show().split("\n")[1:-2]]
    image = []
    for line in rows:
        for half in "█▀", "█▄":
            image.append(bytes(20 if c in half else 200 for c in line
                               for _ in range(scale)) * scale)
    with tempfile.NamedTemporaryFile(suffix=".pgm") as f:
        f.write(b"P5 %d %d 255\n" % (cols * scale, len(image) * scale))
        f.write(b"".join(image))
        f.flush()
        return subprocess.run(["zbarimg", "-q", "--raw", f.name],
                              capture_output=True, text=True).stdout.strip()
