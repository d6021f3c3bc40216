"""The manual page is clean, and names every option that the program takes."""
import os
import re
import shutil
import subprocess


def check(root, build):
    page = os.path.join(root, "doc/coldseal.1")
    if not os.path.exists(page):
        return ["there is no doc/coldseal.1"]
    text = open(page, encoding="utf-8").read()
    bad = []
    if shutil.which("mandoc"):
        out = subprocess.run(["mandoc", "-Tlint", "-Wwarning", page],
                             text=True, stdout=subprocess.PIPE).stdout
        bad += [l for l in out.splitlines() if "mandoc: see" not in l]
    source = os.path.join(root, "tui/options.c")
    if os.path.exists(source):
        said = set(re.findall(r"Fl (-?\w+)", text))
        for flag in re.findall(r'"-(-?\w+)"', open(source).read()):
            if flag not in said and flag != "h":
                bad.append("doc/coldseal.1 does not name -" + flag)
    return bad
