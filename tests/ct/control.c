#include <string.h>

#include "core/crypto/ge25519.h"
#include "tests/ct/control.h"

const char *const control_name[CONTROLS] = {
	[CONTROL_BRANCH] = "branch",
	[CONTROL_INDEX] = "index",
	[CONTROL_COMPARE] = "compare",
	[CONTROL_OUT] = "out",
	[CONTROL_SUM] = "public-sum",
};

/* Volatile, so that no compiler may do without what is to be seen. */
static volatile uint32_t seen;
static volatile uint8_t table[256];
static volatile size_t whole = sizeof(struct secret32);

/* Each of these is a mistake, made on purpose. */
void
control_run(enum control which, const struct secret32 *k)
{
	static const struct secret32 guess;
	struct scalar scalar;
	struct ge sum;

	switch (which) {
	case CONTROL_BRANCH:
		if (k->b[31] & 1)
			seen++;
		break;
	case CONTROL_INDEX:
		seen += table[k->b[0]];
		break;
	case CONTROL_COMPARE:
		seen += memcmp(k->b, guess.b, whole) == 0;
		break;
	case CONTROL_OUT:	/* a reply that still holds a secret */
		(void)VALGRIND_CHECK_MEM_IS_DEFINED(k, sizeof(*k));
		break;
	case CONTROL_SUM:	/* a secret where only public data belongs */
		memcpy(scalar.b, k->b, sizeof(scalar.b));
		ge_sum_public(&scalar, &ge_identity, 1, &sum);
		break;
	case CONTROLS:
		break;
	}
}
