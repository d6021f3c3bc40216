"""What only the image offers: keyboard layouts, and the stick it came from."""
import hashlib
import os
import re
import shutil

import owner

LIST = os.path.join(owner.HERE, "../../live-build/keymaps.list")


def layouts():
    with open(LIST) as f:
        return [x.split("\t")[-1].strip() for x in f
                if x.strip() and not x.startswith("#")]


def keyboard():
    """The keys that German ones have elsewhere, before and afterwards; and
    Ctrl-Alt-Del, which is a key of the layout's."""
    m = owner.start("keyboard", mem=128)
    try:
        m.wait("Keyboard: American.")
        m.press("f2")
        m.wait("The keys are read as: American")
        m.type("yz-;'[")
        m.wait("Try it here:  yz-;'[")
        m.picture("1-american")
        for _ in range(layouts().index("German")):
            m.press("down")
        m.press("ret")
        m.wait("The keys are read as: German")
        m.type("yz-;'[")
        m.wait("Try it here:  zy\u00df\u00f6\u00e4\u00fc")
        m.press("alt_r+q")
        m.wait("\u00fc@")
        m.picture("2-german")
        m.press("esc")
        m.wait("Keyboard: German.")
        m.press("alt+f2", "ctrl+alt+f3")
        m.wait("Keyboard: German.")
        m.press("ctrl+alt+delete")
        assert m.wait_off() == "guest-shutdown", m.ended
    finally:
        m.close()


def digests(m):
    """The three on the page, in the order in which they stand there."""
    # The first screen can be there before the stick, which USB lets settle.
    for _ in range(20):
        if not m.see("is not here: plug it in", 2):
            break
        m.press("r")
    m.wait(["initramfs ", "Compare the first"], 120)
    rows = re.findall(r"[12]  ((?:[0-9a-f]{4} ?){8})", m.show())
    rows = [r.replace(" ", "") for r in rows]
    return [rows[i] + rows[i + 1] for i in (0, 2, 4)]


def promised(iso):
    with open(iso, "rb") as f:
        out = [hashlib.sha256(f.read()).hexdigest()]
    with open(iso[:-4] + ".manifest") as f:
        rows = dict(reversed(x.rstrip("\n").split("  ", 1)) for x in f)
    return out + [rows["kernel"], rows["initramfs"]]


def this_stick():
    """What sha256sum says of the file; without the stick, a sentence; with
    another that holds Coldseal, too, none of the two."""
    m = owner.start("this-stick")
    try:
        m.press("d")
        seen = digests(m)
        m.picture("1-digests")
        assert seen == promised(owner.ISO), seen
        m.press("esc")
        m.wait("This machine signs")
        second = m.plug(owner.ISO, readonly=True, port=4)
        m.press("h")
        m.wait("Sticks")
        m.press("d")
        while not m.see("Two sticks hold Coldseal", 2):
            m.press("r")
        m.pull(second)
        m.sticks["boot"] = "live"
        m.pull("boot")
        m.press("r")
        m.wait("The stick with Coldseal is not here")
        m.picture("2-pulled")
        m.press("esc", "q")
        m.wait("eave")
        m.press("ret")
        assert m.wait_off() == "guest-shutdown", m.ended
    finally:
        m.close()


def changed_stick():
    """One byte that nothing reads: another digest, of the whole alone."""
    out = owner.folder("changed")
    iso = os.path.join(out, "changed.iso")
    shutil.copy(owner.ISO, iso)
    shutil.copy(owner.ISO[:-4] + ".manifest", iso[:-4] + ".manifest")
    want = promised(iso)
    with open(iso, "r+b") as f:
        f.seek(-1, os.SEEK_END)
        last = f.read(1)
        f.seek(-1, os.SEEK_END)
        f.write(bytes([last[0] ^ 1]))
    m = owner.Machine(iso, owner.FONT, out)
    try:
        m.wait("This machine signs", 120)
        m.press("d")
        seen = digests(m)
        assert seen[0] != want[0] and seen == promised(iso), seen
        assert seen[1:] == want[1:], seen
    finally:
        m.close()


class Drive(owner.Machine):
    """Starts from a DVD in a drive of its own, which no driver here knows."""

    def command(self, iso, fw, mem, sock):
        out = super().command(iso, fw, mem, sock)
        drive = next(i for i, x in enumerate(out) if "id=live," in x)
        out[drive] += ",media=cdrom"
        stick = next(i for i, x in enumerate(out)
                     if x.startswith("usb-storage"))
        out[stick] = "ide-cd,bus=ide.0,drive=live,bootindex=0"
        return out


def dvd():
    for fw in "bios", "uefi":
        m = Drive(owner.ISO, owner.FONT, owner.folder("dvd-" + fw), fw=fw,
                  mem=192)
        try:
            m.wait(["This machine signs", "verified"], 120)
            m.press("d")
            m.wait("The stick with Coldseal is not here")
        finally:
            m.close()


TESTS = [keyboard, this_stick, changed_stick, dvd]
