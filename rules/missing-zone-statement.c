/* Found by the front ends and the load checks; this is its description. */
#include "rules/rule.h"

const struct rule rule_missing_zone_statement = {
	.id = "missing-zone-statement",
	.family = "load",
	.dialects = DIALECT_NAMED | DIALECT_UNBOUND,
	.severity = SEV_ERROR,
	.summary = "a zone without a statement that its type needs",
	.explain = "A primary needs its file, a secondary its primaries, a "
		   "forward zone in Unbound its name.",
	.source = "BIND 9 ARM, zone types; unbound.conf(5), forward-zone, "
		  "stub-zone and auth-zone",
	.bad = "zone \"a.example\" { type primary; };",
	.good = "zone \"a.example\" { type primary; file \"a\"; };",
	.bad_unbound = "forward-zone: forward-addr: 192.0.2.1",
	.good_unbound = "forward-zone: name: a.example\n"
			"forward-addr: 192.0.2.1",
};
