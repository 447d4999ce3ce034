/* Found by the front ends and the load checks; this is its description. */
#include "rules/rule.h"

const struct rule rule_undefined_acl = {
	.id = "undefined-acl",
	.family = "load",
	.dialects = DIALECT_NAMED,
	.severity = SEV_ERROR,
	.summary = "an address match list names an ACL that does not exist",
	.explain = "named does not load a list with an unknown name. A "
		   "prefix in quotes is a name as well.",
	.source = "BIND 9, lib/isccfg/aclconf.c",
	.bad = "options { allow-query { lan; }; };",
	.good = "acl lan { 10.0.0.0/8; };\n"
		"options { allow-query { lan; }; };",
};
