/*
 * airgap_table.h - what could talk, by number, name and place.
 *
 *	source	Linux 6.12: include/linux/socket.h, Documentation/ABI
 *	shapes	tables
 *	units	none
 *	owns	nothing
 *	errors	none
 *	secrets	none
 *	tests	tests/image
 */
#ifndef LIVE_BUILD_INIT_AIRGAP_TABLE_H
#define LIVE_BUILD_INIT_AIRGAP_TABLE_H

#include <stddef.h>

/* Twice as many as Linux has names for. */
#define AIRGAP_FAMILY_END 96

struct airgap_family {
	int		 number;
	const char	*name;
};

/* A folder whose every entry, but one, is a device of that kind. */
struct airgap_place {
	const char	*path, *but, *what;
};

struct airgap_call {
	long		 number;
	const char	*what;
};

extern const struct airgap_family airgap_family[];
extern const struct airgap_place airgap_place[];
extern const char *const airgap_file[];
extern const struct airgap_call airgap_call[];
extern const size_t airgap_families, airgap_places, airgap_files, airgap_calls;

#endif
