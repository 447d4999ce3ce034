/* What goes to standard error, and whether colors go to standard output. */
#pragma once

#include <stdio.h>

#include "cli/options.h"

/* Say what is wrong, in one line of "dnslint: ...": false. */
bool cli_complain(const char *format, ...)
	__attribute__((format(printf, 1, 2)));

/* Something to know besides the findings. */
void cli_note(const char *text);

/* Why a file could not be judged. */
void cli_tell_unjudged(const struct lint_result *r);

/* By --color, and else by what `out` is and what the environment says. */
bool cli_wants_color(const struct options *o, FILE *out);

/*
 * Write out what was printed; closes all but standard output. False after a
 * complaint: what could not be told is a job that was not done.
 */
bool cli_close(FILE *out);
