#include "rules/rule.h"

/* Zones that inherit who may change them. */
static const struct policy *
policy_of(void *context, const struct rule_zone *z)
{
	const struct zone *zone = z->zone;

	(void)context;
	if (zone->type != ZONE_PRIMARY || zone->update_policy != NULL ||
	    origin_is_default(zone->allow_update.origin) ||
	    node_find(z->body, "allow-update") != NULL)
		return NULL;
	return &zone->allow_update;
}

static void
check(struct rule_context *cx)
{
	struct acls *acls = predict_acls(cx->predict);
	size_t n;
	const struct rule_zone_group *g =
		rule_zone_groups(cx, policy_of, NULL, &n);

	for (size_t i = 0; i < n; i++) {
		if (!clients_may_match(acls, g[i].policy->list))
			continue;
		struct diag *d =
			rule_report(cx, g[i].policy->origin->span,
				    "this list is inherited: %s can be changed "
				    "at run time",
				    rule_group_text(cx, &g[i]));

		diag_remark(cx->diags, d,
			    "the server writes the files of such zones itself; "
			    "edits by hand are lost");
		diag_help(cx->diags, d,
			  "write it in the zones that are to be updated");
	}
}

const struct rule rule_update_at_options = {
	.id = "update-at-options",
	.family = "exposure",
	.dialects = DIALECT_NAMED,
	.severity = SEV_WARNING,
	.needs = STAGE_DECISION,
	.summary = "a list in the options makes every primary zone dynamic",
	.explain =
		"'allow-update' in 'options' or in a view holds for every "
		"primary zone that has no list of its own, localhost and the "
		"reverse zones among them. All of them can be changed over the "
		"network, get a journal, and are rewritten by the server. "
		"Write the list where updates are wanted.",
	.source = "BIND 9 ARM, allow-update",
	.bad = "options { allow-update { 127.0.0.1; }; };\n"
	       "zone \"example.com\" { type primary; file \"e.db\"; };",
	.good = "zone \"example.com\" { type primary; file \"e.db\";\n"
		"\tallow-update { 127.0.0.1; }; };",
	.check = check,
};
