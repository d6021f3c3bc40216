/*
 * setting.h - what the owner has set for good, in one table.
 *
 * The vault keeps settings as texts; what each may be is decided here, for the
 * screen, the command line and the clerk alike.  None of them can lift a
 * refusal: the bounds of those that a rule looks at are bounds of warnings.
 * A name that is not known (of a newer version) is kept and shown, and has no
 * effect; a value out of bounds counts as not set.
 *
 *	source	what an owner sets once; known attack 7 for the gap
 *	shapes	setting: block name, block value, both printable
 *	units	in the table
 *	owns	nothing; spans point into what is read
 *	errors	ERR_UNKNOWN (no such name), ERR_RANGE (no such value),
 *		ERR_FORM, those of the reader
 *	secrets	none
 *	tests	tests/unit/setting_test.c
 */
#ifndef CORE_WIRE_SETTING_H
#define CORE_WIRE_SETTING_H

#include "core/base/reader.h"
#include "core/base/sink.h"

enum setting {
	SETTING_IDLE,
	SETTING_GAP,
	SETTING_UNIT,
	SETTING_NETWORK,
	SETTINGS
};

enum { UNIT_COIN, UNIT_BASE };		/* values of SETTING_UNIT */

struct setting_row {
	const char	*name;
	uint32_t	 least, most, usual;
	const char	*const *words;	/* of the values; NULL: numbers */
	const char	*text;		/* one sentence */
};

struct settings {
	uint32_t	 value[SETTINGS];	/* the usual where not set */
	bool		 set[SETTINGS];
	bool		 turned[SETTINGS];	/* on screen, not kept yet */
	uint32_t	 id[SETTINGS];	/* of the kept thing, where set */
};

#define SETTING_NAME_MAX 32
#define SETTING_VALUE_MAX 64
#define SETTING_BODY_MAX (4 + SETTING_NAME_MAX + 4 + SETTING_VALUE_MAX)

const struct setting_row *setting_row(enum setting);
enum err setting_find(struct span name, enum setting *) must_check;
enum err setting_value(enum setting, struct span text, uint32_t *) must_check;
void	 setting_text(enum setting, uint32_t value,
	    char out[SETTING_VALUE_MAX]);
/* "5 to 60 (10)", "coin or base (coin)": what it may be, and usually is. */
void	 setting_bounds(enum setting, char out[SETTING_VALUE_MAX]);

enum err setting_read(struct span body, struct span *name, struct span *value)
	    must_check;
void	 setting_put(struct sink *, enum setting, uint32_t value);
/* All usual; and one body more (its number), as far as it is known. */
void	 settings_usual(struct settings *);
enum err settings_add(struct settings *, struct span body, uint32_t id)
	    must_check;

#endif
