#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "media/save_calls.h"

static int
real_create(int dir, const char *name, int flags, mode_t mode)
{
	return openat(dir, name, flags, mode);
}

static int
real_open(int dir, const char *name, int flags)
{
	return openat(dir, name, flags);
}

static int
real_forget(int fd)
{
	return posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
}

const struct save_calls save_calls_real = {
	.fstatvfs = fstatvfs,
	.create = real_create,
	.write = write,
	.fsync = fsync,
	.forget = real_forget,
	.close = close,
	.renameat2 = renameat2,
	.linkat = linkat,
	.fstatat = fstatat,
	.renameat = renameat,
	.open = real_open,
	.fstat = fstat,
	.read = read,
	.unlinkat = unlinkat,
	.edit = real_open,
	.lseek = lseek,
};
