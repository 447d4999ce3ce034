/* Found by the front ends and the load checks; this is its description. */
#include "rules/rule.h"

const struct rule rule_undefined_tls = {
	.id = "undefined-tls",
	.family = "load",
	.dialects = DIALECT_NAMED,
	.severity = SEV_ERROR,
	.summary = "a tls or http clause that does not exist",
	.explain = "named refuses a reference to an unknown tls or http "
		   "clause.",
	.source = "BIND 9, lib/bind9/check.c (lib/isccfg/check.c since 9.20)",
	.bad = "options { listen-on tls t { any; }; };",
	.good = "tls t { cert-file \"c\"; key-file \"k\"; };\n"
		"options { listen-on tls t { any; }; };",
};
