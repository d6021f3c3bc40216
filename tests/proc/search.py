"""Every page of every process, searched.  What secrets*.py and made.py share;
not a test itself."""
import os

from needles import PART
from procs import (NAMES, PROGRAM, at_rest, go_on, gone, in_terminal, press,
                   see, show, stop, tell, whole_family)

PAGE = os.sysconf("SC_PAGE_SIZE")
OUTSIDE = [n for n in NAMES if n != "cs-keeper"]
# The program with shields that shield nothing: the control.
BARE = os.path.join(os.path.dirname(PROGRAM), "tests", "proc", "bare",
                    "coldseal")


# --- where it is looked for ------------------------------------------------

def present(pid, a, b):
    """the pages of a range that are there at all, in RAM or swapped out"""
    with open("/proc/%d/pagemap" % pid, "rb", 0) as f:
        raw = os.pread(f.fileno(), (b - a) // PAGE * 8, a // PAGE * 8)
    for i in range(len(raw) // 8):
        if raw[i * 8 + 7] & 0xc0:
            yield a + i * PAGE


def memory(pid):
    """(name of the mapping, bytes that stand side by side)"""
    with open("/proc/%d/maps" % pid) as f, \
            open("/proc/%d/mem" % pid, "rb", 0) as mem:
        for line in f.read().splitlines():
            f = line.split(None, 5)
            a, b = (int(x, 16) for x in f[0].split("-"))
            what = f[5] if len(f) > 5 else "anonymous"
            # What was mapped from a library and cannot be written to holds
            # what the library's file holds.
            if what in ("[vsyscall]", "[vvar]") or "w" not in f[1] and \
                    what[0] == "/" and not what.startswith("/memfd:"):
                continue
            run = []
            for page in list(present(pid, a, b)) + [None]:
                if run and page != run[-1] + PAGE:
                    data = pages(mem, run)
                    if data.strip(b"\0"):
                        yield what, run[0], data
                    run = []
                run.append(page)


def pages(mem, run):
    """also what the process itself may not read; a device's are not there"""
    try:
        return os.pread(mem.fileno(), len(run) * PAGE, run[0])
    except OSError:
        return b""


def search(pid, wanted):
    """names of the secrets that are there, and where"""
    found = {}
    for what, at, data in memory(pid):
        if data.count(0) > len(data) - PART:
            continue
        for b, name in wanted.items():
            i = data.find(b)
            if i >= 0:
                found.setdefault(name, "%s: %s at %x" % (name, what, at + i))
    return found


def said(found):
    return "\n".join(sorted(found.values()))


def locked_memory(pid, at):
    """does this address stand in memory that is never swapped or dumped?"""
    inside = False
    with open("/proc/%d/smaps" % pid) as f:
        for line in f:
            span = line.split()[0].split("-")
            if len(span) == 2:
                a, b = (int(x, 16) for x in span)
                inside = a <= at < b
            elif inside and line.startswith("VmFlags:"):
                return {"lo", "dd"} <= set(line.split())
    return False


def locked_alone(pid, found):
    return all(locked_memory(pid, int(w.split()[-1], 16))
               for w in found.values())


# --- moments ---------------------------------------------------------------

def outside(fam, moment, wanted):
    """nothing of it in the four others"""
    for name in OUTSIDE:
        f = search(fam[name], wanted)
        tell("%s: nothing secret in %s" % (moment, name), not f, said(f))


def nowhere(fam, moment, wanted):
    """in all processes at rest nothing of it: in the keeper, too"""
    at_rest(fam["cs-keeper"])
    stop(fam.values())
    try:
        outside(fam, moment, wanted)
        f = search(fam["cs-keeper"], wanted)
        tell("%s: nothing secret in the keeper" % moment, not f, said(f))
    finally:
        go_on(fam.values())


def control(moment, wanted, must, *args):
    """the same command line, its keeper's shields of glass: found out"""
    top = in_terminal(*args, program=BARE)
    fam = whole_family(top)
    see(moment)
    at_rest(fam["cs-keeper"])
    f = search(fam["cs-keeper"], wanted)
    tell("the control: without its shield the keeper is found to hold %s" %
         ", ".join(sorted(must)), must <= set(f), said(f))
    leave(fam)


def itself(wanted):
    """the control: whoever runs this holds them all"""
    f = search(os.getpid(), wanted)
    tell("the control: this test, which holds them all, is found out",
         set(f) == set(wanted.values()), said(f))


# --- the ways out ----------------------------------------------------------

def leave(fam):
    press("q", "Enter")
    see("ended 0")
    tell("and no process stays", not gone(fam.values()))


def lock(top, moment, wanted):
    """the lock key, after which nothing is anywhere; then the end"""
    press("l")
    tell("%s: the lock key locks" % moment, see("All keys are wiped"), show())
    fam = whole_family(top)
    nowhere(fam, moment + ", locked", wanted)
    leave(fam)
