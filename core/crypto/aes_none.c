/* For machines that have no such instruction, or another one than ours. */
#include "core/crypto/aes_cpu.h"

bool
aes_cpu(void)
{
	return false;
}

void
aes_cpu_one(const uint64_t in[2], const uint64_t key[2], uint64_t out[2])
{
	aes_round_one(in, key, out);
}

void
aes_cpu_ten(const uint64_t key[AES_ROUNDS][2],
    uint64_t block[2 * AES_CPU_BLOCKS])
{
	size_t i, r;

	for (r = 0; r < AES_ROUNDS; r++)
		for (i = 0; i < AES_CPU_BLOCKS; i++)
			aes_round_one(block + 2 * i, key[r], block + 2 * i);
}
