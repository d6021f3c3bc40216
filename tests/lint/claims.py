"""What README.md and SECURITY.md claim: files, codes, tests that are there.

Every file that they name exists; every code of a rule is in the core; every
known attack of the table names tests that carry its number; every request to
the keeper is defended.
"""
import glob
import os
import re

import house

PATH = re.compile(r"\b((?:core|media|tui|tests|tools|doc)/[\w./*-]*[\w*])"
                  r"(?![\w<])")
CODE = re.compile(r"`(?:btc|file)?\.([\w-]+(?:\.[\w-]+)?)`")
KEEPER = re.compile(r"X\((\w+),\s*(?:FRONT|CLERK), KEEPER,")
# How a test says whose number it carries.
NUMBER = (r"test_attack(?:_\d+)*_0?%d_",
          r"[Kk]nown attacks? (?:\d+(?:, | and ))*%d\b",
          r"\b(?:tell|must)\(%d,")


def paths(name, text, root):
    for m in PATH.finditer(text):
        if not glob.glob(os.path.join(root, m.group(1))) and \
                not text[m.end():].startswith("<"):
            yield "%s names what is not there: %s" % (name, m.group(1))


def codes(name, text, source):
    for m in CODE.finditer(text):
        if not re.search(r'["a-z.]%s"' % re.escape(m.group(1)), source):
            yield "%s names a code that is not there: %s" % (name, m.group(1))


def attacks(text, root):
    """the last cell of a row names tests, each of which carries its number"""
    table = text.partition("## Known attacks")[2].partition("\n## ")[0]
    for m in re.finditer(r"^\| (\d+) \|.*\| ([^|]*) \|$", table, re.M):
        n, named = int(m.group(1)), PATH.findall(m.group(2))
        if not named:
            yield "SECURITY.md: attack %d names no test" % n
        for path in named:
            if os.path.exists(os.path.join(root, path)) and not any(
                    re.search(p % n, house.read(root, path))
                    for p in NUMBER):
                yield "SECURITY.md: %s does not carry the number %d" % (path,
                                                                        n)


def everything(root, tops, ends):
    return "\n".join(house.read(root, p)
                     for p in house.files(root, tops, ends))


def check(root, build):
    bad = []
    source = everything(root, house.HOUSE, (".c", ".h"))
    for name in ("README.md", "SECURITY.md"):
        if os.path.exists(os.path.join(root, name)):
            text = house.read(root, name)
            bad += paths(name, text, root)
            bad += codes(name, text, source)
    if not os.path.exists(os.path.join(root, "SECURITY.md")):
        return bad + ["there is no SECURITY.md"]
    text = house.read(root, "SECURITY.md")
    bad += attacks(text, root)
    table = os.path.join(root, "core/wire/table.h")
    if os.path.exists(table):
        said = " ".join(re.findall(r"^- \*\*([A-Z_, ]+)\*\*", text, re.M))
        bad += ["SECURITY.md does not defend the keeper's request " + m
                for m in KEEPER.findall(house.read(root, "core/wire/table.h"))
                if m not in re.split(r"[, ]+", said)]
    return bad
