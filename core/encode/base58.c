#include <string.h>

#include "core/crypto/hash.h"
#include "core/encode/base58.h"

#define RAW_MAX (BASE58_MAX + 4)	/* payload and checksum */

const char base58_alphabet[59] =
    "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

enum err
base58_text(struct span s, char *out, size_t cap)
{
	uint8_t digit[BASE58_TEXT_MAX] = { 0 };	/* least significant first */
	size_t zeros = 0, n = 0, i, j;

	if (s.n > RAW_MAX)
		return ERR_SPACE;
	while (zeros < s.n && s.p[zeros] == 0)
		zeros++;
	for (i = zeros; i < s.n; i++) {
		unsigned carry = s.p[i];

		for (j = 0; j < n || carry > 0; j++) {
			carry += 256u * digit[j];
			digit[j] = (uint8_t)(carry % 58);
			carry /= 58;
		}
		n = j;
	}
	if (zeros + n >= cap)
		return ERR_SPACE;
	memset(out, base58_alphabet[0], zeros);
	for (i = 0; i < n; i++)
		out[zeros + i] = base58_alphabet[digit[n - 1 - i]];
	out[zeros + n] = '\0';
	return 0;
}

enum err
base58_bytes(struct span text, uint8_t *out, size_t cap, size_t *n)
{
	uint8_t byte[RAW_MAX] = { 0 };		/* least significant first */
	size_t ones = 0, used = 0, i, j;

	if (text.n >= BASE58_TEXT_MAX)
		return ERR_FORM;
	while (ones < text.n && text.p[ones] == '1')
		ones++;
	for (i = ones; i < text.n; i++) {
		const char *at = text.p[i] == 0 ? NULL :
		    strchr(base58_alphabet, text.p[i]);
		unsigned carry;

		if (at == NULL)
			return ERR_FORM;
		carry = (unsigned)(at - base58_alphabet);
		for (j = 0; j < used || carry > 0; j++) {
			if (j == sizeof(byte))
				return ERR_FORM;
			carry += 58u * byte[j];
			byte[j] = (uint8_t)carry;
			carry >>= 8;
		}
		used = j;
	}
	if (ones + used > cap)
		return ERR_SPACE;
	memset(out, 0, ones);
	for (i = 0; i < used; i++)
		out[ones + i] = byte[used - 1 - i];
	*n = ones + used;
	return 0;
}

enum err
base58check_text(struct span payload, char *out, size_t cap)
{
	uint8_t raw[RAW_MAX];
	struct hash32 h;

	if (payload.n > BASE58_MAX)
		return ERR_SPACE;
	if (payload.n > 0)
		memcpy(raw, payload.p, payload.n);
	hash256(payload, &h);
	memcpy(raw + payload.n, h.b, 4);
	return base58_text(span_of(raw, payload.n + 4), out, cap);
}

enum err
base58check_bytes(struct span text, uint8_t *out, size_t cap, size_t *n)
{
	uint8_t raw[BASE58_TEXT_MAX];
	struct hash32 h;
	size_t len;
	enum err e;

	if ((e = base58_bytes(text, raw, sizeof(raw), &len)) != 0)
		return e;
	if (len < 4)
		return ERR_FORM;
	len -= 4;
	hash256(span_of(raw, len), &h);
	if (memcmp(h.b, raw + len, 4) != 0)
		return ERR_CHECKSUM;
	if (len > cap)
		return ERR_SPACE;
	if (len > 0)
		memcpy(out, raw, len);
	*n = len;
	return 0;
}
