"""What a test of the whole program begins with: published keys, fixtures, the
command line on regtest, and TAP.  The test is a script: its first argument is
the program."""
import atexit
import json
import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, os.path.join(ROOT, "tests", "peers"))
sys.dont_write_bytecode = True
import keys                                             # noqa: E402

PROGRAM = sys.argv[1]
FIX = os.path.join(os.environ.get("COLDSEAL_FIXTURES",
                                  os.path.join(ROOT, "tests", "fixtures")),
                   "bitcoin")
TMP = tempfile.mkdtemp(prefix="coldseal-e2e-")
atexit.register(shutil.rmtree, TMP, ignore_errors=True)
done, failed = 0, 0


def ok(what, good, why=""):
    global done, failed
    done += 1
    failed += not good
    print("%sok %d - %s" % ("" if good else "not ", done, what), flush=True)
    if not good:
        print("# " + str(why)[:600])


def tell(number, what, good, why=""):
    """of a known attack, or of the control beside it"""
    ok("attack %s: %s" % (number, what), good, why)


def words(who):
    path = os.path.join(TMP, "words-" + who)
    if not os.path.exists(path):
        with open(path, "w") as f:
            f.write(keys.MNEMONICS[who] + "\n")
    return path


def run(*args, who="A", network="regtest"):
    return subprocess.run([PROGRAM, *args, "--words", words(who), "--network",
                           network], capture_output=True, timeout=120)


def lines(r):
    """JSON, a line a file"""
    return [json.loads(x) for x in r.stdout.splitlines()]


def codes(j):
    return [f["code"] for f in j["findings"]]


def fix(name):
    return os.path.join(FIX, name + ".psbt")


def folder():
    return tempfile.mkdtemp(dir=TMP)


def end():
    print("1..%d" % done)
    sys.exit(1 if failed else 0)
