#include "rules/rule.h"

enum { SHOWN_MAX = 6, WRITTEN_MAX = 3 };

/* "10.9.0.0/16; 10.10.0.0/16;": for a list, as far as it stays readable. */
static const char *
elements(const struct rule_context *cx, struct client_set s)
{
	return clients_prefix_count(s) > WRITTEN_MAX
		       ? "NETWORK;"
		       : arena_printf(cx->arena, "%s;",
				      clients_list(cx->arena, s, "; "));
}

static void
help_named(struct rule_context *cx, struct diag *diag,
	   const struct client_group *g)
{
	const struct decision *d = g->decision;
	const char *text = elements(cx, g->clients);

	if (origin_is_default(d->reason))
		diag_help(cx->diags, diag,
			  "write '%s { localhost; localnets; %s };'",
			  d->reason->option, text);
	else if (d->element != NULL)
		diag_help(cx->diags, diag, "write '%s' in front of '%s'", text,
			  rule_element_text(cx, d->element));
	else
		diag_help(cx->diags, diag,
			  "add '%s' to '%s'; recursion takes "
			  "'allow-recursion' and 'allow-query-cache' both",
			  text, d->reason->option);
}

static void
report(struct rule_context *cx, const struct client_group *g)
{
	struct diag *d = rule_report(
		cx, rule_place(cx, g->decision),
		"declared clients get REFUSED for what others know: %s",
		clients_text(cx->arena, g->clients, SHOWN_MAX));

	rule_note_route(cx, d, g->decision);
	if (origin_is_default(g->decision->reason))
		diag_remark(cx->diags, d, "'%s' is not written, and by default "
					  "they are not in it",
			    g->decision->reason->option);
	if (cx->config->dialect == DIALECT_NAMED)
		help_named(cx, d, g);
	else
		diag_help(cx->diags, d,
			  "write 'access-control: %s allow'; the most specific "
			  "line decides",
			  clients_prefix_count(g->clients) > 1
				  ? "NETWORK"
				  : clients_text(cx->arena, g->clients, 1));
}

static void
check(struct rule_context *cx)
{
	struct question q = question_foreign(cx->model);
	size_t n;

	if (!cx->intent->clients_declared)
		return;
	const struct client_group *g =
		clients_group(cx->arena, cx->predict, &q, rule_own_clients(cx),
			      decision_is_refused, &n);

	for (size_t i = 0; i < n; i++)
		if (!rule_is_recursion_off(g[i].decision))
			report(cx, &g[i]);
}

const struct rule rule_declared_client_refused = {
	.id = "declared-client-refused",
	.family = "refused",
	.dialects = DIALECT_NAMED | DIALECT_UNBOUND,
	.severity = SEV_ERROR,
	.needs = STAGE_DECISION,
	.summary = "a declared client is refused by a list",
	.explain =
		"The clients that the intent file (or --clients) declares must "
		"be able to look up names here. For these a list says no, and "
		"they get REFUSED for every name that the server does not "
		"itself serve. In BIND the first element that matches decides, "
		"and recursion needs 'allow-recursion' and "
		"'allow-query-cache' both; in Unbound the most specific "
		"netblock decides alone.",
	.source = "BIND 9 ARM, allow-recursion, allow-query-cache; "
		  "unbound.conf(5), access-control",
	.bad = "// dnslint: clients=10.0.0.0/8\n"
	       "options { allow-recursion { !10.9.0.0/16; 10.0.0.0/8; }; };",
	.good = "// dnslint: clients=10.0.0.0/8\n"
		"options { allow-recursion { !192.0.2.0/24; 10.0.0.0/8; }; };",
	.bad_unbound = "# dnslint: clients=10.0.0.0/8\n"
		       "server: interface: 0.0.0.0\n"
		       "access-control: 10.0.0.0/8 allow\n"
		       "access-control: 10.9.0.0/16 refuse",
	.good_unbound = "# dnslint: clients=10.0.0.0/8\n"
			"server: interface: 0.0.0.0\n"
			"access-control: 10.0.0.0/8 allow\n"
			"access-control: 192.0.2.0/24 refuse",
	.check = check,
};
