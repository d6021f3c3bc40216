"""The parts of the medium, taken out of it again with public tools."""
import hashlib
import os
import struct
import subprocess


def sections(pe):
    """(name, offset, bytes that count) of each section of a program."""
    at = struct.unpack_from("<I", pe, 0x3c)[0]
    n, optional = struct.unpack_from("<H12xH", pe, at + 6)
    for i in range(n):
        row = at + 24 + optional + 40 * i
        name = pe[row:row + 8].rstrip(b"\0").decode()
        size, _, raw, start = struct.unpack_from("<IIII", pe, row + 8)
        yield name, start, min(size, raw) if size else raw


def cpio(data):
    """(path, mode, body) of each entry of an archive in the newc format."""
    at = 0
    while data[at:at + 6] == b"070701":
        f = [int(data[at + 6 + 8 * i:at + 14 + 8 * i], 16) for i in range(13)]
        name = data[at + 110:at + 110 + f[11] - 1].decode()
        at += (110 + f[11] + 3) // 4 * 4
        if name == "TRAILER!!!":
            return
        yield "/" + name, f[1], data[at:at + f[6]]
        at += (f[6] + 3) // 4 * 4


def run(*command, data=None):
    return subprocess.run(command, check=True, input=data,
                          stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL).stdout


def sha(data):
    return hashlib.sha256(data).hexdigest()


def of(iso):
    """Name and digest of the medium, of each of its parts, and of each file
    of the system that it starts; in the order in which they hold each other.
    """
    import tempfile  # the build root has a smaller Python
    out = {}
    with open(iso, "rb") as f:
        out["medium"] = sha(f.read())
    with tempfile.TemporaryDirectory() as top:
        run("xorriso", "-osirrox", "on", "-indev", iso, "-extract", "/", top)
        boot = os.path.join(top, "boot/grub")
        with open(os.path.join(boot, "grub_eltorito"), "rb") as f:
            out["boot loader of BIOS"] = sha(f.read())
        efi = os.path.join(boot, "efi.img")
        program = run("mtype", "-i", efi, "::EFI/BOOT/BOOTX64.EFI")
        with open(efi, "rb") as f:
            out["EFI partition"] = sha(f.read())
        for d, _, names in sorted(os.walk(top)):
            for name in sorted(names):
                path = os.path.relpath(os.path.join(d, name), top)
                if not path.startswith("boot/grub/"):
                    with open(os.path.join(d, name), "rb") as f:
                        out["on the medium /" + path] = sha(f.read())
    out["program of UEFI"] = sha(program)
    part = {n: program[a:a + size] for n, a, size in sections(program)}
    out["kernel"] = sha(part[".linux"])
    out["initramfs"] = sha(part[".initrd"])
    try:
        archive = run("zstd", "-dcq", data=part[".initrd"])
    except subprocess.CalledProcessError:
        return out  # damaged: its digest says so
    for path, mode, body in cpio(archive):
        out["%06o %s" % (mode, path)] = sha(body)
    return out


def system(iso):
    """Mode of each file of the system that it starts, by path."""
    rows = [n.split(" ", 1) for n in of(iso) if " /" in n]
    return {path: int(mode, 8) for mode, path in rows if mode.isdigit()}
