/*
 * What the server's own checker refuses beyond grammar and types: references,
 * contradictions, statements that are missing. The family `load`.
 */
#pragma once

#include "schema/option.h"

struct check {
	struct arena *arena;
	const struct config *config;
	const struct schema *schema;
	struct diags *diags;
};

/*
 * Add a finding for everything that named-checkconf (without -z) or
 * unbound-checkconf of the target release would refuse. Runs on any tree; where
 * the typed pass has complained already nothing is said twice.
 */
void check_load(const struct check *c);

void check_named(const struct check *c);
void check_unbound(const struct check *c);
