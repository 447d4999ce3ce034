/* Found by the front ends and the load checks; this is its description. */
#include "rules/rule.h"

const struct rule rule_removed_option = {
	.id = "removed-option",
	.family = "load",
	.dialects = DIALECT_NAMED | DIALECT_UNBOUND,
	.severity = SEV_ERROR,
	.summary = "an option that the target release no longer has",
	.explain = "The server refuses to load a file that still uses it. "
		   "Replace it before the upgrade.",
	.source = "release notes of BIND and Unbound; the option tables",
	.bad = "options { additional-from-auth no; };",
	.good = "options { minimal-responses yes; };",
};
