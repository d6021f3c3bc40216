"""What the objects and the linked program refer to, asked of nm."""
import os
import re
import subprocess

NEVER = """strcpy strcat sprintf vsprintf gets strtok alloca stpcpy
 __strcpy_chk __strcat_chk __sprintf_chk __vsprintf_chk scanf sscanf fscanf
 __isoc99_sscanf __isoc99_scanf __isoc23_sscanf
 rand srand rand_r random srandom random_r drand48 lrand48 mrand48
 arc4random arc4random_buf arc4random_uniform getentropy RAND_bytes
 RAND_priv_bytes gcry_randomize randombytes_buf randombytes_random
 randombytes_uniform randombytes randombytes_stir
 randombytes_sysrandom_implementation randombytes_internal_implementation
 initstate setstate initstate_r setstate_r srand48 seed48 erand48 nrand48
 jrand48 lcong48 drand48_r lrand48_r mrand48_r arc4random_stir
 getauxval uuid_generate
 system popen execl execlp execle execv execvp execvpe execve fexecve
 posix_spawn posix_spawnp dlopen dlmopen dlsym
 mktemp tmpnam tempnam connect bind listen accept accept4 socket
 getaddrinfo gethostbyname sendto recvfrom""".split()
# name -> the only objects that may refer to it
ONLY = {
    "getrandom": ("core/proc/random.o",),
    "randombytes_set_implementation": ("core/proc/begin.o",),
    "fork": ("core/proc/",), "vfork": (), "clone": (),
    "socketpair": ("core/proc/",), "sendmsg": ("core/proc/",),
    "recvmsg": ("core/proc/",), "send": ("core/proc/",),
    "recv": ("core/proc/",), "memfd_create": ("core/proc/",),
    "prctl": ("core/proc/",), "ptrace": (), "process_vm_readv": (),
    "seccomp_load": ("core/proc/sandbox.o",),
    "syscall": ("core/proc/", "media/mounter/"),
}
# What libsodium draws randomness for by itself.
DRAWS = re.compile(r"crypto_\w*(keypair|keygen|seal|init_push|random)")
# Files of the kernel's, and processors' instructions.
FILES = re.compile(rb"/dev/\w*(random|hwrng|tpm)|/proc/sys/kernel/random")
CODES = re.compile(r"\b(rdrand|rdseed|rdtscp?|rndrr?s?|cntvct_el0)\b")
# All that is linked with; each is known to be asked for no randomness.
NEEDED = """libsodium libsecp256k1 libseccomp libutf8proc libjansson
 libncursesw libtinfo libqrencode libudev libc ld-linux-x86-64
 ld-linux-aarch64 libgcov""".split()
# The engine below the processes refers to no system call at all.
CALLS = """open open64 openat openat64 read write pread pread64 pwrite
 pwrite64 close mmap mmap64 munmap mprotect ioctl fcntl fcntl64 poll ppoll
 select dup dup2 stat stat64 fstat fstat64 lstat unlink rename renameat2
 fopen fopen64 getenv secure_getenv setenv time gettimeofday clock_gettime
 gmtime_r localtime localtime_r printf puts putchar fprintf
 __printf_chk __fprintf_chk signal sigaction kill""".split()
SYSTEM = ("core/proc/", "core/clerk/", "core/keeper/", "media/", "tui/")


def nm(path, *flags):
    out = subprocess.run(["nm", *flags, path], check=True, text=True,
                         stdout=subprocess.PIPE).stdout
    return [line.split() for line in out.splitlines() if line.strip()]


def objects(build):
    for top in ("core", "media", "tui"):
        for d, _, names in os.walk(os.path.join(build, top)):
            for n in sorted(names):
                if n.endswith(".o"):
                    p = os.path.join(d, n)
                    yield p, os.path.relpath(p, build)


def wrong(name, obj):
    if name in NEVER or DRAWS.match(name):
        return "is never called here"
    if name in ONLY and not (ONLY[name] and obj.startswith(ONLY[name])):
        return "belongs to " + (" ".join(ONLY[name]) or "nobody")
    if name in CALLS and not obj.startswith(SYSTEM):
        return "is a system call or global state"
    return None


def instructions(path):
    """Randomness, or what stands for it, taken from the processor."""
    out = subprocess.run(["objdump", "-d", "--no-show-raw-insn", path],
                         check=True, text=True, stdout=subprocess.PIPE).stdout
    return sorted({m.group(1) for line in out.splitlines()
                   for m in [CODES.search(line)] if m})


def sources(path, where):
    """Second sources of randomness that nm does not name."""
    with open(path, "rb") as f:
        for m in FILES.finditer(f.read()):
            yield "%s: names %s" % (where, m.group(0).decode())
    for name in instructions(path):
        yield "%s: the instruction %s" % (where, name)


def program(path):
    """The linked file: bound now, its jail in, no second source."""
    bad = list(sources(path, "the program"))
    names = [re.sub(r"@.*", "", w[-1]) for w in nm(path)]
    dyn = [re.sub(r"@.*", "", w[-1]) for w in nm(path, "-D", "-u")]
    if "sandbox_is_off" in names:
        bad.append("the program has the sanitizers' sandbox: no jail")
    if "seccomp_load" not in dyn:
        bad.append("the program never loads a jail")
    if "getrandom" not in dyn:
        bad.append("the program has no getrandom")
    bad += ["the program refers to %s: %s" % (n, "never")
            for n in sorted(set(dyn)) if n in NEVER or DRAWS.match(n)]
    head = subprocess.run(["readelf", "-lhdW", path], check=True, text=True,
                          stdout=subprocess.PIPE).stdout
    for want, why in (("GNU_RELRO", "no relro"), ("NOW", "not bound now"),
                      ("DYN (", "not position independent")):
        if want not in head:
            bad.append("the program is linked with " + why)
    for lib in re.findall(r"\(NEEDED\).*\[(\S+?)\.so", head):
        if lib not in NEEDED:
            bad.append("the program is linked with " + lib)
    stack = re.search(r"GNU_STACK.*", head)
    if not stack or " RWE" in stack.group(0):
        bad.append("the program has an executable stack")
    return bad


def twice(path, obj, owner):
    """From an archive the linker takes the first of two, and says nothing."""
    for words in nm(path, "-g", "--defined-only"):
        name = words[-1]
        if name in owner and "sandbox" not in obj:
            yield "%s: %s is defined in %s, too" % (obj, name, owner[name])
        owner[name] = obj


def check(root, build):
    bad, seen, owner = [], 0, {}
    for path, obj in objects(build):
        seen += 1
        if os.path.exists(os.path.join(root, obj[:-2] + ".c")):
            bad += twice(path, obj, owner)
        for words in nm(path, "-u"):
            why = wrong(words[-1], obj)
            if why:
                bad.append("%s: %s %s" % (obj, words[-1], why))
        bad += sources(path, obj)
    if seen == 0:
        bad.append("no objects under " + build)
    main = os.path.join(build, "coldseal")
    if os.path.exists(main):
        bad += program(main)
    elif os.path.exists(os.path.join(root, "Makefile")):
        bad.append("no linked program at " + main)
    return bad
