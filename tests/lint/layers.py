"""Who may include whom: a directory itself and those of a lower rank."""
import house

RANK = {"core/base": 0, "core/crypto": 1, "core/encode": 2, "core/keys": 3,
        "core/review": 4, "core/job": 5, "core/wire": 5, "core/proc": 5,
        "core/chain": 6, "core/vault": 6, "core/clerk": 7, "core/keeper": 7}
# The front room cannot name a key or a transaction.
FRONT = ("core/base/", "core/wire/", "core/proc/", "core/review/page.h")
PEERS = {"media": ("media/",), "tui": ("tui/", "media/")}
# The four processes are named in one file; the keeper reads no file format.
MAIN = "tui/main.c"
NO_PARSER = ("core/chain/", "core/job/")


def chain(path):
    part = path.split("/")
    return part[2] if part[:2] == ["core", "chain"] else None


def wrong(path, inc):
    here = house.area(path)
    there = house.area(inc)
    if path == MAIN:
        return None
    if here in PEERS:
        if inc.startswith(FRONT + PEERS[here]):
            return None
        return "%s may not include %s" % (here, inc)
    if here not in RANK or there not in RANK:
        return "unknown layer: %s in %s" % (there, here)
    if RANK[there] > RANK[here]:
        return "%s may not include %s" % (here, there)
    if RANK[there] == RANK[here] and here != there and RANK[here] == 7:
        return "the clerk and the keeper may not include each other"
    if there == "core/vault" and here not in ("core/vault", "core/keeper"):
        return "the vault is the keeper's alone: %s includes %s" % (path, inc)
    if here == "core/keeper" and inc.startswith(NO_PARSER):
        return "the keeper may not include a parser: " + inc
    if chain(inc) and chain(path) and chain(inc) != chain(path):
        return "a chain may not include another: " + inc
    return None


def check(root, build):
    bad, curses = [], []
    for path in house.files(root):
        for line, ours, inc in house.includes(house.read(root, path)):
            if not ours:
                if "curses" in inc:
                    curses.append(path)
                continue
            why = wrong(path, inc)
            if why:
                bad.append("%s:%d: %s" % (path, line, why))
    if len(set(curses)) > 1:
        bad.append("curses is included by more than one file: "
                   + " ".join(sorted(set(curses))))
    return bad
