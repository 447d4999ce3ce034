/* Found by the front ends and the load checks; this is its description. */
#include "rules/rule.h"

const struct rule rule_undefined_key = {
	.id = "undefined-key",
	.family = "load",
	.dialects = DIALECT_NAMED,
	.severity = SEV_ERROR,
	.summary = "a key that no key statement defines",
	.explain = "named refuses a reference to an unknown key.",
	.source = "BIND 9, lib/bind9/check.c (lib/isccfg/check.c since 9.20)",
	.bad = "server 192.0.2.1 { keys { k; }; };",
	.good = "key k { algorithm hmac-sha256; secret \"c2VjcmV0\"; };\n"
		"server 192.0.2.1 { keys { k; }; };",
};
