#include <string.h>

#include "core/crypto/aes_cpu.h"

#define AESENC __attribute__((__target__("aes,sse2")))

/* As the compilers' own headers have it. */
typedef long long block __attribute__((__vector_size__(16)));

bool
aes_cpu(void)
{
	return __builtin_cpu_supports("aes") != 0;
}

AESENC void
aes_cpu_one(const uint64_t in[2], const uint64_t key[2], uint64_t out[2])
{
	block v, k;

	memcpy(&v, in, sizeof(v));
	memcpy(&k, key, sizeof(k));
	v = __builtin_ia32_aesenc128(v, k);
	memcpy(out, &v, sizeof(v));
}

AESENC void
aes_cpu_ten(const uint64_t key[AES_ROUNDS][2], uint64_t blocks[AES_CPU_WORDS])
{
	block v[AES_CPU_WORDS / 2], k;
	size_t i, r;

	memcpy(v, blocks, sizeof(v));
	for (r = 0; r < AES_ROUNDS; r++) {
		memcpy(&k, key[r], sizeof(k));
		for (i = 0; i < AES_CPU_WORDS / 2; i++)
			v[i] = __builtin_ia32_aesenc128(v[i], k);
	}
	memcpy(blocks, v, sizeof(v));
}
