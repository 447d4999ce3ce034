/* The expectations of the intent file, for `predict` and `explain`. */
#pragma once

#include "lint/lint.h"

/*
 * Do all of them hold, for all that is known? Those that do not get a line each
 * on standard error. They are judged as the rule expectation-failed judges.
 */
bool expectations_hold(const struct lint_result *r,
		       const struct lint_options *lint);
