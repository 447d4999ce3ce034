/* Found by the front ends and the load checks; this is its description. */
#include "rules/rule.h"

const struct rule rule_include_outside_root = {
	.id = "include-outside-root",
	.family = "load",
	.dialects = DIALECT_NAMED | DIALECT_UNBOUND,
	.severity = SEV_ERROR,
	.summary = "an include that leads out of the include root",
	.explain = "The file was not opened, since --include-root (or "
		   "--chroot) forbids it.",
	.source = "dnslint(1), --include-root and --chroot",
};
