#include "base/addr.h"
#include "rules/rule.h"

/* Digits and dots, perhaps with a length, or an IPv6 address. */
static bool
looks_like_prefix(struct slice name)
{
	struct prefix p;
	bool digit = false, mark = false;

	if (prefix_parse(name, &p))
		return true;
	for (size_t i = 0; i < name.len; i++) {
		if (ascii_is_digit(name.data[i]))
			digit = true;
		else if (name.data[i] == '.' || name.data[i] == '/')
			mark = true;
		else
			return false;
	}
	return digit && mark;
}

static void
check(struct rule_context *cx)
{
	CONFIG_EACH(s, cx->config, "acl") {
		const struct node *name = node_term(s, 1);

		if (!looks_like_prefix(node_text(name)))
			continue;
		struct diag *d = rule_report(
			cx, name->span,
			"'%.*s' is the name of a list here, not an address",
			SLICE(node_text(name)));

		diag_remark(cx->diags, d,
			    "an entry that is written like this matches "
			    "what the list says");
		diag_help(cx->diags, d,
			  "give the list a name that cannot be read as an "
			  "address");
	}
}

const struct rule rule_acl_shadows_builtin = {
	.id = "acl-shadows-builtin",
	.family = "acl",
	.dialects = DIALECT_NAMED,
	.severity = SEV_WARNING,
	.needs = STAGE_LOAD,
	.summary = "a named list whose name reads like an address",
	.explain =
		"Names of lists may look like anything. An entry "
		"'\"10.0.0.0/8\"' in quotes, or '010.0.0.1', is such a name "
		"and matches what the list of this name says. Who reads it "
		"takes it for the network itself.",
	.source = "BIND 9 ARM, acl statement",
	.bad = "acl \"10.0.0.0/8\" { 192.0.2.1; };\n"
	       "options { allow-query { \"10.0.0.0/8\"; }; };",
	.good = "acl office { 192.0.2.1; };\n"
		"options { allow-query { office; }; };",
	.check = check,
};
