#!/usr/bin/env python3
"""monero_verify.py WALLETS_JSON REQUEST ANSWER ... | DIR: Python judges answers.

An answer is a signed set to an unsigned one, or key images to an outputs
file.  Each is opened with the view key, read to its last byte, and everything
in it is derived again from the spend keys of WALLETS_JSON: key images and
their proofs, which output pays whom and how much (with the recipient's own
keys, as he will see it), payment ids, commitments, ring signatures, range
proofs, the balance.  DIR holds DIR/CASE/request and DIR/CASE/answer.  Speaks
TAP; the first wallet is the signer's.  With more than one pair, the answer to
another request must be refused: the control.
monero_prims.py, monero_cn.py and monero_files.py share no line with us.
"""
import base64
import json
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
sys.dont_write_bytecode = True
import monero_files as files                            # noqa: E402
import monero_prims as xmr                              # noqa: E402

MAJORS, MINORS = 16, 12
fb = bytes.fromhex


class Wrong(Exception):
    pass


def need(good, what, *values):
    if not good:
        raise Wrong(what + "".join(" %s" % (v,) for v in values))


def read(path):
    """Raw or PEM: the bytes of the file."""
    with open(path, "rb") as f:
        data = f.read()
    if data.startswith(b"-----BEGIN MoneroAsciiDataV1-----"):
        data = base64.b64decode(b"".join(data.split(b"\n")[1:-2]))
    return data


class Wallet:
    def __init__(self, name, spend_secret):
        self.name = name
        self.keys = xmr.Keys(xmr.sc(fb(spend_secret)))
        self.subs = files.subaddress_table(self.keys, MAJORS, MINORS)


def own_of(wallet, tx, extra, i):
    """(x, image, (account, index), derivation) of output i, or None."""
    key = [v for k, v in extra if k == "pubkey"][0]
    more = [v for k, v in extra if k == "additional_pubkeys"]
    return files.own_output(wallet.keys, tx["vout"][i]["key"], key,
                            more[0] if more else [], i, wallet.subs)


def opened(tx, i, own, what):
    """The amount as its owner decodes it; it must open the commitment."""
    d = own[3]
    s = xmr.enc_sc(xmr.derivation_scalar(d, i))
    out = tx["vout"][i]
    need(out["view_tag"] == xmr.view_tag(d, i), what, i, "view tag")
    amount = int.from_bytes(bytes(a ^ b for a, b in zip(
        fb(tx["ecdh"][i]), xmr.amount_mask8(s))), "little")
    need(xmr.commit(xmr.commitment_mask(s), amount).enc().hex() ==
         tx["outPk"][i], what, i, "commitment")
    return amount


def inputs(tx, before, after, me):
    """The sources are those asked for, ours, in the order of their images."""
    need(sorted(map(str, before["sources"])) ==
         sorted(map(str, after["sources"])), "sources changed")
    images = []
    for src, vin in zip(after["sources"], tx["vin"]):
        ro = src["outputs"][src["real_output"]]
        own = files.own_output(me.keys, ro["dest"], src["real_out_tx_key"],
                               src["real_out_additional_tx_keys"],
                               src["real_output_in_tx_index"], me.subs)
        need(own and own[1] == vin["key_image"], "key image of an input")
        offsets, at = [], 0
        for x in vin["offsets"]:
            at += x
            offsets.append(at)
        need(offsets == [o["index"] for o in src["outputs"]], "ring offsets")
        need(xmr.commit(xmr.sc(fb(src["mask"])), src["amount"]).enc().hex() ==
             ro["commitment"], "commitment of an input")
        images.append(own[1])
    need(images == sorted(set(images), reverse=True), "order of images")
    return images


