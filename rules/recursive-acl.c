/* Found by the front ends and the load checks; this is its description. */
#include "rules/rule.h"

const struct rule rule_recursive_acl = {
	.id = "recursive-acl",
	.family = "load",
	.dialects = DIALECT_NAMED,
	.severity = SEV_ERROR,
	.summary = "an ACL that contains itself",
	.explain = "named refuses a list that reaches itself through others.",
	.source = "BIND 9, lib/isccfg/aclconf.c",
	.bad = "acl a { b; };\n"
	       "acl b { a; };\n"
	       "options { allow-query { a; }; };",
	.good = "acl a { b; };\n"
		"acl b { 10.0.0.0/8; };\n"
		"options { allow-query { a; }; };",
};
