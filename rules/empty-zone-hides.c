#include "model/rrtype.h"
#include "model/views.h"
#include "rules/rule.h"

/* The automatic empty zone that answers for the forward zone, or NULL. */
static const struct zone *
find_empty(const struct view *v, const struct zone *z, struct slice below)
{
	const struct zone *at = z->type != ZONE_FORWARD
					? NULL
					: view_find_zone(v, below);

	return at != NULL && at->type == ZONE_EMPTY ? at : NULL;
}

/* Those who may look up all else, and are answered without the forwarders. */
static struct client_set
kept_from(const struct rule_context *cx, const struct view *v,
	  struct slice below, struct client_set served)
{
	struct question q = question_of(below, RRTYPE_PTR);
	struct client_set kept = { NULL, 0 };
	size_t n;
	const struct client_group *g = clients_group(
		cx->arena, cx->predict, &q, served, decision_serves, &n);

	for (size_t i = 0; i < n; i++)
		if (slice_is(slice_of(g[i].decision->view), v->name))
			kept = clients_union(cx->arena, kept, g[i].clients);
	return kept;
}

static void
check_zone(struct rule_context *cx, const struct view *v,
	   const struct zone *z, struct client_set served)
{
	/* A name in it that nobody has written data for. */
	struct slice below = slice_of(arena_printf(
		cx->arena, "name-of-nobody.%.*s", SLICE(z->name)));
	const struct zone *empty = find_empty(v, z, below);

	if (empty == NULL ||
	    clients_empty(kept_from(cx, v, below, served)))
		return;
	struct diag *d = rule_report(
		cx, rule_heading(cx, z->origin.span),
		"the forwarders of '%s' are never asked: the server answers "
		"from its own empty zone '%.*s'",
		z->text, SLICE(empty->name));

	diag_remark(cx->diags, d,
		    "only with 'forward only' the empty zone steps back "
		    "(RFC 6303)");
	diag_help(cx->diags, d,
		  "write 'forward only;' in the zone, or 'disable-empty-zone "
		  "\"%.*s\";'",
		  SLICE(empty->name));
}

static void
check(struct rule_context *cx)
{
	const struct views *views = cx->model->views;
	struct question foreign = question_foreign(cx->model);
	struct client_set served =
		clients_where(cx->arena, cx->predict, &foreign,
			      clients_all(cx->arena), decision_recurses);

	for (size_t i = 0; i < views->count && !clients_empty(served); i++) {
		const struct view *v = views->list[i];

		for (size_t k = 0; k < v->zone_count; k++)
			if (v->zone_list[k]->type == ZONE_FORWARD)
				check_zone(cx, v, v->zone_list[k], served);
	}
}

const struct rule rule_empty_zone_hides = {
	.id = "empty-zone-hides",
	.family = "refused",
	.dialects = DIALECT_NAMED,
	.severity = SEV_WARNING,
	.needs = STAGE_DECISION,
	.summary = "an automatic empty zone answers before a forward zone",
	.explain =
		"BIND serves empty zones for the reverse names of private "
		"addresses, so that such questions do not go out to the "
		"Internet. A forward zone for such a name takes their place "
		"only if it says 'forward only'. With 'forward first', which "
		"is the default, the answer is NXDOMAIN and its servers are "
		"never asked.",
	.source = "BIND 9 ARM, empty-zones-enable; RFC 6303",
	.bad = "options { allow-recursion { 10.0.0.0/8; }; };\n"
	       "zone \"10.in-addr.arpa\" { type forward;\n"
	       "\tforwarders { 10.0.0.53; }; };",
	.good = "options { allow-recursion { 10.0.0.0/8; }; };\n"
		"zone \"10.in-addr.arpa\" { type forward; forward only;\n"
		"\tforwarders { 10.0.0.53; }; };",
	.check = check,
};
