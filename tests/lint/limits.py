"""The README's table of limits is the one of core/base/limits.h, row by row."""
import os
import re

ROW = re.compile(r'X\((\w+), (\d+), "(\w*)",\s*"([^"]+)"\)')


def figure(n, unit):
    n = int(n)
    if unit == "bytes" and n % 1024 == 0:
        return "%d MiB" % (n >> 20) if n % (1 << 20) == 0 else \
            "%d KiB" % (n >> 10)
    return "{:,}".format(n) + (" " + unit if unit else "")


def rows(root):
    path = os.path.join(root, "core/base/limits.h")
    if not os.path.exists(path):
        return []
    text = open(path, encoding="utf-8").read().replace("\\\n", "\n")
    return [(what, figure(n, unit)) for _, n, unit, what in
            ROW.findall(text)]


def check(root, build):
    want = rows(root)
    path = os.path.join(root, "README.md")
    if not want:
        return ["core/base/limits.h:1: no table of limits"]
    if not os.path.exists(path):
        return ["there is no README.md"]
    table = open(path, encoding="utf-8").read().partition("\n## Limits\n")[2]
    table = table.partition("\n## ")[0]
    have = re.findall(r"^\| ([^|]+?) \| ([^|]+?) \|$", table, re.M)
    have = [h for h in have if h[0] != "what" and set(h[0]) != {"-"}]
    bad = ["README.md: the table of limits lacks: %s, %s" % w
           for w in want if w not in have]
    return bad + ["README.md: not a limit: %s, %s" % h
                  for h in have if h not in want]
