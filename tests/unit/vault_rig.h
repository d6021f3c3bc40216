/*
 * vault_rig.h - for tests: a vault in memory, and its file.
 *
 *	source	core/vault/vault.h
 *	shapes	struct vault with room; the file's two slots
 *	units	bytes
 *	owns	static memory
 *	errors	a cmocka assertion
 *	secrets	a published mnemonic
 *	tests	used by tests/unit, tests/faults
 */
#ifndef TESTS_UNIT_VAULT_RIG_H
#define TESTS_UNIT_VAULT_RIG_H

#include "core/vault/vault.h"

#define VR_WORDS "abandon abandon abandon abandon abandon abandon "	\
	"abandon abandon abandon abandon abandon about"
#define RIG_PASS "correct horse battery"
#define RIG_FILE (VAULT_SLOTS * VAULT_SLOT)

static uint8_t vr_body[VAULT_BODY], vr_image[VAULT_SLOT];
static uint8_t vr_file[RIG_FILE];
static struct shield vr_shield;
static struct vault vr_vault;

static const struct cost vr_cost = { VAULT_PASSES_MIN, VAULT_KIB_MIN };

static inline void
vr_begin(void)
{
	vr_vault = (struct vault){ .body = vr_body, .image = vr_image,
	    .shield = &vr_shield };
}

static inline enum err
vr_open(const char *passphrase)
{
	struct fault f = { 0 };

	return vault_open(&vr_vault, SPAN_OF(vr_file),
	    span_text(passphrase), LIMIT_VAULT_MEMORY, &f);
}

/* As the front does: the slot at its place, then it is said to be there. */
static inline void
vr_save(void)
{
	uint64_t sequence = 0;

	assert_int_equal(vault_seal(&vr_vault, &sequence), 0);
	memcpy(vr_file + vr_vault.slot * VAULT_SLOT, vr_image, VAULT_SLOT);
	assert_int_equal(vault_saved(&vr_vault, sequence), 0);
}

/* One with nothing in it, both slots written. */
static inline void
vr_new(void)
{
	vr_begin();
	assert_int_equal(vault_new(&vr_vault, span_text(RIG_PASS), vr_cost),
	    0);
	vr_save();
	vr_save();
}

static inline uint32_t
vr_put(enum kept_type type, const char *text)
{
	uint32_t id = 0;

	assert_int_equal(vault_put(&vr_vault, type, span_text(text), &id),
	    0);
	return id;
}

static inline bool
vr_has(enum kept_type type, const char *text)
{
	struct reader r = vault_things(&vr_vault);
	struct kept k;

	while (read_kept(&r, &k))
		if (k.type == type && span_eq(k.body, span_text(text)))
			return true;
	return false;
}

static inline int
vr_setup(void **state)
{
	(void)state;
	if (secp_init(NULL) != 0)
		return -1;
	vr_new();
	return 0;
}

static inline void
vr_key(const char *words, const char *passphrase, struct seedkey *k)
{
	struct fault f;

	assert_int_equal(restore_key(span_text(words), span_text(passphrase),
	    k, &f), 0);
}

#endif
