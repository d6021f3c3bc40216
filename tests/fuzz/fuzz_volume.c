/* The first bytes of a device: whatever they are, what is said of them can be
 * shown, and only what has all the marks of one file system is mounted. */
#include <stdlib.h>

#include "core/base/text.h"
#include "media/volume.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

/* Inputs are small; the marks lie far apart.  Blocks of 512 bytes go where
 * their first two bytes say. */
static struct span
spread(const uint8_t *p, size_t n, uint8_t *head)
{
	size_t i, at;

	memset(head, 0, VOLUME_HEAD);
	for (i = 0; i + 2 < n; i += 514) {
		size_t take = n - i - 2 < 512 ? n - i - 2 : 512;

		at = ((size_t)p[i] << 8 | p[i + 1]) % (VOLUME_HEAD / 512);
		memcpy(head + at * 512, p + i + 2, take);
	}
	return span_of(head, VOLUME_HEAD - n % 512);
}

static void
check(struct span s)
{
	struct volume v;
	char advice[128];

	volume_look(s, &v);
	volume_advice(&v, advice, sizeof(advice));
	if (!text_is_printable(span_text(v.label)) ||
	    !text_is_printable(span_text(advice)) ||
	    strlen(advice) >= sizeof(advice) - 1 ||
	    (volume_driver(&v) == NULL) != (advice[0] != '\0'))
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	uint8_t *head = malloc(VOLUME_HEAD);

	if (head == NULL)
		abort();
	check(span_of(p, n));
	check(spread(p, n, head));
	free(head);
	return 0;
}
