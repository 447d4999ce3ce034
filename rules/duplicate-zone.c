/* Found by the front ends and the load checks; this is its description. */
#include "rules/rule.h"

const struct rule rule_duplicate_zone = {
	.id = "duplicate-zone",
	.family = "load",
	.dialects = DIALECT_NAMED,
	.severity = SEV_ERROR,
	.summary = "the same zone twice in one view",
	.explain = "named refuses two zones of one name in the same view, "
		   "letter case and the final dot apart.",
	.source = "BIND 9, lib/bind9/check.c (lib/isccfg/check.c since 9.20)",
	.bad = "zone \"a.example\" { type primary; file \"a\"; };\n"
	       "zone \"A.example.\" { type primary; file \"b\"; };",
	.good = "zone \"a.example\" { type primary; file \"a\"; };",
};
