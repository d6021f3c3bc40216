/*
 * users.h - five users for five processes, where root starts them.
 *
 * On the live image nobody else is there to start the program.  The parent
 * keeps what it needs to start a fresh clerk and to end the others; each of
 * the others is a user of its own and can do nothing that a user cannot.
 *
 *	source	setresuid(2), capabilities(7)
 *	shapes	user and group are the first number plus the role
 *	units	none
 *	owns	nothing
 *	errors	ERR_INTERNAL: the kernel would not; the caller must end
 *	secrets	none
 *	tests	tests/proc/users_test.c
 */
#ifndef CORE_PROC_USERS_H
#define CORE_PROC_USERS_H

#include <stdbool.h>
#include <sys/types.h>

#include "core/wire/table.h"

/* Before sandbox_begin(): the kernel takes back some of what that asks for
 * when the user changes.  first 0: stay who we are.  devices: the mounter may
 * mount them, and read the first bytes of those that are root's. */
enum err users_become(uid_t first, enum role, bool devices) must_check;
/* The parent has started the mounter, and gives up what that needed. */
enum err users_started(uid_t first) must_check;

#endif
