/* A line of the configuration, with a mark under what is meant. */
#pragma once

#include <stdio.h>

#include "source/source.h"

/*
 * The line that `span` begins in and `^~~~` under the span, up to the end of
 * the line; long lines are cut. Secrets are stars, and what a terminal could
 * act on is shown as '?'. `color` starts the mark's color; NULL: none.
 */
void quote_print(FILE *out, const struct sources *sources, struct span span,
		 const char *color);
