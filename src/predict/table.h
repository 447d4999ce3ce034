/* A part of what can be asked, as a table for people. */
#pragma once

#include <stdio.h>

#include "predict/section.h"

/*
 * The clients by outcome, as the fewest prefixes, with what decides. Who is
 * turned away just as in the part `before` is not told again; NULL: there was
 * none.
 */
void table_print(const struct model *m, const struct section *s,
		 const struct section *before, FILE *out);
