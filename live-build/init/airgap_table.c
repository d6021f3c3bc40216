#include <sys/syscall.h>

#include "live-build/init/airgap_table.h"

#define COUNT(t) (sizeof(t) / sizeof((t)[0]))

/* By number: the C library's header may be older than the kernel. */
const struct airgap_family airgap_family[] = {
	{ 1, "unix" }, { 2, "IPv4" }, { 3, "AX.25" }, { 4, "IPX" },
	{ 5, "AppleTalk" }, { 6, "NET/ROM" }, { 7, "bridge" },
	{ 8, "ATM" }, { 9, "X.25" }, { 10, "IPv6" }, { 11, "ROSE" },
	{ 12, "DECnet" }, { 13, "802.2LLC project" }, { 14, "security" },
	{ 15, "key" }, { 16, "netlink" }, { 17, "packet" }, { 18, "Ash" },
	{ 19, "Econet" }, { 20, "ATM SVC" }, { 21, "RDS" }, { 22, "SNA" },
	{ 23, "IrDA" }, { 24, "PPPoX" }, { 25, "Wanpipe" }, { 26, "LLC" },
	{ 27, "InfiniBand" }, { 28, "MPLS" }, { 29, "CAN" }, { 30, "TIPC" },
	{ 31, "Bluetooth" }, { 32, "IUCV" }, { 33, "RxRPC" },
	{ 34, "mISDN" }, { 35, "Phonet" }, { 36, "IEEE 802.15.4" },
	{ 37, "CAIF" }, { 38, "crypto" }, { 39, "NFC" }, { 40, "vsock" },
	{ 41, "KCM" }, { 42, "Qualcomm router" }, { 43, "SMC" },
	{ 44, "XDP" }, { 45, "MCTP" },
};
const size_t airgap_families = COUNT(airgap_family);

const struct airgap_place airgap_place[] = {
	{ "/sys/class/net", "lo", "network devices" },
	{ "/sys/class/ieee80211", NULL, "wireless network devices" },
	{ "/sys/class/bluetooth", NULL, "bluetooth devices" },
	{ "/sys/class/rfkill", NULL, "radio switches" },
	{ "/sys/class/nfc", NULL, "near-field devices" },
	{ "/sys/class/wwan", NULL, "mobile network devices" },
	{ "/sys/class/infiniband", NULL, "InfiniBand devices" },
	{ "/sys/class/phy", NULL, "network line drivers" },
	{ "/sys/class/mdio_bus", NULL, "network line buses" },
	{ "/sys/class/ptp", NULL, "network clocks" },
	{ "/sys/class/ieee802154", NULL, "IEEE 802.15.4 devices" },
	{ "/sys/class/atm", NULL, "ATM devices" },
	{ "/sys/class/sound", NULL, "sound devices" },
	{ "/sys/class/video4linux", NULL, "cameras" },
	{ "/sys/class/nvme", NULL, "NVMe disks" },
	{ "/sys/class/ata_port", NULL, "ATA ports" },
	{ "/sys/class/mmc_host", NULL, "memory card slots" },
	{ "/sys/bus/thunderbolt/devices", NULL, "Thunderbolt devices" },
	{ "/sys/bus/firewire/devices", NULL, "FireWire devices" },
	{ "/sys/bus/virtio/devices", NULL, "devices of a virtual machine" },
	{ "/sys/bus/sdio/devices", NULL, "SDIO devices" },
	{ "/sys/module/usbserial", NULL, "serial ports on USB" },
	{ "/sys/firmware/efi/efivars", NULL, "variables of the firmware" },
	{ "/sys/bus/usb-serial/devices", NULL, "serial devices on USB" },
};
const size_t airgap_places = COUNT(airgap_place);

const char *const airgap_file[] = {
	"/proc/net/tcp", "/proc/net/udp", "/proc/net/arp", "/proc/net/route",
	"/proc/net/packet", "/proc/net/wireless", "/proc/modules",
	"/proc/kcore", "/proc/kallsyms", "/proc/config.gz", "/dev/mem",
	"/dev/kmem", "/dev/port", "/dev/ttyS0", "/dev/net", "/dev/vhci",
	"/dev/uinput", "/dev/uhid", "/dev/fuse", "/dev/loop-control",
	"/sys/kernel/debug/tracing",
};
const size_t airgap_files = COUNT(airgap_file);

const struct airgap_call airgap_call[] = {
	{ SYS_init_module, "call init_module: load code into the kernel" },
	{ SYS_finit_module, "call finit_module: the same from a file" },
	{ SYS_kexec_load, "call kexec_load: start another kernel" },
	{ SYS_kexec_file_load, "call kexec_file_load: the same" },
	{ SYS_bpf, "call bpf: run code in the kernel" },
	{ SYS_io_uring_setup, "call io_uring_setup: work in the kernel" },
	{ SYS_userfaultfd, "call userfaultfd: hold up the kernel" },
	{ SYS_iopl, "call iopl: reach devices' ports" },
	{ SYS_ioperm, "call ioperm: the same" },
	{ SYS_modify_ldt, "call modify_ldt: segments of 16 bits" },
	{ SYS_swapon, "call swapon: memory on a disk" },
};
const size_t airgap_calls = COUNT(airgap_call);
