/* The text of master files: logical lines of tokens (RFC 1035, section 5). */
#pragma once

#include "base/vec.h"

/* A logical line: parentheses join several of the file's. */
struct zone_line {
	VEC(struct slice) tokens;
	bool blank_owner; /* it begins with white space */
};

struct zone_text {
	struct arena *arena;
	struct slice rest;
	bool bad; /* the rest cannot be told apart: */
	struct slice fault; /* from here on, */
	const char *why; /* a phrase for people */
};

/* The next line that has any token; false at the end, or when it is bad. */
bool zone_text_next(struct zone_text *t, struct zone_line *line);
