#include "rules/rule.h"

static const struct policy *
policy_of(void *context, const struct rule_zone *z)
{
	(void)context;
	return z->zone->type == ZONE_PRIMARY && z->zone->update_policy == NULL
		       ? &z->zone->allow_update
		       : NULL;
}

static void
check(struct rule_context *cx)
{
	struct acls *acls = predict_acls(cx->predict);
	struct client_set public = clients_public(cx->arena);
	size_t n;
	const struct rule_zone_group *g =
		rule_zone_groups(cx, policy_of, NULL, &n);

	for (size_t i = 0; i < n; i++) {
		struct client_set open = clients_and(
			cx->arena, public,
			clients_matched(cx->arena, acls, g[i].policy->list,
					KEY_NONE, false));

		if (!rule_is_internet(open) ||
		    !rule_is_internet(
			    rule_reaching(cx, g[i].zone->zone, open)))
			continue;
		struct diag *d = rule_report(cx, g[i].policy->origin->span,
					     "anybody can change %s",
					     rule_group_text(cx, &g[i]));

		diag_help(cx->diags, d,
			  "let a key change it: 'update-policy { grant KEY "
			  "zonesub ANY; };'");
	}
}

const struct rule rule_update_open = {
	.id = "update-open",
	.family = "exposure",
	.dialects = DIALECT_NAMED,
	.severity = SEV_ERROR,
	.needs = STAGE_DECISION,
	.summary = "anybody can change the data of a zone",
	.explain =
		"A dynamic update adds and removes records. Whoever the list "
		"takes can point the names of the zone anywhere, and a UDP "
		"packet with a forged source is enough. Grant updates to keys.",
	.source = "RFC 3007; BIND 9 ARM, allow-update and update-policy",
	.bad = "zone \"example.com\" { type primary; file \"e.db\";\n"
	       "\tallow-update { any; }; };",
	.good = "key ddns { algorithm hmac-sha256;\n"
		"\tsecret \"c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0\"; };\n"
		"zone \"example.com\" { type primary; file \"e.db\";\n"
		"\tupdate-policy { grant ddns zonesub ANY; }; };",
	.check = check,
};
