/* Found by the front ends and the load checks; this is its description. */
#include "rules/rule.h"

const struct rule rule_bad_value = {
	.id = "bad-value",
	.family = "load",
	.dialects = DIALECT_NAMED | DIALECT_UNBOUND,
	.severity = SEV_ERROR,
	.summary = "a value that the option does not take",
	.explain = "The server refuses the value: it is of another kind, or "
		   "out of range.",
	.source = "BIND 9 ARM, statement grammar; unbound.conf(5)",
	.bad = "options { recursion maybe; };",
	.good = "options { recursion yes; };",
	.bad_unbound = "server: do-ip6: maybe",
	.good_unbound = "server: do-ip6: yes",
};
