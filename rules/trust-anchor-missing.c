#include "rules/rule.h"
#include "schema/types_unbound.h"

static const char *const statements[] = { "trust-anchors", "managed-keys",
					  "trusted-keys", "dnssec-keys" };

/* Has the block an anchor in one of its statements? */
static bool
has_anchor(const struct node *block)
{
	for (size_t i = 0; block != NULL && i < 4; i++)
		NODE_EACH(s, block, statements[i])
			if (node_first(node_block(s)) != NULL)
				return true;
	return false;
}

static void
check_block(struct rule_context *cx, const struct node *block,
	    const struct node *view)
{
	const struct node *s = node_find(block, "dnssec-validation");
	const struct node *recursion = rule_option(cx, view, "recursion");

	if (s == NULL || rule_is_no(node_term(s, 1)) ||
	    node_is(node_term(s, 1), "auto") ||
	    (recursion != NULL && rule_is_no(node_term(recursion, 1))) ||
	    has_anchor(view) || has_anchor(cx->config->root))
		return;
	/* Every view may have its own. */
	if (view == NULL && config_find(cx->config, "view") != NULL)
		return;
	struct diag *d = rule_report(cx, s->span,
				     "nothing is validated: 'yes' needs a "
				     "trust anchor, and none is written");

	diag_help(cx->diags, d,
		  "write 'dnssec-validation auto', which has the key of the "
		  "root built in");
}

static void
check_named(struct rule_context *cx)
{
	CONFIG_EACH(options, cx->config, "options")
		check_block(cx, node_block(options), NULL);
	CONFIG_EACH(view, cx->config, "view")
		check_block(cx, node_block(view), node_block(view));
}

/* Packages bring the anchor in a file of its own. */
static bool
may_come_from_elsewhere(struct rule_context *cx)
{
	const struct node *root = cx->config->root;

	for (const struct node *s = node_first(root); s != NULL; s = s->next) {
		if (s->kind != NODE_STATEMENT)
			continue;
		if (rule_is_empty_include(cx, s))
			return true;
		for (const struct node *o = node_block(s) == NULL
						    ? NULL
						    : node_first(node_block(s));
		     o != NULL; o = o->next)
			if (o->kind == NODE_STATEMENT &&
			    rule_is_empty_include(cx, o))
				return true;
	}
	return false;
}

static void
check_unbound(struct rule_context *cx)
{
	static const char *const anchors[] = { "auto-trust-anchor-file",
					       "trust-anchor",
					       "trust-anchor-file",
					       "trusted-keys-file" };
	const struct node *s = rule_server(cx, "module-config");
	struct slice rest = node_text(node_term(s, 1));
	bool validates = false;

	for (size_t i = 0; i < sizeof(anchors) / sizeof(*anchors); i++)
		if (rule_server(cx, anchors[i]) != NULL)
			return;
	for (struct slice w; (w = type_ub_word(&rest)).len > 0;)
		validates = validates || slice_is(w, "validator");
	if (!validates || may_come_from_elsewhere(cx))
		return;
	struct diag *d = rule_report(cx, s->span,
				     "nothing is validated: there is no trust "
				     "anchor");

	diag_help(cx->diags, d,
		  "write 'auto-trust-anchor-file' with a file that "
		  "unbound-anchor has made");
}

static void
check(struct rule_context *cx)
{
	if (cx->config->dialect == DIALECT_NAMED)
		check_named(cx);
	else if (rule_server(cx, "module-config") != NULL)
		check_unbound(cx);
}

const struct rule rule_trust_anchor_missing = {
	.id = "trust-anchor-missing",
	.family = "validation",
	.dialects = DIALECT_NAMED | DIALECT_UNBOUND,
	.severity = SEV_WARNING,
	.needs = STAGE_LOAD,
	.whole = true,
	.summary = "validation is configured and has nothing to start from",
	.explain =
		"Signatures are checked from a trust anchor downwards, and "
		"without one every answer passes unchecked. BIND has the "
		"anchor of the root built in with 'auto', not with 'yes'; "
		"Unbound has none of its own. Where Unbound names its modules "
		"nowhere, the anchor is expected in another file.",
	.source = "RFC 5011; BIND 9 ARM, dnssec-validation; unbound.conf(5), "
		  "auto-trust-anchor-file",
	.bad = "options { dnssec-validation yes; };",
	.good = "options { dnssec-validation auto; };",
	.bad_unbound = "server: interface: 127.0.0.1\n"
		       "module-config: \"validator iterator\"",
	.good_unbound = "server: interface: 127.0.0.1\n"
			"module-config: \"validator iterator\"\n"
			"auto-trust-anchor-file: \"root.key\"",
	.check = check,
};
