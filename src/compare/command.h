/* The verb `diff`, once both configurations have been judged to load. */
#pragma once

#include "lint/lint.h"
#include "predict/ask.h"

enum diff_format {
	DIFF_TEXT,
	DIFF_JSON,
	DIFF_MARKDOWN,
};

/* Which changes make the exit status 1. */
enum diff_on {
	DIFF_ON_NARROWED,
	DIFF_ON_WIDENED,
	DIFF_ON_ANY,
};

struct diff_options {
	struct ask_options ask;
	const char *revision; /* of --git, or NULL */
	uint32_t old_target; /* release of the old side; 0: as the new one */
	const char *releases[2]; /* of both, as people write them */
	enum diff_on on;
	enum diff_format format;
};

/* As exit statuses. */
enum diff_status {
	DIFF_QUIET = 0, /* nothing of what `on` says */
	DIFF_FOUND = 1,
	DIFF_FAILED = 2, /* after a complaint on standard error */
};

/*
 * Print what changes from `before` to `after`, both of them decided: see
 * lint_decide().
 */
enum diff_status diff_command(struct arena *a, const struct lint_result *before,
			      const struct lint_result *after,
			      const struct diff_options *o);
