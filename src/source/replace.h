/*
 * Files that get new bytes: all of them, or none. The bytes are written beside
 * the file, down to the disk, and take its name then.
 */
#pragma once

#include "base/arena.h"
#include "base/slice.h"
#include "source/root.h"

struct replacement;

/*
 * Write `text` beside the file `path`, which is no symbolic link, with the
 * mode, the owner and the extended attributes of that, or those of a new file
 * when it is not there. NULL with `*why` set when that fails, or when the file
 * lies outside of the root; nothing is left behind then.
 */
struct replacement *
replacement_prepare(struct arena *a, const struct root *root, const char *path,
		    struct slice text, const char **why);

/* Put it in the place of the file. False with `*why` set: nothing changed. */
bool replacement_commit(struct replacement *r, const char **why);

/* Forget it. */
void replacement_abandon(struct replacement *r);

/*
 * All in one, for a path as people give it: what a symbolic link leads to is
 * replaced, and into what is no regular file, a terminal say, it is written.
 * A path within the root must not lead out of it; one elsewhere is not looked
 * at, as it was chosen by the user. False with `*why` set.
 */
bool file_replace(struct arena *a, const struct root *root, const char *path,
		  struct slice text, const char **why);
