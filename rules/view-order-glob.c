#include "model/views.h"
#include "rules/rule.h"

/* Do addresses alone choose the view? */
static bool
is_by_address(struct rule_context *cx, const struct view *v)
{
	const uint32_t *keys;

	return v->qclass == CLASS_IN && !v->match_recursive_only.on &&
	       v->match_destinations.list == NULL &&
	       (v->match_clients.list == NULL ||
		acl_keys(predict_acls(cx->predict), v->match_clients.list,
			 &keys) == 0);
}

static struct client_set
clients_of_view(struct rule_context *cx, const struct view *v)
{
	return clients_matched(cx->arena, predict_acls(cx->predict),
			       v->match_clients.list, KEY_NONE, false);
}

/*
 * Clients of both, when the first takes others as well, or all of them: the
 * narrower view first is as people want it.
 */
static struct client_set
taken(struct rule_context *cx, const struct view *first,
      const struct view *second)
{
	struct client_set a = clients_of_view(cx, first);
	struct client_set b = clients_of_view(cx, second);
	struct client_set both = clients_and(cx->arena, a, b);

	if (clients_equal(both, a) && !clients_equal(a, b))
		return (struct client_set){ NULL, 0 };
	return both;
}

/* Files of one pattern: the same statement included both of them. */
static bool
is_of_one_pattern(const struct source *a, const struct source *b)
{
	return a != b && a->parent != NULL && a->parent == b->parent &&
	       a->included_at.begin == b->included_at.begin;
}

static void
report(struct rule_context *cx, const struct source *s,
       const struct view *first, const struct view *second,
       struct client_set both)
{
	struct diag *d = rule_report(
		cx, s->included_at,
		"files of a pattern are read last name first: view '%s' comes "
		"before view '%s'",
		first->name, second->name);

	diag_note(cx->diags, d, rule_heading(cx, second->origin.span),
		  "these get to view '%s' and never to this one: %s",
		  first->name, clients_text(cx->arena, both, 3));
	diag_help(cx->diags, d,
		  "include the files one by one, in the order of the views "
		  "that is meant");
}

/* Is the view's file of a pattern, and does a view before it take clients? */
static bool
check_view(struct rule_context *cx, size_t n)
{
	const struct views *v = cx->model->views;
	const struct view *second = v->list[n];
	const struct source *own = sources_find(cx->config->sources,
						second->origin.span);

	for (size_t i = 0; i < n; i++) {
		const struct view *first = v->list[i];

		if (!is_by_address(cx, first) ||
		    !is_of_one_pattern(own,
				       sources_find(cx->config->sources,
						    first->origin.span)))
			continue;
		struct client_set both = taken(cx, first, second);

		if (clients_empty(both))
			continue;
		report(cx, own, first, second, both);
		return true;
	}
	return false;
}

/* The first case is enough: what mends it mends the others. */
static void
check(struct rule_context *cx)
{
	const struct views *v = cx->model->views;

	for (size_t i = 1; i < v->count; i++)
		if (is_by_address(cx, v->list[i]) && check_view(cx, i))
			return;
}

const struct rule rule_view_order_glob = {
	.id = "view-order-glob",
	.family = "view",
	.dialects = DIALECT_NAMED,
	.severity = SEV_WARNING,
	.needs = STAGE_DECISION,
	.several_files = true,
	.summary = "views of a pattern, in an order that takes clients away",
	.explain =
		"The first view that matches a client is its view. The files "
		"of an include with a pattern are read in reverse order of "
		"their names, so that 20-outside.conf comes before "
		"10-inside.conf, and takes the clients that were meant for "
		"the inside. Where the narrower view comes first, nothing is "
		"reported.",
	.source = "BIND 9.18, as it runs; BIND 9 ARM, view statement",
	.check = check,
};
