#include "base/vec.h"
#include "model/views.h"
#include "rules/rule.h"

enum { SHOWN_MAX = 4 };

static bool
is_in(struct span outer, const struct origin *o)
{
	return !origin_is_default(o) && o->span.begin >= outer.begin &&
	       o->span.end <= outer.end;
}

/*
 * A list that is written in the view, or in the zone, is about the zone of this
 * view; one of all views holds in whichever of them a client lands.
 */
static const struct policy *
policy_of(void *context, const struct rule_zone *z)
{
	const struct policy *p = &z->zone->allow_transfer;

	(void)context;
	if ((z->zone->type != ZONE_PRIMARY &&
	     z->zone->type != ZONE_SECONDARY) ||
	    p->list == NULL || !is_in(z->zone->view->origin.span, p->origin))
		return NULL;
	return p;
}

/* Those of them who may not transfer the zone of this name there either. */
static struct client_set
lost_in(const struct rule_context *cx, const struct view *v, struct slice name,
	struct client_set s)
{
	const struct zone *z = view_get_zone(v, name);

	if (z == NULL)
		return s;
	return clients_minus(cx->arena, s,
			     clients_matched(cx->arena,
					     predict_acls(cx->predict),
					     z->allow_transfer.list, KEY_NONE,
					     true));
}

/* Who signs chooses the view by the key, whatever the address. */
static bool
is_chosen_by_key(const struct rule_context *cx, const struct view *v)
{
	const uint32_t *keys;

	return v->match_clients.list != NULL &&
	       acl_keys(predict_acls(cx->predict), v->match_clients.list,
			&keys) > 0;
}

static void
report(struct rule_context *cx, const struct rule_zone_group *g,
       const struct view *v, struct client_set lost)
{
	struct diag *d = rule_report(
		cx, g->policy->origin->span,
		"these may transfer %s of the view '%s' and never come to it: "
		"%s",
		rule_group_text(cx, g), g->zone->zone->view->name,
		clients_text(cx->arena, lost, SHOWN_MAX));

	diag_note(cx->diags, d, rule_heading(cx, v->origin.span),
		  "this view takes them, where they may not");
	const char *kept_out = rule_written(cx, lost, "!", ";");

	diag_help(cx->diags, d,
		  "write '%s' first in 'match-clients' of the view '%s'; or "
		  "let them sign with a key, with '!key NAME' there and 'key "
		  "NAME' in the view that is meant",
		  kept_out == NULL ? "!ADDRESSES;" : kept_out, v->name);
}

/*
 * The hosts of `admitted` that land among `there`. Of whole networks some part
 * may well land elsewhere.
 */
static struct client_set
hosts_among(const struct rule_context *cx, struct client_set admitted,
	    struct client_set there)
{
	struct clients_walk w = { 0 };
	struct prefix p;
	VEC(struct prefix) v = { 0 };

	while (clients_next(admitted, &w, &p))
		if (p.len >= (p.addr.family == FAMILY_IPV4 ? 24 : 64) &&
		    clients_cover(there, p))
			*VEC_PUSH(cx->arena, &v) = p;
	return clients_of(cx->arena, v.at, v.len);
}

/* `landing`: all clients by the view they come to, whatever they ask for. */
static void
check_group(struct rule_context *cx, const struct rule_zone_group *zones,
	    const struct client_group *landing, size_t count)
{
	const struct zone *z = zones->zone->zone;
	struct client_set admitted =
		clients_matched(cx->arena, predict_acls(cx->predict),
				zones->policy->list, KEY_NONE, false);

	for (size_t i = 0; i < count; i++) {
		const struct view *v =
			rule_find_view(cx, landing[i].decision->view);

		if (v == NULL || v == z->view)
			continue;
		struct client_set lost = hosts_among(cx, admitted,
						     landing[i].clients);

		if (!clients_empty(lost))
			lost = lost_in(cx, v, z->name, lost);
		if (!clients_empty(lost))
			report(cx, zones, v, lost);
	}
}

static void
check(struct rule_context *cx)
{
	struct question q = question_foreign(cx->model);
	size_t n, count;

	if (cx->model->views->count < 2)
		return;
	q.rd = false;
	q.tcp = true;
	const struct client_group *landing = clients_group(
		cx->arena, cx->predict, &q, rule_guests(cx), NULL, &count);
	const struct rule_zone_group *g =
		rule_zone_groups(cx, policy_of, NULL, &n);

	for (size_t i = 0; i < n; i++)
		if (!is_chosen_by_key(cx, g[i].zone->zone->view))
			check_group(cx, &g[i], landing, count);
}

const struct rule rule_axfr_through_view = {
	.id = "axfr-through-view",
	.family = "exposure",
	.dialects = DIALECT_NAMED,
	.severity = SEV_WARNING,
	.needs = STAGE_DECISION,
	.summary = "a secondary lands in another view than the zone's",
	.explain =
		"'allow-transfer' is asked only once the view is chosen, and "
		"the view is chosen by the address of the secondary, or by its "
		"key. Here the address leads to another view, in which the "
		"transfer is refused: the zone expires at the secondary. With "
		"a key for each view, one host can have the zones of both.",
	.source = "BIND 9 ARM, view statement; RFC 8945",
	.bad = "view inside { match-clients { 10.0.0.0/8; };\n"
	       "\tallow-transfer { none; };\n"
	       "\tzone \"example.com\" { type primary; file \"i.db\"; }; };\n"
	       "view outside { allow-transfer { 10.0.0.2; };\n"
	       "\tzone \"example.com\" { type primary; file \"o.db\"; }; };",
	.good = "view inside { match-clients { !10.0.0.2; 10.0.0.0/8; };\n"
		"\tallow-transfer { none; };\n"
		"\tzone \"example.com\" { type primary; file \"i.db\"; }; };\n"
		"view outside { allow-transfer { 10.0.0.2; };\n"
		"\tzone \"example.com\" { type primary; file \"o.db\"; }; };",
	.check = check,
};
