#!/usr/bin/env python3
"""kill.py PROGRAM: each process of the real program killed in each state.

The command line ends with exit code 5 and one line that says so; the screen
says so, gives the terminal back and ends.  Nobody stays.  The unsigned file
is as it was, and an answer is there whole or not at all: signing is
deterministic, so it is compared with what an undisturbed run writes.
Speaks TAP.
"""
import os
import signal
import subprocess
import sys
import time

from procs import (NAMES, PROGRAM, TMP, end, gone, in_terminal, press, see,
                   show, skip_without, stat, tell, text, until, whole_family,
                   write)
from needles import keys, unsigned

LINE = "coldseal: a part of the program has ended; nothing more is signed"
CHILDREN = NAMES[1:]
MASTER = keys.master("A")
INPUTS = 1000


def whole(folder, before, answers):
    """nothing in this folder but the file and whole answers to it"""
    wrong = []
    for name in os.listdir(folder):
        with open(os.path.join(folder, name), "rb") as f:
            data = f.read()
        if data not in [before] + answers:
            wrong.append("%s: %d bytes" % (name, len(data)))
    return wrong


def last_words(p, fam, what, code, lines=1):
    """how the command line ended"""
    try:
        out, err = p.communicate(timeout=60)
    except subprocess.TimeoutExpired:
        p.kill()
        return tell(what + ": it ends", False)
    err = err.decode()
    tell("%s: exit code %d" % (what, code), p.returncode == code,
         "%s\n%s" % (p.returncode, err))
    said = [x for x in err.splitlines() if LINE in x]
    tell("%s: one line says so" % what, len(said) == lines, err)
    left = gone(fam.values())
    return tell("%s: nobody stays" % what, not left,
                [stat(x) for x in left])


class Command:
    def __init__(self, name, data):
        self.dir = os.path.join(TMP, name)
        os.mkdir(self.dir)
        self.words = write("words-" + name, keys.MNEMONICS["A"] + "\n")
        self.before = data
        self.path = write(name + "/x.psbt", data)
        p = self.start()
        p.communicate()
        self.answers = []
        for a in sorted(os.listdir(self.dir)):
            if a != "x.psbt":
                with open(os.path.join(self.dir, a), "rb") as f:
                    self.answers.append(f.read())
        tell("undisturbed, %s is signed" % name,
             p.returncode == 0 and len(self.answers) == 2)
        self.clear()

    def start(self, words=None, **kw):
        return subprocess.Popen(
            [PROGRAM, "sign", self.path, "--yes", "--network", "regtest",
             "--words", words or self.words], stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE, **kw)

    def clear(self):
        for a in os.listdir(self.dir):
            if a != "x.psbt":
                os.unlink(os.path.join(self.dir, a))

    def check(self, what):
        wrong = whole(self.dir, self.before, self.answers)
        tell("%s: the file as it was, an answer whole or not at all" % what,
             not wrong and os.path.exists(self.path), wrong)
        self.clear()

    def partial(self):
        return [a for a in os.listdir(self.dir) if a.endswith(".part")]


def waiting_for_words(c):
    """the front reads a pipe that says nothing"""
    for name in CHILDREN:
        what = "%s killed, waiting for words" % name
        r, w = os.pipe()
        p = c.start("-", stdin=r)
        os.close(r)
        fam = whole_family(p.pid)
        os.kill(fam[name], signal.SIGKILL)
        # A front that is stuck in a read cannot say so: the parent does.
        last_words(p, fam, what, 5)
        os.close(w)
        c.check(what)


def at_signing(c, name, ms):
    """so long after it agreed; None where it had ended by then"""
    p = c.start()
    fam = whole_family(p.pid)
    os.read(p.stderr.fileno(), 1)       # agreeing to what it shows
    time.sleep(ms / 1000)
    if p.poll() is None and stat(fam[name]) and not os.listdir(c.dir)[1:]:
        os.kill(fam[name], signal.SIGKILL)
        return p, fam
    p.communicate()
    c.clear()
    return None


def signing(c):
    for name in CHILDREN:
        for ms in (0, 50, 100):
            what = "%s killed, %d ms into signing" % (name, ms)
            caught = next(filter(None, (at_signing(c, name, ms)
                                        for _ in range(10))), None)
            if caught is None:
                tell(what + ": caught", False)
                continue
            last_words(*caught, what, 5)
            c.check(what)


def saving(c, name):
    """stopped while the file without its name lies in the folder"""
    for _ in range(20):
        p = c.start()
        fam = whole_family(p.pid)
        part = until(lambda: p.poll() is not None or c.partial(), 60, 0)
        if p.poll() is None and part:
            os.kill(fam["cs-front"], signal.SIGSTOP)
            until(lambda: stat(fam["cs-front"])[1] in "TtZX", 5, 0)
            if stat(fam["cs-front"])[1] in "Tt" and c.partial():
                return p, fam
            os.kill(fam["cs-front"], signal.SIGCONT)
        p.communicate()
        c.clear()
    return None, None


