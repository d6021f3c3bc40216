/*
 * house.h - a whole house for a test: the real keeper, clerk and mounter, and
 * a front that the test writes.
 *
 *	source	none
 *	shapes	house_run forks the parent; shared memory tells the outcome
 *	units	none
 *	owns	nothing
 *	errors	exit codes
 *	secrets	a published test mnemonic
 *	tests	itself
 */
#ifndef TESTS_PROC_HOUSE_H
#define TESTS_PROC_HOUSE_H

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/clerk/clerk.h"
#include "core/keeper/keeper.h"
#include "core/proc/memory.h"
#include "core/proc/parent.h"
#include "media/mounter/mounter.h"
#include "tui/engine.h"

#define HOUSE_WORDS "abandon abandon abandon abandon abandon abandon "	\
	"abandon abandon abandon abandon abandon about"

/* What the front's script gets; sticks may be named before house_run. */
struct house_arg {
	void			(*script)(struct engine *, void *shared);
	void			*shared;
	struct mounter_args	 sticks;
};

static inline int
house_front(struct channel *keeper, struct channel *clerk,
    struct channel *mounter, struct channel *parent, void *arg)
{
	struct house_arg *a = arg;
	struct engine *en;
	struct fault f = { 0 };
	struct fpr fpr;

	if (engine_new(keeper, clerk, mounter, parent, &en) != 0 ||
	    engine_unlock(en, span_text(HOUSE_WORDS), span_text(""),
	    &fpr, &f) != 0)
		return 77;
	a->script(en, a->shared);
	engine_end(en);
	return 0;
}

static inline int
house_mounter(struct channel *front, void *arg)
{
	return mounter_run(front, &((struct house_arg *)arg)->sticks);
}

/* The exit code of the whole house. */
static inline int
house_run(struct house_arg *arg)
{
	const struct house house = { .keeper = keeper_run,
	    .clerk = clerk_run, .front = house_front,
	    .mounter = house_mounter, .arg = arg };
	int status = 0;
	pid_t pid = fork();

	if (pid == 0)
		_exit(parent_run(&house));
	if (pid < 0 || waitpid(pid, &status, 0) != pid || !WIFEXITED(status))
		return -1;
	return WEXITSTATUS(status);
}

static inline void *
house_shared(size_t n)
{
	void *p = mmap(NULL, n, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	return p == MAP_FAILED ? NULL : p;
}

/* A sealed memfd with these bytes, or -1. */
static inline int
house_file(struct span bytes)
{
	int fd;

	if (memfd_new("file", &fd) != 0)
		return -1;
	return memfd_write(fd, bytes) == 0 && memfd_seal(fd) == 0 ? fd : -1;
}

/* The same of a fixture, or -1. */
static inline int
house_fixture(const char *name)
{
	const char *dir = getenv("COLDSEAL_FIXTURES");
	static uint8_t bytes[4 << 20];
	char path[1024];
	FILE *f;
	size_t n;

	(void)snprintf(path, sizeof(path), "%s/%s", dir != NULL ? dir :
	    "tests/fixtures", name);
	if ((f = fopen(path, "rb")) == NULL)
		return -1;
	n = fread(bytes, 1, sizeof(bytes), f);
	(void)fclose(f);
	return house_file(span_of(bytes, n));
}

#endif
