/* The text of master files: logical lines of tokens (RFC 1035, section 5). */
#pragma once

#include <stdint.h>

#include "base/vec.h"

/* A logical line: parentheses join several of the file's. */
struct zone_line {
	VEC(struct slice) tokens;
	bool blank_owner; /* it begins with white space */
	const char *begin;
};

struct zone_text {
	struct arena *arena;
	struct slice rest;
	bool bad; /* the rest cannot be told apart: */
	struct slice fault; /* from here on, */
	const char *why; /* a phrase for people */
};

/*
 * A time in seconds, a number or numbers with units: "1h30m" (lib/dns/ttl.c,
 * bind_ttl). False when it is none, or too large.
 */
bool zone_text_ttl(struct slice text, uint32_t *seconds);

/* The next line that has any token; false at the end, or when it is bad. */
bool zone_text_next(struct zone_text *t, struct zone_line *line);
