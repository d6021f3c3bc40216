"""The whole memory of the machine, dumped and searched: for words, entropy,
seed, master key and the keys on the way to a signature, in every form that
tests/proc/needles.py knows."""
import os
import subprocess
import sys
import tempfile
import time

import owner
import sticks

sys.path.insert(0, os.path.join(owner.HERE, "..", "proc"))
from needles import (binary_secrets, keys, needles,     # noqa: E402
                     unsigned, words_of)

MEM = 128
ENTROPY = bytes.fromhex("9c3f5ad1e07b2648b1c4d7ea350f8e62")
WORDS, NUMBERS = words_of(ENTROPY)
SEED = keys.seed(WORDS)
MASTER = keys.Key.master(SEED)
FPR = MASTER.fp.hex()
NEEDLES = needles(WORDS, NUMBERS, binary_secrets(ENTROPY, SEED))


def search(path):
    """Names of the secrets in a file.  grep takes a line for a pattern: one
    that has a newline in it is looked for without grep."""
    plain = [b for b in NEEDLES if b"\n" not in b]
    with tempfile.NamedTemporaryFile() as f:
        f.write(b"\n".join(plain))
        f.flush()
        out = subprocess.run(["grep", "-oaF", "-f", f.name, path],
                             env={"LC_ALL": "C", "PATH": os.environ["PATH"]},
                             stdout=subprocess.PIPE).stdout
    data = owner.content(path)
    hits = set(out.split(b"\n")) | {b for b in NEEDLES if b"\n" in b and
                                    b in data}
    return {NEEDLES[b] for b in hits if b in NEEDLES}


def control():
    """Each form is found where it is, at any place in a file."""
    with tempfile.NamedTemporaryFile() as f:
        for i, b in enumerate(NEEDLES):
            f.write(b"\xa5" * (i % 7 + 1) + b)
        f.flush()
        assert search(f.name) == set(NEEDLES.values()), "the control"


def found(m):
    path = m.memory()
    try:
        return search(path)
    finally:
        os.unlink(path)


def none(m, moment):
    there = found(m)
    assert not there, "%s: still in memory: %s" % (moment, sorted(there))
    print("# %s: nothing" % moment, flush=True)


def enter(m):
    """Whole words, so that whole words are what could stay.  While a
    passphrase may follow, the front keeps them: the control."""
    owner.enter_words(m, WORDS, FPR, whole=True)
    there = found(m)
    assert "words" in there, "the control finds no words: %s" % sorted(there)
    print("# typed in: %s" % ", ".join(sorted(there)), flush=True)
    m.press("ret")
    m.wait(["Keys", FPR])


def sign(m, image):
    stick = m.plug(image)
    m.wait("sign (1)")
    assert owner.review(m), m.show()
    m.wait("safe to remove the stick")
    none(m, "signed")
    m.press("ret")
    m.wait("just now")
    m.pull(stick)
    m.wait("none; what was read stays")
    none(m, "unlocked, stick out")


def stick():
    out = owner.folder("memory-stick")
    fat = sticks.Fat.make(sticks.blank(os.path.join(out, "stick"), 64))
    path = os.path.join(out, "pay.psbt")
    with open(path, "wb") as f:
        f.write(unsigned(MASTER, 3))
    fat.put(path, "pay.psbt")
    return fat.path


def locked_and_off():
    """Locked, locked by itself, and halted after the power button."""
    control()
    image = stick()
    m = owner.start("memory", mem=MEM)
    try:
        owner.regtest(m)
        none(m, "before anything was typed")
        enter(m)
        none(m, "unlocked")
        sign(m, image)
        m.press("l")
        m.wait("All keys are wiped")
        m.picture("1-locked")
        none(m, "locked")
        enter(m)
        m.press("s")
        m.wait("Locks after")
        m.press("down", *["left"] * 6, "esc")
        m.wait(["Keys", FPR])
        began = time.monotonic()
        m.wait("All keys are wiped", 90)
        assert time.monotonic() - began > 45
        m.picture("2-locked-by-itself")
        none(m, "locked by itself after a minute")
        enter(m)
        none(m, "unlocked again")
        m.ask("system_powerdown")
        assert m.wait_off() == "guest-shutdown", m.ended
        none(m, "halted, by the power button")
    finally:
        m.close()


TESTS = [locked_and_off]
