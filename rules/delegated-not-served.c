#include "model/access.h"
#include "model/name.h"
#include "model/rrtype.h"
#include "model/views.h"
#include "rules/rule.h"

static bool
has_data(const struct zone *z)
{
	return z->type == ZONE_PRIMARY || z->type == ZONE_SECONDARY ||
	       z->type == ZONE_MIRROR;
}

static const struct auth_zone *
find_auth_zone(const struct model *m, struct slice name)
{
	return m->access == NULL ? NULL
				 : strmap_get(m->access->auth_zones, name);
}

/* For those who ask, and not only for the server's own lookups? */
static bool
is_answered_from(const struct auth_zone *z)
{
	return z != NULL && z->downstream;
}

/* Does any view hold data at or above the name, at a zone of ours? */
static bool
is_served(const struct rule_context *cx, struct slice name)
{
	const struct model *m = cx->model;

	if (m->access != NULL)
		return strmap_get(m->access->tree.in, name) != NULL ||
		       is_answered_from(find_auth_zone(m, name));
	for (size_t i = 0; i < m->views->count; i++) {
		const struct zone *z = view_get_zone(m->views->list[i], name);

		if (z != NULL && has_data(z))
			return true;
		if (m->views->list[i]->unknown_zones != NULL)
			return true; /* it may come at run time */
	}
	return false;
}

static const struct view *
find_server(const struct rule_context *cx, struct slice name)
{
	const struct views *v = cx->model->views;

	for (size_t i = 0; i < v->count; i++)
		if (view_get_zone(v->list[i], name) != NULL)
			return v->list[i];
	return NULL;
}

/* The Internet may come to a view that lacks the zone. */
static void
check_views(struct rule_context *cx, struct slice name)
{
	struct question q = question_of(name, RRTYPE_SOA);
	const struct view *by = find_server(cx, name);
	size_t n;

	q.rd = false;
	const struct client_group *g = clients_group(
		cx->arena, cx->predict, &q, rule_reachable_strangers(cx),
		decision_is_refused, &n);

	for (size_t i = 0; i < n && by != NULL; i++) {
		const struct view *v = rule_find_view(cx, g[i].decision->view);

		if (v == NULL || v->unknown_zones != NULL ||
		    view_find_zone(v, name) != NULL ||
		    !rule_is_internet(g[i].clients))
			continue;
		struct diag *d = rule_report(
			cx, rule_heading(cx, v->origin.span),
			"'%.*s' is delegated to this server, and missing "
			"from this view: the Internet comes here and gets "
			"REFUSED",
			SLICE(name));

		diag_note(
			cx->diags, d,
			rule_heading(cx, view_get_zone(by, name)->origin.span),
			"view '%s' has it", by->name);
		diag_help(cx->diags, d, "write the zone in view '%s' as well",
			  v->name);
	}
}

static void
check(struct rule_context *cx)
{
	const struct intent *in = cx->intent;
	const struct span at = rule_place_of_defaults(cx);

	for (size_t i = 0; i < in->delegated_count; i++) {
		struct slice name = in->delegated[i].name;
		const struct place_declared *place = &in->delegated[i].place;

		if (is_served(cx, name)) {
			if (cx->model->views != NULL)
				check_views(cx, name);
			continue;
		}
		struct diag *d = rule_report(
			cx, rule_heading(cx, at),
			"'%.*s' is delegated to this server, which does not "
			"serve it",
			SLICE(name));

		diag_remark(cx->diags, d,
			    "%s:%zu says so; resolvers that follow the "
			    "delegation get REFUSED",
			    place->file, place->line);
		if (find_auth_zone(cx->model, name) != NULL)
			diag_remark(cx->diags, d,
				    "there is an auth-zone of this name, and "
				    "'for-downstream' is off in it: nobody is "
				    "answered from it");
		diag_help(cx->diags, d,
			  "serve the zone here again, or have the parent's NS "
			  "records changed, and then the declaration");
	}
}

const struct rule rule_delegated_not_served = {
	.id = "delegated-not-served",
	.family = "refused",
	.dialects = DIALECT_NAMED | DIALECT_UNBOUND,
	.severity = SEV_ERROR,
	.needs = STAGE_DECISION,
	.summary = "a zone is delegated here and not served",
	.explain = "The parent of the zone names this server, which does not "
		   "host it: a lame delegation. Resolvers that follow it get "
		   "REFUSED and must ask another server, if there is one. "
		   "Anyone who can add a zone of that name to this server "
		   "takes the name over. With views, it is to be in each that "
		   "the Internet comes to.",
	.source = "RFC 1912, section 2.8; RFC 9499, lame delegation",
	.bad = "options { recursion no; };\n"
	       "zone \"example.net\" { type primary; file \"n.db\"; };",
	.good = "options { recursion no; };\n"
		"zone \"example.com\" { type primary; file \"e.db\"; };",
	.bad_unbound = "server: interface: 192.0.2.1",
	.good_unbound = "server: interface: 192.0.2.1\n"
			"access-control: 0.0.0.0/0 refuse_non_local\n"
			"auth-zone:\n\tname: example.com\n\tzonefile: e.db",
	.policy = "version: 1\n"
		  "servers:\n"
		  "  - files: [\"**\"]\n"
		  "    delegated: [example.com]\n",
	.check = check,
};
