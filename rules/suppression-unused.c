/* Found when suppressions are applied; this is its description. */
#include "rules/rule.h"

const struct rule rule_suppression_unused = {
	.id = "suppression-unused",
	.family = "upkeep",
	.dialects = DIALECT_NAMED | DIALECT_UNBOUND,
	.severity = SEV_WARNING,
	.summary = "a suppression that suppresses nothing",
	.explain =
		"The finding that was suppressed has gone, and the comment "
		"would hide the next one of the same rule in that place. "
		"Rules that were not asked in a run are not judged.",
	.bad = "options { };\n# dnslint: off open-resolver\nzone \"x\" { type "
	       "hint; file \"x\"; };",
	.good = "options {\n# dnslint: off open-resolver\nallow-query { any; "
		"}; };",
	.bad_unbound = "server: port: 53 # dnslint: off default-refuse",
	.good_unbound = "server: # dnslint: off-file default-refuse\n"
			"interface: 0.0.0.0",
};
