/*
 * outputs.h - an outputs file: what it says, what we find, what we answer.
 *
 *	source	design, section 4
 *	shapes	struct outputs_request, through the stages of a job
 *	units	piconero
 *	owns	nothing; all in the arena of the job
 *	errors	see each stage
 *	secrets	none but what the frame has
 *	tests	tests/unit/monero_outputs_test.c
 */
#ifndef CORE_CHAIN_MONERO_OUTPUTS_H
#define CORE_CHAIN_MONERO_OUTPUTS_H

#include "core/chain/monero/frame.h"
#include "core/chain/monero/image.h"
#include "core/chain/monero/notes.h"
#include "core/job/job.h"

/* What is found anew each time the file is judged. */
struct outputs_found {
	struct image_ask	*ask;		/* one a record */
	uint64_t		*traits;	/* of each record */
	struct span		 answer;
	bool			 judged, refused;
};

struct outputs_request {
	struct frame		 frame;
	struct outputs		 file;
	struct outputs_found	*found;
};

/* Looks at records of either file: whose they are, and whether they agree
 * with what the session knows. */
enum err records_find(const struct records *, const struct viewer *,
	    const struct session *, struct finder *, const struct pace *,
	    struct image_ask *, uint64_t *traits) must_check;
/* More than the records themselves: the same key twice, here or under another
 * number in an earlier file. */
enum err records_twice(const struct records *, const struct session *,
	    const struct fpr *, struct arena *, uint64_t *traits) must_check;
/* Every output, under its number: a later set's answer needs all of them. */
enum err records_keep(const struct records *, const struct fpr *,
	    const struct image_ask *, struct session *) must_check;

enum err outputs_intend(const struct outputs_request *, const struct session *,
	    const struct pace *, struct arena *, struct intent *) must_check;
enum err outputs_sign(const struct outputs_request *, struct signatory *,
	    struct pace *, struct arena *) must_check;
enum err outputs_readback(const struct outputs_request *, struct span,
	    struct arena *) must_check;
/* What all files of the chain have in common. */
enum err monero_want(const void *req, const struct pubring *, struct wants *)
	    must_check;
enum err monero_learn(const void *req, struct session *) must_check;
void	 monero_intent(const char *job, const char *title, enum network,
	    struct intent *);

#endif
