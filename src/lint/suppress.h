/*
 * Findings that comments of the configuration suppress, and what is wrong with
 * such comments: those that suppress nothing, name no rule, or give no reason
 * where the intent file demands one.
 */
#pragma once

#include "lint/lint.h"

/*
 * Leave out of `r->diags` what its directives suppress. `today`, such as
 * 20270131, is past the last day of those that have ended; 0: none has. A
 * finding that cannot be left out is one that kept the file from being judged.
 */
void suppress_findings(struct lint_result *r, unsigned today);
