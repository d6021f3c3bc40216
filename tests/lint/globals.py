"""Writable data in the objects: none that is not on the list, with a reason."""
import re
import subprocess

import house
import symbols

WRITABLE = (".data", ".data.rel", ".data.rel.local", ".bss", "*COM*",
            ".tbss", ".tdata")


def check(root, build):
    allow = house.allowed(root, "globals.allow")
    bad, used = [], set()
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
    return bad + house.stale("globals.allow", allow, used)
