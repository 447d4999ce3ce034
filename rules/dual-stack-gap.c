#include "rules/rule.h"

/* Clients in the family, but for the host itself. */
static struct client_set
guests(const struct rule_context *cx, enum family family)
{
	return clients_and(cx->arena, rule_guests(cx),
			   clients_of_family(cx->arena, family));
}

static bool
has_network(struct client_set s)
{
	enum { NETWORK_BITS_MAX = 28 };
	struct clients_walk w = { 0 };
	struct prefix p;

	while (clients_next(s, &w, &p))
		if (p.len <= NETWORK_BITS_MAX)
			return true;
	return false;
}

/* Where IPv6 is listened on, if people wrote that; NULL if they did not. */
static const struct node *
written_listener(const struct rule_context *cx)
{
	if (cx->config->dialect == DIALECT_NAMED)
		return rule_option(cx, NULL, "listen-on-v6");
	CONFIG_EACH(server, cx->config, "server")
		NODE_EACH(s, node_block(server), "interface") {
			struct slice text = rule_value(s, 0);
			struct addr a;

			if (addr_parse(slice_split(&text, '@'), &a) &&
			    a.family == FAMILY_IPV6 && !addr_is_loopback(a))
				return s;
		}
	return NULL;
}

static void
check(struct rule_context *cx)
{
	struct question q = question_foreign(cx->model);
	const struct node *listener = written_listener(cx);
	struct client_set at = predict_listens(cx->predict);
	struct client_set six = guests(cx, FAMILY_IPV6);

	/* Declared clients of IPv6: declared-client-refused tells of them. */
	if (listener == NULL ||
	    clients_empty(clients_and(cx->arena, at, six)) ||
	    (cx->intent->clients_declared &&
	     !clients_empty(clients_and(cx->arena, rule_own_clients(cx), six))))
		return;
	struct client_set served = clients_where(
		cx->arena, cx->predict, &q, guests(cx, FAMILY_IPV4),
		decision_recurses);

	/* A host or two know how they ask. */
	if (!has_network(served))
		return;
	/* Nobody of IPv6 for certain, and nobody perhaps. */
	if (clients_empty(served) ||
	    !clients_equal(clients_where(cx->arena, cx->predict, &q, six,
					 decision_turns_away),
			   six))
		return;
	struct diag *d = rule_report(
		cx, listener->span,
		"the server listens on IPv6, and turns away everybody who "
		"comes by it");

	diag_remark(cx->diags, d, "by IPv4 %s",
		    clients_equal(served, guests(cx, FAMILY_IPV4))
			    ? "everybody may"
			    : arena_printf(cx->arena, "these may: %s",
					   clients_text(cx->arena, served, 3)));
	diag_help(cx->diags, d,
		  "let your IPv6 networks in as well: hosts that have both "
		  "ask by IPv6 first");
}

const struct rule rule_dual_stack_gap = {
	.id = "dual-stack-gap",
	.family = "refused",
	.dialects = DIALECT_NAMED | DIALECT_UNBOUND,
	.severity = SEV_WARNING,
	.needs = STAGE_DECISION,
	.summary = "clients are served by IPv4 and refused by IPv6",
	.explain =
		"The server listens on IPv6, and its lists let in IPv4 "
		"networks alone. Hosts that have learned the server's IPv6 "
		"address get REFUSED there, and wait or fail before they try "
		"the other.",
	.source = "RFC 3901, section 4; RFC 6724",
	.bad = "options { listen-on-v6 { any; };\n"
	       "\tallow-recursion { 10.0.0.0/8; }; };",
	.good = "options { listen-on-v6 { any; };\n"
		"\tallow-recursion { 10.0.0.0/8; 2001:db8::/32; }; };",
	.bad_unbound = "server: interface: 10.0.0.53\n"
		       "interface: 2001:db8::53\n"
		       "access-control: 10.0.0.0/8 allow",
	.good_unbound = "server: interface: 10.0.0.53\n"
			"interface: 2001:db8::53\n"
			"access-control: 10.0.0.0/8 allow\n"
			"access-control: 2001:db8::/32 allow",
	.check = check,
};
