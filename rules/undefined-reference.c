/* Found by the front ends and the load checks; this is its description. */
#include "rules/rule.h"

const struct rule rule_undefined_reference = {
	.id = "undefined-reference",
	.family = "load",
	.dialects = DIALECT_NAMED | DIALECT_UNBOUND,
	.severity = SEV_ERROR,
	.summary = "a reference to something that is not defined",
	.explain = "The server refuses a reference to a list of primaries, "
		   "a DNSSEC policy, a zone or the like that does not exist.",
	.source = "BIND 9, lib/bind9/check.c (lib/isccfg/check.c since 9.20); "
		  "unbound.conf(5), local-zone-tag",
	.bad = "zone \"a.example\" { type secondary; primaries { "
	       "upstream; }; };",
	.good = "primaries upstream { 192.0.2.1; };\n"
		"zone \"a.example\" { type secondary; primaries { "
		"upstream; }; };",
	.bad_unbound = "server: local-zone-tag: a.example \"\"",
	.good_unbound = "server: local-zone: a.example static\n"
			"local-zone-tag: a.example \"\"",
};
