/* All that two configurations do differently. */
#pragma once

#include "compare/change.h"

struct comparison {
	struct side sides[2];
	/* Those of signed questions only where the unsigned ones differ. */
	change_vec changes;
	size_t counts[EFFECT_COUNT];
	/* Addresses that the server listens on no longer, and new ones. */
	struct client_set silent;
	struct client_set listening;
	size_t keys_left; /* keys that were too many to ask with */
};

struct comparison_options {
	struct question base; /* destination, transport, RD */
	bool one_question; /* it is `base` itself, not all that can be asked */
	const char *title; /* of that question */
	const char *key; /* sign with this one only, or NULL */
	const struct addr *client; /* only this one, or NULL */
	bool strict; /* AA, RA and extended errors count as well */
};

/*
 * Compare everything that can be asked of either side, unsigned and with every
 * key that is named in a list. Lives in `a`.
 */
struct comparison comparison_make(struct arena *a, const struct side sides[2],
				  const struct comparison_options *o);

/* Does it hold something that has this effect? */
bool comparison_has(const struct comparison *c, enum effect e);
