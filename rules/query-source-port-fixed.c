#include "rules/rule.h"
#include "schema/types_unbound.h"

enum {
	PORTS = 65536,
	PORTS_ENOUGH = 1024,
};

static void
check_source(struct rule_context *cx, const struct node *s)
{
	for (const struct node *n = s->first; n != NULL; n = n->next) {
		unsigned long long port;

		if (!node_is(n, "port") || n->next == NULL ||
		    !slice_to_uint(node_text(n->next), UINT16_MAX, &port) ||
		    port == 0)
			continue;
		struct span at = span_join(n->span, n->next->span);
		struct diag *d =
			rule_report(cx, at,
				    "all questions go out from port %llu: "
				    "forged answers need no luck to find it",
				    port);

		diag_help(cx->diags, d, "leave the port out");
		diag_fix(cx->diags, d, at,
			 s->len == 3 ? "address *" : "port *");
	}
}

static void
check_named(struct rule_context *cx)
{
	static const char *const names[] = { "query-source",
					     "query-source-v6" };

	for (size_t i = 0; i < 2; i++) {
		rule_each_option(cx, names[i], check_source);
		CONFIG_EACH(server, cx->config, "server")
			NODE_EACH(s, node_block(server), names[i])
				check_source(cx, s);
	}
}

/* "1024-65535" or a port: what it allows or forbids. */
static void
set_ports(bool ports[static PORTS], const struct node *s, bool value)
{
	struct slice rest = node_text(node_term(s, 1));
	long long low = type_ub_atoi(slice_split(&rest, '-'));
	long long high = rest.len > 0 ? type_ub_atoi(rest) : low;

	for (long long i = low; i <= high && i < PORTS; i++)
		if (i >= 0)
			ports[i] = value;
}

/* In the order they stand, from what is allowed at first: 1024 and above. */
static void
check_unbound(struct rule_context *cx)
{
	const struct node *last = rule_server(cx, "outgoing-port-avoid");
	bool *ports = ARENA_ARRAY(cx->arena, bool, PORTS);
	size_t count = 0;

	if (last == NULL)
		return;
	for (size_t i = 1024; i < PORTS; i++)
		ports[i] = true;
	CONFIG_EACH(server, cx->config, "server")
		for (const struct node *s = node_first(node_block(server));
		     s != NULL; s = s->next) {
			if (s->kind != NODE_STATEMENT)
				continue;
			if (node_is(s->first, "outgoing-port-avoid"))
				set_ports(ports, s, false);
			else if (node_is(s->first, "outgoing-port-permit"))
				set_ports(ports, s, true);
		}
	for (size_t i = 0; i < PORTS; i++)
		count += ports[i];
	if (count >= PORTS_ENOUGH)
		return;
	struct diag *d = rule_report(cx, last->span,
				     "%zu ports are left to ask from: forged "
				     "answers find the right one soon",
				     count);

	diag_help(cx->diags, d,
		  "leave a range of some thousands, such as "
		  "'outgoing-port-permit: 32768-60999'");
}

static void
check(struct rule_context *cx)
{
	if (cx->config->dialect == DIALECT_NAMED)
		check_named(cx);
	else
		check_unbound(cx);
}

const struct rule rule_query_source_port_fixed = {
	.id = "query-source-port-fixed",
	.family = "validation",
	.dialects = DIALECT_NAMED | DIALECT_UNBOUND,
	.severity = SEV_WARNING,
	.needs = STAGE_LOAD,
	.summary = "questions go out from one port, or from few",
	.explain =
		"Who forges an answer has to guess the port of the question. "
		"With a fixed port only the 16 bits of the question's number "
		"are left, and a cache is poisoned within minutes. Firewalls "
		"can let answers in by the state of the connection instead.",
	.source = "RFC 5452, section 9.2; DISA STIG V-207557; BIND 9 ARM, "
		  "query-source; unbound.conf(5), outgoing-port-avoid",
	.bad = "options { query-source address * port 5353; };",
	.good = "options { query-source address * port *; };",
	.bad_unbound = "server: outgoing-port-avoid: 0-65535\n"
		       "outgoing-port-permit: 5353",
	.good_unbound = "server: outgoing-port-avoid: 0-65535\n"
			"outgoing-port-permit: 32768-60999",
	.check = check,
};
