/*
 * table.h - the rows of THE LIST, declared once.
 *
 *	source	design, section 3
 *	shapes	one struct job a format
 *	units	none
 *	owns	nothing
 *	errors	none
 *	secrets	none
 *	tests	tests/unit/job_test.c
 */
#ifndef CORE_JOB_TABLE_H
#define CORE_JOB_TABLE_H

#include "core/job/job.h"

extern const struct job psbt_job;
extern const struct job outputs_job;
extern const struct job unsigned_job;
extern const struct job message_job;
extern const struct job wallet_job;
extern const struct job invitation_job;
extern const struct job cosigner_job;
extern const struct job sealed_job;
extern const struct job labels_job;

#endif
