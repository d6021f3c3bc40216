"""Signers with a vault each, and the program run once for every step: what a
step knows of the one before is in a file alone."""
import json
import os
import subprocess
import tempfile

import keys

PASS = b"correct horse battery staple\n"


class Signers:
    """each name of keys.MNEMONICS has a vault of its own, made when asked
    for"""

    def __init__(self, program, tmp):
        self.program, self.tmp = program, tmp
        self.passphrase = self.write("passphrase", PASS)

    def write(self, name, data):
        path = os.path.join(self.tmp, name)
        with open(path, "wb") as f:
            f.write(data)
        return path

    def folder(self):
        return tempfile.mkdtemp(dir=self.tmp)

    def run(self, *args):
        r = subprocess.run([self.program, *args], capture_output=True,
                           timeout=300, stdin=subprocess.DEVNULL)
        return r.returncode, r.stdout.decode(), r.stderr.decode()

    def vault(self, who):
        path = os.path.join(self.tmp, who + ".vault")
        if not os.path.exists(path):
            words = self.write("words", keys.MNEMONICS[who[0]].encode())
            rc, out, err = self.run("vault", "create", path, "--words", words,
                                    "--cost", "19,2", "--passphrase",
                                    self.passphrase)
            os.remove(words)
            assert rc == 0, err
        return path

    def with_vault(self, who, *args):
        return self.run(*args, "--vault", self.vault(who), "--passphrase",
                        self.passphrase, "--network", "regtest")

    def look(self, who, *files, accept=""):
        """the pages, as JSON"""
        rc, out, err = self.with_vault(
            who, "look", *files, "--json", *(["--accept", accept] if accept
                                             else []))
        return [json.loads(x) for x in out.splitlines()]

    def register(self, who, *files, accept=""):
        """looked at in one run, agreed to by its digest in the next"""
        pages = self.look(who, *files, accept=accept)
        rc, out, err = self.run(
            "vault", "add", self.vault(who), *files, "--agree",
            ",".join(p["digest"] for p in pages), "--passphrase",
            self.passphrase, "--network", "regtest",
            *(["--accept", accept] if accept else []))
        return rc, pages, err

    def sign(self, who, path, *more, accept=""):
        """looked at in one run, signed in the next: page, answers"""
        pages = self.look(who, path)
        if not pages:
            return None, []
        out = self.folder()
        rc, text, err = self.with_vault(
            who, "sign", path, "--agree", pages[0]["digest"], "-o", out,
            *(["--accept", accept] if accept else []), *more)
        return pages[0], sorted(os.path.join(out, x) for x in os.listdir(out))

    def in_turn(self, who, path, accept=""):
        """one after the other, each signs what came of the one before"""
        pages, answers = [], [path]
        for w in who:
            page, answers = self.sign(w, answers[0], accept=accept)
            pages.append(page)
            if not answers:
                break
        return pages, answers


def codes(page):
    return [f["code"] for f in page["findings"]] if page else None
