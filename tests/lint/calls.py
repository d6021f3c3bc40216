"""Calls that a compiler may turn into something nm does not see."""
import re

import house

NEVER = re.compile(r"\b(strcpy|strcat|sprintf|vsprintf|gets|strtok|alloca|"
                   r"__builtin_alloca|rand|srand|random|srandom|atoi|atol|"
                   r"setjmp|longjmp)\s*\(")
# Bytes that may be secret are compared in constant time.
RANDOM = re.compile(r"\b(SYS_getrandom|__NR_getrandom|AT_RANDOM|"
                    r"__builtin_ia32_rd\w+|_rd(?:rand|seed)\w*|"
                    r"GRND_NONBLOCK|GRND_INSECURE)\b")
SECRET = re.compile(r"\b(memcmp|span_eq)\s*\([^;]*\b(seed|secret|priv|xprv|"
                    r"entropy|passphrase)\w*")


def check(root, build):
    bad = []
    for path in house.files(root, house.HOUSE + house.IMAGE):
        text = house.code(house.read(root, path))
        for i, line in enumerate(text.split("\n"), 1):
            m = NEVER.search(line)
            if m:
                bad.append("%s:%d: %s" % (path, i, m.group(1)))
            m = RANDOM.search(line)
            if m:
                bad.append("%s:%d: a second source of randomness: %s" %
                           (path, i, m.group(1)))
            if SECRET.search(line):
                bad.append("%s:%d: a secret compared in variable time" %
                           (path, i))
    return bad
