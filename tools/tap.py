#!/usr/bin/env python3
"""tap.py CMD...: run test programs, count single tests, end with one line.

A test program speaks TAP (cmocka does, when asked): "ok", "not ok", and
"# SKIP" in either.  A plan that is not fulfilled, and an exit code that no
"not ok" explains, count as failures: a program that dies half-way has failed
all that it still owed.  A program that says nothing at all counts as one.
"""
import os
import re
import shlex
import signal
import subprocess
import sys
import time

LINE = re.compile(r"^(not )?ok\b(.*)$")
PLAN = re.compile(r"^1\.\.(\d+)")


class Count:
    def __init__(self):
        self.passed = self.failed = self.skipped = 0
        self.lost = []          # what failed, in words
        self.left = []          # what was skipped, in words

    def add(self, other):
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped
        self.lost += other.lost
        self.left += other.left

    def line(self):
        text = "%d passed, %d failed" % (self.passed, self.failed)
        return text + (", %d skipped" % self.skipped if self.skipped else "")


def judge(name, lines, code, owed=None):
    """What the output of one program amounts to."""
    c = Count()
    planned = done = 0
    for line in lines:
        p = PLAN.match(line)
        m = LINE.match(line)
        if p:
            planned += int(p.group(1))
        elif m:
            done += 1
            words = m.group(2).strip(" -0123456789") or m.group(2)
            if "# SKIP" in line:
                c.skipped += 1
                c.left.append("%s: %s" % (name, line.split("# SKIP")[1].strip()
                                          or words))
            elif m.group(1):
                c.failed += 1
                c.lost.append("%s: %s" % (name, words))
            else:
                c.passed += 1
    if planned > done:
        c.failed += planned - done
        c.lost.append("%s: ended with %d tests still owed" %
                      (name, planned - done))
    if code != 0 and c.failed == 0:
        c.failed += 1
        c.lost.append("%s: ended with %s" % (name, code))
    if code == 0 and planned + done == 0:
        c.passed += 1
    return c


def kill(p):
    """The group that this program started, and nothing else."""
    try:
        os.killpg(p.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


def run(cmd, name=None, log=None, limit=900, env=None):
    """Run one program; its output goes to log; returns a Count."""
    argv = shlex.split(cmd) if isinstance(cmd, str) else cmd
    name = name or os.path.basename(argv[0])
    start = time.time()
    e = dict(os.environ, CMOCKA_MESSAGE_OUTPUT="TAP", **(env or {}))
    try:
        p = subprocess.Popen(argv, stdin=subprocess.DEVNULL, env=e,
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                             start_new_session=True)
    except OSError as err:
        p, text, code = None, str(err), 127
    if p is not None:
        try:
            raw, _ = p.communicate(timeout=max(limit, 1))
            code = p.returncode
        except subprocess.TimeoutExpired:
            kill(p)
            raw, _ = p.communicate()
            code = "a time-out after %d s" % limit
        text = raw.decode(errors="replace")
    if log:
        os.makedirs(os.path.dirname(log), exist_ok=True)
        with open(log, "w") as f:
            f.write(text)
    c = judge(name, text.splitlines(), code)
    out = ["%s %-34s %s  (%.1f s)" % ("ok " if c.failed == 0 else "BAD", name,
                                      c.line(), time.time() - start)]
    if c.failed:
        show = text.splitlines()
        bad = [i for i, l in enumerate(show) if l.startswith("not ok")
               and "# SKIP" not in l]
        near = sorted({j for i in bad[:8] for j in range(i - 3, i + 8)
                       if 0 <= j < len(show)})
        out += ["    " + line[:300] for line in
                ([show[j] for j in near] if near else []) + show[-15:]]
    sys.stdout.write("\n".join(out) + "\n")     # at once: others write too
    sys.stdout.flush()
    return c


def tell(c):
    """What failed and what was skipped, by name; then the closing line."""
    for what in c.left:
        print("SKIPPED  " + what)
    for what in c.lost:
        print("FAILED   " + what)
    print(c.line())
    sys.stdout.flush()


def main(cmds):
    total = Count()
    for cmd in cmds:
        total.add(run(cmd))
    tell(total)
    return 1 if total.failed or total.passed + total.skipped == 0 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
