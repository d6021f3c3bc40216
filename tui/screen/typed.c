#include "core/base/secret.h"
#include "tui/screen/screen.h"

bool
typed_text(struct app *a, uint32_t key, struct effects *fx)
{
	struct input *in = a->entry.in_again ? &a->entry.again :
	    &a->entry.pass;
	bool taken = input_key(in, key);

	(void)fx;
	if (taken && in->full)
		flow_note(a, STYLE_BANG, "A passphrase has at most %d "
		    "bytes; the last key was not taken.", PASSPHRASE_BYTES);
	return taken;
}

bool
typed_twice(struct app *a)
{
	struct key_entry *e = &a->entry;

	if (!e->in_again) {
		e->in_again = true;
		return false;
	}
	if (ct_equal(e->pass.buf, e->again.buf, e->pass.cap))
		return true;
	input_clear(&e->pass);
	input_clear(&e->again);
	e->in_again = false;
	flow_note(a, STYLE_MINUS, "The two differ. Type both anew.");
	return false;
}

void
typed_show(struct app *a, struct effects *fx)
{
	(void)fx;
	a->entry.show = !a->entry.show;
	a->entry.in_again = false;
	input_clear(&a->entry.again);
}
