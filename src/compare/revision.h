/*
 * The files of a git repository as they were at one revision, in a temporary
 * directory. git(1) is run for it; it reads the repository and writes nothing
 * there.
 */
#pragma once

#include "source/mirror.h"

struct revision {
	const char *dir; /* temporary; NULL: there is none */
	struct mirror mirror; /* of the repository */
};

/*
 * All files of the repository that `file` lies in, as of `name`, and those of
 * its submodules that are checked out, as of the commits that belong to it.
 * False when that cannot be had: git has said why on standard error, or this
 * function has. To be closed in both cases.
 */
bool revision_open(struct arena *a, const char *file, const char *name,
		   struct revision *r);

/* Removes the directory with all that is in it. */
void revision_close(const struct revision *r);
