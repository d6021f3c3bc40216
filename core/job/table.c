#include "core/job/table.h"

const struct job *const job_table[] = {
	&psbt_job,
	&message_job,
	&outputs_job,
	&unsigned_job,
	&wallet_job,
	&invitation_job,
	&cosigner_job,
	&sealed_job,
	&labels_job,
	NULL
};
