#include "base/strmap.h"
#include "model/name.h"
#include "model/rrtype.h"
#include "model/views.h"
#include "rules/rule.h"

static bool
is_in_zone(const struct rule_zone *z, const struct origin *o)
{
	return o->span.begin >= z->body->span.begin &&
	       o->span.end <= z->body->span.end;
}

/* Who says so in the zone itself may want to have it closed for a while. */
static const struct policy *
policy_of(void *context, const struct rule_zone *z)
{
	const struct strmap *quiet = context;
	const struct policy *p = &z->zone->allow_query;

	if ((z->zone->type != ZONE_PRIMARY &&
	     z->zone->type != ZONE_SECONDARY) ||
	    p->list == NULL || origin_is_default(p->origin) ||
	    strmap_get(quiet, z->zone->name) != NULL)
		return NULL;
	return p;
}

/* Is it this very zone that answers in the view where they land? */
static bool
is_answered_by(const struct rule_context *cx, const struct decision *d,
	       const struct zone *z)
{
	const struct view *v = rule_find_view(cx, d->view);

	return v != NULL && view_get_zone(v, z->name) == z;
}

/* Somebody whom the list is likely to take: whom it names first. */
static bool
find_likely(const struct rule_context *cx, const struct address_list *list,
	    struct addr *client)
{
	if (list->count > 0 && list->elements->kind == ELEMENT_PREFIX) {
		*client = element_prefix(list->elements).addr;
		return true;
	}
	struct client_set s = clients_matched(
		cx->arena, predict_acls(cx->predict), list, KEY_NONE, false);

	if (clients_empty(s))
		return false;
	*client = s.at->first;
	return true;
}

/* Most lists take somebody, and one client is enough to show it. */
static bool
lets_one_in(const struct rule_context *cx, const struct question *q,
	    const struct zone *z)
{
	struct addr client;

	if (!find_likely(cx, z->allow_query.list, &client))
		return false;
	struct decision d = predict_at(cx->predict, q, client, NULL);

	return !decision_turns_away(&d) && !decision_is_unknown(&d) &&
	       is_answered_by(cx, &d, z);
}

/*
 * May the list take addresses of this host that are not known here? Lists within
 * lists within the list are not looked through.
 */
static bool
hangs_on_host(const struct rule_context *cx, const struct address_list *list,
	      bool nested)
{
	for (size_t i = 0; i < list->count; i++) {
		const struct element *e = &list->elements[i];

		if (e->kind == ELEMENT_LOCALHOST || e->kind == ELEMENT_LOCALNETS)
			return true;
		if (e->kind == ELEMENT_LIST &&
		    (nested ||
		     hangs_on_host(cx, cx->model->lists[e->lo], true)))
			return true;
	}
	return false;
}

/* Clients come to the zone, and none of them gets in, for all that is known. */
static bool
turns_all_away(const struct rule_context *cx, const struct zone *z)
{
	struct question q = question_of(z->name, RRTYPE_SOA);
	const struct address_list *list = z->allow_query.list;
	const uint32_t *keys;
	bool found = false;
	size_t n;
	struct acls *acls = predict_acls(cx->predict);

	q.qclass = (uint16_t)z->view->qclass;
	if (lets_one_in(cx, &q, z) ||
	    (!cx->model->host->known && hangs_on_host(cx, list, false)))
		return false;
	if (!clients_may_match(acls, list))
		return true;
	if (acl_keys(acls, list, &keys) > 0 ||
	    (z->view->match_clients.list != NULL &&
	     acl_keys(acls, z->view->match_clients.list, &keys) > 0))
		return false;
	const struct client_group *g = clients_group(
		cx->arena, cx->predict, &q, clients_all(cx->arena), NULL, &n);

	for (size_t i = 0; i < n; i++) {
		const struct decision *d = g[i].decision;

		if (decision_is_unknown(d) ||
		    (!decision_turns_away(d) && is_answered_by(cx, d, z)))
			return false;
		found = found || (d->closed == list && is_answered_by(cx, d, z));
	}
	return found;
}

static void
report(struct rule_context *cx, const struct rule_zone_group *g)
{
	const struct zone *z = g->zone->zone;
	const struct origin *o = z->allow_query.origin;
	struct diag *d = rule_report(cx, o->span,
				     "nobody may ask for %s: REFUSED to "
				     "everybody",
				     rule_group_text(cx, g));

	if (!is_in_zone(g->zone, o))
		diag_note(cx->diags, d, rule_heading(cx, z->origin.span),
			  "the zone has no '%s' of its own", o->option);
	else if (!rule_is_delegated(cx, z->name))
		rule_weaken(cx, d, SEV_WARNING);
	diag_help(cx->diags, d,
		  "write 'allow-query { any; };' in a public zone, or name its "
		  "clients there");
}

static void
check(struct rule_context *cx)
{
	size_t n;

	if (cx->intent->role == ROLE_HIDDEN_PRIMARY)
		return;
	const struct rule_zone_group *g = rule_zone_groups(
		cx, policy_of, rule_quiet_zones(cx), &n);

	const struct arena_mark mark = arena_mark(cx->arena);

	for (size_t i = 0; i < n; i++) {
		if (turns_all_away(cx, g[i].zone->zone))
			report(cx, &g[i]);
		arena_release(cx->arena, mark);
	}
}

const struct rule rule_zone_refuses_everyone = {
	.id = "zone-refuses-everyone",
	.family = "refused",
	.dialects = DIALECT_NAMED,
	.severity = SEV_ERROR,
	.needs = STAGE_DECISION,
	.whole = true,
	.summary = "a zone is served, and nobody may ask for it",
	.explain =
		"The 'allow-query' that holds for the zone takes nobody, or "
		"nobody of those who land in its view: every question for a "
		"name in it gets REFUSED. A list in 'options' or in the view "
		"holds for all zones that have none of their own. Zones of "
		"response policies and catalog zones are meant to be closed, "
		"and so are those of a hidden primary.",
	.source = "BIND 9 ARM, allow-query",
	.bad = "options { recursion no; allow-query { none; }; };\n"
	       "zone \"example.com\" { type primary; file \"e.db\"; };",
	.good = "options { recursion no; allow-query { none; }; };\n"
		"zone \"example.com\" { type primary; file \"e.db\";\n"
		"\tallow-query { any; }; };",
	.check = check,
};
