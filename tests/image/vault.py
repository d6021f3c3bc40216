"""A key that lasts: made on the image, kept in a vault on a FAT32 stick, there
again after the machine was off; what it signs is remembered in it.  Its stick
pulled while the vault is written leaves the last complete state."""
import hashlib
import json
import os
import re
import struct
import subprocess
import sys
import time

import owner
import sticks

sys.path.insert(0, os.path.join(owner.HERE, "..", "proc"))
from needles import keys, unsigned, words_of            # noqa: E402

FILE = "coldseal.vault"
SLOT = 1 << 20
ROLLS = "31415654326531415265453142132561562431343652615423"
PASS = "lapwing under umbra"


def made_of(rolls):
    """the words of it, and its master key"""
    words = words_of(hashlib.sha256(rolls.encode()).digest()[:16])[0]
    return words, keys.Key.master(keys.seed(words))


class Vault:
    """the file, as the command line reads it here"""

    def __init__(self, fat, out):
        self.fat = fat
        self.path = os.path.join(out, FILE)
        self.passphrase = os.path.join(out, "passphrase")
        with open(self.passphrase, "w") as f:
            f.write(PASS + "\n")

    def data(self):
        return self.fat.get(FILE)

    def costs(self):
        """passes and MiB of the state that was written last"""
        data = self.data()
        heads = [struct.unpack_from("<IIQ", data, i + 24) for i in (0, SLOT)]
        passes, kib, _ = max(heads, key=lambda h: h[2])
        return passes, kib >> 10

    def ask(self, verb):
        with open(self.path, "wb") as f:
            f.write(self.data())
        r = subprocess.run([os.path.join(owner.B, "coldseal"), "vault", verb,
                            self.path, "--passphrase", self.passphrase],
                           capture_output=True, text=True)
        assert r.returncode == 0, (verb, r.stdout, r.stderr)
        self.odd = r.stderr
        return r.stdout


def answer(m, key, want):
    """a key that the program may drop while it looks at its sticks"""
    for _ in range(6):
        m.press(key)
        if m.see(want, 10):
            return
    raise AssertionError("%r never came; the screen:\n%s" % (want, m.show()))


def new_key(m, words):
    """12 words, of dice alone, and some of them asked for"""
    m.press("n")
    m.wait("A new key")
    m.press("left", "down", "right", "ret")
    m.wait("0 of %d rolls" % len(ROLLS))
    m.type(ROLLS)
    m.wait("enough: press Enter")
    m.press("ret")
    m.wait(["Write these 12 words", words.split()[0]])
    m.picture("1-words")
    m.press("ret")
    for i in range(4):
        m.wait("Question %d of 4" % (i + 1))
        n = int(re.search(r"Word (\d+)", m.show())[1])
        m.type(words.split()[n - 1])
        m.press("ret")
    m.wait("12 words, without a passphrase")
    m.press("ret")
    m.wait("Sticks")


def fill(m, prompt, text, shown):
    """a line of its own; letters that came too early are typed again"""
    m.wait(prompt)
    for _ in range(6):
        m.type(text)
        if m.see(shown, 10):
            m.press("ret")
            return
        m.press("ctrl+u")
    raise AssertionError("%r never came; the screen:\n%s" % (shown, m.show()))


def secret(m, prompt, text):
    fill(m, prompt, text, "\u2022{%d}(?!\u2022)" % len(text))


def makes(m, fat):
    """The stick that the machine started from is plugged in, too, and is none
    that a vault could be made on."""
    m.plug(fat.path)
    m.wait("VAULT")
    answer(m, "k", "Make a vault")
    while not m.see("> Make a vault", 1):
        m.press("down")
    m.press("ret")
    m.wait(["On which stick shall the vault be made", "> VAULT"])
    m.picture("2-which-stick")
    shown = m.show().split("On which stick")[1].split("\n\n")
    assert len(shown) > 1 and re.fullmatch(r" *> VAULT .*", shown[1]), shown
    m.press("down", "up", "ret")
    secret(m, "A passphrase for the new vault", PASS)
    begun = time.monotonic()
    secret(m, "Once more", PASS)
    m.wait("Keep this key in the vault", 180)
    took = time.monotonic() - begun
    fill(m, "Name", "Savings", "Name +Savings")
    m.wait(["> Savings", "All changes are stored"], 120)
    m.picture("3-made")
    return took


def power_off(m):
    answer(m, "q", "Leave Coldseal")
    m.press("ret")
    assert m.wait_off() == "guest-shutdown", m.ended


def opens(m):
    """the seconds from Enter to the keys in it"""
    answer(m, "v", "The passphrase of the vault")
    secret(m, "passphrase", PASS)
    begun = time.monotonic()
    m.wait("Keys in it", 180)
    took = time.monotonic() - begun
    m.picture("1-opened")
    answer(m, "ret", "Sticks")
    return took