def saved(c):
    for name in CHILDREN:
        what = "%s killed while an answer is written" % name
        p, fam = saving(c, name)
        if p is None:
            tell(what + ": caught", False)
            continue
        os.kill(fam[name], signal.SIGKILL)
        time.sleep(0.1)
        if name != "cs-front":
            os.kill(fam["cs-front"], signal.SIGCONT)
        last_words(p, fam, what, 5)
        if name == "cs-front":      # it alone could have taken it away
            for a in c.partial():
                os.unlink(os.path.join(c.dir, a))
        c.check(what)


def interrupted(c):
    """the owner's own signals: as a shell counts them, and in order"""
    for sig in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        what = "signal %d while signing" % sig
        p = c.start(start_new_session=True)
        fam = whole_family(p.pid)
        os.read(p.stderr.fileno(), 1)
        os.killpg(p.pid, sig)
        last_words(p, fam, what, 128 + sig, 0)
        c.check(what)
        what = "signal %d while an answer is written" % sig
        p, fam = saving(c, what)
        if p is None:
            tell(what + ": caught", False)
            continue
        os.kill(p.pid, sig)
        time.sleep(0.1)
        os.kill(fam["cs-front"], signal.SIGCONT)
        p.communicate()
        tell(what + ": it ends, and nobody stays", not gone(fam.values()))
        tell(what + ": nothing unnamed is left", not c.partial(),
             os.listdir(c.dir))
        c.check(what)


def parent_killed(c):
    """its own exit code is the signal's; the others end with it"""
    r, w = os.pipe()
    for state in ("waiting for words", "signing"):
        p = c.start("-", stdin=r) if state != "signing" else c.start()
        fam = whole_family(p.pid)
        if state == "signing":
            os.read(p.stderr.fileno(), 1)
        os.kill(p.pid, signal.SIGKILL)
        left = gone(fam.values())
        tell("parent killed, %s: nobody stays" % state, not left,
             [stat(x) for x in left])
        p.communicate()
        c.check("parent killed, " + state)
    os.close(r)
    os.close(w)


# --- on the screen ---------------------------------------------------------

def home(path):
    return see(r"To review and sign \(1\)")


def page(path):
    return home(path) and (press("Enter") or see("lines 1-"))


def agreeing(path):
    if not page(path):
        return False
    while not see("of [0-9]+, end", 0.1):
        text(" " * 8)
    return (press("a") or see("Type the last 4")) and \
        (text("th") or see(r"\n *th *\n"))


def at_work(path):
    """the page's word, and at once"""
    if not agreeing(path):
        return False
    text("6c")
    press("Enter")
    return True


def on_screen(small, large):
    stick = os.path.join(TMP, "stick")
    words = write("words-tui", keys.MNEMONICS["A"] + "\n")
    os.mkdir(stick)
    path = os.path.join(stick, "x.psbt")
    for state in (home, page, agreeing, at_work):
        c = large if state is at_work else small
        for name in CHILDREN:
            what = "on screen, %s: %s killed" % (
                state.__name__.replace("_", " "), name)
            for a in os.listdir(stick):
                os.unlink(os.path.join(stick, a))
            with open(path, "wb") as f:
                f.write(c.before)
            top = in_terminal("--stick", stick, "--network", "regtest",
                              "--words", words)
            fam = whole_family(top)
            if not tell(what, state(path), show()):
                continue
            os.kill(fam[name], signal.SIGKILL)
            if name != "cs-front":
                tell(what + ", and it is said",
                     see("Coldseal has to stop|a part of the program"), show())
            tell(what + ", the terminal whole", see(r"ended 5\n *2"), show())
            tell(what + ", the line stands", LINE in show().replace("\n", ""), show())
            tell(what + ", nobody stays", not gone(fam.values()))
            wrong = whole(stick, c.before, c.answers)
            if name == "cs-front":
                wrong = [w for w in wrong if ".part:" not in w]
            tell(what + ", the stick in order", not wrong and
                 os.path.exists(path), wrong)


def main():
    why = skip_without("tmux")
    if why:
        print(why)
        return 0
    try:
        small = Command("small", unsigned(MASTER, 2))
        large = Command("large", unsigned(MASTER, INPUTS))
        waiting_for_words(small)
        signing(large)
        saved(large)
        interrupted(large)
        parent_killed(large)
        on_screen(small, large)
    finally:
        code = end()
    return code


if __name__ == "__main__":
    sys.exit(main())
