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
aes_cpu_ten(const uint64_t key[AES_ROUNDS][2], uint64_t blocks[AES_CPU_WORDS])
{
	size_t i, r;

	for (r = 0; r < AES_ROUNDS; r++)
		for (i = 0; i < AES_CPU_WORDS; i += 2)
			aes_round_one(blocks + i, key[r], blocks + i);
}
