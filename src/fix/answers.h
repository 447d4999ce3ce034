/* Whether two configurations answer everybody alike. */
#pragma once

#include "lint/lint.h"

/*
 * NULL when all clients get the same from both for everything that can be asked
 * for - unsigned, and signed with keys that lists name - and both listen on the
 * same addresses; else the first difference, for people. Where zones and keys
 * are very many, not all keys are tried. Both results have been decided: see
 * lint_decide(). The text lives in `a`.
 */
const char *answers_compare(struct arena *a, const struct lint_result *before,
			    const struct lint_result *after);
