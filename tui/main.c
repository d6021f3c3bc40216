/* The only file that names all four processes. */
#include "core/clerk/clerk.h"
#include "core/keeper/keeper.h"
#include "core/proc/parent.h"
#include "media/mounter/mounter.h"
#include "tui/front.h"
#include "tui/options.h"

static int
mounter(struct channel *front, void *arg)
{
	struct options *o = arg;

	return mounter_run(front, &o->sticks);
}

int
main(int argc, char **argv)
{
	static struct options o;
	struct house house = {
		.keeper = keeper_run,
		.clerk = clerk_run,
		.front = front_run,
		.mounter = mounter,
		.arg = &o,
	};

	switch (options_read(argc, argv, &o)) {
	case 0:
		house.users = o.users;
		house.devices = o.sticks.devices;
		return parent_run(&house);
	case 1:
		return 1;
	default:
		return 0;
	}
}
