/* Found when suppressions are applied; this is its description. */
#include "rules/rule.h"

const struct rule rule_suppression_unknown = {
	.id = "suppression-unknown",
	.family = "upkeep",
	.dialects = DIALECT_NAMED | DIALECT_UNBOUND,
	.severity = SEV_WARNING,
	.summary = "a suppression that names no rule",
	.explain =
		"A name that is misspelt suppresses nothing, and what it was "
		"meant to suppress may not have been found yet. What is to "
		"be said about a suppression stands behind '--'.",
	.bad = "options { }; # dnslint: off open-resolvr",
	.good = "options { }; # dnslint: off-file open-resolver -- for a lab",
	.bad_unbound = "server: port: 53 # dnslint: off",
	.good_unbound = "server: port: 53 # dnslint: off-file default-refuse",
};
