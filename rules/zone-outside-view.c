/* Found by the front ends and the load checks; this is its description. */
#include "rules/rule.h"

const struct rule rule_zone_outside_view = {
	.id = "zone-outside-view",
	.family = "load",
	.dialects = DIALECT_NAMED,
	.severity = SEV_ERROR,
	.summary = "a zone outside of the views, where there are views",
	.explain = "Once a view is defined every zone must be inside of one.",
	.source = "BIND 9 ARM, view statement",
	.bad = "view \"v\" { };\n"
	       "zone \"a.example\" { type primary; file \"a\"; };",
	.good = "view \"v\" { zone \"a.example\" { type primary; file "
		"\"a\"; }; };",
};
