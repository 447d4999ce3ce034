#include "model/rrtype.h"
#include "model/views.h"
#include "rules/rule.h"

enum {
	SHOWN_MAX = 4
};

struct filter {
	const struct rule_context *cx;
	const struct strmap *quiet; /* rule_quiet_zones() */
};

/* Where nobody at all may ask, zone-refuses-everyone says so. */
static const struct policy *
policy_of(void *context, const struct rule_zone *z)
{
	const struct filter *f = context;

	return rule_is_for_everybody(f->cx, f->quiet, z->zone)
		       ? &z->zone->allow_query
		       : NULL;
}

/* Zones of a server for clients of its own may be for these alone. */
static bool
is_surely_public(const struct rule_context *cx, const struct rule_zone *z)
{
	return cx->intent->role != ROLE_MIXED ||
	       rule_is_delegated(cx, z->zone->name);
}

static bool
is_by_list(const struct decision *d)
{
	return d->closed != NULL || rule_is_by_destination(d);
}

static void
report(struct rule_context *cx, const struct rule_zone_group *zones,
       const struct question *q, const struct client_group *g)
{
	struct diag *d =
		rule_report(cx, rule_place(cx, g->decision),
			    "clients on the Internet get REFUSED for %s: %s",
			    rule_group_text(cx, zones),
			    clients_text(cx->arena, g->clients, SHOWN_MAX));

	if (!is_surely_public(cx, zones->zone))
		rule_weaken(cx, d, SEV_NOTE);
	rule_note_route(cx, d, g->decision);
	rule_note_exclusion(&(struct rule_case){ .cx = cx,
						 .q = q,
						 .clients = g->clients,
						 .d = *g->decision },
			    d);
	if (rule_is_by_destination(g->decision))
		rule_help_destination(cx, d, g->decision);
	else
		diag_help(cx->diags, d,
			  *g->decision->view == '\0'
				  ? "they match no view: write a last one with "
				    "'match-clients { any; };' that has the "
				    "zone"
				  : "a public zone is for everybody: write "
				    "'allow-query { any; };' for it");
}

static void
check_group(struct rule_context *cx, const struct rule_zone_group *zones)
{
	struct question q = question_of(zones->zone->zone->name, RRTYPE_SOA);
	size_t n;

	q.rd = false;
	const struct client_group *g =
		clients_group(cx->arena, cx->predict, &q,
			      clients_all(cx->arena), decision_is_refused, &n);

	for (size_t i = 0; i < n; i++)
		if (is_by_list(g[i].decision) &&
		    !clients_empty(clients_and(cx->arena, g[i].clients,
					       clients_public(cx->arena))))
			report(cx, zones, &q, &g[i]);
}

static void
check(struct rule_context *cx)
{
	struct filter filter = { cx, rule_quiet_zones(cx) };
	size_t n;
	const struct rule_zone_group *g =
		rule_zone_groups(cx, policy_of, &filter, &n);

	for (size_t i = 0; i < n; i++)
		check_group(cx, &g[i]);
}

const struct rule rule_public_zone_refused = {
	.id = "public-zone-refused",
	.family = "refused",
	.dialects = DIALECT_NAMED,
	.severity = SEV_ERROR,
	.needs = STAGE_DECISION,
	.summary = "some clients are refused a public zone",
	.explain =
		"Anybody's resolver may ask for a public zone. Who gets "
		"REFUSED from all its servers cannot look up any name in it. "
		"Lists that were meant for recursion must not stand in "
		"'allow-query' of an authoritative server. On a mixed server, "
		"which may have zones for its own clients, it is a note unless "
		"the zone is declared to be delegated to it.",
	.source = "BIND 9 ARM, allow-query",
	.bad = "// dnslint: role=authoritative\n"
	       "options { recursion no; allow-query { 10.0.0.0/8; }; };\n"
	       "zone \"example.com\" { type primary; file \"/srv/zones/e.db\"; "
	       "};",
	.good = "// dnslint: role=authoritative\n"
		"options { recursion no; allow-query { any; }; };\n"
		"zone \"example.com\" { type primary; file "
		"\"/srv/zones/e.db\"; };",
	.check = check,
};
