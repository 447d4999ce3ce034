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

/* "zone example.com, example.net": the names that answer alike, or the first. */
void table_print_title(const char *title, const char *const *names,
		       size_t count, FILE *out);

/* What a client sees and what decides that, for `names` zones that are alike. */
void table_print_decision(const struct model *m, const struct decision *d,
			  size_t names, FILE *out);
