"""Monero's own daemon and wallets on a private regtest chain, loopback only.

Roles: the daemon; an online wallet with the view key alone; a peer, who pays
and is paid.  All state lives in one directory; ports are picked at run time;
only processes started here are ever ended.  Programs come from an unpacked
Debian tree (peers.py), run by that tree's own loader and libraries.
"""
import glob
import http.client
import json
import os
import signal
import socket
import subprocess
import time

COIN = 10 ** 12
ROLES = ("online", "peer")


class RpcError(Exception):
    def __init__(self, method, err):
        super().__init__("%s: %s" % (method, err))
        self.err = err


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Rig:
    def __init__(self, where, root):
        self.dir, self.root = os.path.abspath(where), root
        self.procs, self.ports, self.addr = {}, {}, {}

    def argv(self, prog):
        lib = [os.path.join(self.root, d) for d in
               ("usr/lib/x86_64-linux-gnu", "usr/lib/aarch64-linux-gnu",
                "usr/lib")]
        ld = [x for d in lib + [os.path.join(self.root, "usr/lib64")]
              for x in glob.glob(os.path.join(d, "ld-linux-*.so.*"))]
        exe = os.path.join(self.root, "usr/bin", prog)
        if not os.path.exists(exe) or not ld:
            raise RuntimeError("no %s under %s" % (prog, self.root))
        return [ld[0], "--library-path", ":".join(lib), exe]

    @staticmethod
    def optional(argv, *opts):
        r = subprocess.run(argv + ["--help"], stdin=subprocess.DEVNULL,
                           stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                           text=True, errors="replace")
        return [o for o in opts if o in r.stdout]

    def spawn(self, name, args):
        with open(os.path.join(self.dir, name + ".out"), "ab") as log:
            self.procs[name] = subprocess.Popen(
                args, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                cwd=self.dir, env=dict(os.environ, HOME=self.dir),
                start_new_session=True)

    def post(self, port, path, body, timeout=600):
        c = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
        try:
            c.request("POST", path, json.dumps(body),
                      {"Content-Type": "application/json"})
            return json.loads(c.getresponse().read().decode("utf-8",
                                                            "replace"))
        finally:
            c.close()

    def rpc(self, role, method, timeout=600, **params):
        r = self.post(self.ports[role], "/json_rpc",
                      {"jsonrpc": "2.0", "id": "0", "method": method,
                       "params": params}, timeout)
        if "error" in r:
            raise RpcError(method, r["error"])
        return r["result"]

    def wait(self, role, method, secs=90):
        end = time.time() + secs
        while True:
            try:
                return self.rpc(role, method, timeout=10)
            except RpcError:
                return None
            except (OSError, ValueError, http.client.HTTPException):
                if self.procs[role].poll() is not None:
                    raise RuntimeError(role + " died")
                if time.time() > end:
                    raise RuntimeError(role + " did not come up")
                time.sleep(0.2)

    def daemon_options(self):
        return ["--daemon-address", "127.0.0.1:%d" % self.ports["daemon"],
                "--trusted-daemon", "--daemon-ssl", "disabled"]

    def wallet(self, role, *more):
        exe = self.argv("monero-wallet-rpc")
        self.spawn(role, exe + self.optional(
            exe, "--allow-mismatched-daemon-version", "--no-initial-sync") + [
            "--wallet-dir", os.path.join(self.dir, "wallets"),
            "--rpc-bind-ip", "127.0.0.1",
            "--rpc-bind-port", str(self.ports[role]),
            "--disable-rpc-login", "--rpc-ssl", "disabled", "--no-dns",
            "--log-level", "0",
            "--log-file", os.path.join(self.dir, role + ".log"),
            "--shared-ringdb-dir",
            os.path.join(self.dir, "ringdb-" + role), *more])

    def up_offline(self):
        """one wallet, and nothing to talk to"""
        os.makedirs(os.path.join(self.dir, "wallets"), exist_ok=True)
        self.ports = {"offline": free_port()}
        self.wallet("offline", "--offline")
        self.wait("offline", "get_version")

    def up(self, address, view_key, peer_seed):
        """daemon and wallets; the online one is made of what it was told"""
        os.makedirs(os.path.join(self.dir, "wallets"), exist_ok=True)
        self.ports = {r: free_port() for r in ("daemon", "p2p") + ROLES}
        self.spawn("daemon", self.argv("monerod") + [
            "--regtest", "--offline", "--fixed-difficulty", "1", "--no-igd",
            "--no-zmq", "--p2p-bind-ip", "127.0.0.1",
            "--p2p-bind-port", str(self.ports["p2p"]),
            "--rpc-bind-ip", "127.0.0.1",
            "--rpc-bind-port", str(self.ports["daemon"]),
            "--rpc-ssl", "disabled", "--non-interactive",
            "--disable-dns-checkpoints", "--check-updates", "disabled",
            "--data-dir", os.path.join(self.dir, "chain"),
            "--log-level", "0", "--max-concurrency", "2"])
        for role in ROLES:
            self.wallet(role, *self.daemon_options())
        self.wait("daemon", "get_info")
        for role in ROLES:
            self.wait(role, "get_version")
        self.rpc("online", "generate_from_keys", filename="online",
                 address=address, viewkey=view_key, password="",
                 restore_height=0)
        r = self.rpc("peer", "restore_deterministic_wallet", filename="peer",
                     seed=peer_seed, password="", restore_height=0,
                     language="English")
        self.addr = {"online": address, "peer": r["address"]}

    def down(self):
        for p in self.procs.values():
            p.send_signal(signal.SIGTERM)
        for p in self.procs.values():
            try:
                p.wait(15)
            except subprocess.TimeoutExpired:
                p.kill()
                p.wait()
        self.procs = {}

    def mine(self, n, to="peer"):
        while n > 0:
            k = min(20, n)
            self.rpc("daemon", "generateblocks", amount_of_blocks=k,
                     wallet_address=self.addr.get(to, to), starting_nonce=0)
            n -= k
        for role in ROLES:
            self.rpc(role, "refresh")

    def pay(self, dests, blocks=11):
        """from the peer, mined and unlocked"""
        self.rpc("peer", "transfer_split", destinations=[
            {"address": a, "amount": v} for a, v in dests])
        self.mine(blocks)

    def version(self, role):
        v = self.rpc(role, "get_version")["version"]
        return "%d.%d" % (v >> 16, v & 0xffff)

    def restored(self, name, seed):
        """the first address of a seed, told by the peer's own program"""
        try:
            return self.rpc("peer", "restore_deterministic_wallet",
                            filename=name, seed=seed, password="",
                            restore_height=0, language="English")["address"]
        finally:
            self.rpc("peer", "open_wallet", filename="peer", password="")

    def outputs(self, everything=True):
        return bytes.fromhex(self.rpc("online", "export_outputs",
                                      all=everything)["outputs_data_hex"])

    def import_key_images(self, path):
        """as a file, which the command line wallet alone takes"""
        self.rpc("online", "close_wallet")
        try:
            exe = self.argv("monero-wallet-cli")
            p = subprocess.run(
                exe + self.optional(exe, "--allow-mismatched-daemon-version")
                + ["--wallet-file",
                   os.path.join(self.dir, "wallets", "online"),
                   "--password", "", "--no-dns", "--log-level", "0",
                   "--log-file", os.path.join(self.dir, "cli.log"),
                   "--shared-ringdb-dir",
                   os.path.join(self.dir, "ringdb-online")] +
                self.daemon_options() +
                ["--command", "import_key_images", path],
                input="", text=True, stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT, cwd=self.dir, timeout=300,
                env=dict(os.environ, HOME=self.dir))
        finally:
            self.rpc("online", "open_wallet", filename="online", password="")
        return "Signed key images imported to height" in p.stdout, p.stdout

    def unsigned(self, dests, method="transfer_split", **kw):
        kw.setdefault("priority", 1)
        if dests is not None:
            kw["destinations"] = [{"address": a, "amount": v}
                                  for a, v in dests]
        r = self.rpc("online", method, **kw)
        return bytes.fromhex(r["unsigned_txset"])

    def submit(self, blob):
        """the online wallet broadcasts; ids of what stands in blocks then"""
        ids = self.rpc("online", "submit_transfer",
                       tx_data_hex=blob.hex())["tx_hash_list"]
        for _ in range(6):
            self.mine(1)
            r = self.post(self.ports["daemon"], "/get_transactions",
                          {"txs_hashes": ids})
            mined = [t["tx_hash"] for t in r.get("txs", [])
                     if not t.get("in_pool")]
            if len(mined) == len(ids):
                break
        return ids, mined

    def received(self, role, ids):
        got = self.rpc(role, "get_transfers", **{"in": True, "all_accounts":
                                                 True}).get("in", [])
        return sum(t["amount"] for t in got if t["txid"] in ids)
