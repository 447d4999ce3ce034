/* Found when suppressions are applied; this is its description. */
#include "rules/rule.h"

const struct rule rule_suppression_unused = {
	.id = "suppression-unused",
	.family = "upkeep",
	.dialects = DIALECT_NAMED | DIALECT_UNBOUND,
	.severity = SEV_WARNING,
	.summary = "a suppression that suppresses nothing",
	.explain = "The finding that was suppressed is gone, and the comment "
		   "would hide the next one of the same rule in that place. "
		   "Only rules that take part in a run are judged.",
	.source = "dnslint.yaml(5), comments in a configuration",
	.bad = "options { };\n# dnslint: off open-resolver\nzone \"x\" { type "
	       "hint; file \"x\"; };",
	.good = "options {\n# dnslint: off open-resolver\nallow-query { any; "
		"}; };",
	.bad_unbound = "server: port: 53 # dnslint: off default-refuse",
	.good_unbound = "server: # dnslint: off-file default-refuse\n"
			"interface: 0.0.0.0",
};