def outputs(tx, after, wallets):
    """Every destination gets its amount; (paid, images of our own)."""
    extra = files.parse_extra(tx["extra"])
    need(extra[0][0] == "pubkey", "extra begins with", extra[0][0])
    left = [(d["addr"]["spend"], d["amount"]) for d in after["splitted_dsts"]]
    own, unknown = [], 0
    for i in range(len(tx["vout"])):
        for w in wallets:
            mine = own_of(w, tx, extra, i)
            if mine is None:
                continue
            got = w.keys.sub(*mine[2])[0].hex(), opened(tx, i, mine, "output")
            need(got in left, "an output nobody asked for", i, got[1])
            left.remove(got)
            if w is wallets[0]:
                own.append((tx["vout"][i]["key"], mine[1]))
            break
        else:
            unknown += 1
    need(unknown == len(left), "destinations without an output", left)
    return own, unknown


def payment_id(tx, before, after, wallets):
    """The one asked for in the clear comes out for its recipient; where none
    was asked for it is eight zeros."""
    asked = [v for k, v in files.parse_extra(before["extra"]) if k == "nonce"]
    extra = files.parse_extra(tx["extra"])
    got = [fb(v) for k, v in extra if k == "nonce"]
    need(len(got) <= 1, "nonces in extra", len(got))
    if not got:
        need(not asked, "the payment id is gone")
        need(len(tx["vout"]) > 2, "no dummy payment id")
        return
    need(len(got[0]) == 9 and got[0][0] == 1, "form of the payment id")
    change = after["change_dts"]["addr"]
    views = {d["addr"]["view"]: d["addr"] for d in after["splitted_dsts"]
             if d["addr"] != change and d["amount"] > 0} or {
                 change["view"]: change}
    need(len(views) == 1, "a payment id for several recipients")
    key = [v for k, v in extra if k == "pubkey"][0]
    want = fb(asked[0])[1:] if asked else bytes(8)
    for w in wallets:
        if views.keys() & {w.keys.sub(*s)[1].hex() for s in w.subs.values()}:
            pad = xmr.keccak(xmr.derivation(fb(key), w.keys.a) + b"\x8d")
            need(bytes(a ^ b for a, b in zip(got[0][1:], pad)) == want,
                 "payment id as the recipient reads it")


def one_tx(before, px, wallets):
    tx, after = px["tx"], px["construction_data"]
    for k in ("change_dts", "selected_transfers", "dests", "subaddr_account",
              "subaddr_indices", "rct_config", "construction_flags"):
        need(before[k] == after[k], k, "changed")
    need(px["change_dts"] == after["change_dts"] and
         px["dests"] == after["dests"] and
         px["selected_transfers"] == after["selected_transfers"],
         "pending and construction differ")
    need(sorted(map(str, before["splitted_dsts"])) ==
         sorted(map(str, after["splitted_dsts"])), "destinations changed")
    images = inputs(tx, before, after, wallets[0])
    need(px["key_images"] == "".join("<%s> " % x for x in images),
         "text of key images")
    need(tx["version"] == 2 and tx["unlock_time"] == 0, "version, unlock time")
    fee = sum(s["amount"] for s in after["sources"]) - \
        sum(d["amount"] for d in after["splitted_dsts"])
    need(tx["fee"] == px["fee"] == fee, "fee", tx["fee"], px["fee"], fee)
    need(px["tx_key"] == "01" + "00" * 31, "tx key", px["tx_key"])
    own, unknown = outputs(tx, after, wallets)
    payment_id(tx, before, after, wallets)
    files.verify_tx(tx, after)
    return own, unknown


def image_of(rec, wallet):
    """The key image of an exported record, which must be ours."""
    own = files.own_output(wallet.keys, rec["pubkey"], rec["tx_pubkey"],
                           rec["additional_tx_keys"],
                           rec["internal_output_index"], wallet.subs)
    need(own, "a record that is not ours", rec["pubkey"])
    return own[1]


