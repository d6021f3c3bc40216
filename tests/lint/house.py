"""What the lints share: the files they look at, and C without its comments."""
import os
import re

HOUSE = ("core", "media", "tui")
TESTS = ("tests",)
IMAGE = ("live-build",)


def files(root, tops=HOUSE, ends=(".c", ".h")):
    out = []
    for top in tops:
        for d, dirs, names in os.walk(os.path.join(root, top)):
            dirs[:] = sorted(x for x in dirs if x not in ("bad", "__pycache__"))
            out += [os.path.relpath(os.path.join(d, n), root)
                    for n in sorted(names) if n.endswith(ends)]
    return out


def read(root, path):
    with open(os.path.join(root, path), encoding="utf-8") as f:
        return f.read()


def blank(m):
    """As many lines, and nothing on them."""
    return re.sub(r"[^\n]", " ", m.group(0))


def code(text):
    """Comments and the insides of strings blanked; line numbers stay."""
    return re.sub(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|'
                  r"'(?:\\.|[^'\\\n])*'", blank, text, flags=re.S)


def functions(text):
    """(line of the name, line of '{', line of '}', the body) of each."""
    lines = code(text).split("\n")
    at = 0
    while at < len(lines):
        if lines[at].rstrip() == "{":
            name = at
            while name > 0 and not re.match(r"[A-Za-z_]\w*\(", lines[name]):
                name -= 1
            end = at
            while end < len(lines) and not lines[end].startswith("}"):
                end += 1
            yield name + 1, at + 1, end + 1, "\n".join(lines[at:end + 1])
            at = end
        at += 1


def includes(text):
    for i, line in enumerate(text.split("\n"), 1):
        m = re.match(r'\s*#\s*include\s+(["<])([^">]+)[">]', line)
        if m:
            yield i, m.group(1) == '"', m.group(2)


def area(path):
    """core/base for core/base/x.c, media for media/mounter/x.c, ..."""
    part = path.split("/")
    return "/".join(part[:2]) if part[0] == "core" else part[0]


def allowed(root, name):
    """Exceptions: what, a tab, why.  One without a reason is none."""
    out = {}
    path = os.path.join(root, "tests/lint", name)
    if os.path.exists(path):
        with open(path, encoding="utf-8") as f:
            for line in f:
                if line.strip() and not line.startswith("#"):
                    what, _, why = line.strip().partition("\t")
                    out[what] = why.strip()
    return out


def stale(name, allow, used):
    return ["%s names what is not there: %s" % (name, k)
            for k in sorted(set(allow) - used)]
