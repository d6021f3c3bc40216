"""Words that must not stand in the tree: unfinished work, other places."""
import os
import re
import subprocess

UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK|not implemented|"
                        r"not yet implemented|placeholder)\b")
ELSEWHERE = re.compile(r"/work/|/tmp/brief|\bissue [#A-Z0-9]|"
                       r"deb\.debian\.org|security\.debian\.org|"
                       r"snapshot\.debian|\bpypi\b|npmjs|crates\.io")
SHARED = re.compile(r"\.\./shared")
# Binary, or told to hold such words.
SKIP = ("tests/lint/words.py", "tests/lint/bad/")
SKIP_ENDS = (".psbt", ".gz", ".txn", ".bin", ".png")


def tracked(root):
    try:
        out = subprocess.run(["git", "-C", root, "ls-files"], check=True,
                             text=True, stdout=subprocess.PIPE,
                             stderr=subprocess.DEVNULL).stdout.split("\n")
        if any(out):
            return [p for p in out if p]
    except (OSError, subprocess.CalledProcessError):
        pass
    found = []
    for d, dirs, names in os.walk(root):
        dirs[:] = [x for x in dirs if not x.startswith(("build", ".git"))]
        found += [os.path.relpath(os.path.join(d, n), root) for n in names]
    return sorted(found)


def check(root, build):
    bad = []
    for path in tracked(root):
        full = os.path.join(root, path)
        if path.startswith(SKIP) or path.endswith(SKIP_ENDS) or \
                not os.path.isfile(full):
            continue
        text = open(full, encoding="utf-8", errors="replace").read()
        for i, line in enumerate(text.split("\n"), 1):
            for what, why in ((UNFINISHED, "unfinished"),
                              (ELSEWHERE, "another place")):
                m = what.search(line)
                if m:
                    bad.append("%s:%d: %s: %s" % (path, i, why, m.group(0)))
            if SHARED.search(line) and path != ".ci/run":
                bad.append("%s:%d: only .ci/run knows what lies beside the "
                           "tree" % (path, i))
    return bad
