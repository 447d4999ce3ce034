/*
 * The files of a repository: what git tracks, or else what lies below the
 * nearest directory with an intent file.
 */
#pragma once

#include <stdbool.h>

#include "base/arena.h"

struct listing {
	const char *root; /* real path */
	const char *const *names; /* as called from the working directory */
	size_t count;
};

/*
 * The repository of `file`, which need not exist. The files come in the order
 * of git or of the walk, without links followed. False with `*why` set where
 * there are too many to look at.
 */
bool listing_make(struct arena *a, const char *file, struct listing *out,
		  const char **why);
