#include "rules/rule.h"

static void
check(struct rule_context *cx)
{
	for (size_t i = 0; i < cx->typed->retired_count; i++) {
		const struct retired_use *use = &cx->typed->retired[i];
		const struct option *o = use->option;
		bool dead = option_is_obsolete(cx->schema, o);
		const struct node *name = use->statement->first;
		struct diag *d = rule_report(
			cx, name->span, "'%s' is %s since release %s", o->name,
			dead ? "read and has no effect" : "deprecated",
			dead ? o->obsolete : o->deprecated);

		if (o->removed != NULL)
			diag_remark(cx->diags, d,
				    "release %s refuses to load it",
				    o->removed);
		if (o->successor != NULL)
			diag_help(cx->diags, d, "write instead: %s",
				  o->successor);
		else if (dead)
			diag_help(cx->diags, d, "remove it");
	}
}

const struct rule rule_deprecated_option = {
	.id = "deprecated-option",
	.family = "upkeep",
	.dialects = DIALECT_NAMED | DIALECT_UNBOUND,
	.severity = SEV_WARNING,
	.needs = STAGE_TREE,
	.summary = "an option that the target release is about to drop",
	.explain =
		"A deprecated option still works and an obsolete one is read "
		"and ignored, but a later release refuses to load the file. "
		"Replacing it before the upgrade is cheaper than after.",
	.source = "release notes of BIND and Unbound; the option tables",
	.bad = "options { dnssec-must-be-secure example.com yes; };",
	.good = "options { dnssec-validation auto; };",
	.bad_unbound = "server: dlv-anchor-file: \"dlv.key\"",
	.good_unbound = "server: harden-dnssec-stripped: yes",
	.check = check,
};
