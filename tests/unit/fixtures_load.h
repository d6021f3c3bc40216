/*
 * fixtures_load.h - the fixtures' files and what their manifest says of them.
 */
#ifndef TESTS_UNIT_FIXTURES_LOAD_H
#define TESTS_UNIT_FIXTURES_LOAD_H

#include <stdio.h>

#include <jansson.h>

#include "tests/unit/rig.h"

static inline const char *
folder(void)
{
	const char *dir = getenv("COLDSEAL_FIXTURES");

	return dir == NULL ? "tests/fixtures" : dir;
}

static inline struct span
load(const char *name)
{
	char path[1024];
	uint8_t *p;
	FILE *f;
	long n;

	(void)snprintf(path, sizeof(path), "%s/bitcoin/%s", folder(), name);
	if ((f = fopen(path, "rb")) == NULL)
		fail_msg("%s: not there", path);
	assert_int_equal(fseek(f, 0, SEEK_END), 0);
	n = ftell(f);
	assert_true(n >= 0);
	rewind(f);
	p = malloc((size_t)n + 1);
	assert_non_null(p);
	assert_int_equal(fread(p, 1, (size_t)n, f), n);
	(void)fclose(f);
	return span_of(p, (size_t)n);
}

static inline void
drop(struct span s)
{
	void *p;

	memcpy(&p, &s.p, sizeof(p));
	free(p);
}

static inline json_t *
manifest(void)
{
	static json_t *j;
	char path[1024];
	json_error_t e;

	(void)snprintf(path, sizeof(path), "%s/bitcoin/manifest.json",
	    folder());
	if (j == NULL && (j = json_load_file(path,
	    JSON_DECODE_INT_AS_REAL, &e)) == NULL)
		fail_msg("%s: %s", path, e.text);
	return j;
}

static inline const char *
text(const json_t *o, const char *key)
{
	const char *s = json_string_value(json_object_get(o, key));

	return s == NULL ? "" : s;
}

static inline const char *
passphrase_of(const json_t *policy, const char *who)
{
	json_t *keys = json_object_get(policy, "keys"), *k;
	size_t i;

	json_array_foreach(keys, i, k)
		if (strcmp(text(k, "mnemonic"), who) == 0)
			return text(k, "passphrase");
	return "";
}

/* The keys at hand: who signs, or A. */
static inline void
take_keys(const json_t *fixture, const char *who, struct rig *r)
{
	const json_t *m = manifest();
	const json_t *policy = json_object_get(json_object_get(m, "policies"),
	    text(fixture, "policy"));
	const json_t *words = json_object_get(json_object_get(m, "mnemonics"),
	    who);

	memset(r, 0, sizeof(*r));
	assert_int_equal(rig_add(r, text(words, "words"),
	    passphrase_of(policy, who)), 0);
}

static inline const char *
first_signer(const json_t *fixture)
{
	const char *s = json_string_value(json_array_get(
	    json_object_get(fixture, "signers"), 0));

	return s == NULL ? "A" : s;
}

#endif
