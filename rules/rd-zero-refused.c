#include "rules/rule.h"

enum { SHOWN_MAX = 4 };

static void
check(struct rule_context *cx)
{
	struct question q = question_foreign(cx->model);
	struct client_set served = clients_where(
		cx->arena, cx->predict, &q, rule_guests(cx), decision_recurses);
	size_t n;

	q.rd = false;
	const struct client_group *g =
		clients_group(cx->arena, cx->predict, &q, served,
			      decision_is_refused, &n);

	for (size_t i = 0; i < n; i++) {
		struct diag *d = rule_report(
			cx, rule_place(cx, g[i].decision),
			"without RD these get REFUSED for what is not local, "
			"and with it an answer: %s",
			clients_text(cx->arena, g[i].clients, SHOWN_MAX));

		diag_help(cx->diags, d,
			  "write 'allow_snoop' for hosts that are to look into "
			  "the cache, or 'allow_setrd' for clients that forget "
			  "the bit");
	}
}

const struct rule rule_rd_zero_refused = {
	.id = "rd-zero-refused",
	.family = "refused",
	.dialects = DIALECT_UNBOUND,
	.severity = SEV_NOTE,
	.needs = STAGE_DECISION,
	.optional = true,
	.summary = "clients get REFUSED when they do not ask for recursion",
	.explain =
		"Under 'allow' a question without the RD bit is answered from "
		"local data alone, and REFUSED otherwise, cached or not. That "
		"keeps strangers from reading the cache and is right for most "
		"clients. 'dig +trace', some monitoring and servers that take "
		"this one for an authority ask so, and report a fault.",
	.source = "unbound.conf(5), access-control",
	.bad_unbound = "server: interface: 0.0.0.0\n"
		       "access-control: 10.0.0.0/8 allow",
	.good_unbound = "server: interface: 0.0.0.0\n"
			"access-control: 10.0.0.0/8 allow_setrd",
	.check = check,
};
