"""Feature tests are #if, with -Wundef: a misspelt name is then an error."""
import re

import house

TEST = re.compile(r"^\s*#\s*(ifdef|ifndef|if\b.*\bdefined\b|elif\b.*\bdefined\b)")


def check(root, build):
    bad = []
    for path in house.files(root, house.HOUSE + house.TESTS +
                            house.IMAGE):
        lines = house.read(root, path).split("\n")
        for i, line in enumerate(lines, 1):
            if not TEST.match(line):
                continue
            m = re.match(r"#ifndef (\w+_H)$", line)
            if m and path.endswith(".h") and i < len(lines) and \
                    lines[i] == "#define " + m.group(1):
                continue
            bad.append("%s:%d: %s" % (path, i, line.strip()))
    return bad
