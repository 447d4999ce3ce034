/* Where a value of the model comes from: a statement, or a default. */
#pragma once

#include <stdbool.h>

#include "source/span.h"

/*
 * `option` is the name of the option as its manual spells it. A default has
 * the empty span at 0, which no statement has.
 */
struct origin {
	const char *option;
	struct span span;
};

static inline bool
origin_is_default(const struct origin *o)
{
	return o->span.end == 0;
}
