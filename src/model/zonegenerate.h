/* $GENERATE, BIND's shorthand for rows of records (lib/dns/master.c, generate).
 */
#pragma once

#include "base/arena.h"
#include "base/slice.h"

struct generate_range {
	unsigned long long first, last, step;
};

/* "1-254", "0-62/2". */
bool generate_range_parse(struct slice text, struct generate_range *range);

/*
 * `text` with every $ replaced by `n`, and every ${offset,width,base} by n and
 * the offset in that form; "\$" and "$$" stand for the sign itself. NULL: it is
 * malformed.
 */
const char *
generate_expand(struct arena *a, struct slice text, unsigned long long n);
