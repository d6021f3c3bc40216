"""A machine in QEMU without a network, driven by its keyboard and by plugging
sticks, read off its screen.

It boots the image's kernel with a small root of its own: udevd, the first
process and Coldseal as they are on the image, with a published seed loaded.
The kernel is the one that "make image" keeps; the screen is text, and read
from where the graphics card has it.
"""
import glob
import json
import os
import re
import shutil
import socket
import subprocess
import tarfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))))
MISSING = "no kernel is kept: make image makes one"
UDEVD = "/usr/lib/systemd/systemd-udevd"
WIDTH, HEIGHT = 80, 25
SHIFTED = dict(zip('~!@#$%^&*()_+{}|:"<>?', "`1234567890-=[]\\;',./"))
CODES = {" ": "spc", "-": "minus", "=": "equal", "[": "bracket_left",
         "]": "bracket_right", "\\": "backslash", ";": "semicolon",
         "'": "apostrophe", ",": "comma", ".": "dot", "/": "slash",
         "`": "grave_accent", "\n": "ret"}


def kernel(into):
    """bzImage of the newest kernel that is kept, or None"""
    cache = os.environ.get("XDG_CACHE_HOME",
                           os.path.expanduser("~/.cache"))
    kept = sorted(glob.glob(os.path.join(cache, "coldseal/kernel/*.tar")),
                  key=os.path.getmtime)
    if not kept:
        return None
    path = os.path.join(into, "bzImage")
    with tarfile.open(kept[-1]) as t, open(path, "wb") as f:
        f.write(t.extractfile("kernel/bzImage").read())
    return path


def entry(name, mode, body=b"", device=(0, 0)):
    """one file of an initramfs, as cpio's newc form has it"""
    raw = name.encode() + b"\0"
    head = "070701" + "".join("%08X" % v for v in (
        0, mode, 0, 0, 1, 0, len(body), 0, 0, *device, len(raw), 0))
    out = head.encode() + raw
    out += b"\0" * (-len(out) % 4) + body
    return out + b"\0" * (-len(body) % 4)


def libraries(*programs):
    text = subprocess.run(["ldd", *programs], check=True, text=True,
                          stdout=subprocess.PIPE).stdout
    return sorted(set(re.findall(r"(/\S+\.so\S*)", text)))


def content(path):
    with open(path, "rb") as f:
        return f.read()


WRAPPER = """#include <unistd.h>
int
main(int argc, char **argv)
{
	char *all[32] = { "/usr/bin/coldseal.real", %s };
	int n = 1, i;

	while (all[n] != NULL)
		n++;
	for (i = 1; i < argc && n < 31; i++)
		all[n++] = argv[i];
	return execv(all[0], all);
}
"""


def program(coldseal, into, arguments):
    """Coldseal with further arguments; no shell runs in the guest"""
    c = os.path.join(into, "wrapper.c")
    with open(c, "w") as f:
        f.write(WRAPPER % ", ".join('"%s"' % a for a in arguments))
    out = os.path.join(into, "wrapper")
    subprocess.run(["gcc", "-O1", "-w", "-o", out, c], check=True)
    return out


def initramfs(build, into, arguments):
    """the root of the guest: what the image's list has, from this host"""
    udevd = os.path.realpath(UDEVD)
    real = os.path.join(build, "coldseal")
    init = os.path.join(build, "live-build/init/init")
    words = os.path.join(ROOT, "tests/demo/words.txt")
    wrapper = program(real, into, arguments)
    rules = os.path.join(ROOT, "live-build/udev/10-coldseal.rules")
    terminfo = next(p for p in ("/lib/terminfo/l/linux",
                                "/usr/share/terminfo/l/linux")
                    if os.path.exists(p))
    files = {"/init": init, "/usr/bin/coldseal": wrapper,
             "/usr/bin/coldseal.real": real, "/usr/bin/udevadm": udevd,
             "/usr/bin/systemd-udevd": udevd, "/words": words,
             "/usr/lib/udev/rules.d/10-coldseal.rules": rules,
             "/usr/share/terminfo/l/linux": terminfo,
             "/usr/lib/locale/C.utf8/LC_CTYPE":
             "/usr/lib/locale/C.utf8/LC_CTYPE"}
    for path in libraries(real, init, udevd):
        files[path] = path
    folders = {"/dev", "/proc", "/sys", "/run", "/tmp"}
    for path in files:
        while path != "/":
            path = os.path.dirname(path)
            folders.add(path)
    out = [entry(p[1:], 0o040755) for p in sorted(folders - {"/"})]
    out.append(entry("dev/console", 0o020600, device=(5, 1)))
    out += [entry(p[1:], 0o100755 if p != "/words" else 0o100444,
                  content(files[p])) for p in sorted(files)]
    out.append(entry("TRAILER!!!", 0))
    path = os.path.join(into, "initramfs")
    with open(path, "wb") as f:
        f.write(b"".join(out))
    return path


