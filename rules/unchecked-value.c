/* Found by the front ends; this is its description. */
#include "rules/rule.h"

const struct rule rule_unchecked_value = {
	.id = "unchecked-value",
	.family = "load",
	.dialects = DIALECT_UNBOUND,
	.severity = SEV_NOTE,
	.summary = "a value that the server reads otherwise",
	.explain =
		"The server does not check the value of this option. It takes "
		"what digits a number begins with, if any, and anything but "
		"'yes' for 'no': the file loads, and does not do what it says.",
	.source = "Unbound util/configparser.y",
	.bad_unbound = "server: discard-timeout: two",
	.good_unbound = "server: discard-timeout: 1900",
};
