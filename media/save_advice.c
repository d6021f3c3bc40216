#include "media/save.h"

/*
 * The codes that saving gives are named one by one; what is left can only be
 * a fault of our own.
 */
const char *
save_advice(enum err e)
{
	if (e == 0)
		return "Saved, read back and compared: the file on the stick "
		    "is the one you agreed to.";
	if (e == ERR_FULL)
		return "There is no room left on the stick.  Nothing is lost, "
		    "and its files are as they were.  Delete something or "
		    "take another stick, then save again.";
	if (e == ERR_READONLY)
		return "The stick cannot be written to.  Nothing is lost, and "
		    "its files are as they were.  Look for a lock switch on "
		    "it, or save to another stick.";
	if (e == ERR_GONE)
		return "The stick is gone.  Nothing is lost.  Plug it in "
		    "again, or another one, and save again.";
	if (e == ERR_IO)
		return "The stick did not take the file; it may be failing or "
		    "was pulled.  Nothing is lost, and its other files are as "
		    "they were.  Try once more, or save to another stick.";
	if (e == ERR_MISMATCH)
		return "What the stick gives back is not what was written, so "
		    "the file was removed again.  Nothing is lost, but do not "
		    "trust this stick: save to another one.";
	if (e == ERR_STATE)
		return "Another program holds on to the stick.  Nothing is "
		    "lost, and its files are as they were.  Close it, or "
		    "save to another stick.";
	if (e == ERR_FORM)
		return "The stick's file system is damaged.  Nothing is lost, "
		    "and nothing was written to it.  Save to another stick.";
	if (e == ERR_STOPPED)
		return "The stick did not answer and was given up.  Nothing "
		    "is lost.  Pull it out, and save to another one.";
	if (e == ERR_RANGE)
		return "Every name for the file is taken or too long here.  "
		    "Nothing is lost.  Move the older ones off the stick, "
		    "or save to another one.";
	return "The file could not be saved, by a fault of this program.  "
	    "Nothing is lost.  Save to another stick, or begin again.";
}
