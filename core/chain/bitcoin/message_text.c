#include "core/base/text.h"
#include "core/chain/bitcoin/message.h"
#include "core/encode/base64.h"
#include "core/encode/hex.h"
#include "core/review/rules.h"

#define HASH_SIZE 32
#define DATA_LEAST 64		/* characters without a space: no word */

static bool
is_control(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0);
}

/* Of Unicode's general category Cf and its kind: nothing is seen of them, or
 * they turn, join or part what stands beside them; and spaces of all widths
 * but the one that everybody has. */
static bool
is_hidden(uint32_t c)
{
	static const struct { uint32_t from, to; } range[] = {
		{ 0xa0, 0xa0 }, { 0xad, 0xad }, { 0x34f, 0x34f },
		{ 0x600, 0x605 }, { 0x61c, 0x61c }, { 0x6dd, 0x6dd },
		{ 0x70f, 0x70f }, { 0x115f, 0x1160 }, { 0x1680, 0x1680 },
		{ 0x17b4, 0x17b5 }, { 0x180b, 0x180f }, { 0x2000, 0x200f },
		{ 0x2028, 0x202f }, { 0x205f, 0x206f }, { 0x2800, 0x2800 },
		{ 0x3000, 0x3000 }, { 0x3164, 0x3164 }, { 0xe000, 0xf8ff },
		{ 0xfe00, 0xfe0f }, { 0xfeff, 0xfeff }, { 0xffa0, 0xffa0 },
		{ 0xfff0, 0xffff }, { 0x1bca0, 0x1bca3 },
		{ 0x1d173, 0x1d17a }, { 0xe0000, 0x10ffff },
	};
	size_t i;

	for (i = 0; i < sizeof(range) / sizeof(range[0]); i++)
		if (c >= range[i].from && c <= range[i].to)
			return true;
	return false;
}

static uint64_t
characters(struct span s)
{
	uint64_t t = 0;
	uint32_t c = 0;
	size_t i, n;

	for (i = 0; i < s.n; i += n) {
		if ((n = text_character(s, i, &c)) == 0)
			return t | TRAIT_BIT(MESSAGE_CONTROL);
		if (is_control(c))
			t |= TRAIT_BIT(MESSAGE_CONTROL);
		if (is_hidden(c))
			t |= TRAIT_BIT(MESSAGE_HIDDEN);
		if (c >= 0x80)
			t |= TRAIT_BIT(MESSAGE_FOREIGN);
	}
	return t;
}

/* 32 bytes in hexadecimal, with 0x or without, or in base 64. */
static bool
is_hash(struct span s)
{
	struct base64_shape shape;
	uint8_t b[HASH_SIZE + 3];
	size_t n = 0;

	if (s.n == 2 + 2 * HASH_SIZE && s.p[0] == '0' &&
	    (s.p[1] == 'x' || s.p[1] == 'X'))
		s = span_of(s.p + 2, s.n - 2);
	if (s.n == 2 * HASH_SIZE && hex_bytes(s, b, sizeof(b), &n) == 0)
		return true;
	return s.n == 44 &&
	    base64_bytes(s, b, sizeof(b), &n, &shape) == 0 && n == HASH_SIZE;
}

static bool
is_data_character(uint8_t c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	    (c >= 'A' && c <= 'Z') || strchr("+/=-_.:", c) != NULL;
}

/* A long run of what hexadecimal, base 58, base 64 and tokens are made of. */
static bool
is_data(struct span s)
{
	size_t i, run = 0;

	for (i = 0; i < s.n && run < DATA_LEAST; i++)
		run = s.p[i] != '\0' && is_data_character(s.p[i]) ?
		    run + 1 : 0;
	return run >= DATA_LEAST;
}

/* s holds word, whatever its case. */
static bool
holds(struct span s, const char *word)
{
	size_t i, k, n = strlen(word);

	for (i = 0; i + n <= s.n; i++) {
		for (k = 0; k < n; k++) {
			uint8_t c = s.p[i + k];

			if (c >= 'A' && c <= 'Z')
				c = (uint8_t)(c + 'a' - 'A');
			if (c != (uint8_t)word[k])
				break;
		}
		if (k == n)
			return true;
	}
	return false;
}

/* The sentence of ERC-4361 and CAIP-122, the names of their fields, and the
 * words that sites use: a login that was carried over from another site. */
static bool
is_login(struct span s)
{
	static const char *const words[] = { "you to sign in with your",
	    "nonce:", "challenge:", "log in to", "login to", "sign in to",
	    "authenticate" };
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (holds(s, words[i]))
			return true;
	return false;
}

static bool
is_framed(struct span s)
{
	static const char dashes[] = "-----";
	size_t n = sizeof(dashes) - 1;

	return s.n >= n && memcmp(s.p, dashes, n) == 0;
}

uint64_t
message_traits(struct span s)
{
	uint64_t t = characters(s);

	if (s.n == 0)
		return TRAIT_BIT(MESSAGE_EMPTY);
	if (is_framed(s))
		t |= TRAIT_BIT(MESSAGE_CONTROL);
	if (is_hash(s))
		t |= TRAIT_BIT(MESSAGE_HASH);
	else if (is_data(s))
		t |= TRAIT_BIT(MESSAGE_DATA);
	if (is_login(s))
		t |= TRAIT_BIT(MESSAGE_LOGIN);
	if (s.p[0] == ' ' || s.p[s.n - 1] == ' ')
		t |= TRAIT_BIT(MESSAGE_SPACES);
	return t;
}
