/*
 * A half-open range of bytes in the concatenation of all files of one
 * configuration. Which file, line and column it is, struct sources knows.
 */
#pragma once

#include <stdint.h>

struct span {
	uint32_t begin;
	uint32_t end;
};

/* From the begin of `a` to the end of `b`. */
static inline struct span
span_join(struct span a, struct span b)
{
	return (struct span){ a.begin, b.end };
}

static inline struct span
span_at_end(struct span s)
{
	return (struct span){ s.end, s.end };
}
