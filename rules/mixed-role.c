#include "model/rrtype.h"
#include "model/views.h"
#include "rules/rule.h"

static bool
is_public_zone(struct rule_context *cx, const struct zone *z)
{
	struct question q = question_of(z->name, RRTYPE_SOA);

	if ((z->type != ZONE_PRIMARY && z->type != ZONE_SECONDARY) ||
	    rule_is_private_name(z->name) || rule_is_common_name(z->name))
		return false;
	q.rd = false;
	return rule_is_internet(clients_where(cx->arena, cx->predict, &q,
					      rule_reachable_strangers(cx),
					      decision_serves));
}

/* One is enough, and zones of one view tend to be alike. */
enum { TRIED_MAX = 16 };

static const struct zone *
find_public_zone(struct rule_context *cx)
{
	const struct views *v = cx->model->views;
	size_t tried = 0;

	for (size_t i = 0; i < v->count; i++)
		for (size_t k = 0; k < v->list[i]->zone_count; k++)
			if (tried++ < TRIED_MAX &&
			    is_public_zone(cx, v->list[i]->zone_list[k]))
				return v->list[i]->zone_list[k];
	return NULL;
}

static void
check(struct rule_context *cx)
{
	struct question q = question_foreign(cx->model);
	size_t n;

	if (cx->intent->role_place.file != NULL)
		return; /* the role is what people say it is */
	const struct client_group *g = clients_group(
		cx->arena, cx->predict, &q, clients_private(cx->arena),
		decision_recurses, &n);
	const struct zone *z = n == 0 ? NULL : find_public_zone(cx);

	if (z == NULL)
		return;
	struct diag *d = rule_report(
		cx, rule_heading(cx, z->origin.span),
		"'%s' is served to the Internet by a server that recurses as "
		"well",
		z->text);

	if (!origin_is_default(g[0].decision->reason))
		diag_note(cx->diags, d, g[0].decision->reason->span,
			  "these may have names looked up");
	diag_help(cx->diags, d,
		  "keep the two roles on separate servers; or say that it is "
		  "meant with '// dnslint: role=mixed' at the top");
}

const struct rule rule_mixed_role = {
	.id = "mixed-role",
	.family = "recursion",
	.dialects = DIALECT_NAMED,
	.severity = SEV_NOTE,
	.needs = STAGE_DECISION,
	.heuristic = true,
	.summary = "one server is authority and resolver",
	.explain =
		"A server that publishes zones has to talk to everybody, one "
		"that recurses to nobody but its clients. On one server the "
		"load and the faults of either reach the other, and an ACL "
		"that is wrong opens a resolver to the world.",
	.source = "NIST SP 800-81-2",
	.bad = "options { recursion yes; allow-recursion { 10.0.0.0/8; }; };\n"
	       "zone \"example.com\" { type primary; file \"/srv/zones/e.db\"; };",
	.good = "options { recursion no; };\n"
		"zone \"example.com\" { type primary; file \"/srv/zones/e.db\"; };",
	.check = check,
};
