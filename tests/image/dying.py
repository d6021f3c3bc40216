"""Each process of the machine is ended by force while a key is open: what is
left is a wiped, halted machine with a sentence on its screen, and no shell."""
import harm
import memory
import owner

COLDSEAL, UDEVD = "/usr/bin/coldseal", "/usr/bin/udevadm"


def plug(m, image):
    m.plug(image)


def lock(m, image):
    m.press("l")


def look(m, image):
    m.press("v")


# Process, program, a function that it alone calls, and what makes it do so.
CASES = (
    ("keeper", COLDSEAL, "keeper_on_pubkeys", look),
    ("clerk", COLDSEAL, "clerk_on_open", plug),
    ("mounter", COLDSEAL, "device_mount", plug),
    ("front", COLDSEAL, "flow_addresses", look),
    ("parent", COLDSEAL, "children_new_clerk", lock),
    ("udevd", UDEVD, None, plug),
)


def opened(name):
    return owner.start("dying-" + name, mem=memory.MEM, gdb=True)


def halted(m, name):
    """What the owner sees, may press, and leaves behind."""
    m.wait("Its memory was wiped and nothing runs any more", 60)
    m.picture("halted")
    said = m.show()
    memory.none(m, name + " ended")
    m.press("ret", "ctrl+c", "esc", "alt+f2", "ctrl+alt+f2", "q")
    m.type("ls")
    m.look()
    assert m.show() == said, "something answers:\n" + m.show()
    m.ask("system_powerdown")
    assert m.wait_off() == "guest-shutdown", m.ended
    memory.none(m, name + " ended, and off")


def one(name, program, function, then):
    image = memory.stick()
    m = opened(name)
    try:
        memory.enter(m)
        harm.harm(m, program, function)
        then(m, image)
        if m.see("Coldseal has to stop|was wiped and nothing runs"):
            m.picture("stopped")
        m.press("ret")
        halted(m, name)
    finally:
        m.close()


def first_process():
    """It cannot be outlived: the kernel restarts the machine at once."""
    m = opened("init")
    try:
        memory.enter(m)
        harm.harm(m, "/init")
        m.press("ctrl+alt+delete")
        why = m.wait_off()
        there = memory.found(m)
        print("# first process ended: %s; in memory until it is cleared: %s"
              % (why, ", ".join(sorted(there)) or "nothing"))
        assert why == "guest-reset", why
    finally:
        m.close()


def named(case):
    def test():
        one(*case)
    test.__name__ = case[0] + "_ends"
    return test


TESTS = [*map(named, CASES), first_process]
