"""Feather Wallet as a real online wallet, driven without hands.

Feather runs in a private Debian tree (chroot, own mount namespace) on its own
Xvfb display, with its own D-Bus session and accessibility bus;
feather_drive.py presses its buttons by AT-SPI.  Settings and wallets live in a
state directory.  It is told of one node only, on loopback.  Only processes
recorded in the state directory (pid and start time) are ever ended.
"""
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time

import peers

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(os.path.dirname(peers.DEFAULT_ROOT), "feather")
PACKAGES = ("feather-wallet xvfb xdotool openbox scrot zbar-tools "
            "at-spi2-core python3-pyatspi gir1.2-atspi-2.0 dbus-daemon "
            "dbus-bin imagemagick fonts-dejavu-core x11-utils "
            "qt6-svg-plugins procps xclip").split()
PATH = "/usr/sbin:/usr/bin:/sbin:/bin"


def start_of(pid):
    try:
        with open("/proc/%d/stat" % pid) as f:
            return int(f.read().rsplit(")", 1)[1].split()[19])
    except (OSError, IndexError, ValueError):
        return None


def why_not():
    """what is missing on this machine, or None"""
    if os.geteuid() != 0:
        return "it wants root, for a tree and name spaces of its own"
    if not os.path.exists(os.path.join(ROOT, "usr/bin/feather")) and \
            not shutil.which("mmdebstrap"):
        return "mmdebstrap is not installed"
    return None


def setup(suite="sid"):
    """the tree, once: a minute and a half, a gigabyte"""
    if os.path.exists(os.path.join(ROOT, "usr/bin/feather")):
        return
    opt = ["--aptopt=APT::Install-Recommends \"false\""]
    for p in ("man", "locale", "doc"):
        opt.append("--dpkgopt=path-exclude=/usr/share/%s/*" % p)
    subprocess.run(["mmdebstrap", "--variant=apt", "--mode=root",
                    "--include=" + ",".join(PACKAGES)] + opt +
                   [suite, ROOT, peers.host_mirror()[0]], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                   timeout=900)


