#include "model/views.h"
#include "rules/rule.h"

enum { SHOWN_MAX = 4 };

static bool
matches_no_view(const struct decision *d)
{
	return decision_is_refused(d) && *d->view == '\0' &&
	       d->reason != NULL &&
	       slice_has_prefix(slice_of(d->reason->option), "match-");
}

/* Addresses that anybody can ask from, of the families that are heard. */
static struct client_set
askers(const struct rule_context *cx)
{
	struct arena *a = cx->arena;
	struct client_set at = clients_and(a, predict_listens(cx->predict),
					   rule_guests(cx));
	struct client_set s = { NULL, 0 };

	for (int f = 0; f < FAMILY_COUNT; f++) {
		struct client_set all = clients_of_family(a, (enum family)f);

		if (!clients_empty(clients_and(a, at, all)))
			s = clients_union(a, s, all);
	}
	return clients_and(a, s,
			   clients_union(a, clients_public(a),
					 clients_private(a)));
}

static const struct view *
last_view(const struct views *v)
{
	const struct view *last = NULL;

	for (size_t i = 0; i < v->count; i++)
		if (v->list[i]->qclass == CLASS_IN && !v->list[i]->built_in &&
		    !origin_is_default(&v->list[i]->origin))
			last = v->list[i];
	return last;
}

/* Where they ask decides, and it is not known which addresses there are. */
static bool
hangs_on_host(const struct rule_context *cx)
{
	const struct views *views = cx->model->views;

	for (size_t i = 0; i < views->count; i++)
		if (views->list[i]->match_destinations.list != NULL)
			return !cx->model->host->known;
	return false;
}

/* Does the server publish something that they may want? */
static bool
is_public_server(const struct rule_context *cx, struct client_set left)
{
	return rule_is_internet(clients_and(cx->arena, left,
					    clients_public(cx->arena))) &&
	       rule_public_zone(cx) != NULL;
}

static void
check(struct rule_context *cx)
{
	const struct view *last = last_view(cx->model->views);
	struct question q = question_foreign(cx->model);

	if (last == NULL || hangs_on_host(cx))
		return;
	struct client_set all =
		clients_where(cx->arena, cx->predict, &q,
			      clients_all(cx->arena), matches_no_view);
	/* declared-client-refused speaks of the clients of one's own. */
	struct client_set left = clients_and(
		cx->arena, all,
		clients_minus(cx->arena, askers(cx), rule_own_clients(cx)));

	if (clients_empty(left))
		return;
	struct diag *d = rule_report(
		cx, rule_heading(cx, last->origin.span),
		"clients that match no view get REFUSED for every name: %s",
		clients_text(cx->arena, all, SHOWN_MAX));

	if (!is_public_server(cx, left))
		rule_weaken(cx, d, SEV_NOTE);
	diag_help(cx->diags, d,
		  "if they are to be answered, write a last view with "
		  "'match-clients { any; }; recursion no;' and its zones");
}

const struct rule rule_no_catch_all_view = {
	.id = "no-catch-all-view",
	.family = "refused",
	.dialects = DIALECT_NAMED,
	.severity = SEV_WARNING,
	.needs = STAGE_DECISION,
	.summary = "some clients match no view at all",
	.explain =
		"A question that no view takes gets REFUSED, whatever it asks "
		"for: zones and lists of the views play no part. That may be "
		"meant, and is a note then; on a server that publishes zones "
		"to the Internet, the part of it that matches no view cannot "
		"look up any of them, and that is a warning.",
	.source = "BIND 9 ARM, view statement",
	.bad = "view lan { match-clients { 10.0.0.0/8; }; };",
	.good = "view lan { match-clients { 10.0.0.0/8; }; };\n"
		"view rest { match-clients { any; }; recursion no; };",
	.check = check,
};
