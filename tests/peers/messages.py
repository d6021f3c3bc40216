"""Messages that the program signs, judged by a real node and by Electrum.

The node knows BIP322 as it was before signatures had their prefix of three
letters, and the old form; Electrum knows the old form alone.
"""
import json
import subprocess

TEXTS = ("Hello World", "Gr\u00fc\u00dfe \u20bf", "x" * 300, "")
WAYS = ((44, "p2pkh"), (44, "p2pkh full"), (49, "p2sh-p2wpkh"),
        (49, "p2wpkh-p2sh bip137"), (84, "p2wpkh"), (84, "p2wpkh full"),
        (84, "p2wpkh bip137"), (86, "p2tr"), (86, "p2tr full"))


def request(text, purpose, index, line):
    return ("%s\nm/%d'/1'/0'/0/%d\n%s\n" % (text, purpose, index,
                                            line)).encode()


def answer(path):
    """what stands in the frame: text, address, signature"""
    line = open(path, encoding="utf-8").read().split("\n")
    good = line[0] == "-----BEGIN BITCOIN SIGNED MESSAGE-----" and \
        line[2] == "-----BEGIN BITCOIN SIGNATURE-----" and \
        line[5:] == ["-----END BITCOIN SIGNATURE-----", ""]
    return (line[1], line[3], line[4]) if good else (None, None, None)


def bare(sig):
    return sig[3:] if sig[:3] in ("smp", "ful") else sig


def signed(sign, write, text, purpose, line, index=3):
    name = "message-%d-%s.txt" % (purpose, line.replace(" ", "-"))
    page, answers, why = sign(write(name, request(text, purpose, index,
                                                  line)))
    if len(answers) != 1:
        return None, None, None, (page, why)
    said, address, sig = answer(answers[0])
    return said, address, sig, page


def by_node(n, sign, write, tell):
    for purpose, line in WAYS:
        for i, text in enumerate(TEXTS):
            said, address, sig, why = signed(sign, write, text, purpose,
                                             line, i)
            good = said == text
            valid = good and n.rpc("verifymessage", address, bare(sig), text)
            other = good and n.rpc("verifymessage", address, bare(sig),
                                   text + ".")
            tell("message %d by %s: the node holds it valid, and for no "
                 "other text" % (i, line), valid is True and other is False,
                 (why, address, sig, valid, other))


CHECK = """
import base64, json, sys
from electrum import constants, bitcoin
if hasattr(constants, "set_regtest"):
    constants.set_regtest()
else:
    constants.BitcoinRegtest.set_as_network()
try:
    from electrum.bitcoin import verify_usermessage_with_address as verify
except ImportError:
    from electrum.ecc import verify_message_with_address as verify
for address, sig, text in json.load(sys.stdin):
    print(bool(verify(address, base64.b64decode(sig), text.encode())))
"""


def by_electrum(sign, write, tell):
    asked = []
    for purpose, line in ((44, "p2pkh"), (49, "p2sh-p2wpkh bip137"),
                          (84, "p2wpkh bip137")):
        for text in TEXTS[:2]:
            _, address, sig, why = signed(sign, write, text, purpose, line)
            if sig is None:
                tell("a message by %s is signed" % line, False, why)
                continue
            asked += [(line, address, sig, text, True),
                      (line, address, sig, text + ".", False)]
    r = subprocess.run(["/usr/bin/python3", "-c", CHECK], timeout=120,
                       input=json.dumps([a[1:4] for a in asked]),
                       capture_output=True, text=True)
    said = r.stdout.split()
    for i, (line, address, sig, text, want) in enumerate(asked):
        tell("Electrum finds a message by %s %s" %
             (line, "valid" if want else "false for another text"),
             said[i:i + 1] == [str(want)], (address, sig, r.stderr[-300:]))

