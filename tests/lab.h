/* A configuration from text, and what the server would do with it. */
#pragma once

#include "ast/config.h"
#include "decide/predict.h"

struct lab {
	struct arena *arena; /* free it with arena_free() */
	const struct model *model;
	struct predict *predict;
};

/*
 * The newest release, on `host`. What does not load ends the test: it would be
 * about nothing.
 */
struct lab lab_open(enum dialect dialect, const char *text,
		    const struct host *host);

/* A question of class IN; `name` need not be canonical. */
struct question lab_question(struct lab *lab, const char *name, uint16_t type);

/* An address about half way from `a` to `b`. */
struct addr lab_middle(struct addr a, struct addr b);
