#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/proc/memory.h"

#define SEALS (F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL)

#define NOEXEC_SEAL 0x0008U	/* MFD_NOEXEC_SEAL: Linux 6.3, newer headers */

enum err
memfd_new(const char *name, int *out)
{
	unsigned flags = MFD_CLOEXEC | MFD_ALLOW_SEALING;
	int fd = memfd_create(name, flags | NOEXEC_SEAL);

	if (fd < 0 && errno == EINVAL)
		fd = memfd_create(name, flags);
	if (fd < 0)
		return ERR_SPACE;
	*out = fd;
	return 0;
}

enum err
memfd_seal(int fd)
{
	return fcntl(fd, F_ADD_SEALS, SEALS) == 0 ? ERR_NONE : ERR_IO;
}

enum err
memfd_map(int fd, struct span *out)
{
	struct stat st;
	void *p;
	int seals = fcntl(fd, F_GET_SEALS);

	if (seals < 0 || (seals & SEALS) != SEALS)
		return ERR_FORM;
	if (fstat(fd, &st) != 0)
		return ERR_IO;
	*out = (struct span){ NULL, 0 };
	if (st.st_size == 0)
		return 0;
	/* Private: before Linux 6.7 a shared mapping of a sealed file was
	 * refused even when it was for reading. */
	p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (p == MAP_FAILED)
		return ERR_SPACE;
	*out = span_of(p, (size_t)st.st_size);
	return 0;
}

void
memfd_unmap(struct span s)
{
	if (s.n > 0)
		(void)munmap((void *)(uintptr_t)s.p, s.n);
}

enum err
memfd_write(int fd, struct span s)
{
	return memfd_write_at(fd, 0, s);
}

enum err
memfd_write_at(int fd, size_t from, struct span s)
{
	size_t at = 0;

	while (at < s.n) {
		ssize_t n = pwrite(fd, s.p + at, s.n - at,
		    (off_t)(from + at));

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return ERR_IO;
		at += (size_t)n;
	}
	return 0;
}

enum err
arena_map(struct arena *a, size_t size)
{
	void *p = mmap(NULL, size, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (p == MAP_FAILED)
		return ERR_SPACE;
	(void)madvise(p, size, MADV_DONTDUMP);
	(void)madvise(p, size, MADV_WIPEONFORK);
	*a = (struct arena){ .base = p, .size = size };
	return 0;
}

/* sodium_malloc() locks where it can and says nothing where it cannot. */
void *
secret_new(size_t n)
{
	void *p = sodium_malloc(n);

	if (p != NULL && sodium_mlock(p, n) != 0) {
		sodium_free(p);
		p = NULL;
	}
	return p;
}

void
secret_free(void *p)
{
	sodium_free(p);
}

/* Before anything was started: can the keeper lock what it will need? */
enum err
secret_room(size_t n)
{
	void *p = mmap(NULL, n, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	bool fits;

	if (p == MAP_FAILED)
		return ERR_SPACE;
	fits = mlock(p, n) == 0;
	(void)munmap(p, n);
	return fits ? ERR_NONE : ERR_SPACE;
}
