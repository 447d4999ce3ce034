#include "rules/rule.h"

/*
 * managed-keys is another name of trust-anchors, and its keys that are not
 * initial ones are static there (BIND 9, bin/named/server.c, process_key()).
 */
static void
fix_anchors(struct rule_context *cx, struct diag *d,
	    const struct node *statement)
{
	const struct node *block = node_block(statement);
	bool bare = node_is(statement->first, "trusted-keys");

	if (!bare && !node_is(statement->first, "managed-keys"))
		return;
	diag_fix(cx->diags, d, statement->first->span, "trust-anchors");
	for (const struct node *key = node_first(block); bare && key != NULL;
	     key = key->next) {
		const struct node *data = node_term(key, 1);

		if (data == NULL)
			continue; /* no key; that is another finding */
		struct span at = { data->span.begin, data->span.begin };

		diag_fix(cx->diags, d, at, "static-key ");
	}
}

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
		if (!use->alone)
			continue;
		if (dead)
			rule_fix_cut(cx, d, use->statement->span);
		else
			fix_anchors(cx, d, use->statement);
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
