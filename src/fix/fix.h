/*
 * Mending a configuration: the fixes that findings carry are made together,
 * and kept where the result, read as a server reads it, proves them right.
 */
#pragma once

#include <stdio.h>

#include "lint/lint.h"

enum fix_mode {
	FIX_NONE,
	FIX_WRITE, /* write the files */
	FIX_SHOW, /* keep the result in memory: see fixer_show() */
};

struct fixer;

/*
 * `names` are all files of the run, "-" among them in FIX_SHOW only: what two
 * of them include is mended only where that is right for both. Everything lives
 * in the arena.
 */
struct fixer *fixer_new(struct arena *a, enum fix_mode mode,
			const struct lint_options *o, const char *const *names,
			size_t count);

struct fix_outcome {
	size_t mended; /* findings */
	const char *const *remarks; /* what was left alone, and why */
	size_t remark_count;
	bool failed; /* a file could not be written: a remark says why */
};

/*
 * lint_file() of file number `name`, after mending it and what it includes.
 * Where it could not be written it is judged as it is.
 */
struct lint_result fixer_run(struct fixer *f, size_t name,
			     struct fix_outcome *out);

/*
 * FIX_SHOW: what was done so far, as unified diffs. False when something was
 * replaced in them that must not be shown, so that they cannot be applied.
 */
bool fixer_show(const struct fixer *f, FILE *out);
