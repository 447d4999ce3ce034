/* Found by the front ends and the load checks; this is its description. */
#include "rules/rule.h"

const struct rule rule_not_yet_option = {
	.id = "not-yet-option",
	.family = "load",
	.dialects = DIALECT_NAMED | DIALECT_UNBOUND,
	.severity = SEV_ERROR,
	.summary = "an option that came after the target release",
	.explain = "The server of the target release refuses to load a file "
		   "that uses it.",
	.source = "release notes of BIND and Unbound; the option tables",
};
