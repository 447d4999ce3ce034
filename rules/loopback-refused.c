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

/* NULL where it is not a matter of a list or two. */
static const char *
how_to_mend(const struct rule_case *c, const char *address)
{
	struct rule_context *cx = c->cx;

	if (cx->config->dialect == DIALECT_UNBOUND)
		return arena_printf(cx->arena,
				    "write 'access-control: %s allow'",
				    address);
	if (rule_is_recursion_off(&c->d) && cx->model->views->count > 1)
		return "write 'localhost;' in 'match-clients' of a view that "
		       "recurses and comes before this one";
	if (slice_is(slice_of(c->d.reason->option), "blackhole"))
		return arena_printf(cx->arena,
				    "write '!%s;' first in 'blackhole'",
				    address);
	return rule_how_to_open(c, "recursion");
}

/* Is the host turned away when it asks itself there? */
static bool
check_address(struct rule_context *cx, struct question q, struct addr own)
{
	struct prefix p = { own, family_bits(own.family) };
	char buf[ADDR_TEXT_MAX];

	q.to = own;
	q.to_known = true;
	struct rule_case c = {
		.cx = cx,
		.q = &q,
		.clients = clients_of(cx->arena, &p, 1),
		.d = predict_at(cx->predict, &q, own, NULL),
	};

	if (!decision_turns_away(&c.d))
		return false;
	struct diag *diag = rule_report(
		cx, rule_place(cx, &c.d),
		"the server's own host is turned away when it asks from %s",
		addr_format(own, buf));
	const char *help = how_to_mend(&c, buf);

	rule_note_route(cx, diag, &c.d);
	if (help != NULL)
		diag_help(cx->diags, diag, "%s", help);
	return true;
}

static void
check(struct rule_context *cx)
{
	struct question q = question_foreign(cx->model);
	struct client_set at = predict_listens(cx->predict);
	const struct host *h = cx->model->host;

	if (!somebody_recurses(cx, &q))
		return;
	/* Once is enough. */
	for (size_t i = 0; i < 2; i++)
		if (clients_have(at, loopbacks[i]) &&
		    check_address(cx, q, loopbacks[i]))
			return;
	for (size_t i = 0; i < h->count; i++)
		if (clients_have(at, h->addresses[i].prefix.addr) &&
		    check_address(cx, q, h->addresses[i].prefix.addr))
			return;
}

const struct rule rule_loopback_refused = {
	.id = "loopback-refused",
	.family = "refused",
	.dialects = DIALECT_NAMED | DIALECT_UNBOUND,
	.severity = SEV_NOTE,
	.needs = STAGE_DECISION,
	.summary = "the resolver refuses its own host",
	.explain = "Others may look up names here, and the host itself may "
		   "not: checks that ask 127.0.0.1 report a failure, and a "
		   "host whose /etc/resolv.conf names itself cannot look up "
		   "anything. Where the addresses of the host are known, they "
		   "are tried as well.",
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
