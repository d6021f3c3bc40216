"""How the house writes C: tabs, 80 columns, short functions and files."""
import re

import house

FUNCTION, FILE, WIDTH = 50, 500, 80
ONE_LINE = re.compile(r"^(?:static |inline |const |struct |enum |union )*"
                      r"(?:\w+ )+\**\w+\([^;]*\)$")


def lines_of(path, text):
    for i, line in enumerate(text.split("\n"), 1):
        here = "%s:%d: " % (path, i)
        if len(line.expandtabs(8)) > WIDTH:
            yield here + "wider than %d columns" % WIDTH
        if line != line.rstrip():
            yield here + "space at the end"
        if re.match(r"\t* {8}", line):
            yield here + "eight spaces where a tab belongs"
        if "\r" in line:
            yield here + "carriage return"


def check(root, build):
    bad = []
    for path in house.files(root, house.HOUSE + house.TESTS +
                            house.IMAGE):
        text = house.read(root, path)
        table = path.endswith(("_table.c", "_table.h"))
        bad += lines_of(path, text)
        n = text.count("\n")
        if n > FILE and not table:
            bad.append("%s: %d lines, at most %d" % (path, n, FILE))
        if not text.endswith("\n") or text.endswith("\n\n"):
            bad.append(path + ": does not end with one line end")
        src = house.code(text).split("\n")
        for name, start, end, _ in house.functions(text):
            if end - start - 1 > FUNCTION:
                bad.append("%s:%d: a function of %d lines, at most %d" %
                           (path, name, end - start - 1, FUNCTION))
        for i, line in enumerate(src[:-1]):
            if src[i + 1].rstrip() == "{" and ONE_LINE.match(line.rstrip()) \
                    and not line.startswith(("struct {", "enum {")):
                bad.append("%s:%d: the return type stands on a line of its "
                           "own" % (path, i + 1))
    return bad
