/* Found by the front ends and the load checks; this is its description. */
#include "rules/rule.h"

const struct rule rule_misplaced_option = {
	.id = "misplaced-option",
	.family = "load",
	.dialects = DIALECT_NAMED | DIALECT_UNBOUND,
	.severity = SEV_ERROR,
	.summary = "an option in a block where it may not stand",
	.explain = "Each option has its places, and the server refuses it "
		   "elsewhere.",
	.source = "BIND 9 ARM, statement grammar; unbound.conf(5)",
	.bad = "zone \"example.com\" { type primary; file \"db\"; "
	       "recursion no; };",
	.good = "zone \"example.com\" { type primary; file \"db\"; };",
	.bad_unbound = "forward-zone: port: 53",
	.good_unbound = "server: port: 53",
};
