/*
 * Runs of git(1), without hooks and file system monitors; filters, where files
 * are written, are those of its configuration. What the environment says of
 * another repository, as it does while git runs a hook, is left out.
 */
#pragma once

#include <stdbool.h>

#include "base/arena.h"

struct git {
	struct arena *arena;
	const char *directory;
	const char *index; /* NULL: that of the repository */
	bool quiet; /* what goes wrong is not told */
};

/*
 * Run git with these arguments, up to NULL; `*answer` is what it prints. False
 * when it cannot be run or fails: it, or this function, has said why on
 * standard error.
 */
bool git_run(const struct git *g, struct slice *answer,
	     const char *const *args);

#define GIT_RUN(g, answer, ...)                                                \
	git_run(g, answer, (const char *const[]){ __VA_ARGS__, NULL })
