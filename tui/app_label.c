/* Notes being typed, and what the vault's owner has set. */
#include <stdio.h>
#include <string.h>

#include "tui/flow.h"

void
flow_label(struct app *a, const char *key, const char *was,
    struct effects *fx)
{
	struct noting *n = &a->noting;

	if (!a->vault.open) {
		flow_note(a, STYLE_BANG, "Notes are kept in a vault. Open "
		    "one, or make one: home, then k.");
		return;
	}
	n->back = a->screen;
	(void)snprintf(n->key, sizeof(n->key), "%s", key);
	n->text = input_in(n->typed, sizeof(n->typed));
	input_clear(&n->text);
	/* One with foreign characters in it is typed anew. */
	if (strchr(was, '\\') == NULL && strlen(was) < sizeof(n->typed)) {
		(void)snprintf(n->typed, sizeof(n->typed), "%s", was);
		n->text.n = strlen(n->typed);
	}
	flow_go(a, SCREEN_NOTE, fx);
}

/* It is kept: back to where it shows. */
void
flow_noted(struct app *a, struct effects *fx)
{
	enum screen_id back = a->noting.back;

	flow_go(a, back, fx);
	flow_vault_store(a, fx);
	a->stale = true;
	if (back == SCREEN_ADDRESS)
		flow_effect(fx, FX_ADDRESSES, 0);
	else if (back == SCREEN_WALLET)
		flow_effect(fx, FX_WALLET, 0);
	else if (back == SCREEN_THINGS)
		flow_effect(fx, FX_VAULT_THINGS, 0);
}

void
flow_as_set(struct app *a)
{
	const struct settings *s = &a->vault.settings;

	if (!a->has_network && s->set[SETTING_NETWORK])
		a->network = (enum network)s->value[SETTING_NETWORK];
	if (!a->has_idle && s->set[SETTING_IDLE])
		a->idle_seconds = 60 * s->value[SETTING_IDLE];
	if (s->set[SETTING_UNIT])
		a->base = s->value[SETTING_UNIT] == UNIT_BASE;
	a->stale = true;
}
