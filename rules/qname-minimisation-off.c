#include "rules/rule.h"

static void
report(struct rule_context *cx, const struct node *s)
{
	struct diag *d =
		rule_report(cx, s->span,
			    "every server on the way to a name learns the "
			    "whole name");

	diag_help(cx->diags, d, "remove it");
	rule_fix_cut(cx, d, s->span);
}

/* One that asks nobody but its forwarders has no use for it. */
static bool
forwards_all(struct rule_context *cx, const struct node *view)
{
	const struct node *forward = rule_option(cx, view, "forward");
	const struct node *recursion = rule_option(cx, view, "recursion");

	return (forward != NULL && node_is(node_term(forward, 1), "only")) ||
	       (recursion != NULL && rule_is_no(node_term(recursion, 1)));
}

static void
check_block(struct rule_context *cx, const struct node *block,
	    const struct node *view)
{
	const struct node *s = node_find(block, "qname-minimization");

	if (s != NULL &&
	    (node_is(node_term(s, 1), "off") ||
	     node_is(node_term(s, 1), "disabled")) &&
	    !forwards_all(cx, view))
		report(cx, s);
}

static bool
forwards_root(const struct rule_context *cx)
{
	CONFIG_EACH(z, cx->config, "forward-zone")
	{
		const struct node *name = node_find(node_block(z), "name");
		const struct node *first =
			node_find(node_block(z), "forward-first");

		if (name != NULL && node_is(node_term(name, 1), ".") &&
		    (first == NULL || !node_is(node_term(first, 1), "yes")))
			return true;
	}
	return false;
}

static void
check(struct rule_context *cx)
{
	if (cx->config->dialect == DIALECT_UNBOUND) {
		if (rule_server_is(cx, "qname-minimisation", "no") &&
		    !forwards_root(cx))
			report(cx, rule_server(cx, "qname-minimisation"));
		return;
	}
	CONFIG_EACH(options, cx->config, "options")
	check_block(cx, node_block(options), NULL);
	CONFIG_EACH(view, cx->config, "view")
	check_block(cx, node_block(view), node_block(view));
}

const struct rule rule_qname_minimisation_off = {
	.id = "qname-minimisation-off",
	.family = "validation",
	.dialects = DIALECT_NAMED | DIALECT_UNBOUND,
	.severity = SEV_NOTE,
	.needs = STAGE_LOAD,
	.summary = "QNAME minimisation is switched off",
	.explain = "A resolver that minimises names asks the root servers for "
		   "'com' and the servers of 'com' for 'example.com', whatever "
		   "is looked up below. Switched off, all of them see the "
		   "whole name. Servers that fail with short names are rare "
		   "today, and both resolvers then ask for the whole name by "
		   "themselves.",
	.source = "RFC 9156; BIND 9 ARM, qname-minimization; unbound.conf(5), "
		  "qname-minimisation",
	.bad = "options { qname-minimization off; };",
	.good = "options { qname-minimization relaxed; };",
	.bad_unbound = "server: qname-minimisation: no",
	.good_unbound = "server: qname-minimisation: yes",
	.check = check,
};
