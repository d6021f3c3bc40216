#include <wmmintrin.h>

#include "core/crypto/aes_cpu.h"

#define AESENC __attribute__((__target__("aes,sse2")))

bool
aes_cpu(void)
{
	return __builtin_cpu_supports("aes") != 0;
}

AESENC void
aes_cpu_one(const uint64_t in[2], const uint64_t key[2], uint64_t out[2])
{
	__m128i v = _mm_loadu_si128((const __m128i *)(const void *)in);
	__m128i k = _mm_loadu_si128((const __m128i *)(const void *)key);

	_mm_storeu_si128((__m128i *)(void *)out, _mm_aesenc_si128(v, k));
}

AESENC void
aes_cpu_ten(const uint64_t key[AES_ROUNDS][2],
    uint64_t block[2 * AES_CPU_BLOCKS])
{
	__m128i v[AES_CPU_BLOCKS], k;
	__m128i *p = (__m128i *)(void *)block;
	size_t i, r;

	for (i = 0; i < AES_CPU_BLOCKS; i++)
		v[i] = _mm_loadu_si128(p + i);
	for (r = 0; r < AES_ROUNDS; r++) {
		k = _mm_loadu_si128((const __m128i *)(const void *)key[r]);
		for (i = 0; i < AES_CPU_BLOCKS; i++)
			v[i] = _mm_aesenc_si128(v[i], k);
	}
	for (i = 0; i < AES_CPU_BLOCKS; i++)
		_mm_storeu_si128(p + i, v[i]);
}
