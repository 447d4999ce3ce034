/* Whether edits did what they should, and nothing else. */
#pragma once

#include "fix/draft.h"
#include "lint/lint.h"

/* The edits of one file, which is known by its device and number. */
struct edited {
	dev_t dev;
	ino_t ino; /* 0: standard input */
	struct edit *edits;
	size_t count;
};

/* Findings that are to be mended, and how. */
struct attempt {
	const struct edited *files;
	size_t file_count;
	const struct diag *const *diags; /* in the order of diags_sorted() */
	size_t diag_count;
	bool narrows; /* they are meant to turn clients away */
};

/*
 * Compare a configuration with what the edits made of it. NULL when it loads
 * if it did before, what was to be mended is gone, nothing above a note has
 * come up, and the server answers as before - or, if they are meant to, nobody
 * who was not before; else the reason against it, which lives in `a`. A
 * configuration that did not load must come nearer to that, or at least not go
 * farther from it; what was hidden until now may come up then.
 */
const char *verify_attempt(struct arena *a, struct lint_result *before,
			   struct lint_result *after, const struct attempt *t,
			   const struct lint_options *o);
