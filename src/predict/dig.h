/* What dig printed: the question, the server, and what came back. */
#pragma once

#include "predict/ask.h"

struct dig {
	struct ask_options ask; /* `client` from -b; NULL where not said */
	const char *status; /* "REFUSED"; NULL: no answer came */
	bool ra;
	bool aa;
	const char *ede; /* "18", or NULL */
};

/*
 * Read dig's output, of one question. False with `*why` set when it is none.
 * All of it lives in the arena.
 */
bool dig_read(struct arena *a, struct slice text, struct dig *d,
	      const char **why);
