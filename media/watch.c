#include <errno.h>
#include <libudev.h>
#include <stdint.h>
#include <unistd.h>

#include "media/watch.h"

enum err
watch_begin(struct watch *w)
{
	*w = (struct watch){ .fd = -1 };
	if ((w->udev = udev_new()) != NULL)
		w->monitor = udev_monitor_new_from_netlink(w->udev, "udev");
	if (w->monitor == NULL ||
	    udev_monitor_filter_add_match_subsystem_devtype(w->monitor,
	    "block", NULL) < 0 ||
	    udev_monitor_enable_receiving(w->monitor) < 0) {
		watch_end(w);
		return ERR_IO;
	}
	w->fd = udev_monitor_get_fd(w->monitor);
	return 0;
}

void
watch_end(struct watch *w)
{
	if (w->monitor != NULL)
		(void)udev_monitor_unref(w->monitor);
	if (w->udev != NULL)
		(void)udev_unref(w->udev);
	*w = (struct watch){ .fd = -1 };
}

/* That something was said is enough: what, is read from the kernel.  So no
 * message is ever parsed by a process that may mount. */
void
watch_take(struct watch *w)
{
	uint8_t byte;

	while (read(w->fd, &byte, sizeof(byte)) >= 0 || errno == EINTR ||
	    errno == ENOBUFS)
		continue;
}
