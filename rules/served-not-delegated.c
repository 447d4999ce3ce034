#include "base/strmap.h"
#include "model/name.h"
#include "model/views.h"
#include "rules/rule.h"

struct filter {
	struct strmap *delegated; /* or not to be */
};

/*
 * Is the delegation of the zone one that somebody else makes? Below a zone that
 * is served here it is this server's own.
 */
static bool
is_delegated_elsewhere(const struct zone *z)
{
	struct slice name = z->name;

	while (name_parent(name, &name))
		if (view_get_zone(z->view, name) != NULL)
			return false;
	return true;
}

static const struct policy *
policy_of(void *context, const struct rule_zone *z)
{
	const struct filter *f = context;
	struct slice name = z->zone->name;

	if ((z->zone->type != ZONE_PRIMARY &&
	     z->zone->type != ZONE_SECONDARY) ||
	    rule_is_private_name(name) || rule_is_common_name(name) ||
	    strmap_get(f->delegated, name) != NULL ||
	    !is_delegated_elsewhere(z->zone))
		return NULL;
	return &z->zone->allow_query;
}

/* Its data may be elsewhere: who may ask for them is what counts. */
static bool
is_public(const struct rule_context *cx, const struct rule_zone_group *g)
{
	struct client_set s =
		clients_matched(cx->arena, predict_acls(cx->predict),
				g->policy->list, KEY_NONE, false);

	return rule_is_internet(
		rule_reaching(cx, g->zone->zone,
			      clients_and(cx->arena, s, rule_strangers(cx))));
}

static void
check(struct rule_context *cx)
{
	const struct intent *in = cx->intent;
	struct filter filter = { rule_quiet_zones(cx) };
	size_t n;

	if (!in->delegated_declared || in->role == ROLE_HIDDEN_PRIMARY)
		return;
	for (size_t i = 0; i < in->delegated_count; i++)
		*strmap_at(filter.delegated, in->delegated[i].name) = &filter;
	const struct rule_zone_group *g =
		rule_zone_groups(cx, policy_of, &filter, &n);

	for (size_t i = 0; i < n; i++) {
		if (!is_public(cx, &g[i]))
			continue;
		struct diag *d = rule_report(
			cx, rule_heading(cx, g[i].zone->zone->origin.span),
			"%s: served to the Internet, and not declared to be "
			"delegated to this server",
			rule_group_text(cx, &g[i]));

		diag_help(cx->diags, d,
			  "remove what has moved away, or add the rest to "
			  "'delegated' in the intent file");
	}
}

const struct rule rule_served_not_delegated = {
	.id = "served-not-delegated",
	.family = "refused",
	.dialects = DIALECT_NAMED,
	.severity = SEV_NOTE,
	.needs = STAGE_DECISION,
	.summary = "a public zone that no parent delegates to this server",
	.explain = "The intent file lists the zones that are delegated to this "
		   "server, and this one is not among them. Those who ask the "
		   "server itself get data that nobody else sees: the zone has "
		   "moved away, or was never delegated. Zones below one that "
		   "is served here, and private names, are left alone.",
	.source = "RFC 1912, section 2.8",
	.policy = "version: 1\n"
		  "servers:\n"
		  "  - files: [\"**\"]\n"
		  "    delegated: [example.com]\n",
	.bad = "options { recursion no; };\n"
	       "zone \"example.com\" { type primary; file \"e.db\"; };\n"
	       "zone \"moved.example.com.au\" { type primary; file \"m.db\"; "
	       "};",
	.good = "options { recursion no; };\n"
		"zone \"example.com\" { type primary; file \"e.db\"; };\n"
		"zone \"in.example.com\" { type primary; file \"i.db\"; };",
	.check = check,
};
