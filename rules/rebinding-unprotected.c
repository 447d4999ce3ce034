#include "rules/rule.h"

static void
check(struct rule_context *cx)
{
	struct question q = question_foreign(cx->model);
	size_t n;

	if (rule_server(cx, "private-address") != NULL ||
	    cx->intent->role == ROLE_AUTHORITATIVE)
		return;
	const struct client_group *g = clients_group(cx->arena, cx->predict, &q,
						     clients_private(cx->arena),
						     decision_recurses, &n);

	if (n == 0 || origin_is_default(g->decision->reason))
		return;
	struct diag *d = rule_report(cx, rule_place(cx, g->decision),
				     "these clients can be told that a foreign "
				     "name has an address of their own "
				     "network");

	diag_help(cx->diags, d,
		  "write 'private-address' for each network of your own, and "
		  "'private-domain' for names that do have such addresses");
}

const struct rule rule_rebinding_unprotected = {
	.id = "rebinding-unprotected",
	.family = "validation",
	.dialects = DIALECT_UNBOUND,
	.severity = SEV_NOTE,
	.needs = STAGE_DECISION,
	.whole = true,
	.heuristic = true,
	.summary = "foreign names may have addresses of the own network",
	.explain =
		"A web page can change the address of its name to that of a "
		"router or printer in the visitor's network and then talk to "
		"it (DNS rebinding). With 'private-address' Unbound takes such "
		"addresses out of answers. Names of one's own that have "
		"private addresses need 'private-domain'.",
	.source = "unbound.conf(5), private-address",
	.bad_unbound = "server: interface: 0.0.0.0\n"
		       "access-control: 192.168.0.0/16 allow",
	.good_unbound = "server: interface: 0.0.0.0\n"
			"access-control: 192.168.0.0/16 allow\n"
			"private-address: 192.168.0.0/16",
	.check = check,
};
