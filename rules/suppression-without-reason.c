/* Found when suppressions are applied; this is its description. */
#include "rules/rule.h"

const struct rule rule_suppression_without_reason = {
	.id = "suppression-without-reason",
	.family = "upkeep",
	.dialects = DIALECT_NAMED | DIALECT_UNBOUND,
	.severity = SEV_ERROR,
	.summary = "a suppression without the reason that is demanded",
	.explain =
		"With 'require-reason: true' in the intent file a suppression "
		"counts only with a reason: '-- why' behind the rules. Years "
		"later nobody else knows whether it still holds.",
	.source = "dnslint.yaml(5), require-reason",
	.policy = "version: 1\n"
		  "require-reason: true\n",
	.bad = "options { }; # dnslint: off-file open-resolver",
	.good = "options { }; # dnslint: off-file open-resolver -- for a lab",
	.bad_unbound = "server: port: 53 # dnslint: off-file default-refuse --",
	.good_unbound = "server: port: 53 # dnslint: off-file default-refuse "
			"-- for a lab",
};
