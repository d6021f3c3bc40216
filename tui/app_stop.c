#include "tui/flow.h"

/* The owner pressed Esc.  Reading a foreign file ends at once, and nothing
 * more is heard of it; saving is never cut short. */
void
flow_stop(struct app *a, struct effects *fx)
{
	switch (a->busy.phase) {
	case PHASE_JUDGE:
		a->busy.stopping = true;
		flow_effect(fx, FX_STOP, 0);
		flow_judge_next(a, fx);
		return;
	case PHASE_OPEN:
		flow_effect(fx, FX_STOP, 0);
		flow_idle(a);
		flow_note(a, STYLE_BANG, "Stopped. Nothing was signed.");
		return;
	case PHASE_STRETCH:
	case PHASE_LIST:
	case PHASE_IMPORT:
	case PHASE_RELEASE:
		a->busy.stopping = true;
		return;
	case PHASE_MEDIUM:
		flow_effect(fx, FX_MEDIUM_END, 0);
		flow_idle(a);
		return;
	case PHASE_MAKE:
		a->busy.stopping = true;
		flow_effect(fx, FX_STOP, 0);
		return;
	case PHASE_IDLE:
	case PHASE_AGREE:
	case PHASE_SAVE:
	case PHASE_VAULT:
	case PHASE_KEEP:
	case PHASE_TEXT:
		return;
	}
}
