/* The verb `rules`: what there is to find, why, and where that is written. */
#pragma once

#include <stdio.h>

#include "base/arena.h"

enum catalogue_format {
	CATALOGUE_TEXT,
	CATALOGUE_JSON,
	CATALOGUE_MARKDOWN,
};

/*
 * Print the rule of the id `what`, or the rules of the family `what`, or all
 * (NULL). False after a complaint on standard error: there is no such thing.
 */
bool catalogue_print(struct arena *a, const char *what,
		     enum catalogue_format format, FILE *out);
