#include <string.h>

#include "model/views.h"
#include "rules/rule.h"

enum { SHOWN_MAX = 6 };

static bool
is_resolver(const struct intent *in)
{
	return in->clients_declared || in->role == ROLE_FORWARDER ||
	       (in->role == ROLE_RESOLVER && in->role_place.file != NULL);
}

/* A view before it that is for them, but not where they can send to. */
static void
note_passed_by(struct rule_context *cx, struct diag *d,
	       const struct client_group *g)
{
	struct acls *acls = predict_acls(cx->predict);
	const struct views *v = cx->model->views;

	for (size_t i = 0; v != NULL && i < v->count; i++) {
		const struct view *w = v->list[i];

		if (strcmp(w->name, g->decision->view) == 0)
			return;
		if (w->match_destinations.list == NULL || !w->recursion.on ||
		    !clients_empty(
			    clients_minus(cx->arena, g->clients,
					  clients_matched(cx->arena, acls,
							  w->match_clients.list,
							  KEY_NONE, false))))
			continue;
		diag_note(cx->diags, d, w->match_destinations.origin->span,
			  "the view '%s' is for them, and has no address of "
			  "the server that they can ask",
			  w->name);
	}
}

static void
check(struct rule_context *cx)
{
	struct question q = question_foreign(cx->model);
	struct client_set who = cx->intent->clients_declared
					? rule_own_clients(cx)
					: clients_private(cx->arena);
	size_t n;

	if (!is_resolver(cx->intent) ||
	    (!cx->intent->clients_declared &&
	     cx->intent->role_place.file == NULL))
		return;
	const struct client_group *g = clients_group(
		cx->arena, cx->predict, &q, who, decision_is_refused, &n);

	for (size_t i = 0; i < n; i++) {
		if (!rule_is_recursion_off(g[i].decision))
			continue;
		struct diag *d = rule_report(
			cx, rule_place(cx, g[i].decision),
			"recursion is off for clients that are to be served: "
			"%s",
			clients_text(cx->arena, g[i].clients, SHOWN_MAX));

		if (*g[i].decision->view != '\0' &&
		    *g[i].decision->view != '_')
			diag_remark(cx->diags, d,
				    "they land in the view '%s'",
				    g[i].decision->view);
		note_passed_by(cx, d, &g[i]);
		diag_help(cx->diags, d,
			  cx->config->dialect == DIALECT_NAMED
				  ? "write 'recursion yes;' and name the "
				    "clients in 'allow-recursion', or see that "
				    "they land in a view that recurses"
				  : "write 'allow' instead of "
				    "'refuse_non_local' for them");
	}
}

const struct rule rule_recursion_off_resolver = {
	.id = "recursion-off-resolver",
	.family = "recursion",
	.dialects = DIALECT_NAMED | DIALECT_UNBOUND,
	.severity = SEV_ERROR,
	.needs = STAGE_DECISION,
	.summary = "a resolver that does not recurse for its clients",
	.explain =
		"The server is declared to look up names for clients, but "
		"recursion is off where these land: they get REFUSED for every "
		"name that is not served here. With views, the first one whose "
		"lists take a client decides, whatever later ones would do.",
	.source = "BIND 9 ARM, recursion; unbound.conf(5), access-control",
	.bad = "// dnslint: role=resolver clients=10.0.0.0/8\n"
	       "options { recursion no; };",
	.good = "// dnslint: role=resolver clients=10.0.0.0/8\n"
		"options { recursion yes; allow-recursion { 10.0.0.0/8; }; };",
	.bad_unbound = "# dnslint: role=resolver clients=10.0.0.0/8\n"
		       "server: interface: 0.0.0.0\n"
		       "access-control: 10.0.0.0/8 refuse_non_local",
	.good_unbound = "# dnslint: role=resolver clients=10.0.0.0/8\n"
			"server: interface: 0.0.0.0\n"
			"access-control: 10.0.0.0/8 allow",
	.check = check,
};
