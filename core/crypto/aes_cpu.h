/*
 * aes_cpu.h - the same rounds by the processor's own instruction.
 *
 * Of two files with these functions the Makefile links the one for the
 * machine that is built for; whether this processor has the instruction is
 * found out when it runs.
 *
 *	source	FIPS 197; Intel and AMD: AESENC
 *	shapes	blocks of two words, little-endian
 *	units	none
 *	owns	nothing; the caller wipes
 *	errors	none
 *	secrets	constant time: the instruction is
 *	tests	tests/unit/cryptonight_test.c, tests/ct
 */
#ifndef CORE_CRYPTO_AES_CPU_H
#define CORE_CRYPTO_AES_CPU_H

#include <stdbool.h>

#include "core/crypto/aes.h"

#define AES_CPU_WORDS 16		/* of eight blocks */

bool	aes_cpu(void);
void	aes_cpu_one(const uint64_t in[2], const uint64_t key[2],
	    uint64_t out[2]);
/* All rounds on eight blocks. */
void	aes_cpu_ten(const uint64_t key[AES_ROUNDS][2],
	    uint64_t blocks[AES_CPU_WORDS]);

#endif
