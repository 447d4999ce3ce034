/* The mending of one configuration, while it lasts. */
#pragma once

#include "fix/plan.h"
#include "fix/readers.h"
#include "source/overlay.h"

/* A finding whose fix is not right, where it stands by now. */
struct refused {
	const char *rule;
	const char *message;
	const char *why;
	dev_t dev;
	ino_t ino;
	size_t offset;
};

/* What all configurations of a command line have in common. */
struct fixer {
	struct arena *arena;
	bool writes;
	struct lint_options options;
	const char *const *names;
	size_t name_count;
	struct overlay *overlay;
	struct mendings files;
	struct readers *readers; /* NULL: not yet asked for */
};

struct run {
	struct fixer *fixer;
	struct arena *arena; /* for as long as the run lasts */
	size_t name;
	struct lint_result now; /* with what was accepted */
	struct lint_result *others; /* by name; those that were asked */
	VEC(struct refused) refused;
	VEC(const char *) remarks; /* they live as long as the fixer */
	size_t mended;
	size_t attempts;
};

/*
 * Make the edits and read the result, for this name and for others that read
 * one of the files. NULL when it holds, and then it is what is from now on;
 * else the reason why all is as it was.
 */
const char *run_try(struct run *run, const struct attempt *t);
