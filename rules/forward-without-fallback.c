#include "rules/rule.h"
#include "schema/types_unbound.h"

static void
report(struct rule_context *cx, struct span at, struct slice server)
{
	struct diag *d = rule_report(cx, at,
				     "when '%.*s' fails, no name can be looked "
				     "up",
				     SLICE(server));

	diag_help(cx->diags, d,
		  cx->config->dialect == DIALECT_NAMED
			  ? "name a second forwarder, or write 'forward first'"
			  : "name a second 'forward-addr', or write "
			    "'forward-first: yes'");
}

/* A proxy on this host fails with the host. */
static bool
is_alone(struct slice text)
{
	struct slice rest;
	struct addr a;

	return !type_ub_parse_address(text, &a, &rest) || !addr_is_loopback(a);
}

static void
check_block(struct rule_context *cx, const struct node *block,
	    const struct node *view)
{
	const struct node *forward = rule_option(cx, view, "forward");
	const struct node *s = node_find(block, "forwarders");
	const struct node *list = s == NULL ? NULL : node_block(s);
	const struct node *only = list == NULL ? NULL : node_first(list);
	struct addr a;

	if (only == NULL || only->next != NULL ||
	    only->kind != NODE_STATEMENT || forward == NULL ||
	    !node_is(node_term(forward, 1), "only"))
		return;
	if (addr_parse(node_text(only->first), &a) && !addr_is_loopback(a))
		report(cx, only->first->span, node_text(only->first));
}

static void
check_named(struct rule_context *cx)
{
	CONFIG_EACH(options, cx->config, "options")
		check_block(cx, node_block(options), NULL);
	CONFIG_EACH(view, cx->config, "view")
		check_block(cx, node_block(view), node_block(view));
}

static void
check_zone(struct rule_context *cx, const struct node *block)
{
	static const char *const names[] = { "forward-addr", "forward-host" };
	const struct node *name = node_find(block, "name");
	const struct node *first = node_find(block, "forward-first");
	const struct node *only = NULL;
	size_t count = 0;

	if (name == NULL || !node_is(node_term(name, 1), ".") ||
	    (first != NULL && node_is(node_term(first, 1), "yes")))
		return;
	for (size_t i = 0; i < 2; i++)
		NODE_EACH(s, block, names[i]) {
			only = s;
			count++;
		}
	if (count == 1 && is_alone(node_text(node_term(only, 1))))
		report(cx, only->span, node_text(node_term(only, 1)));
}

static void
check(struct rule_context *cx)
{
	if (cx->config->dialect == DIALECT_NAMED)
		check_named(cx);
	else
		CONFIG_EACH(z, cx->config, "forward-zone")
			check_zone(cx, node_block(z));
}

const struct rule rule_forward_without_fallback = {
	.id = "forward-without-fallback",
	.family = "forwarding",
	.dialects = DIALECT_NAMED | DIALECT_UNBOUND,
	.severity = SEV_NOTE,
	.needs = STAGE_LOAD,
	.heuristic = true,
	.summary = "everything depends on one forwarder",
	.explain =
		"A resolver that asks a single forwarder and nobody else gives "
		"SERVFAIL for every name while that one is away. Name a second "
		"one, or let the resolver look names up itself when it gets no "
		"answer. Some networks want it this way, so this is a note.",
	.source = "BIND 9 ARM, forward; unbound.conf(5), forward-first",
	.bad = "options { forward only; forwarders { 192.0.2.1; }; };",
	.good = "options { forward first; forwarders { 192.0.2.1; }; };",
	.bad_unbound = "forward-zone: name: \".\"\nforward-addr: 192.0.2.1",
	.good_unbound = "forward-zone: name: \".\"\nforward-addr: 192.0.2.1\n"
			"forward-first: yes",
	.check = check,
};
