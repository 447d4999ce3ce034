#include "rules/rule.h"

/* Is the list written as "nobody": { } or { none; }? */
static bool
admits_nobody(const struct node *block)
{
	const struct node *s = block == NULL ? NULL : block->first;

	return s == NULL || (s->next == NULL && node_is(node_first(s), "none"));
}

static void
report(struct rule_context *cx, const struct node *off,
       const struct node *statement)
{
	const struct node *name = statement->first;
	struct diag *d = rule_report(cx, name->span,
				     "'%.*s' has no effect beside 'recursion "
				     "no': nobody recurses here",
				     SLICE(node_text(name)));

	diag_note(cx->diags, d, off->span, "recursion is turned off here");
	diag_help(cx->diags, d,
		  "remove '%.*s' if the server is authoritative only, or "
		  "'recursion no' if these clients are to recurse",
		  SLICE(node_text(name)));
	/* The server's own questions go to forwarders all the same. */
	if (!node_is(name, "forwarders"))
		rule_fix_cut(cx, d, statement->span);
}

static void
check_scope(struct rule_context *cx, const struct node *block)
{
	static const char *const names[] = { "allow-recursion",
					     "allow-recursion-on",
					     "forwarders" };
	const struct node *off = node_find(block, "recursion");

	if (off == NULL || !rule_is_no(node_term(off, 1)))
		return;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		const struct node *s = node_find(block, names[i]);

		if (s != NULL && !admits_nobody(node_block(s)))
			report(cx, off, s);
	}
}

/* A view that recurses inherits the lists of the options. */
static bool
has_view_with_recursion(const struct rule_context *cx)
{
	CONFIG_EACH(view, cx->config, "view") {
		const struct node *s = node_find(node_block(view), "recursion");

		if (s != NULL && !rule_is_no(node_term(s, 1)))
			return true;
	}
	return false;
}

static void
check(struct rule_context *cx)
{
	const struct node *options = config_find(cx->config, "options");

	if (options != NULL && !has_view_with_recursion(cx))
		check_scope(cx, node_block(options));
	CONFIG_EACH(view, cx->config, "view")
		check_scope(cx, node_block(view));
}

const struct rule rule_recursion_contradiction = {
	.id = "recursion-contradiction",
	.family = "recursion",
	.dialects = DIALECT_NAMED,
	.severity = SEV_WARNING,
	.needs = STAGE_LOAD,
	.summary = "'recursion no' beside options that only recursion uses",
	.explain =
		"With 'recursion no' the lists of recursion and the "
		"forwarders play no part: every question outside of the "
		"served zones is REFUSED, whoever asks. One of the two "
		"statements is not what was meant.",
	.source = "BIND 9 ARM, options 'recursion' and 'allow-recursion'",
	.bad = "options { recursion no; allow-recursion { 10.0.0.0/8; }; };",
	.good = "options { recursion yes; allow-recursion { 10.0.0.0/8; }; };",
	.check = check,
};
