/* Found when the comments are read; this is its description. */
#include "rules/rule.h"

const struct rule rule_bad_directive = {
	.id = "bad-directive",
	.family = "upkeep",
	.dialects = DIALECT_NAMED | DIALECT_UNBOUND,
	.severity = SEV_ERROR,
	.summary = "a 'dnslint:' comment that cannot be understood",
	.explain = "A comment that begins with 'dnslint:' either suppresses a "
		   "finding ('off', 'off-file') or, at the top of the file, "
		   "declares what the server is for ('role=', 'clients='). One "
		   "with a mistake in it has no effect, which nobody would "
		   "notice.",
	.source = "dnslint.yaml(5), comments in a configuration",
	.bad = "# dnslint: role=resolvr\noptions { };",
	.good = "# dnslint: role=resolver\noptions { };",
	.bad_unbound = "# dnslint: clients=10.0.0.1/8\nserver: port: 53",
	.good_unbound = "# dnslint: clients=10.0.0.0/8\nserver: port: 53",
};
