#include "model/access.h"
#include "model/name.h"
#include "model/views.h"
#include "rules/rule.h"

static bool
has_data(const struct zone *z)
{
	return z->type == ZONE_PRIMARY || z->type == ZONE_SECONDARY ||
	       z->type == ZONE_MIRROR;
}

/* Does any view hold data at or above the name, at a zone of ours? */
static bool
is_served(const struct rule_context *cx, struct slice name)
{
	const struct model *m = cx->model;

	if (m->access != NULL)
		return strmap_get(m->access->auth_zones, name) != NULL ||
		       strmap_get(m->access->tree.in, name) != NULL;
	for (size_t i = 0; i < m->views->count; i++) {
		const struct zone *z = view_get_zone(m->views->list[i], name);

		if (z != NULL && has_data(z))
			return true;
		if (m->views->list[i]->unknown_zones != NULL)
			return true; /* it may come at run time */
	}
	return false;
}

static void
check(struct rule_context *cx)
{
	const struct intent *in = cx->intent;
	const struct span at = rule_place_of_defaults(cx);

	for (size_t i = 0; i < in->delegated_count; i++) {
		struct slice name = in->delegated[i].name;
		const struct place_declared *place = &in->delegated[i].place;

		if (is_served(cx, name))
			continue;
		struct diag *d = rule_report(
			cx, rule_heading(cx, at),
			"'%.*s' is delegated to this server, which does not "
			"serve it",
			SLICE(name));

		diag_remark(cx->diags, d,
			    "%s:%zu says so; resolvers that follow the "
			    "delegation get REFUSED",
			    place->file, place->line);
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
		   "takes the name over.",
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
