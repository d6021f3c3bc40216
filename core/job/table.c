#include "core/job/table.h"

const struct job *const job_table[] = {
	&psbt_job,
	NULL
};
