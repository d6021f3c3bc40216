/*
 * sandbox.h - narrowing a process for good.
 *
 * Every role has a list of system calls; any other ends the process.  The
 * lists are tables in sandbox.c.  A build with sanitizers links sandbox_san.c
 * in its place: no option, variable or file weakens the installed program.
 *
 *	source	design, section 2; seccomp(2), libseccomp
 *	shapes	one call a role
 *	units	none
 *	owns	nothing
 *	errors	ERR_INTERNAL: the kernel would not; the caller must end
 *	secrets	none
 *	tests	tests/proc/jail_test.c, tests/proc/jail_work_test.c
 */
#ifndef CORE_PROC_SANDBOX_H
#define CORE_PROC_SANDBOX_H

#include "core/wire/table.h"

/* No core file, not dumpable, dies with the parent: before anything else. */
enum err sandbox_begin(enum role) must_check;
/* Standard input, output and error become null (/dev/null), which is closed:
 * for all but the front. */
enum err sandbox_detach(int null) must_check;
/* The jail itself, once everything is opened and initialised. */
enum err sandbox_narrow(enum role) must_check;
/* The mounter's where it mounts real devices: a list of its own. */
enum err sandbox_narrow_devices(void) must_check;
/* "seccomp" or "none: built with sanitizers", for the about screen. */
const char *sandbox_name(void);

#endif
