"""A PC that the live image is started in, driven through QMP alone.

Keys are pressed, sticks plugged, buttons pushed, and the screen is looked at;
there is no other way in, because the image offers none.
"""
import json
import os
import select
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


class Gone(Exception):
    """The machine was switched off."""


class Machine:
    def __init__(self, iso, font, out, fw="bios", mem=512, more=()):
        os.makedirs(out, exist_ok=True)
        self.out, self.known = out, glass.glyphs(font)
        self.ended, self.lines = None, []
        self.begun = time.monotonic()
        sock = os.path.join(out, "qmp")
        if os.path.exists(sock):
            os.unlink(sock)
        self.process = subprocess.Popen(
            self.command(iso, fw, mem, sock) + list(more),
            stdin=subprocess.DEVNULL, stderr=subprocess.STDOUT,
            stdout=open(os.path.join(out, "qemu.log"), "w"))
        self.connect(sock)

    def command(self, iso, fw, mem, sock):
        args = ["qemu-system-x86_64", "-machine", "q35", "-accel",
                "tcg,thread=multi", "-cpu", "max", "-smp", "2", "-m",
                str(mem), "-nodefaults", "-nic", "none", "-display", "none",
                "-vga", "std", "-no-reboot", "-device",
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
        for _ in range(100):
            try:
                self.socket = socket.socket(socket.AF_UNIX)
                self.socket.connect(sock)
                break
            except OSError:
                time.sleep(0.1)
        else:
            raise Gone(open(os.path.join(self.out, "qemu.log")).read())
        self.file = self.socket.makefile("rw")
        self.file.readline()
        self.ask("qmp_capabilities")

    # --- QMP ---------------------------------------------------------------
    def hear(self):
        line = self.file.readline()
        if not line:
            self.ended = self.ended or "closed"
            raise Gone(self.ended)
        m = json.loads(line)
        if m.get("event") == "SHUTDOWN":
            self.ended = m["data"]["reason"]
        return m

    def ask(self, what, **args):
        try:
            self.file.write(json.dumps({"execute": what,
                                        "arguments": args}) + "\n")
            self.file.flush()
        except OSError:
            raise Gone(self.ended or "closed")
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
            if select.select([self.socket], [], [], 0.5)[0]:
                try:
                    self.hear()
                except Gone:
                    break
        return self.ended

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.socket.close()

    # --- hands and eyes ----------------------------------------------------
    def press(self, keys):
        """"ctrl-alt-delete": all at once, then let go."""
        self.ask("send-key", keys=[{"type": "qcode", "data": k}
                                   for k in keys.split("+")])
        time.sleep(0.12)

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
        self.lines = glass.text(path, self.known)
        return "\n".join(self.lines)

    def picture(self, name):
        self.ask("screendump", format="png",
                 filename=os.path.join(self.out, name + ".png"))

    def wait(self, text, seconds=60):
        """Until all of that stands on the screen; the seconds since start."""
        want = [text] if isinstance(text, str) else text
        end = time.monotonic() + seconds
        while True:
            seen = self.look()
            if all(w in seen for w in want):
                return time.monotonic() - self.begun
            if time.monotonic() > end:
                raise AssertionError("%r never came; the screen:\n%s" %
                                     (text, seen.rstrip()))
            time.sleep(0.2)

    # --- sticks ------------------------------------------------------------
    def plug(self, image, name="stick", port=3, readonly=False):
        self.ask("blockdev-add", **{
            "driver": "raw", "node-name": name, "read-only": readonly,
            "file": {"driver": "file", "filename": image}})
        self.ask("device_add", driver="usb-storage", id=name, bus="xhci.0",
                 port=str(port), drive=name, removable=True, serial=name)

    def pull(self, name="stick"):
        self.ask("device_del", id=name)
        for _ in range(50):
            try:
                self.ask("blockdev-del", **{"node-name": name})
                return
            except RuntimeError:
                time.sleep(0.1)

    # --- memory ------------------------------------------------------------
    def memory(self, megabytes):
        """All of it, below 2 GiB, as it is at this moment."""
        path = os.path.join(self.out, "memory")
        self.ask("stop")
        self.ask("pmemsave", val=0, size=megabytes << 20, filename=path)
        self.ask("cont")
        with open(path, "rb") as f:
            data = f.read()
        os.unlink(path)
        return data
