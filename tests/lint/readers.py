"""A reader that is begun in a function is asked there how it went."""
import re

import house


def check(root, build):
    bad = []
    for path in house.files(root, ends=(".c",)):
        for _, start, _, body in house.functions(house.read(root, path)):
            for i, line in enumerate(body.split("\n")):
                m = re.search(r"(?:struct reader )?\*?(\w+)\s*=\s*reader_of\(",
                              line)
                if "reader_of(" not in line:
                    continue
                rest = "\n".join(body.split("\n")[i:])
                name = m.group(1) if m else r"\w+"
                if not re.search(r"reader_done\(&?(?:\w+->|\w+\.)*%s\)" % name,
                                 rest):
                    bad.append("%s:%d: reader_of without reader_done" %
                               (path, start + i))
    return bad
