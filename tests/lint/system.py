"""Only core/proc, core/clerk and core/keeper make system calls in the core."""
import house

PLAIN = {"stdarg.h", "stdbool.h", "stddef.h", "stdint.h", "stdio.h",
         "stdlib.h", "string.h", "limits.h", "inttypes.h"}
# A library belongs to the one area that wraps it.
LIBRARY = {"sodium.h": ("core/crypto/", "core/proc/"),
           "secp256k1.h": ("core/crypto/",),
           "secp256k1_extrakeys.h": ("core/crypto/",),
           "secp256k1_schnorrsig.h": ("core/crypto/",),
           "secp256k1_recovery.h": ("core/crypto/",),
           "utf8proc.h": ("core/keys/", "core/crypto/"),
           "seccomp.h": ("core/proc/",),
           "jansson.h": ("tui/",),
           "curses.h": ("tui/",),
           "term.h": ("tui/",),
           "valgrind/memcheck.h": ("core/base/secret.h",)}
SYSTEM = ("core/proc/", "core/clerk/", "core/keeper/", "media/", "tui/")
NETWORK = ("netinet/", "netdb.h", "arpa/", "net/", "linux/if", "sys/un.h")
SOCKETS = ("sys/socket.h",)


def wrong(path, inc):
    if inc in PLAIN:
        return None
    if inc in LIBRARY:
        return None if path.startswith(LIBRARY[inc]) else "a library's header"
    if inc.startswith(NETWORK):
        return "no part of this program speaks to a network"
    if inc in SOCKETS and not path.startswith("core/proc/"):
        return "channels are made in core/proc alone"
    if not path.startswith(SYSTEM):
        return "a system header"
    return None


def check(root, build):
    bad = []
    for path in house.files(root):
        for line, ours, inc in house.includes(house.read(root, path)):
            why = None if ours else wrong(path, inc)
            if why:
                bad.append("%s:%d: <%s>: %s" % (path, line, inc, why))
    return bad
