"""What an owner does at the machine: starts it, chooses a network, types
words, looks at a file, agrees."""
import glob
import os
import shutil
import subprocess
import sys

from machine import Gone, Machine

HERE = os.path.dirname(os.path.abspath(__file__))
FIXTURES = os.path.join(HERE, "..", "fixtures")
B = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else "build")
IMAGE = os.path.join(B, "image")
ISO = (glob.glob(os.path.join(IMAGE, "build/out/coldseal-*.iso")) or
       glob.glob(os.path.join(B, "coldseal-*.iso")) or [None])[0]
FONT = os.path.join(IMAGE, "build/kernel/font")
SCREENS = os.path.join(IMAGE, "screens")
PSBT = os.path.join(FIXTURES, "bitcoin/sign/wpkh-in2.psbt")
ANSWERS = "pay-signed.psbt", "pay-final.txn"
# Published words: nothing under them has value.
ABANDON = "abandon " * 11 + "about"
NEEDED = "qemu-system-x86_64", "mcopy", "xorriso"


def missing():
    """What is not there, or None."""
    if ISO is None or not os.path.exists(FONT):
        return "there is no image in %s: make image" % IMAGE
    out = [p for p in NEEDED if shutil.which(p) is None]
    return " ".join(out) + ": not installed" if out else None


def folder(name):
    """Where a test leaves its pictures, and nothing of an earlier run."""
    out = os.path.join(SCREENS, name)
    shutil.rmtree(out, ignore_errors=True)
    os.makedirs(out)
    return out


# On a busy host the emulator's timer can stand still while the kernel looks
# whether it ticks; then it gives up, as it would on a board without one.
STARVED = "IO-APIC + timer doesn't work"


def start(name, again=3, **how):
    m = Machine(ISO, FONT, folder(name), **how)
    try:
        m.ready = m.wait(["This machine signs", "verified"], 120)
        return m
    except Gone as e:
        m.close()
        if STARVED not in str(e) or again == 0:
            raise
        print("# %s: started again: %s" % (name, e), flush=True)
        return start(name, again - 1, **how)
    except BaseException:
        m.close()
        raise


def regtest(m):
    m.press("s")
    m.wait("Locks after")
    for _ in range(8):
        if m.see("< regtest >", 1):
            break
        m.press("right")
    m.press("esc")
    m.wait(["This machine signs", "Network: regtest"])


def enter_words(m, words=ABANDON, shown="fingerprint of this key",
                monero=False, whole=False):
    """Only as many letters as tell a word from all others of its list."""
    m.press("ret")
    m.wait("Word 1")
    if monero:
        m.press("f2")
        m.wait("25 words of your Monero wallet")
    for word in words.split():
        m.type(word[:None if whole else 3 if monero else 4] + " ")
    if not monero:
        m.press("ret")
    m.wait(shown)


def unlocked(name, **how):
    """At home, on regtest, with a published key and no stick."""
    m = start(name, **how)
    regtest(m)
    enter_words(m)
    m.press("ret")
    m.wait("none; plug one in")
    return m


def review(m, last="th6c"):
    """Of the first file; as far as agreeing goes."""
    m.press("home", "ret")
    if not m.see("@@ spend @@|@@ import @@"):
        return False
    m.press("end")
    if not m.see(", end"):
        return False
    m.press("a")
    if not m.see("Type "):
        return False
    m.type(last)
    m.press("ret")
    return True


def expected(out, network="regtest"):
    """What the command line makes of it, on this machine."""
    here = os.path.join(out, "here")
    os.mkdir(here)
    shutil.copy(PSBT, os.path.join(here, "pay.psbt"))
    words = os.path.join(here, "words")
    with open(words, "w") as f:
        f.write(ABANDON + "\n")
    subprocess.run([os.path.join(B, "coldseal"), "sign",
                    os.path.join(here, "pay.psbt"), "--yes", "--network",
                    network, "--words", words], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return [content(os.path.join(here, n)) for n in ANSWERS]


def content(path):
    with open(path, "rb") as f:
        return f.read()
