/* Found by the front ends and the load checks; this is its description. */
#include "rules/rule.h"

const struct rule rule_include_missing = {
	.id = "include-missing",
	.family = "load",
	.dialects = DIALECT_NAMED | DIALECT_UNBOUND,
	.severity = SEV_ERROR,
	.summary = "an included file that cannot be read",
	.explain = "The server refuses to load; what the file would have "
		   "said is not known.",
	.source = "BIND 9 ARM, include; unbound.conf(5), include",
};
