/* Found by the front ends and the load checks; this is its description. */
#include "rules/rule.h"

const struct rule rule_conflicting_options = {
	.id = "conflicting-options",
	.family = "load",
	.dialects = DIALECT_NAMED | DIALECT_UNBOUND,
	.severity = SEV_ERROR,
	.summary = "options that exclude each other",
	.explain = "The server refuses settings that contradict each other.",
	.source = "BIND 9, lib/bind9/check.c (lib/isccfg/check.c since 9.20); "
		  "Unbound, smallapp/unbound-checkconf.c",
	.bad = "zone \"a.example\" { type primary; file \"a\"; "
	       "allow-update { any; }; update-policy local; };",
	.good = "zone \"a.example\" { type primary; file \"a\"; "
		"update-policy local; };",
	.bad_unbound = "server: do-ip4: no\n"
		       "do-ip6: no",
	.good_unbound = "server: do-ip6: no",
};
