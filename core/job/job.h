/*
 * job.h - one kind of file we know how to answer.
 *
 * The vtable is the whole of what the rest of the program knows about a file
 * format.  The order of the members is the order of the calls:
 *
 *	sniff -> parse -> want -> intend -> (rules, page, consent)
 *	      -> learn -> sign -> answers, each read back -> keep
 *
 * What reads the whole file ticks the pace that it is given: a large file
 * shows progress, and its owner can stop it.
 *
 * No member sees a spending secret: sign() asks the keeper, through a
 * signatory, for signatures, and the keeper gives only what the owner's
 * consent names.
 *
 *	source	design, section 4
 *	shapes	request: the format's own, in the arena
 *	units	none
 *	owns	nothing; requests live in the arena of the job
 *	errors	as the format says; ERR_STOPPED when the owner stopped it
 *	secrets	none
 *	tests	tests/unit/job_test.c, tests/fuzz/fuzz_job.c
 */
#ifndef CORE_JOB_JOB_H
#define CORE_JOB_JOB_H

#include "core/base/arena.h"
#include "core/base/err.h"
#include "core/base/pace.h"
#include "core/base/sink.h"
#include "core/base/span.h"
#include "core/keys/pubring.h"
#include "core/keys/signatory.h"
#include "core/review/intent.h"
#include "core/review/session.h"

#define ANSWERS_MAX 2

enum sniff { SNIFF_NO, SNIFF_MAYBE, SNIFF_YES };

struct answer {
	const char	*suffix;	/* "-signed.psbt" */
	/* false when there is no such answer this time (not complete yet) */
	bool		(*ready)(const void *req);
	enum err	(*write)(const void *req, struct sink *) must_check;
	enum err	(*readback)(const void *req, struct span,
			    struct arena *) must_check;
};

/* Of a file that describes something: what is to be told of it. */
struct job_tell {
	struct span	 form;	/* "": addresses; "?": which forms there are;
				 * "=": it in a line, "what|name" */
	bool		 change;
	uint32_t	 from, to;
	const char	*file;	/* comes back: its name on a stick, or "" */
};

/* Of several signers' keys a wallet: an invitation to take part, what came so
 * far, and the wallet. */
struct job_join {
	struct span	 form;	/* "=": a line a key that came, "what|label";
				 * "?": which forms the wallet has, "!": which
				 * invitations there are; or one of those;
				 * "#": what it is, to be read out */
	struct span	 script;	/* "P2WSH", ... */
	uint32_t	 need;		/* signatures of a spend */
	const uint8_t	*random;	/* for a token, 16 bytes */
	const char	*file;		/* comes back, as from tell */
};

struct job {
	const char	*name;		/* "bitcoin psbt" */
	size_t		 cap;		/* largest file, bytes */
	bool		 viewers;	/* its review needs view keys */

	enum sniff	(*sniff)(struct span file);
	enum err	(*parse)(struct arena *, struct span file,
			    const struct pubring *, const struct pace *,
			    void **req, struct fault *) must_check;
	enum err	(*want)(const void *req, const struct pubring *,
			    struct wants *) must_check;
	enum err	(*intend)(const void *req, struct pubring *,
			    const struct session *, const struct pace *,
			    struct arena *, struct intent *,
			    struct fault *) must_check;
	enum err	(*learn)(const void *req, struct session *) must_check;
	enum err	(*sign)(void *req, struct signatory *, struct pace *,
			    struct arena *) must_check;
	/* What is known only once the answers were made and let out: added to
	 * the session then.  May be NULL. */
	enum err	(*keep)(const void *req, struct session *) must_check;
	const struct answer *answers;	/* ends with a NULL suffix */
	/* In another form, as lines.  May be NULL. */
	enum err	(*tell)(const void *req, struct job_tell *,
			    struct arena *, struct sink *) must_check;
	/* What the session keeps, to be told of once more; ERR_UNKNOWN: it is
	 * not of this job.  May be NULL. */
	enum err	(*recall)(const struct session_wallet *,
			    struct arena *, void **req) must_check;
	/* A wallet of several signers is made.  May be NULL. */
	enum err	(*join)(struct session *, struct job_join *,
			    struct arena *, struct sink *) must_check;
};

extern const struct job *const job_table[];	/* NULL-terminated */

/* A certain match, or NULL: none, or two that are both certain. */
const struct job	*job_sniff(struct span file);

#endif
