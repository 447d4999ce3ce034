/* Found by the front ends and the load checks; this is its description. */
#include "rules/rule.h"

const struct rule rule_missing_statement = {
	.id = "missing-statement",
	.family = "load",
	.dialects = DIALECT_NAMED | DIALECT_UNBOUND,
	.severity = SEV_ERROR,
	.summary = "a block without a statement that it needs",
	.explain = "The server refuses a block of which a required part is "
		   "missing.",
	.source = "BIND 9, lib/bind9/check.c (lib/isccfg/check.c since 9.20); "
		  "unbound.conf(5)",
	.bad = "key k { algorithm hmac-sha256; };",
	.good = "key k { algorithm hmac-sha256; secret \"c2VjcmV0\"; };",
	.bad_unbound = "view: view-first: yes",
	.good_unbound = "view: name: v\n"
			"view-first: yes",
};
