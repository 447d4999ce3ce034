/* Networks as people write them in declarations. */
#pragma once

#include "base/arena.h"
#include "intent/intent.h"

/*
 * An address, or a network without bits beyond its length. NULL, or what is
 * wrong with it, for people.
 */
const char *network_parse(struct arena *a, struct slice text, struct prefix *p);

/* "10.0.0.0/8,2001:db8::/32": the same for at least one of them. */
const char *networks_parse(struct arena *a, struct slice text,
			   struct prefix_set *out);
