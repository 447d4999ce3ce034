#include "rules/rule.h"

static const struct addr loopbacks[] = {
	{ 0, 0x7f000001, FAMILY_IPV4 },
	{ 0, 1, FAMILY_IPV6 },
};

static bool
somebody_recurses(const struct rule_context *cx, const struct question *q)
{
	return !clients_empty(clients_where(cx->arena, cx->predict, q,
					    clients_all(cx->arena),
					    decision_recurses));
}

static void
check(struct rule_context *cx)
{
	struct question q = question_foreign(cx->model);
	struct client_set at = predict_listens(cx->predict);

	if (!somebody_recurses(cx, &q))
		return;
	for (size_t i = 0; i < 2; i++) {
		struct decision d;
		char buf[ADDR_TEXT_MAX];

		if (!clients_have(at, loopbacks[i]))
			continue;
		q.to = loopbacks[i];
		q.to_known = true;
		d = predict_at(cx->predict, &q, loopbacks[i], NULL);
		if (!decision_turns_away(&d))
			continue;
		struct diag *diag = rule_report(
			cx, rule_place(cx, &d),
			"the server's own host is turned away when it asks "
			"from %s",
			addr_format(loopbacks[i], buf));

		rule_note_route(cx, diag, &d);
		diag_help(cx->diags, diag,
			  cx->config->dialect == DIALECT_NAMED
				  ? "add 'localhost;' to '%s'"
				  : "take the loopback address out of '%s'",
			  d.reason->option);
		return; /* once is enough */
	}
}

const struct rule rule_loopback_refused = {
	.id = "loopback-refused",
	.family = "refused",
	.dialects = DIALECT_NAMED | DIALECT_UNBOUND,
	.severity = SEV_NOTE,
	.needs = STAGE_DECISION,
	.summary = "the resolver refuses its own host",
	.explain =
		"Others may look up names here, and the host itself may not: "
		"checks that ask 127.0.0.1 report a failure, and a host whose "
		"/etc/resolv.conf names itself has no names at all.",
	.source = "BIND 9 ARM, allow-recursion (default localhost; localnets); "
		  "unbound.conf(5), access-control",
	.bad = "options { allow-recursion { 10.0.0.0/8; }; };",
	.good = "options { allow-recursion { localhost; 10.0.0.0/8; }; };",
	.bad_unbound = "server: interface: 0.0.0.0\n"
		       "access-control: 10.0.0.0/8 allow\n"
		       "access-control: 127.0.0.0/8 refuse",
	.good_unbound = "server: interface: 0.0.0.0\n"
			"access-control: 10.0.0.0/8 allow",
	.check = check,
};
