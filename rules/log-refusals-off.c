#include "rules/rule.h"

/* Does a channel of this name throw away what it gets? */
static bool
is_null(const struct node *logging, struct slice name)
{
	if (slice_is_nocase(name, "null"))
		return true;
	NODE_EACH(channel, logging, "channel")
		if (slice_equal_nocase(node_text(node_term(channel, 1)), name))
			return node_find(node_block(channel), "null") != NULL;
	return false;
}

/* All channels of the category do, or it has none. */
static bool
is_discarded(const struct node *logging, const struct node *category)
{
	const struct node *block = node_block(category);

	for (const struct node *s = node_first(block); s != NULL; s = s->next)
		if (s->kind == NODE_STATEMENT &&
		    !is_null(logging, node_text(s->first)))
			return false;
	return true;
}

static const struct node *
find_category(const struct node *logging, const char *name)
{
	const struct node *last = NULL;

	NODE_EACH(category, logging, "category")
		if (node_is(node_term(category, 1), name))
			last = category;
	return last;
}

static void
check(struct rule_context *cx)
{
	const struct node *s = config_find(cx->config, "logging");
	const struct node *logging = s == NULL ? NULL : node_block(s);
	const struct node *category = find_category(logging, "security");

	if (category == NULL)
		category = find_category(logging, "default");
	if (category == NULL || !is_discarded(logging, category))
		return;
	struct diag *d = rule_report(cx, category->span,
				     "refused clients leave no trace: what is "
				     "logged of them is thrown away");

	diag_remark(cx->diags, d,
		    "'query denied' is logged in the category 'security'");
	diag_help(cx->diags, d,
		  "give 'security' a channel with a file of limited size");
}

const struct rule rule_log_refusals_off = {
	.id = "log-refusals-off",
	.family = "upkeep",
	.dialects = DIALECT_NAMED,
	.severity = SEV_NOTE,
	.needs = STAGE_LOAD,
	.summary = "who gets REFUSED is not logged",
	.explain =
		"When a client gets REFUSED, the log says which list turned it "
		"away. With the category 'security' sent to the channel 'null' "
		"nobody can find out. Where the log grows too much, limit the "
		"size of its file.",
	.source = "BIND 9 ARM, logging categories; DISA STIG V-207540",
	.bad = "logging { category security { null; }; };",
	.good = "logging { category lame-servers { null; }; };",
	.check = check,
};
