/* Found by the front ends and the load checks; this is its description. */
#include "rules/rule.h"

const struct rule rule_surplus_value = {
	.id = "surplus-value",
	.family = "load",
	.dialects = DIALECT_NAMED | DIALECT_UNBOUND,
	.severity = SEV_ERROR,
	.summary = "more values than the option takes",
	.explain = "The server takes what follows a complete value for a "
		   "new statement, and refuses it.",
	.source = "BIND 9, lib/isccfg/parser.c; Unbound, util/configparser.y",
	.bad = "options { recursion no no; };",
	.good = "options { recursion no; };",
	.bad_unbound = "server: port: 53 54",
	.good_unbound = "server: port: 53",
};
