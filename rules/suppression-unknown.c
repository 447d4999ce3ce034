/* Found when suppressions are applied; this is its description. */
#include "rules/rule.h"

const struct rule rule_suppression_unknown = {
	.id = "suppression-unknown",
	.family = "upkeep",
	.dialects = DIALECT_NAMED | DIALECT_UNBOUND,
	.severity = SEV_WARNING,
	.summary = "a suppression that names no rule",
	.explain = "A misspelt name suppresses nothing, and the finding it was "
		   "meant for may come up later. Write the reason for a "
		   "suppression after '--'.",
	.source = "dnslint.yaml(5), comments in a configuration",
	.bad = "options { }; # dnslint: off open-resolvr",
	.good = "options { }; # dnslint: off-file open-resolver -- for a lab",
	.bad_unbound = "server: port: 53 # dnslint: off",
	.good_unbound = "server: port: 53 # dnslint: off-file default-refuse",
};
