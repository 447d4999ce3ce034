/* Found by the front ends and the load checks; this is its description. */
#include "rules/rule.h"

const struct rule rule_bad_prefix = {
	.id = "bad-prefix",
	.family = "load",
	.dialects = DIALECT_NAMED | DIALECT_UNBOUND,
	.severity = SEV_ERROR,
	.summary = "an address or prefix that is not valid",
	.explain = "A prefix with bits set beyond its length, a length that "
		   "is too large or an octet with a leading zero is "
		   "refused, or worse, taken for a name.",
	.source = "BIND 9 ARM, address match lists; Unbound, util/net_help.c, "
		  "netblockstrtoaddr",
	.bad = "acl lan { 10.0.0.1/8; };\n"
	       "options { allow-query { lan; }; };",
	.good = "acl lan { 10.0.0.0/8; };\n"
		"options { allow-query { lan; }; };",
	.bad_unbound = "server: access-control: 10.0.0.0/33 allow",
	.good_unbound = "server: access-control: 10.0.0.0/8 allow",
};
