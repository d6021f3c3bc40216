/*
 * patch.h - one part of a file written anew, in its place.
 *
 * A vault's file has two parts, each a whole state; one is written while the
 * other stays as it was, so that pulled at any moment the stick holds a state
 * that opens.  Open; write; fsync; have the kernel forget; read back; compare.
 *
 *	source	design, section 8; core/vault/vault.h
 *	shapes	folder descriptor, name, a sealed memfd of the whole file of
 *		which only the part counts
 *	units	bytes
 *	owns	nothing
 *	errors	those of media/save.h; ERR_FORM (no regular file)
 *	secrets	none: what is written is sealed
 *	tests	tests/faults/vault_faults_test.c: each system call fails once
 *		in turn, and the stick is pulled at every byte
 */
#ifndef MEDIA_PATCH_H
#define MEDIA_PATCH_H

#include "media/save_calls.h"

enum err patch_file(int dir, const char *name, int memfd, size_t from,
	    size_t n) must_check;
enum err patch_file_with(const struct save_calls *, int dir,
	    const char *name, int memfd, size_t from, size_t n) must_check;

#endif
