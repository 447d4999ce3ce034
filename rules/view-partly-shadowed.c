#include "model/views.h"
#include "rules/rule.h"

/* Sets larger than this are not looked at: it is but a note. */
enum { WORK_MAX = 1000000 };

/* Do only addresses choose, for this view and those before it? */
static bool
is_by_address(struct rule_context *cx, const struct view *v)
{
	const uint32_t *keys;

	return !v->match_recursive_only.on &&
	       v->match_destinations.list == NULL &&
	       v->match_clients.list != NULL &&
	       acl_keys(predict_acls(cx->predict), v->match_clients.list,
			&keys) == 0;
}

static struct client_set
clients_of_view(struct rule_context *cx, const struct view *v, bool maybe)
{
	return clients_matched(cx->arena, predict_acls(cx->predict),
			       v->match_clients.list, KEY_NONE, maybe);
}

/* The view before number `n` that takes all of `p`, or the first with some. */
static const struct view *
find_taker(struct rule_context *cx, size_t n, struct prefix p)
{
	const struct views *views = cx->model->views;

	for (size_t i = 0; i < n; i++)
		if (views->list[i]->qclass == CLASS_IN &&
		    clients_meet(clients_of_view(cx, views->list[i], false), p))
			return views->list[i];
	return views->list[0];
}

static void
report(struct rule_context *cx, size_t n, const struct element *e)
{
	const struct view *v = cx->model->views->list[n];
	const struct view *by = find_taker(cx, n, element_prefix(e));
	struct diag *d = rule_report(cx, rule_element_span(cx, e),
				     "'%s' never gets to view '%s': earlier "
				     "views take it",
				     rule_element_text(cx, e), v->name);

	diag_note(cx->diags, d, rule_heading(cx, by->origin.span),
		  "view '%s' comes first", by->name);
	diag_help(cx->diags, d,
		  "remove '%s' here, or except it in the match-clients of "
		  "view '%s'",
		  rule_element_text(cx, e), by->name);
}

static void
check_view(struct rule_context *cx, size_t n, struct client_set before)
{
	const struct view *v = cx->model->views->list[n];
	const struct address_list *list = v->match_clients.list;
	struct client_set own = clients_of_view(cx, v, true);

	if (clients_empty(clients_minus(cx->arena, own, before)))
		return; /* view-unreachable speaks of that */
	for (size_t i = 0; i < list->count; i++) {
		const struct element *e = &list->elements[i];

		if (e->kind == ELEMENT_PREFIX && !e->negated && e->len > 0 &&
		    clients_cover(before, element_prefix(e)) &&
		    clients_meet(own, element_prefix(e)))
			report(cx, n, e);
	}
}

static void
check(struct rule_context *cx)
{
	const struct views *views = cx->model->views;
	struct client_set before = { NULL, 0 };
	size_t work = 0;

	for (size_t i = 0; i < views->count && work < WORK_MAX; i++) {
		const struct view *v = views->list[i];

		if (v->qclass != CLASS_IN)
			continue;
		if (!is_by_address(cx, v))
			return;
		check_view(cx, i, before);
		before = clients_union(cx->arena, before,
				       clients_of_view(cx, v, false));
		work += before.count;
	}
}

const struct rule rule_view_partly_shadowed = {
	.id = "view-partly-shadowed",
	.family = "view",
	.dialects = DIALECT_NAMED,
	.severity = SEV_NOTE,
	.needs = STAGE_DECISION,
	.summary = "a network of a view that earlier views take",
	.explain =
		"The first view that matches a question answers it. A network "
		"that is written in the match-clients of one view, but is "
		"within what an earlier view matches, never sees the view "
		"that it is written in.",
	.source = "BIND 9 ARM, view statement",
	.bad = "view a { match-clients { 10.0.0.0/8; }; };\n"
	       "view b { match-clients { 10.1.0.0/16; 192.168.0.0/16; }; };",
	.good = "view a { match-clients { !10.1.0.0/16; 10.0.0.0/8; }; };\n"
		"view b { match-clients { 10.1.0.0/16; 192.168.0.0/16; }; };",
	.check = check,
};