class Feather:
    def __init__(self, d):
        self.dir = os.path.abspath(d)
        self.f = os.path.join(self.dir, "state.json")
        self.state = json.load(open(self.f)) if os.path.exists(self.f) else {}

    def save(self):
        os.makedirs(self.dir, exist_ok=True)
        with open(self.f + ".tmp", "w") as f:
            json.dump(self.state, f, indent=1)
        os.replace(self.f + ".tmp", self.f)

    def env(self):
        return {"PATH": PATH, "HOME": "/rig/home", "XDG_CONFIG_HOME": "/rig/home/.config", "XDG_RUNTIME_DIR": "/rig/run",
                "DISPLAY": ":%d" % self.state.get("display", 0), "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TZ": "UTC",
                "DBUS_SESSION_BUS_ADDRESS": "unix:path=/rig/run/bus", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
                "QT_QPA_PLATFORM": "xcb", "NO_AT_BRIDGE": "0", "PYTHONDONTWRITEBYTECODE": "1", "TMPDIR": "/rig/tmp"}

    def argv(self, cmd):
        """Run CMD inside the tree: own mount namespace, /proc, /dev, the state dir at /rig, this folder at /drv."""
        for p in ("rig", "drv"):
            os.makedirs(os.path.join(ROOT, p), exist_ok=True)
        sh = ('set -e; r=$1; s=$2; h=$3; shift 3; mount --rbind /proc "$r/proc"; mount --rbind /dev "$r/dev"; '
              'mount --bind "$s" "$r/rig"; mount --bind "$h" "$r/drv"; exec chroot "$r" "$@"')
        return ["unshare", "--mount", "--propagation", "private", "sh", "-c", sh, "sh", ROOT, self.dir, HERE] + list(cmd)

    def spawn(self, name, cmd):
        log = open(os.path.join(self.dir, name + ".log"), "ab")
        p = subprocess.Popen(self.argv(cmd), stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=self.env(),
                             start_new_session=True)
        time.sleep(0.05)
        self.state.setdefault("procs", {})[name] = {"pid": p.pid, "start": start_of(p.pid)}
        self.save()
        return p

    def run(self, cmd, **kw):
        return subprocess.run(self.argv(cmd), env=self.env(), **kw)

    def alive(self, name):
        p = self.state.get("procs", {}).get(name)
        return bool(p and start_of(p["pid"]) == p["start"])

    def up(self, node, offline, wallet, method, original=False, size="1280x1000"):
        if any(self.alive(n) for n in self.state.get("procs", {})):
            sys.exit("already up: " + self.dir)
        for p in ("home/.config/feather", "home/wallets", "run", "files", "tmp"):
            os.makedirs(os.path.join(self.dir, p), exist_ok=True)
        os.chmod(os.path.join(self.dir, "run"), 0o700)
        for p in ("bus",):
            q = os.path.join(self.dir, "run", p)
            if os.path.exists(q):
                os.unlink(q)
        os.makedirs(os.path.join(ROOT, "tmp/.X11-unix"), exist_ok=True)
        n = 90
        used = open("/proc/net/unix").read()
        while re.search(r"/tmp/\.X11-unix/X%d$" % n, used, re.M) or os.path.exists(os.path.join(ROOT, "tmp/.X%d-lock" % n)):
            n += 1
        self.state = {"display": n, "procs": {}, "wallet": wallet, "offline": offline}
        self.save()
        c = os.path.join(self.dir, "home/.config/feather/settings.json")
        s = json.load(open(c)) if os.path.exists(c) else {}
        s.update({"firstRun": False, "disableWebsocket": True, "proxy": 0, "nodeSource": 1, "offlineMode": bool(offline),
                  "nodes": {"0": {"custom": [node] if node else [], "ws": []}}, "walletDirectory": "/rig/home/wallets",
                  "lastPath": "/rig/files", "offlineTxSigningMethod": 1 if method == "files" else 0,
                  "warnOnKiImport": s.get("warnOnKiImport", True), "multiBroadcast": False, "showTrayIcon": False,
                  "enabledPlugins": [], "enabledTabs": ["History", "Send", "Receive", "Coins"], "disableLogging": False,
                  "logLevel": 1, "donateBeg": 1, "showHistorySyncNotice": False, "hideUpdateNotifications": True,
                  "autoOpenWalletPath": "0/rig/home/wallets/%s.keys" % wallet if wallet else ""})
        json.dump(s, open(c, "w"), indent=1)
        self.spawn("xvfb", ["Xvfb", ":%d" % n, "-screen", "0", size + "x24", "-nolisten", "tcp", "-ac"])
        self.spawn("dbus", ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--address=unix:path=/rig/run/bus"])
        end = time.time() + 20
        while not (os.path.exists(os.path.join(self.dir, "run/bus")) and
                   os.path.exists(os.path.join(ROOT, "tmp/.X11-unix/X%d" % n))):
            if time.time() > end:
                sys.exit("no display or bus; see %s/*.log" % self.dir)
            time.sleep(0.1)
        self.spawn("a11y", ["/usr/libexec/at-spi-bus-launcher", "--launch-immediately"])
        self.spawn("wm", ["openbox"])
        time.sleep(1)
        exe = "/usr/bin/feather"
        if not original and not offline:      # see feather_patch.py: needed only to build transactions
            exe = "/usr/bin/feather-private-chain"
            if not os.path.exists(ROOT + exe):
                subprocess.run([sys.executable, os.path.join(HERE, "feather_patch.py"), ROOT + "/usr/bin/feather", ROOT + exe], check=True)
        self.spawn("feather", [exe])
        return self.state

    def down(self):
        for name in ("feather", "wm", "a11y", "dbus", "xvfb"):
            pr = self.state.get("procs", {}).get(name)
            if not pr:
                continue
            for sig, secs in ((signal.SIGTERM, 10), (signal.SIGKILL, 5)):
                if start_of(pr["pid"]) != pr["start"]:
                    break
                os.kill(pr["pid"], sig)
                end = time.time() + secs
                while time.time() < end and start_of(pr["pid"]) == pr["start"]:
                    try:
                        os.waitpid(pr["pid"], os.WNOHANG)
                    except ChildProcessError:
                        pass
                    time.sleep(0.1)
            self.state["procs"].pop(name)
            self.save()

    def drive(self, args, **kw):
        return self.run(["python3", "/drv/feather_drive.py"] + args, **kw)

    def shot(self, path):
        p = "/rig/run/shot.png"
        r = self.run(["import", "-window", "root", p], timeout=60)
        if r.returncode == 0:
            shutil.copy(os.path.join(self.dir, "run/shot.png"), path)
        return r.returncode
