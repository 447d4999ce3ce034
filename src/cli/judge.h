/* From findings to exit statuses. */
#pragma once

#include "cli/options.h"

struct diag; /* diag/diag.h */

enum exit_status {
	EXIT_CLEAN = 0,
	EXIT_FINDINGS = 1,
	EXIT_NOT_DONE = 2,
};

/* The family of a rule, by its id. */
const char *cli_family_of(const char *id);

/*
 * The worst that the findings of one file make of the exit status. A part that
 * cannot be read leaves the file unjudged, unless the rest condemns it.
 */
int cli_judge(const struct options *o, const struct lint_result *r,
	      const struct diag *const *diags, size_t count);

/*
 * The findings of a file that was read, to standard error, for verbs whose
 * result is something else; and cli_judge() of them.
 */
int cli_tell_findings(const struct options *o, const struct lint_result *r);

/*
 * Only of a file that loads can it be said what its server would do. What keeps
 * it from that goes to standard error. To be freed, whatever the status.
 */
struct lint_result cli_load(const char *name, const struct options *o,
			    const struct lint_options *given, int *status);
