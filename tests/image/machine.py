"""A PC that the live image is started in, driven through QMP alone.

Keys are pressed, sticks plugged, buttons pushed, and the screen is looked at;
there is no other way in, because the image offers none.
"""
import json
import os
import re
import shutil
import socket
import subprocess
import time

import glass

OVMF = "/usr/share/OVMF/OVMF_%s_4M.fd"
PLAIN = {" ": "spc", "-": "minus", "=": "equal", ",": "comma", ".": "dot",
         "/": "slash", ";": "semicolon", "'": "apostrophe", "\n": "ret",
         "[": "bracket_left", "]": "bracket_right", "\\": "backslash"}
SHIFT = dict(zip('!@#$%^&*()_+:"<>?{}|',
                 "1 2 3 4 5 6 7 8 9 0 minus equal semicolon apostrophe comma "
                 "dot slash bracket_left bracket_right backslash".split()))
HOLD = 25		# milliseconds that a key stays down


class Gone(Exception):
    """The machine was switched off."""


class Machine:
    def __init__(self, iso, font, out, fw="bios", mem=512, more=(),
                 vga=("-vga", "std"), gdb=False):
        os.makedirs(out, exist_ok=True)
        self.out, self.eyes = out, glass.Glass(font)
        self.ended, self.lines, self.mem = None, [], mem
        self.sticks, self.taken_out, self.n = {}, set(), 0
        self.begun = time.monotonic()
        sock = os.path.join(out, "qmp")
        if os.path.exists(sock):
            os.unlink(sock)
        self.process = subprocess.Popen(
            self.command(iso, fw, mem, sock) + [*vga, *more] +
            (["-chardev", "socket,id=gdb,server=on,wait=off,path=" +
              os.path.join(out, "gdb"), "-gdb", "chardev:gdb"] if gdb else
             []),
            stdin=subprocess.DEVNULL, stderr=subprocess.STDOUT,
            stdout=open(os.path.join(out, "qemu.log"), "w"))
        self.connect(sock)

    def command(self, iso, fw, mem, sock):
        args = ["qemu-system-x86_64", "-machine", "q35", "-accel",
                "tcg,thread=multi", "-cpu", "max", "-smp", "2", "-m",
                str(mem), "-nodefaults", "-nic", "none", "-display", "none",
                "-no-reboot", "-no-shutdown", "-device",
                "qemu-xhci,id=xhci,p2=8,p3=8", "-drive",
                "if=none,id=live,format=raw,readonly=on,file=" + iso,
                "-device", "usb-storage,bus=xhci.0,port=1,drive=live,"
                "id=boot,removable=on,bootindex=0", "-device",
                "usb-kbd,bus=xhci.0,port=2", "-qmp",
                "unix:%s,server=on,wait=off" % sock]
        if fw == "uefi":
            mine = os.path.join(self.out, "vars")
            shutil.copyfile(OVMF % "VARS", mine)
            args += ["-drive", "if=pflash,format=raw,unit=0,readonly=on,file="
                     + OVMF % "CODE", "-drive",
                     "if=pflash,format=raw,unit=1,file=" + mine]
        return args

    def connect(self, sock):
        self.socket = socket.socket(socket.AF_UNIX)
        while True:
            try:
                self.socket.connect(sock)
                break
            except OSError:
                if self.process.poll() is not None:
                    raise self.gone()
                time.sleep(0.05)
        self.file = self.socket.makefile("rw")
        self.file.readline()
        self.ask("qmp_capabilities")

    # --- QMP ---------------------------------------------------------------
    def gone(self):
        """Why; and where it did not say so itself, how QEMU ended."""
        if self.ended is None:
            with open(os.path.join(self.out, "qemu.log")) as f:
                self.ended = "QEMU ended %d: %s" % (self.process.wait(),
                                                    f.read())
        return Gone(self.ended)

    def hear(self):
        try:
            line = self.file.readline()
        except OSError:
            line = ""
        if not line:
            raise self.gone()
        m = json.loads(line)
        if m.get("event") == "SHUTDOWN":
            self.ended = m["data"]["reason"]
        if m.get("event") == "DEVICE_DELETED":
            self.taken_out.add(m["data"].get("device"))
        return m

    def ask(self, what, **args):
        try:
            self.file.write(json.dumps({"execute": what,
                                        "arguments": args}) + "\n")
            self.file.flush()
        except OSError:
            raise self.gone()
        while True:
            m = self.hear()
            if "error" in m:
                raise RuntimeError("%s: %s" % (what, m["error"]["desc"]))
            if "return" in m:
                return m["return"]

    def wait_off(self, seconds=60):
        """Why it went off: "guest-shutdown", "guest-reset", ..."""
        end = time.monotonic() + seconds
        while self.ended is None and time.monotonic() < end:
            self.ask("query-status")
            time.sleep(0.1)
        return self.ended

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.socket.close()

    # --- hands and eyes ----------------------------------------------------
    def press(self, *keys):
        """One after another; "ctrl+alt+delete": all at once."""
        for k in keys:
            self.ask("send-key", **{"hold-time": HOLD, "keys": [
                {"type": "qcode", "data": q} for q in k.split("+")]})
            time.sleep(HOLD * 2.4 / 1000)

    def type(self, text):
        for ch in text:
            if ch in SHIFT:
                self.press("shift+" + SHIFT[ch])
            elif ch.isupper():
                self.press("shift+" + ch.lower())
            else:
                self.press(PLAIN.get(ch, ch))

    def look(self):
        path = os.path.join(self.out, "screen.ppm")
        self.ask("screendump", filename=path)
        self.lines = self.eyes.text(path)
        return "\n".join(self.lines)

    def show(self):
        return "\n".join(self.lines).rstrip()

    def picture(self, name):
        self.ask("screendump", format="png",
                 filename=os.path.join(self.out, name + ".png"))

    def until(self, good, seconds):
        end = time.monotonic() + seconds
        while True:
            seen = self.look()
            if good(seen):
                return True
            if self.ended:
                raise Gone("%s: %s" % (self.ended, self.panic()))
            if time.monotonic() > end:
                return False
            time.sleep(0.1)

    def see(self, want, seconds=60):
        """Does the screen come to show what this pattern says?"""
        return self.until(lambda seen: re.search(want, seen), seconds)

    def wait(self, text, seconds=60):
        """Until all of that stands on the screen; the seconds since start."""
        want = [text] if isinstance(text, str) else text
        if not self.until(lambda seen: all(w in seen for w in want), seconds):
            raise AssertionError("%r never came; the screen:\n%s" %
                                 (text, self.show()))
        return time.monotonic() - self.begun

    # --- sticks ------------------------------------------------------------
    def plug(self, image, readonly=False, slow=0, cd=False, port=None):
        """Slow: so many bytes a second.  The name to pull it by."""
        self.n += 1
        drive = name = "stick%d" % self.n
        self.ask("blockdev-add", **{
            "driver": "raw", "node-name": name, "read-only": readonly,
            "file": {"driver": "file", "filename": image,
                     "locking": "off"}})
        if slow:
            drive = "slow" + name
            self.ask("object-add", **{
                "qom-type": "throttle-group", "id": "t" + name,
                "limits": {"bps-total": slow}})
            self.ask("blockdev-add", **{
                "driver": "throttle", "node-name": drive,
                "throttle-group": "t" + name, "file": name})
        where = {"bus": "xhci.0", "id": name}
        if port:
            where["port"] = port
        if cd:
            self.ask("device_add", driver="usb-bot", **where)
            self.ask("device_add", driver="scsi-cd", id=name + "cd",
                     bus=name + ".0", drive=drive)
            self.ask("qom-set", path="/machine/peripheral/" + name,
                     property="attached", value=True)
        else:
            self.ask("device_add", driver="usb-storage", drive=drive,
                     removable=True, **where)
        self.sticks[name] = drive
        return name

    def pull(self, name):
        self.ask("device_del", id=name)
        while name not in self.taken_out:
            self.hear()
        drive = self.sticks.pop(name)
        for node in dict.fromkeys((drive, name)):
            for _ in range(100):
                try:
                    self.ask("blockdev-del", **{"node-name": node})
                    break
                except RuntimeError:
                    time.sleep(0.05)

    # --- memory ------------------------------------------------------------
    def panic(self):
        """Why the kernel gave up, from its log in memory."""
        path = self.memory()
        with open(path, "rb") as f:
            m = re.search(rb"Kernel panic - [ -~]+", f.read())
        os.unlink(path)
        return m[0].decode() if m else "no panic"

    def memory(self):
        """A file with all of it, below 2 GiB, as it is at this moment."""
        path = os.path.join(self.out, "memory")
        if self.ended is None:
            self.ask("stop")
        self.ask("pmemsave", val=0, size=self.mem << 20, filename=path)
        if self.ended is None:
            self.ask("cont")
        return path
