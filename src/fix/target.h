/*
 * A file that is to be written: its bytes as they were when the configuration
 * was read, and how it takes new ones - all of them, or none.
 */
#pragma once

#include <sys/stat.h>

#include "fix/diff.h"
#include "source/replace.h"
#include "source/source.h"

struct target {
	const char *path; /* without symbolic links; NULL: standard input */
	struct stat stat; /* of standard input all zero */
	struct slice bytes;
	const struct stretch *secrets; /* in `bytes`, ascending */
	size_t secret_count;
	const struct root *root;
	struct replacement *anew; /* what was prepared, or NULL */
};

/*
 * The target of a source that was read from disk or from standard input. NULL
 * with `*why` set when it cannot be written in place: it is no regular file,
 * has several names, lies outside of the policy's root, or its bytes are no
 * longer those that were read.
 */
struct target *target_open(struct arena *a, const struct sources *sources,
			   const struct source *src,
			   struct source_policy policy, const char **why);

/*
 * Write `text` beside the file, with its mode, its owner and its extended
 * attributes, and down to the disk. False with `*why` set when that fails;
 * nothing is left behind then.
 */
bool target_prepare(struct arena *a, struct target *t, struct slice text,
		    const char **why);

/*
 * Put what was prepared in the place of the file, unless somebody else changed
 * it since. False with `*why` set, and the file is as it was.
 */
bool target_commit(struct arena *a, struct target *t, const char **why);

/* Forget what was prepared. */
void target_abandon(struct target *t);