def made(name, mem, fat, v):
    words, master = made_of(ROLLS)
    m = owner.start(name + "-makes", mem=mem)
    try:
        owner.regtest(m)
        new_key(m, words)
        took = makes(m, fat)
        m.press("esc")
        power_off(m)
    finally:
        m.close()
    assert master.fp.hex() + " Savings" in v.ask("list"), v.ask("list")
    passes, mib = v.costs()
    print("# %d MB of memory: a vault of %d MiB, %d passes; made in %.1f s" %
          (mem, mib, passes, took), flush=True)
    return master


def coldseal(*args):
    return subprocess.run([os.path.join(owner.B, "coldseal"), *args,
                           "--network", "regtest"], check=True,
                          capture_output=True).stdout


def last_four(path):
    """what agreeing asks for: the end of the address that is paid"""
    rows = json.loads(coldseal("look", path, "--json"))["rows"]
    return [x["to"] for x in rows if x["kind"] == "pay"][0][-4:]


def signed(name, mem, fat, work, path):
    """From the vault alone; the stick with the file is another one."""
    m = owner.start(name + "-signs", mem=mem)
    try:
        owner.regtest(m)
        m.plug(fat.path)
        m.wait("A vault is there: %s on VAULT" % FILE)
        print("# %d MB: opened in %.1f s" % (mem, opens(m)), flush=True)
        m.plug(work.path)
        m.wait("sign (1)")
        assert owner.review(m, last_four(path)), m.show()
        m.wait("Where shall the answer be written")
        while not m.see("> WORK", 1):
            m.press("up")
        m.press("ret")
        m.wait(["Signed, and written to", "stored on VAULT"], 120)
        m.picture("2-signed")
        m.press("ret")
        m.wait("just now")
        power_off(m)
    finally:
        m.close()


def vault():
    """512 MB: made, off, opened, signed with; then pulled while written."""
    out = owner.folder("vault-sticks")
    fat = sticks.Fat.make(sticks.blank(os.path.join(out, "vault"), 64),
                          "VAULT")
    work = sticks.Fat.make(sticks.blank(os.path.join(out, "work"), 64),
                           "WORK")
    v = Vault(fat, out)
    master = made("vault", 512, fat, v)
    path = os.path.join(out, "pay.psbt")
    with open(path, "wb") as f:
        f.write(unsigned(master, 2))
    work.put(path, "pay.psbt")
    signed("vault", 512, fat, work, path)
    words = os.path.join(out, "words")
    with open(words, "w") as f:
        f.write(made_of(ROLLS)[0] + "\n")
    coldseal("sign", path, "--yes", "--words", words)
    for name in owner.ANSWERS:
        assert work.get(name) == owner.content(os.path.join(out, name)), name
    said, log = v.ask("list"), v.ask("log")
    assert "2 coins seen" in said, said
    assert log.count(" sign ") == 1 and " sign regtest " in log, log
    pulled(fat, v)


def pulled(fat, v):
    """While another name is written, slowly; then plugged in again."""
    before, state = v.data(), v.ask("list")
    m = owner.start("vault-pulled", mem=512)
    try:
        owner.regtest(m)
        stick = m.plug(fat.path, slow=200000)
        m.wait("A vault is there: %s on VAULT" % FILE)
        opens(m)
        answer(m, "k", "The vault that is open")
        m.press("ret")
        m.wait("Keys in it")
        m.press("n")
        fill(m, "Another name for this key", "House", "Name +House")
        begun = time.monotonic()
        while v.data() == before and time.monotonic() - begun < 60:
            time.sleep(0.2)
        m.pull(stick)
        after = v.data()
        changed = sum(a != b for a, b in zip(before, after))
        assert 0 < changed < SLOT - SLOT // 16, changed
        m.wait("Changes are in memory alone", 120)
        m.picture("2-pulled")
        said = v.ask("list")
        print("# pulled after %d KiB of a state" % (changed >> 10),
              flush=True)
        assert "Savings" in said and "House" not in said, said
        assert "2 coins seen" in said, said
        assert "not written whole" in v.odd, v.odd
        assert v.ask("log").count(" sign ") == 1
        m.plug(fat.path)
        m.wait("All changes are stored", 120)
        m.picture("3-stored")
        said = v.ask("list")
        assert "House" in said and v.odd == "", said + v.odd
        answer(m, "esc", "Sticks")
        power_off(m)
    finally:
        m.close()
    assert state != said


def vault_in_little_memory():
    out = owner.folder("vault-small-sticks")
    fat = sticks.Fat.make(sticks.blank(os.path.join(out, "vault"), 64),
                          "VAULT")
    v = Vault(fat, out)
    made("vault-small", 128, fat, v)
    m = owner.start("vault-small-opens", mem=128)
    try:
        m.plug(fat.path)
        m.wait("A vault is there: %s on VAULT" % FILE)
        print("# 128 MB: opened in %.1f s" % opens(m), flush=True)
        power_off(m)
    finally:
        m.close()


TESTS = [vault, vault_in_little_memory]
