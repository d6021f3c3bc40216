"""Files of Monero's offline signing: this program beside monero-wallet-rpc.

Files by tests/bench/monero_files.c, for a published wallet.  We: one run of
the program each, four processes from start to end: the file key, reading,
review, consent, signing, reading back.  The reference: its wallet with the
same words, running and open, without a daemon; import_outputs and
export_key_images, or sign_transfer, by the clock from outside and by the
processor time of its process.
"""
import json
import os
import shutil
import subprocess
import time

import monero_rig

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
RECORDS = [int(n) for n in
           os.environ.get("BENCH_RECORDS", "1 100 10000").split()]
SETS = ((1, 2), (2, 2), (11, 2), (100, 2), (1, 16), (2, 16))
HEAD = "%-32s %8s | %8s %8s | %8s %8s | %6s %6s" % (
    "Monero's files", "kB", "ms", "CPU ms", "wallet", "CPU ms", "x", "x CPU")
TICK = os.sysconf("SC_CLK_TCK")


def words():
    with open(os.path.join(ROOT, "tests/fixtures/monero/wallets.json")) as f:
        return json.load(f)["offline"]["seed"]


class Reference:
    """Monero's own wallet, with the spend key, offline"""

    def __init__(self, where, root):
        self.rig = monero_rig.Rig(where, root)
        self.rig.up_offline()
        self.name = subprocess.run(
            self.rig.argv("monero-wallet-rpc") + ["--version"], check=True,
            capture_output=True, text=True).stdout.strip()
        self.count = 0

    def fresh(self):
        self.count += 1
        self.rig.rpc("offline", "restore_deterministic_wallet",
                     filename="bench-%d" % self.count, seed=words(),
                     password="", restore_height=0, language="English")

    def cpu(self):
        with open("/proc/%d/stat" % self.rig.procs["offline"].pid) as f:
            s = f.read().rpartition(")")[2].split()
        return (int(s[11]) + int(s[12])) / TICK

    def time(self, runs, prepare, work):
        """the best run: (seconds by the clock, of the processor)"""
        best = []
        for _ in range(runs):
            prepare()
            cpu, t = self.cpu(), time.perf_counter()
            work()
            best.append((time.perf_counter() - t, self.cpu() - cpu))
        return min(b[0] for b in best), min(b[1] for b in best)

    def file_key(self):
        """an empty list, sealed: hardly more than the key of the file"""
        return self.time(5, self.fresh, lambda: self.rig.rpc(
            "offline", "export_outputs", all=True))

    def images(self, blob, runs):
        def work():
            got = self.rig.rpc("offline", "import_outputs",
                               outputs_data_hex=blob.hex())
            made = self.rig.rpc("offline", "export_key_images", all=True)
            if len(made["signed_key_images"]) != got["num_imported"]:
                raise RuntimeError("the wallet did not make all images")
        return self.time(runs, self.fresh, work)

    def sign(self, blob, runs):
        def work():
            got = self.rig.rpc("offline", "sign_transfer",
                               unsigned_txset=blob.hex())
            if len(got["tx_hash_list"]) != 1:
                raise RuntimeError("the wallet did not sign")
        self.fresh()
        return self.time(runs, lambda: None, work)

    def end(self):
        self.rig.down()


def line(name, size, ours, theirs):
    t = ["-", "-", "-", "-"]
    if theirs is not None:
        t = ["%.1f" % (1e3 * theirs[0]), "%.0f" % (1e3 * theirs[1]),
             "%.2f" % (ours[0] / theirs[0]), "%.2f" % (ours[1] / theirs[1])]
    print("%-32s %8s | %8.1f %8.1f | %8s %8s | %6s %6s" % (
        name, size, 1e3 * ours[0], 1e3 * ours[1], *t), flush=True)


class Bench:
    def __init__(self, program, maker, tmp, best, reference):
        self.program, self.maker, self.tmp = program, maker, tmp
        self.best, self.reference = best, reference
        self.words = os.path.join(tmp, "xmr-words")
        with open(self.words, "w") as f:
            f.write(words() + "\n")

    def ours(self, path, end, n):
        out = os.path.join(self.tmp, "out")

        def work():
            shutil.rmtree(out, ignore_errors=True)
            os.mkdir(out)
            subprocess.run([self.program, "sign", path, "-o", out, "--yes",
                            "--words", self.words, "--network", "regtest"],
                           check=True, stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL)
        t = self.best(work, n)
        if not [f for f in os.listdir(out) if f.endswith(end)]:
            raise SystemExit("bench: no answer to " + path)
        return t

    def row(self, name, end, n, *how):
        path = os.path.join(self.tmp, "file")
        subprocess.run([self.maker, *map(str, how), path], check=True)
        with open(path, "rb") as f:
            blob = f.read()
        theirs = None
        if self.reference is not None:
            work = (self.reference.sign if how[0] == "set" else
                    self.reference.images)
            theirs = work(blob, 3 if n <= 1000 else 1)
        line(name, "%.1f" % (len(blob) / 1e3), self.ours(path, end, n),
             theirs)

    def rows(self, file_key):
        print(HEAD)
        line("the file key alone", "-", (file_key, file_key),
             self.reference and self.reference.file_key())
        for n in RECORDS:
            self.row("key images of %d outputs" % n, "_keyImages", n,
                     "outputs", n)
        for a, b in SETS:
            self.row("signed: %d in, %d out" % (a, b), "_signed_monero_tx",
                     1000, "set", a, b)
