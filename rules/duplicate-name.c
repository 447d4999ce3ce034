/* Found by the front ends and the load checks; this is its description. */
#include "rules/rule.h"

const struct rule rule_duplicate_name = {
	.id = "duplicate-name",
	.family = "load",
	.dialects = DIALECT_NAMED | DIALECT_UNBOUND,
	.severity = SEV_ERROR,
	.summary = "two definitions of one name",
	.explain = "A name of an ACL, key, view, list of primaries or the "
		   "like can be defined only once.",
	.source = "BIND 9, lib/bind9/check.c (lib/isccfg/check.c since 9.20); "
		  "Unbound, services/view.c",
	.bad = "acl lan { 10.0.0.0/8; };\n"
	       "acl LAN { 192.168.0.0/16; };",
	.good = "acl lan { 10.0.0.0/8; };\n"
		"acl wifi { 192.168.0.0/16; };",
	.bad_unbound = "view: name: a\n"
		       "view: name: a",
	.good_unbound = "view: name: a\n"
			"view: name: b",
};
