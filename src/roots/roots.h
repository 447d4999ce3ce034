/*
 * From changed files to the configurations that they are part of: what a
 * server is started with, and not what it includes.
 */
#pragma once

#include "lint/lint.h"

struct roots {
	const char *const *files; /* to be checked, in the order of names */
	size_t count;
	const char *const *notes; /* what people should know besides */
	size_t note_count;
	const char *directory; /* of the repository */
};

/*
 * For each of `files` the configurations of its repository whose includes reach
 * it, by whatever way; for a file that is gone, those that would read it. A
 * directory stands for all files below it, an intent file for those of its
 * directory. Nothing outside of the repository is opened, unless an include
 * root is set in `o`. The intent files of `o` are not asked, since each of them
 * tells only once what is wrong with it: they are read anew, or the one at
 * `policy_path` (which may be NULL) for all. What is made lives in the arena.
 * False with `*why` set when the files are not of one repository, or that is too
 * large.
 */
bool roots_find(struct arena *a, const struct lint_options *o,
		const char *policy_path, const char *const *files, size_t count,
		struct roots *out, const char **why);
