/*
 * consent.h - the digest that a consent is.
 *
 * SHA-256 over "coldseal-consent-1", the file's SHA-256, the session facts'
 * digest, network, fingerprints, the page's bytes, the sorted codes of the
 * warnings accepted (all that the page shows) and the plan.  The clerk makes
 * it; the front makes it again from what it shows; the keeper signs under it.
 *
 *	source	design, section 2
 *	shapes	page and its bytes in, hash32 out
 *	units	none
 *	owns	nothing
 *	errors	none
 *	secrets	none
 *	tests	tests/unit/consent_test.c
 */
#ifndef CORE_WIRE_CONSENT_H
#define CORE_WIRE_CONSENT_H

#include "core/crypto/hash.h"
#include "core/review/page.h"

void	consent_digest(const struct hash32 *file, const struct page *,
	    struct span page_bytes, struct hash32 *out);

#endif
