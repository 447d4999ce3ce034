/* Found by the front ends and the load checks; this is its description. */
#include "rules/rule.h"

const struct rule rule_include_loop = {
	.id = "include-loop",
	.family = "load",
	.dialects = DIALECT_NAMED | DIALECT_UNBOUND,
	.severity = SEV_ERROR,
	.summary = "an include that leads back to itself",
	.explain = "The server would read without end.",
	.source = "BIND 9 ARM, include; unbound.conf(5), include",
};
