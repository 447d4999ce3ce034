#include "base/strmap.h"
#include "rules/rule.h"

/* The list's own statement while it is unused. */
static void
mark_used(const struct strmap *unused, const struct node *text)
{
	struct slice name = node_text(text);

	if (strmap_get(unused, name) != NULL)
		*strmap_at((struct strmap *)(uintptr_t)unused, name) = NULL;
}

/* Every word but the list's own name may be a use. Depth: NODE_DEPTH_MAX. */
static void
walk(const struct strmap *unused, const struct node *n)
{
	const struct node *own = n->kind == NODE_STATEMENT &&
						 node_is(n->first, "acl")
					 ? n->first->next
					 : NULL;

	if (node_is_text(n)) {
		mark_used(unused, n);
		return;
	}
	for (const struct node *c = node_first(n); c != NULL; c = c->next)
		if (c != own)
			walk(unused, c);
}

static void
check(struct rule_context *cx)
{
	const struct node *root = cx->config->root;
	struct strmap *unused = strmap_new(cx->arena, true);

	CONFIG_EACH(s, cx->config, "acl")
		*strmap_at(unused, node_text(node_term(s, 1))) =
			(void *)(uintptr_t)s;
	if (strmap_count(unused) == 0)
		return;
	walk(unused, root);
	CONFIG_EACH(s, cx->config, "acl") {
		struct slice name = node_text(node_term(s, 1));

		if (strmap_get(unused, name) != s)
			continue;
		struct diag *d = rule_report(
			cx, rule_heading(cx, s->span),
			"nothing uses the list '%.*s'", SLICE(name));

		diag_remark(cx->diags, d,
			    "what stands in a list that nothing uses is not "
			    "even checked by the server");
		diag_help(cx->diags, d, "remove it");
		/* Another server may include the same file. */
		if (sources_find(cx->config->sources, s->span)->parent == NULL)
			rule_fix_cut(cx, d, s->span);
	}
}

const struct rule rule_acl_unused = {
	.id = "acl-unused",
	.family = "acl",
	.dialects = DIALECT_NAMED,
	.severity = SEV_NOTE,
	.needs = STAGE_LOAD,
	.whole = true,
	.summary = "a named list that nothing uses",
	.explain =
		"A list that no statement names has no effect. It may be a "
		"leftover, or the statement that was to use it was forgotten "
		"or names another one. The server does not look into such "
		"lists: undefined names in them go unnoticed until the day "
		"they are used.",
	.source = "BIND 9 ARM, acl statement",
	.bad = "acl old { 192.0.2.0/24; };\n"
	       "options { recursion no; };",
	.good = "acl lan { 192.0.2.0/24; };\n"
		"options { recursion no; allow-query { lan; }; };",
	.check = check,
};
