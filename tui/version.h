/*
 * version.h - the version, in one place.
 *
 *	source	none
 *	shapes	a string
 *	units	none
 *	owns	nothing
 *	errors	none
 *	secrets	none
 *	tests	tests/e2e
 */
#ifndef TUI_VERSION_H
#define TUI_VERSION_H

#define COLDSEAL_VERSION "0.1.0"

#endif
