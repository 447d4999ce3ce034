#include "rules/rule.h"

enum {
	SHOWN_MAX = 6
};

static void
report(struct rule_context *cx, const struct client_group *g)
{
	struct diag *d =
		rule_report(cx, rule_place(cx, g->decision),
			    "declared clients get no answer at all: %s",
			    clients_text(cx->arena, g->clients, SHOWN_MAX));

	rule_note_route(cx, d, g->decision);
	diag_help(cx->diags, d,
		  "take them out of '%s': a client that is refused tries "
		  "another server, one that is dropped waits",
		  g->decision->reason->option);
}

/* By a statement; of those who are not heard listens-nowhere speaks. */
static bool
is_dropped(const struct decision *d)
{
	return decision_is_dropped(d) && d->reason != NULL &&
	       !slice_is(slice_of(d->reason->option), "interface");
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
			      is_dropped, &n);

	for (size_t i = 0; i < n; i++)
		report(cx, &g[i]);
}

const struct rule rule_client_dropped = {
	.id = "client-dropped",
	.family = "refused",
	.dialects = DIALECT_NAMED | DIALECT_UNBOUND,
	.severity = SEV_ERROR,
	.needs = STAGE_DECISION,
	.summary = "a declared client gets no answer at all",
	.explain = "A client that is dropped, by 'blackhole' or by 'deny', "
		   "waits for a time-out before it asks elsewhere. Declared "
		   "clients must be answered.",
	.source = "BIND 9 ARM, blackhole; unbound.conf(5), access-control",
	.bad = "// dnslint: clients=10.0.0.0/8\n"
	       "options { allow-recursion { 10.0.0.0/8; };\n"
	       "\tblackhole { 10.66.0.0/16; }; };",
	.good = "// dnslint: clients=10.0.0.0/8\n"
		"options { allow-recursion { 10.0.0.0/8; };\n"
		"\tblackhole { 192.0.2.0/24; }; };",
	.bad_unbound = "# dnslint: clients=10.0.0.0/8\n"
		       "server: interface: 0.0.0.0\n"
		       "access-control: 10.0.0.0/8 allow\n"
		       "access-control: 10.66.0.0/16 deny",
	.good_unbound = "# dnslint: clients=10.0.0.0/8\n"
			"server: interface: 0.0.0.0\n"
			"access-control: 10.0.0.0/8 allow\n"
			"access-control: 192.0.2.0/24 deny",
	.check = check,
};
