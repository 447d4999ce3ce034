/* Found by the front ends and the load checks; this is its description. */
#include "rules/rule.h"

const struct rule rule_unknown_option = {
	.id = "unknown-option",
	.family = "load",
	.dialects = DIALECT_NAMED | DIALECT_UNBOUND,
	.severity = SEV_ERROR,
	.summary = "an option that no release knows",
	.explain = "The server refuses to load a file with an unknown "
		   "option. Most often the name is mistyped, or a ';' is "
		   "missing before it.",
	.source = "BIND 9 ARM, statement grammar; unbound.conf(5)",
	.bad = "options { recursoin no; };",
	.good = "options { recursion no; };",
	.bad_unbound = "server: prot: 53",
	.good_unbound = "server: port: 53",
};
