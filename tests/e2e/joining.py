#!/usr/bin/env python3
"""joining.py PROGRAM: three of ours set up one wallet by files (BIP129), in
each of its three modes; and what somebody between them may try.  Speaks TAP.
"""
import os

from program import TMP, codes, end, folder, lines, ok, run, tell


def save(name, data):
    path = os.path.join(folder(), name)
    with open(path, "wb") as f:
        f.write(data)
    return path


def invite(bits):
    r = run("invite", "--token", str(bits))
    return save("invitation.bsms", r.stdout)


def key_of(who, invitation):
    out = folder()
    r = run("sign", invitation, "--yes", "-o", out, who=who)
    names = os.listdir(out)
    return os.path.join(out, names[0]) if r.returncode == 0 and names else None


def join(files, *more, who="A"):
    out = folder()
    r = run("join", "--need", "2", *files, "-o", out, *more, who=who)
    return r, sorted(os.path.join(out, n) for n in os.listdir(out))


def first(who, *files):
    """the first address, as this signer works it out"""
    r = run("wallet", *files, "--index", "0", who=who)
    return r.stdout.decode().strip()


def mode(bits, script, begins):
    inv = [invite(bits) for _ in range(3 if bits == 128 else 1)]
    keys = [key_of(w, inv[i % len(inv)]) for i, w in enumerate("ABC")]
    if not all(keys):
        return ok("%d bits: three keys" % bits, False, keys)
    r, made = join([*inv, *keys], "--script", script)
    ok("%d bits: the coordinator writes a wallet for everybody" % bits,
       r.returncode == 0 and len(made) == (3 if bits else 1), r)
    said = r.stdout.decode()
    ok("%d bits: what it is, is read out" % bits,
       "any 2 of 3 can spend" in said and "first address: " in said, r)
    got = set()
    for i, w in enumerate("ABC"):
        fpr = {"A": "73c5da0a", "B": "3f635a63", "C": "b8688df1"}[w]
        mine = [m for m in made if fpr in m] or made
        got.add(first(w, *([inv[i % len(inv)]] if bits else []), mine[0]))
    ok("%d bits, %s: all three see the same first address" % (bits, script),
       len(got) == 1 and begins in next(iter(got)) and
       next(iter(got)).split()[1] in said, got)
    return inv, keys, made


mode(0, "p2wsh", "0/0 bcrt1q")
inv, keys, made = mode(64, "p2sh-p2wsh", "0/0 2")
mode(128, "p2tr", "0/0 bcrt1p")

r = run("look", made[0], "--json", who="B")
ok("control: a sealed wallet is not read without its invitation",
   r.returncode == 2 and b"sealed" in r.stderr + r.stdout, r)
r, _ = join(keys[:2])
ok("sealed keys are not read without the invitation", r.returncode == 2, r)

# Somebody between the signers: another key in the record, another's token.
plain = invite(0)
mine, other = key_of("A", plain), key_of("B", plain)
a, b = (open(p, "rb").read().split(b"\n") for p in (mine, other))
bent = save("bent.bsms", b"\n".join(a[:2] + [a[2].replace(
    a[2].split(b"]")[1], b[2].split(b"]")[1])] + a[3:]))
for what, path, who in (("another's key over our signature", bent, "B"),
                        ("another label", save("label.bsms", b"\n".join(
                            a[:3] + [b"somebody"] + a[4:])), "C")):
    r = run("look", path, "--json", who=who)
    tell(6, what + " is refused", r.returncode == 0 and
         "btc.signature.invalid" in codes(lines(r)[0]), r)
r = run("look", mine, "--json", who="C")
tell("control", "the record as it was is not", codes(lines(r)[0]) == [], r)
strange = b"BSMS 1.0\na54044308ceac9b7\n"
path = save("strange.bsms", strange)
sealed = key_of("B", path)
r = run("look", path, sealed, "--json", who="A")
tell("control", "a key that answers an invitation that was looked at",
     [codes(j) for j in lines(r)] == [[], []], r)

# The same key twice makes no wallet of two.
r, made = join([plain, mine, mine, other], "--json")
ok("a key that comes twice counts once", r.returncode == 0 and
   first("A", made[0]) == first("B", made[0]), r)
r = run("join", "--need", "3", plain, mine, other, "-o", TMP)
tell(20, "more signatures than keys", r.returncode == 1 and
     b"--need asks for" in r.stderr, r)

# A signer of two wallets has a key of his own for each.
r = run("look", made[0], plain, "--json")
rows = [x["to"] for x in lines(r)[-1]["rows"]]
ok("the key of a registered wallet is not given to another: the next account",
   any("[73c5da0a/48'/1'/1'/2']" in x for x in rows), rows)
r = run("look", plain, "--json")
rows = [x["to"] for x in lines(r)[-1]["rows"]]
ok("control: without that wallet it is the first",
   any("[73c5da0a/48'/1'/0'/2']" in x for x in rows), rows)
r = run("look", save("deep.bsms", b"BSMS 1.0\n00\nm/84'/1'/0'/0/5\n"),
        "--json")
ok("the key of an address is never given away as a signer's",
   r.returncode == 2 and codes(lines(r)[0]) == ["file.range"], r)
end()
