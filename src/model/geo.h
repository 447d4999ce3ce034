/*
 * Where in the world addresses are, as the server's database has it. Reading
 * databases is nothing the model does itself: somebody hands it the function.
 */
#pragma once

#include "base/addr.h"
#include "base/arena.h"
#include "source/source.h"

/* `geoip [ db DATABASE ] SUBTYPE VALUE` */
struct geo_query {
	const char *directory; /* of the databases */
	struct slice database; /* empty: the first that can tell */
	struct slice subtype;
	struct slice value;
};

/*
 * All networks whose entry has the value, in no order, in `a`. False when that
 * cannot be told: no database, or one that cannot be read.
 */
typedef bool geo_networks_fn(struct arena *a, const struct source_policy *policy,
			     const struct geo_query *q,
			     const struct prefix **networks, size_t *count);
