"""The image's rules for udev are these, and no other; none runs a program,
reads a file system, or is left to a package."""
import os

RULES = (
    'SUBSYSTEM=="block", MODE="0600", OWNER="0", GROUP="0"',
    'ACTION!="remove", SUBSYSTEM=="block", ENV{DEVTYPE}=="disk", '
    'ATTR{removable}=="1", ATTR{events_poll_msecs}=="-1", '
    'ATTR{events_poll_msecs}="2000"',
)
FOLDER = "live-build/udev"


def rules(root):
    folder = os.path.join(root, FOLDER)
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), encoding="utf-8") as f:
            text = f.read().replace("\\\n", " ")
        for i, line in enumerate(text.split("\n"), 1):
            if line.strip() and not line.startswith("#"):
                yield "%s/%s:%d" % (FOLDER, name, i), line.strip()


def listed(root):
    """what the image has where udev looks for rules"""
    with open(os.path.join(root, "live-build/files.list"),
              encoding="utf-8") as f:
        for i, line in enumerate(f, 1):
            row = line.split("#")[0].split()
            if len(row) > 2 and "udev/" in row[2] and row[0] in "fl":
                yield i, row


def check(root, build):
    if not os.path.isdir(os.path.join(root, FOLDER)):
        return [FOLDER + ":1: no rules"]
    found = dict((rule, at) for at, rule in rules(root))
    bad = ["%s: not a rule that is known: %s" % (at, rule)
           for rule, at in found.items() if rule not in RULES]
    bad += ["%s: lacks: %s" % (FOLDER, r) for r in RULES if r not in found]
    for i, row in listed(root):
        if len(row) < 4 or not row[3].startswith("here/udev/"):
            bad.append("live-build/files.list:%d: rules of a package: %s" %
                       (i, row[2]))
    return bad
