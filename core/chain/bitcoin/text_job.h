/*
 * text_job.h - what the jobs share whose file is text and moves no coin: a
 * message, a wallet, an invitation, a cosigner's key.
 *
 *	source	design: a job is a row of the table; what repeats is here
 *	shapes	struct intent: its head, its rows, a plan of one signature
 *	units	none
 *	owns	nothing; all in the arena given
 *	errors	ERR_RANGE (a network that Bitcoin has not), ERR_SPACE
 *	secrets	none
 *	tests	tests/unit/message_job_test.c, tests/unit/bitcoin_bsms_test.c,
 *		tests/unit/bitcoin_register_test.c
 */
#ifndef CORE_CHAIN_BITCOIN_TEXT_JOB_H
#define CORE_CHAIN_BITCOIN_TEXT_JOB_H

#include "core/job/job.h"

/* The head of the page. */
enum err text_intent(const char *job, const char *title,
	    const struct session *, struct intent *, struct fault *)
	    must_check;
/* Room for so many rows, and the next of them; no text: ERR_SPACE. */
enum err text_rows(struct intent *, struct arena *, size_t n) must_check;
enum err text_row(struct intent *, const char *text, enum known,
	    const char *how) must_check;
/* Whose key answers: the one that is named, else the only one at hand. */
bool	 text_key(const struct pubring *, const struct fpr *named,
	    const struct path *, struct keyref *) must_check;
/* That key signs, once. */
enum err text_plan(const struct keyref *, enum sign_kind, struct arena *,
	    struct intent *) must_check;

/* Of a file that is learnt from and not answered. */
extern const struct answer text_unanswered[];

#endif
