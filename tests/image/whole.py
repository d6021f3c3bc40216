"""The whole way, from a stick plugged in to the stick in the owner's hand: the
image signs what the command line signs, what a node takes and mines, and what
Monero's wallets take."""
import base64
import json
import os
import subprocess
import sys
import time

import owner
import sticks
from owner import ANSWERS, FIXTURES, PSBT

PEERS = os.path.join(owner.HERE, "..", "peers")
sys.path.insert(0, PEERS)

DEST = "0014" + "11" * 20
FEATHER = os.path.join(FIXTURES, "feather")


def signs():
    """Each screen of it in a picture, in as little memory as will do."""
    out = owner.folder("expected")
    want = owner.expected(out)
    fat = sticks.Fat.make(sticks.blank(os.path.join(out, "stick"), 64))
    fat.put(PSBT, "pay.psbt")
    m = owner.unlocked("signs", mem=128)
    try:
        stick = m.plug(fat.path)
        plugged = time.monotonic()
        m.wait("pay.psbt", 30)
        print("# plug to list: %.1f s" % (time.monotonic() - plugged))
        m.picture("1-list")
        m.press("ret")
        m.wait(["@@ spend @@", "proven"])
        m.press("end")
        m.wait("a agree")
        m.picture("2-page")
        m.press("a")
        m.wait("last 4 characters")
        m.picture("3-agree")
        m.type("th6c")
        m.press("ret")
        m.wait("safe to remove the stick", 60)
        m.picture("4-done")
        m.press("ret")
        m.wait("just now")
        m.pull(stick)
        m.wait("none; what was read stays")
        m.press("ctrl+alt+delete")
        assert m.wait_off() == "guest-shutdown", m.ended
    finally:
        m.close()
    assert [fat.get(n) for n in ANSWERS] == want, \
        "the image signed otherwise than the command line"


def made_by(n, keys, rig):
    """One PSBT of each kind of wallet that the node watches."""
    dest = n.rpc("decodescript", DEST)["address"]
    out = {}
    for name, desc, path in (("tr", "tr(%s)", "86h/1h/0h"),
                             ("wpkh", "wpkh(%s)", "84h/1h/0h")):
        rig.import_descs(n, name, [desc % (keys.account("A", path) +
                                           "/<0;1>/*")], last=20)
        rig.fund(n, name, 1000000, 3)
        out[name + ".psbt"] = n.rpc(
            "walletcreatefundedpsbt", [], {dest: rig.btc(1500000)}, 0,
            {"fee_rate": 5}, True, wallet=name)["psbt"]
    return out


def node():
    """What a node made is signed here; it takes what lies on the stick."""
    import keys
    import rig
    from node import Node

    out = owner.folder("node-stick")
    fat = sticks.Fat.make(sticks.blank(os.path.join(out, "stick"), 64))
    with Node.start() as n:
        made = made_by(n, keys, rig)
        for name, text in made.items():
            path = os.path.join(out, name)
            with open(path, "wb") as f:
                f.write(base64.b64decode(text))
            fat.put(path, name)
        m = owner.unlocked("node", mem=128)
        try:
            stick = m.plug(fat.path)
            m.wait("sign (2)")
            for left in (1, 0):
                assert owner.review(m), m.show()
                m.wait("safe to remove the stick", 60)
                m.picture("%d-done" % (2 - left))
                m.press("ret")
                m.wait("sign (%d)" % left if left else "just now")
            m.pull(stick)
            m.wait("none; what was read stays")
        finally:
            m.close()
        for name in made:
            p = fat.get(name.replace(".", "-signed."))
            a = rig.accept(n, [base64.b64encode(p).decode()], mine=True)
            assert a["ok"] and a["mined"], (name, a)
            unsigned = rig.accept(n, [made[name]], send=False)
            assert not unsigned["ok"], "the control: " + name


def monero():
    """Feather's own files: key images, then the payment; Python judges."""
    with open(os.path.join(FEATHER, "seeds.json")) as f:
        words = json.load(f)["offline"]["seed"]
    out = owner.folder("monero-stick")
    fat = sticks.Fat.make(sticks.blank(os.path.join(out, "stick"), 64))
    pairs = {"feather_all_outputs": "feather_all_keyImages",
             "feather_pay1_unsigned_monero_tx":
             "feather_pay1_signed_monero_tx"}
    for name in pairs:
        fat.put(os.path.join(FEATHER, name), name)
    m = owner.start("monero", mem=128)
    try:
        owner.regtest(m)
        owner.enter_words(m, words, "25 words of Monero", monero=True)
        m.picture("1-fingerprint")
        m.press("ret")
        m.wait("none; plug one in")
        stick = m.plug(fat.path)
        m.wait("sign (2)")
        m.picture("2-list")
        assert owner.review(m, "agree"), m.show()
        m.wait(["safe to remove the stick", "feather_all_keyImages"], 120)
        m.picture("3-key-images")
        m.press("ret")
        m.wait("just now")
        assert owner.review(m, "7hHs"), m.show()
        m.wait(["safe to remove the stick",
                "feather_pay1_signed_monero_tx"], 120)
        m.picture("4-signed")
        m.pull(stick)
    finally:
        m.close()
    files = []
    for name, answer in pairs.items():
        files += [os.path.join(FEATHER, name), os.path.join(out, answer)]
        with open(files[-1], "wb") as f:
            f.write(fat.get(answer))
    r = subprocess.run([os.path.join(PEERS, "monero_verify.py"),
                        os.path.join(FEATHER, "seeds.json"), *files],
                       capture_output=True, text=True)
    assert r.returncode == 0, r.stdout + r.stderr


TESTS = [signs, node, monero]
