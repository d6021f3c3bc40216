"""Every header says what it stands on: the block of seven words."""
import glob
import os
import re

import house

WORDS = ("source", "shapes", "units", "owns", "errors", "secrets", "tests")


def check(root, build):
    bad = []
    for path in house.files(root, house.HOUSE + house.IMAGE, ends=(".h",)):
        text = house.read(root, path)
        name = os.path.basename(path)
        if not text.startswith("/*\n * %s - " % name):
            bad.append("%s:1: does not begin with its name and purpose" % path)
        top = text.split("*/")[0]
        said = re.findall(r"^ \*\t(\w+)\t+(\S.*)$", top, re.M)
        have = [w for w, _ in said if w in WORDS]
        if have != list(WORDS):
            bad.append("%s:1: block lacks, or has out of order: %s" %
                       (path, " ".join(w for w in WORDS if w not in have)))
        tests = top.partition("\ttests")[2]
        for t in re.findall(r"tests/[\w./*-]*\w", tests):
            if not glob.glob(os.path.join(root, t)):
                bad.append("%s:1: names a test that is not there: %s" %
                           (path, t))
        guard = re.sub(r"[/.-]", "_", path.upper())
        if "#ifndef %s\n#define %s\n" % (guard, guard) not in text:
            bad.append("%s:1: guard is not %s" % (path, guard))
    return bad
