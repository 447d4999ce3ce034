/* Found by the front ends and the load checks; this is its description. */
#include "rules/rule.h"

const struct rule rule_syntax = {
	.id = "syntax",
	.family = "load",
	.dialects = DIALECT_NAMED | DIALECT_UNBOUND,
	.severity = SEV_ERROR,
	.summary = "text that is no configuration at this place",
	.explain = "The server reads no further, or reads something else "
		   "than was meant. dnslint goes on behind the fault and "
		   "reports the next one as well.",
	.source = "BIND 9, lib/isccfg/parser.c; Unbound, util/configparser.y",
	.bad = "options { recursion no }",
	.good = "options { recursion no; };",
	.bad_unbound = "server: port: \"53",
	.good_unbound = "server: port: 53",
};
