#include "rules/rule.h"

/* The list that says so may be one that was written for something else. */
static void
say_why(struct rule_context *cx, struct diag *d, const struct decision *by)
{
	const struct origin *o = by->reason;

	rule_note_route(cx, d, by);
	rule_note_ipv6_default(cx, d);
	if (cx->config->dialect == DIALECT_NAMED && !origin_is_default(o) &&
	    !slice_is(slice_of(o->option), "allow-recursion"))
		diag_remark(cx->diags, d,
			    "recursion takes its clients from '%s', since "
			    "'allow-recursion' is not written",
			    o->option);
	diag_help(cx->diags, d,
		  cx->config->dialect == DIALECT_NAMED
			  ? "name your own clients in 'allow-recursion', or "
			    "write 'recursion no' on a server that is "
			    "authoritative only"
			  : "allow your own networks and leave the rest "
			    "refused");
}

static void
report(struct rule_context *cx, struct client_set open,
       const struct decision *by)
{
	struct diag *d;

	if (cx->intent->clients_declared && !rule_is_internet(open))
		d = rule_report(cx, rule_place(cx, by),
				"%s may recurse here, and are no declared "
				"clients",
				clients_text(cx->arena, open, 4));
	else
		d = rule_report(cx, rule_place(cx, by),
				"the whole Internet may recurse here: an open "
				"resolver");
	say_why(cx, d, by);
}

static void
check(struct rule_context *cx)
{
	struct question q = question_foreign(cx->model);
	struct client_set s = clients_where(cx->arena, cx->predict, &q,
					    rule_reachable_strangers(cx),
					    decision_recurses);
	size_t n;

	if (clients_empty(s) ||
	    (!cx->intent->clients_declared && !rule_is_internet(s)))
		return;
	const struct client_group *g =
		clients_group(cx->arena, cx->predict, &q, s, NULL, &n);

	for (size_t i = 0; i < n; i++)
		report(cx, g[i].clients, g[i].decision);
}

const struct rule rule_open_resolver = {
	.id = "open-resolver",
	.family = "recursion",
	.dialects = DIALECT_NAMED | DIALECT_UNBOUND,
	.severity = SEV_ERROR,
	.needs = STAGE_DECISION,
	.summary = "anybody in the Internet may recurse",
	.explain =
		"An open resolver is abused to amplify attacks and to poison "
		"caches. In BIND, 'allow-query { any; }' alone opens it: "
		"recursion inherits that list when neither 'allow-recursion' "
		"nor 'allow-query-cache' is written.",
	.source = "RFC 5358 (BCP 140)",
	.bad = "options { allow-query { any; }; };",
	.good = "options { allow-query { any; }; recursion no; };",
	.bad_unbound = "server: interface: 0.0.0.0\n"
		       "access-control: 0.0.0.0/0 allow",
	.good_unbound = "server: interface: 0.0.0.0\n"
			"access-control: 10.0.0.0/8 allow",
	.check = check,
};
