"""Writable data in the objects: none that is not on the list, with a reason."""
import os
import re
import subprocess

import symbols

WRITABLE = (".data", ".bss", "*COM*", ".tbss", ".tdata")


def allowed(root):
    out = {}
    path = os.path.join(root, "tests/lint/globals.allow")
    if os.path.exists(path):
        for line in open(path):
            if line.strip() and not line.startswith("#"):
                name, _, why = line.strip().partition("\t")
                out[name] = why.strip()
    return out


def check(root, build):
    allow, bad, used = allowed(root), [], set()
    for path, obj in symbols.objects(build):
        out = subprocess.run(["objdump", "-t", path], check=True, text=True,
                             stdout=subprocess.PIPE).stdout
        for line in out.splitlines():
            m = re.match(r"[0-9a-f]+ .{7} (\S+)\t([0-9a-f]+) (.*)$", line)
            if not m or m.group(1) not in WRITABLE or not int(m.group(2), 16):
                continue
            # gcc adds .N to a function's own static; hidden is a prefix.
            name = re.sub(r"\.\d+$", "", m.group(3).split()[-1])
            # clang names it function.variable
            key = "%s:%s" % (obj[:-2], name.split(".")[-1])
            used.add(key)
            if not allow.get(key):
                bad.append("%s: writable: %s" % (obj, name))
    bad += ["globals.allow names what is not there: " + k
            for k in sorted(set(allow) - used)]
    return bad
