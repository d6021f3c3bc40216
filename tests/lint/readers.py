"""A reader that is begun in a function is asked there how it went.

readers.allow names the functions that need not ask, each with its reason.
"""
import re

import house

BEGUN = re.compile(r"(?:struct reader )?\*?(\w+)\s*=\s*reader_of\(")


def name_at(text, line):
    m = re.match(r"\w+", text.split("\n")[line - 1])
    return m.group(0) if m else "?"


def unasked(body):
    """Offsets of the lines that begin a reader which is never asked."""
    lines = body.split("\n")
    for i, line in enumerate(lines):
        names = BEGUN.findall(line) or ([r"\w+"] if "reader_of(" in line
                                        else [])
        rest = "\n".join(lines[i:])
        for name in names:
            if not re.search(r"reader_done\(&?(?:\w+->|\w+\.)*%s\)" % name,
                             rest):
                yield i


def check(root, build):
    allow = house.allowed(root, "readers.allow")
    bad, used = [], set()
    for path in house.files(root, ends=(".c",)):
        text = house.read(root, path)
        for head, start, _, body in house.functions(text):
            for i in unasked(body):
                key = "%s:%s" % (path, name_at(text, head))
                used.add(key)
                if not allow.get(key):
                    bad.append("%s:%d: reader_of without reader_done" %
                               (path, start + i))
    return bad + house.stale("readers.allow", allow, used)
