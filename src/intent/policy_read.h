/* The parts of an intent file, each read by a file of its own. */
#pragma once

#include "intent/fields.h"
#include "intent/policy.h"

/* One entry of `servers:`. */
struct policy_server {
	const struct field_item *patterns;
	size_t pattern_count;
	struct intent intent;
};

/* Reads one entry of `servers:` into a struct policy_server. */
void policy_read_server(struct fields *f, const struct yaml *y,
			struct policy_server *server);

/* Reads the list `expect:` into a struct intent. */
void policy_read_expectations(struct fields *f, const struct yaml *y,
			      struct intent *intent);
