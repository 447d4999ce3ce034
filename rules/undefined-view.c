/* Found by the front ends and the load checks; this is its description. */
#include "rules/rule.h"

const struct rule rule_undefined_view = {
	.id = "undefined-view",
	.family = "load",
	.dialects = DIALECT_NAMED | DIALECT_UNBOUND,
	.severity = SEV_ERROR,
	.summary = "a view that does not exist",
	.explain = "The server refuses a reference to a view that is not "
		   "defined, or for named not defined earlier in the file.",
	.source = "BIND 9 ARM, in-view; unbound.conf(5), access-control-view",
	.bad = "zone \"a.example\" { in-view \"v\"; };",
	.good = "view \"v\" { zone \"a.example\" { type primary; file "
		"\"a\"; }; };\n"
		"view \"w\" { zone \"a.example\" { in-view \"v\"; }; };",
	.bad_unbound = "server: access-control-view: 10.0.0.0/8 v",
	.good_unbound = "server: access-control-view: 10.0.0.0/8 v\n"
			"view: name: v",
};
