"""What the tests of this directory share: the program's processes by their names,
and a terminal to run it in.  Not a test itself."""
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.dont_write_bytecode = True

# A job in the background begins with these ignored, and what it starts
# inherits that; the program rightly leaves it as it is.
for _sig in (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP):
    signal.signal(_sig, signal.SIG_DFL)

PROGRAM = os.path.abspath(sys.argv[1])
NAMES = ("coldseal", "cs-keeper", "cs-clerk", "cs-front", "cs-mounter")
TMP = tempfile.mkdtemp(prefix="coldseal-procs-")
SOCKET = "coldseal-procs-%d" % os.getpid()
done = failed = 0


def tell(what, good, why=""):
    global done, failed
    done += 1
    failed += not good
    print("%sok %d - %s" % ("" if good else "not ", done, what), flush=True)
    if not good:
        for line in str(why).splitlines()[:40]:
            print("# " + line[:200], flush=True)
    return good


def end():
    """the plan; and nobody stays that a test which broke off has left"""
    print("1..%d" % done)
    left = family(os.getpid()).values()
    go_on(left)
    for p in left:
        try:
            os.kill(p, signal.SIGKILL)
        except ProcessLookupError:
            pass
    tmux("kill-server")
    shutil.rmtree(TMP, ignore_errors=True)
    return 1 if failed else 0


def write(name, data):
    path = os.path.join(TMP, name)
    with open(path, "wb") as f:
        f.write(data if isinstance(data, bytes) else data.encode())
    return path


# --- processes -------------------------------------------------------------

def stat(pid):
    """name, state, parent, ticks of CPU; None when it is gone"""
    try:
        with open("/proc/%d/stat" % pid) as f:
            text = f.read()
    except OSError:
        return None
    name, rest = text[text.index("(") + 1:].rsplit(")", 1)
    r = rest.split()
    return name, r[0], int(r[1]), int(r[11]) + int(r[12])


def family(top):
    """role to process, of the one program that stands below this one"""
    all_ = {int(p): stat(int(p)) for p in os.listdir("/proc")
            if p.isdigit()}
    all_ = {p: s for p, s in all_.items() if s and s[1] not in "ZX"}
    below = {top}
    while True:
        more = {p for p, s in all_.items() if s[2] in below} - below
        if not more:
            break
        below |= more
    # A child that has not named itself yet still has its parent's name.
    out = {}
    for p in sorted(below, reverse=True):
        if p in all_ and all_[p][0] in NAMES:
            out[all_[p][0]] = p
    return out


def whole_family(top, seconds=10):
    end_ = time.time() + seconds
    while time.time() < end_:
        f = family(top)
        if len(f) == len(NAMES):
            return f
        time.sleep(0.005)
    raise RuntimeError("not all processes came: %r" % f)


def gone(pids, seconds=6):
    """those of them that stay"""
    end_ = time.time() + seconds
    left = list(pids)
    while left and time.time() < end_:
        left = [p for p in left if stat(p) and stat(p)[1] not in "ZX"]
        time.sleep(0.02)
    return left


def stop(pids):
    """SIGSTOP, and until it has come to pass; false when one is gone"""
    for p in pids:
        try:
            os.kill(p, signal.SIGSTOP)
        except ProcessLookupError:
            pass
    for p in pids:
        while stat(p) and stat(p)[1] not in "TtZX":
            time.sleep(0.001)
    if any(not stat(p) or stat(p)[1] in "ZX" for p in pids):
        go_on(pids)
        return False
    return True


def at_rest(pid, quiet=0.15):
    """until it has slept for so long: nothing is left half done"""
    def slept():
        was = stat(pid)
        time.sleep(quiet)
        is_ = stat(pid)
        return not is_ or is_[1] == "S" and was == is_
    return until(slept, 20)


def go_on(pids):
    for p in pids:
        try:
            os.kill(p, signal.SIGCONT)
        except ProcessLookupError:
            pass


def until(what, seconds=10, step=0.005):
    end_ = time.time() + seconds
    while time.time() < end_:
        got = what()
        if got:
            return got
        time.sleep(step)
    return None


# --- a terminal ------------------------------------------------------------

def tmux(*args):
    return subprocess.run(["tmux", "-L", SOCKET, *args],
                          capture_output=True, text=True).stdout


def show():
    return tmux("capture-pane", "-p")


def see(want, seconds=15):
    return until(lambda: re.search(want, show()), seconds, 0.02)


def press(*what):
    for k in what:
        tmux("send-keys", k)


def text(s):
    tmux("send-keys", "-l", s)


def in_terminal(*args, program=PROGRAM):
    """the program below a shell in a fresh terminal: the shell's process"""
    tmux("kill-server")
    shell = write("shell", "#!/bin/sh\nLANG=C.UTF-8 %s %s\necho ended $?\n"
                  "stty -a | grep -o -e ' icanon' -e ' echo ' | wc -l\n"
                  "sleep 60\n" % (program, " ".join(args)))
    os.chmod(shell, 0o755)
    for _ in range(40):     # the server of before may still be ending
        tmux("-f", "/dev/null", "new-session", "-d", "-x", "80", "-y", "24",
             shell)
        pid = tmux("list-panes", "-F", "#{pane_pid}").strip()
        if pid:
            return int(pid)
        time.sleep(0.1)
    raise RuntimeError("no terminal")


def skip_without(*needs):
    """a TAP line that says why nothing is tested, or None"""
    if os.geteuid() != 0:
        return "1..0 # SKIP SKIPPED: wants root, to look into processes"
    for n in needs:
        if shutil.which(n) is None:
            return "1..0 # SKIP SKIPPED: no " + n
    return None
