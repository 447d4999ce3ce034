/* Found by the front ends and the load checks; this is its description. */
#include "rules/rule.h"

const struct rule rule_missing_value = {
	.id = "missing-value",
	.family = "load",
	.dialects = DIALECT_NAMED | DIALECT_UNBOUND,
	.severity = SEV_ERROR,
	.summary = "an option without the value it needs",
	.explain = "The server refuses the option.",
	.source = "BIND 9 ARM, statement grammar; unbound.conf(5)",
	.bad = "options { recursion; };",
	.good = "options { recursion no; };",
	.bad_unbound = "server: access-control: 10.0.0.0/8",
	.good_unbound = "server: access-control: 10.0.0.0/8 allow",
};