def signed(request, answer, wallets):
    need(len(request["txes"]) == len(answer["ptx"]), "transactions")
    own, unknown = [], 0
    for before, px in zip(request["txes"], answer["ptx"]):
        mine, more = one_tx(before, px, wallets)
        own += mine
        unknown += more
    last = [(e["pubkey"], e["key_image"]) for e in answer["tx_key_images"]]
    need(set(own) <= set(last), "key image of our own output missing")
    inputs_of = [(o["outputs"][o["real_output"]]["dest"], v["key_image"])
                 for px in answer["ptx"] for o, v in
                 zip(px["construction_data"]["sources"], px["tx"]["vin"])]
    sent = request["new_transfers"]
    new = [(r["pubkey"], image_of(r, wallets[0])) for r in sent["list"]]
    for pub, image in last:
        need((pub, image) in own + new or (pub, image) in inputs_of,
             "an invented key image", image)
    most = max(i for px in answer["ptx"]
               for i in px["construction_data"]["selected_transfers"])
    images = answer["key_images"]
    need(images[sent["offset"]:][:len(new)] == [i for _, i in new],
         "key images of the outputs that came with the request")
    need(len(images) > most, "key images reach", len(images), "of", most + 1)
    for px in answer["ptx"]:
        cd = px["construction_data"]
        need({images[i] for i in cd["selected_transfers"]} ==
             {v["key_image"] for v in px["tx"]["vin"]},
             "key images at the selected indices")
    return "%d tx, %d own outputs, %d of strangers, %d key images" % (
        len(answer["ptx"]), len(own), unknown, len(images))


def key_images(request, answer, wallets):
    me, t = wallets[0], request["transfers"]
    need(answer["account"] == request["account"], "account")
    need(answer["offset"] == t["offset"], "offset", answer["offset"])
    need(len(answer["list"]) == len(t["list"]), "count", len(answer["list"]))
    for i, (rec, got) in enumerate(zip(t["list"], answer["list"])):
        need(image_of(rec, me) == got["key_image"], "key image", i)
        need(xmr.ki_proof_check(fb(got["key_image"]), fb(rec["pubkey"]),
                                fb(got["signature"])), "proof", i)
    return "%d key images from %d" % (len(answer["list"]), t["offset"])


JUDGES = {"unsigned": ("signed", signed),
          "outputs": ("key_images", key_images)}


def judge(request, answer, wallets):
    a = wallets[0].keys.a
    kind, ask, _ = files.load(read(request), a)
    need(kind in JUDGES, "a request of kind", kind)
    want, how = JUDGES[kind]
    got, reply, _ = files.load(read(answer), a)
    need(got == want, "answered with", got)
    return how(ask, reply, wallets)


def pairs_of(args):
    if len(args) == 1 and os.path.isdir(args[0]):
        cases = sorted(os.listdir(args[0]))
        args = [os.path.join(args[0], c, f) for c in cases
                for f in ("request", "answer")]
    if not args or len(args) % 2:
        raise SystemExit(__doc__)
    return list(zip(args[::2], args[1::2]))


def attempt(request, answer, wallets):
    try:
        return True, judge(request, answer, wallets)
    except (Wrong, ValueError, OSError) as e:
        return False, str(e)


def main():
    if len(sys.argv) < 3:
        raise SystemExit(__doc__)
    pairs = pairs_of(sys.argv[2:])
    done = failed = 0

    def tell(what, good, said):
        nonlocal done, failed
        done += 1
        failed += not good
        print("%sok %d - %s: %s" % ("" if good else "not ", done, what, said),
              flush=True)

    with open(sys.argv[1]) as f:
        wallets = [Wallet(n, w["spend_secret"])
                   for n, w in json.load(f).items()]
    for request, answer in pairs:
        tell(answer, *attempt(request, answer, wallets))
    if len(pairs) > 1:
        good, said = attempt(pairs[0][0], pairs[1][1], wallets)
        tell("control: the answer to another request", not good, said)
    print("1..%d" % done)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