class Guest:
    def __init__(self, build, into, arguments=(), memory=256):
        self.into, self.sticks, self.n = into, {}, 0
        image = kernel(into)
        qmp = os.path.join(into, "qmp")
        self.qemu = subprocess.Popen(
            ["qemu-system-x86_64", "-machine", "q35", "-accel",
             "tcg,thread=multi", "-cpu", "max", "-smp", "2",
             "-m", str(memory), "-nic", "none", "-display", "none",
             "-vga", "std", "-no-reboot", "-kernel", image, "-initrd",
             initramfs(build, into, arguments),
             "-device", "qemu-xhci,id=usb,p2=8,p3=8",
             "-qmp", "unix:%s,server=on,wait=off" % qmp],
            stdout=open(os.path.join(into, "qemu.log"), "w"),
            stderr=subprocess.STDOUT)
        self.connect(qmp)

    def connect(self, qmp):
        self.socket = socket.socket(socket.AF_UNIX)
        for _ in range(100):
            try:
                self.socket.connect(qmp)
                break
            except OSError:
                time.sleep(0.1)
        self.file = self.socket.makefile("rw")
        self.file.readline()
        self.gone = set()
        self.do("qmp_capabilities")

    def do(self, command, **arguments):
        self.file.write(json.dumps({"execute": command,
                                    "arguments": arguments}) + "\n")
        self.file.flush()
        while True:
            reply = json.loads(self.file.readline())
            if "return" in reply or "error" in reply:
                return reply
            if reply.get("event") == "DEVICE_DELETED":
                self.gone.add(reply["data"].get("device"))

    def hmp(self, line):
        return self.do("human-monitor-command",
                       **{"command-line": line})["return"]

    def origin(self):
        """where the card begins to show its memory, in characters"""
        at = 0
        for register in 12, 13:
            self.hmp("o /b 0x3d4 %d" % register)
            m = re.search(r"= (\S+)", self.hmp("i /b 0x3d5"))
            at = at << 8 | int(m.group(1), 0)
        return at

    def screen(self):
        path = os.path.join(self.into, "screen")
        self.do("pmemsave", val=0xb8000, size=32768, filename=path)
        cells = content(path)
        text = (cells + cells)[2 * self.origin():][:2 * WIDTH * HEIGHT:2]
        text = text.decode("cp437")
        return [text[i:i + WIDTH].rstrip()
                for i in range(0, len(text), WIDTH)]

    def show(self):
        return "\n".join(self.screen())

    def see(self, want, seconds=30):
        """waits until the screen shows this"""
        end = time.time() + seconds
        while time.time() < end and self.qemu.poll() is None:
            if re.search(want, self.show()):
                return True
            time.sleep(0.1)
        return False

    def press(self, *keys):
        for k in keys:
            parts = k.split("+") if len(k) > 1 else [k]
            self.do("send-key", keys=[{"type": "qcode", "data": p}
                                      for p in parts])
            time.sleep(0.06)

    def type(self, text):
        for c in text:
            if c.isupper():
                self.press("shift+" + c.lower())
            elif c in SHIFTED:
                base = SHIFTED[c]
                self.press("shift+" + CODES.get(base, base))
            else:
                code = CODES.get(c, c)
                self.do("send-key", keys=[{"type": "qcode", "data": code}])
                time.sleep(0.06)

    def plug(self, path, readonly=False, cd=False, slow=None, port=None):
        """a stick goes in: the name by which it is pulled again"""
        self.n += 1
        name = "stick%d" % self.n
        node = {"driver": "raw", "node-name": name, "read-only": readonly,
                "file": {"driver": "file", "filename": path,
                         "locking": "off"}}
        self.must("blockdev-add", **node)
        drive = name
        if slow:
            self.must("object-add", **{
                "qom-type": "throttle-group", "id": "t" + name,
                "limits": {"bps-total": slow}})
            self.must("blockdev-add", **{
                "driver": "throttle", "node-name": "f" + name,
                "throttle-group": "t" + name, "file": name})
            drive = "f" + name
        where = {"port": port} if port else {}
        if cd:
            self.must("device_add", driver="usb-bot", id=name,
                      bus="usb.0", **where)
            self.must("device_add", driver="scsi-cd", id=name + "cd",
                      bus=name + ".0", drive=drive)
            self.must("qom-set", path="/machine/peripheral/" + name,
                      property="attached", value=True)
        else:
            self.must("device_add", driver="usb-storage", id=name,
                      bus="usb.0", drive=drive, removable=True, **where)
        self.sticks[name] = drive
        return name

    def must(self, command, **arguments):
        reply = self.do(command, **arguments)
        if "error" in reply:
            raise RuntimeError("%s: %s" % (command, reply["error"]))
        return reply

    def pull(self, name):
        self.must("device_del", id=name)
        end = time.time() + 20
        while name not in self.gone and time.time() < end:
            self.do("query-status")
            time.sleep(0.02)
        drive = self.sticks.pop(name)
        for node in dict.fromkeys((drive, name)):
            for _ in range(100):
                if "error" not in self.do("blockdev-del",
                                          **{"node-name": node}):
                    break
                time.sleep(0.05)

    def end(self):
        if self.qemu.poll() is None:
            self.do("quit")
        try:
            self.qemu.wait(10)
        except subprocess.TimeoutExpired:
            self.qemu.kill()
        shutil.rmtree(self.into, ignore_errors=True)
