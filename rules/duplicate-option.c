/* Found by the front ends and the load checks; this is its description. */
#include "rules/rule.h"

const struct rule rule_duplicate_option = {
	.id = "duplicate-option",
	.family = "load",
	.dialects = DIALECT_NAMED,
	.severity = SEV_ERROR,
	.summary = "an option written twice in one block",
	.explain = "named refuses an option that stands twice in one block.",
	.source = "BIND 9, lib/isccfg/parser.c",
	.bad = "options { recursion no; recursion yes; };",
	.good = "options { recursion no; };",
};
