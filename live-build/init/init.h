/*
 * init.h - the first process of the live image.
 *
 * It mounts what the kernel offers, tries for every network that there could
 * be, starts udevd and Coldseal, waits for the power button, and switches
 * off.  It sets the keyboard layout that Coldseal asks for.  It runs no
 * shell, because there is none, and reads nothing foreign.
 *
 *	source	design, section 2; reboot(2), console_ioctl(4), ioctl_vt(2)
 *	shapes	one struct machine, in main()
 *	units	milliseconds
 *	owns	every process
 *	errors	a sentence on the cleared screen, and the machine stops
 *	secrets	none; it wipes the screen and frees what others held
 *	tests	tests/image
 */
#ifndef LIVE_BUILD_INIT_INIT_H
#define LIVE_BUILD_INIT_INIT_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#define REPORT "/run/airgap"	/* what was tried, for Coldseal to show */
#define KEYMAPS "/usr/share/keymaps"	/* core/base/keymaps.h */
#define WISHES 3			/* Coldseal's descriptor for them */
#define BUTTONS_MAX 16

enum end {
	END_NONE,
	END_OFF,		/* the owner asked, by program or button */
	END_DIED		/* something ended that must not */
};

struct machine {
	pid_t	coldseal, udevd;
	int	tty;			/* tty1, held open to the end */
	int	wishes;			/* Coldseal's, or -1 */
	int	button[BUTTONS_MAX];	/* event devices: power key, lid */
	size_t	nbutton;
};

/* Nothing can be trusted when one of these fails: 0, or -1 with errno. */
int	mounts_make(void);
int	limits_set(void);
int	console_open(struct machine *);
int	report_write(const char *path);

void	console_say(const struct machine *, const char *);
void	console_wipe(const struct machine *);
void	console_forget(struct machine *);
void	console_ellipsis(const struct machine *);

/* tty: -1, or the terminal that it gets; give: -1, or what WISHES will be. */
pid_t	run(const char *const argv[], int tty, int give);
int	run_wait(const char *const argv[]);
int	devices_start(struct machine *);
int	coldseal_start(struct machine *);

/* theirs: the other end, to be closed once Coldseal has it. */
int	wishes_open(struct machine *, int *theirs);
void	wishes_hear(struct machine *);

void	buttons_find(struct machine *);
/* True when the power key was pressed on this one, or the lid closed: who
 * walks away leaves no keys behind. */
bool	button_pressed(int fd);

/* Ends every other process, and frees what the kernel kept of files. */
void	end_others(void);
void	power_off(void);

#endif
