/* Found by the front ends and the load checks; this is its description. */
#include "rules/rule.h"

const struct rule rule_undefined_tag = {
	.id = "undefined-tag",
	.family = "load",
	.dialects = DIALECT_UNBOUND,
	.severity = SEV_ERROR,
	.summary = "a tag that define-tag does not define",
	.explain = "Unbound refuses a tag that is used before define-tag "
		   "defines it.",
	.source = "unbound.conf(5), define-tag",
	.bad = "server: access-control-tag: 10.0.0.0/8 \"red\"",
	.good = "server: define-tag: \"red\"\n"
		"access-control-tag: 10.0.0.0/8 \"red\"",
};
