/*
 * Tries for everything that could talk, as root and before anything else
 * runs, and writes down what came of it:
 *
 *	coldseal-airgap-1
 *	ok|bad <tab> what was tried <tab> what came of it
 *	end <tab> lines between
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "live-build/init/airgap_table.h"
#include "live-build/init/init.h"

struct report {
	FILE	*f;
	size_t	 lines;
};

static void
row(struct report *r, bool ok, const char *what, const char *outcome)
{
	(void)fprintf(r->f, "%s\t%s\t%s\n", ok ? "ok" : "bad", what, outcome);
	r->lines++;
}

/* Any type that can be made will do. */
static bool
family_there(int family)
{
	static const int types[] = { SOCK_STREAM, SOCK_DGRAM, SOCK_RAW,
	    SOCK_SEQPACKET, SOCK_RDM, SOCK_PACKET };
	size_t i;
	int fd;

	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		if ((fd = socket(family, types[i] | SOCK_CLOEXEC, 0)) >= 0) {
			(void)close(fd);
			return true;
		}
		if (errno != EAFNOSUPPORT)
			return true;
	}
	return false;
}

static const char *
family_name(int family)
{
	size_t i;

	for (i = 0; i < airgap_families; i++)
		if (airgap_family[i].number == family)
			return airgap_family[i].name;
	return NULL;
}

/* All numbers there could be, not only those that have a name yet. */
static void
try_families(struct report *r)
{
	char what[64];
	const char *name;
	bool there, ours;
	int i;

	for (i = 0; i < AIRGAP_FAMILY_END; i++) {
		name = family_name(i);
		ours = i == AF_UNIX || i == AF_NETLINK;
		there = family_there(i);
		if (name == NULL && !there)
			continue;
		(void)snprintf(what, sizeof(what), "socket family %d, %s", i,
		    name != NULL ? name : "unnamed");
		row(r, there == ours, what, !there ? "does not exist" :
		    ours ? "inside this machine only" : "EXISTS");
	}
}

/* Entries of a directory but this one; -1 where it does not exist. */
static int
entries(const char *path, const char *but)
{
	DIR *d = opendir(path);
	const struct dirent *e;
	int n = 0;

	if (d == NULL)
		return -1;
	while ((e = readdir(d)) != NULL)
		if (e->d_name[0] != '.' &&
		    (but == NULL || strcmp(e->d_name, but) != 0))
			n++;
	(void)closedir(d);
	return n;
}

static void
try_devices(struct report *r)
{
	size_t i;
	int n;

	for (i = 0; i < airgap_places; i++) {
		n = entries(airgap_place[i].path, airgap_place[i].but);
		row(r, n <= 0, airgap_place[i].what, n > 0 ? "FOUND" :
		    n < 0 ? "no such kind of device" : "none");
	}
	for (i = 0; i < airgap_files; i++)
		row(r, access(airgap_file[i], F_OK) != 0, airgap_file[i],
		    access(airgap_file[i], F_OK) != 0 ? "does not exist" :
		    "EXISTS");
	for (i = 0; i < airgap_calls; i++) {
		errno = 0;
		(void)syscall(airgap_call[i].number, 0, 0, 0, 0, 0);
		row(r, errno == ENOSYS, airgap_call[i].what,
		    errno == ENOSYS ? "does not exist" : "EXISTS");
	}
}

/* Every disk that the kernel sees must hang on USB. */
static void
try_disks(struct report *r)
{
	DIR *d = opendir("/sys/block");
	const struct dirent *e;
	int usb = 0, other = 0;
	char path[512];
	char text[64];
	ssize_t n;

	while (d != NULL && (e = readdir(d)) != NULL) {
		if (e->d_name[0] == '.')
			continue;
		n = readlinkat(dirfd(d), e->d_name, path, sizeof(path) - 1);
		path[n > 0 ? n : 0] = '\0';
		if (strstr(path, "/usb") != NULL)
			usb++;
		else
			other++;
	}
	if (d != NULL)
		(void)closedir(d);
	(void)snprintf(text, sizeof(text), "%d on USB, %d FOUND elsewhere",
	    usb, other);
	if (other == 0)
		(void)snprintf(text, sizeof(text), "%d on USB, none elsewhere",
		    usb);
	row(r, other == 0 && d != NULL, "disks that are not on USB", text);
}

/* The class of a PCI device as a number, 0 where it cannot be read. */
static unsigned
pci_class(int bus, const char *name)
{
	char path[300], text[16] = "";
	unsigned class = 0;
	int fd;

	(void)snprintf(path, sizeof(path), "%s/class", name);
	fd = openat(bus, path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return 0;
	if (read(fd, text, sizeof(text) - 1) > 0)
		(void)sscanf(text, "%x", &class);
	(void)close(fd);
	return class;
}

/* Cards that are there and that no driver of this kernel takes. */
static void
try_cards(struct report *r)
{
	DIR *d = opendir("/sys/bus/pci/devices");
	const struct dirent *e;
	char path[300], text[64];
	int cards = 0, driven = 0;

	while (d != NULL && (e = readdir(d)) != NULL) {
		unsigned class = e->d_name[0] == '.' ? 0 :
		    pci_class(dirfd(d), e->d_name);

		/* Disks, networks, radios, slots for memory cards. */
		if (class >> 16 != 0x01 && class >> 16 != 0x02 &&
		    class >> 16 != 0x0d && class >> 8 != 0x0805)
			continue;
		cards++;
		(void)snprintf(path, sizeof(path), "%s/driver", e->d_name);
		if (faccessat(dirfd(d), path, F_OK, 0) == 0)
			driven++;
	}
	if (d != NULL)
		(void)closedir(d);
	(void)snprintf(text, sizeof(text), driven > 0 ?
	    "%d in this machine, %d DRIVEN" :
	    "%d in this machine, driven by nothing", cards, driven);
	row(r, driven == 0, "network, radio and disk controllers", text);
}

int
report_write(const char *path)
{
	struct report r = { .f = fopen(path, "wxe") };

	if (r.f == NULL)
		return -1;
	(void)fputs("coldseal-airgap-1\n", r.f);
	try_families(&r);
	try_devices(&r);
	try_disks(&r);
	try_cards(&r);
	(void)fprintf(r.f, "end\t%zu\n", r.lines);
	return fclose(r.f) == 0 && chmod(path, 0444) == 0 ? 0 : -1;
}
