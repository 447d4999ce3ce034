#include "rules/rule.h"

static void
look(struct rule_context *cx, const struct node *s)
{
	struct slice pattern = node_text(node_term(s, 1));

	if (s->kind != NODE_STATEMENT || !rule_is_empty_include(cx, s))
		return;
	struct diag *d = rule_report(cx, s->span,
				     "no file matches '%.*s': nothing is "
				     "included",
				     SLICE(pattern));

	diag_help(cx->diags, d,
		  "unbound-checkconf does not complain of that; look whether "
		  "the pattern is spelt right");
}

static void
check(struct rule_context *cx)
{
	for (const struct node *s = node_first(cx->config->root); s != NULL;
	     s = s->next) {
		const struct node *block;

		look(cx, s);
		block = s->kind == NODE_STATEMENT ? node_block(s) : NULL;
		for (const struct node *o = block == NULL ? NULL
							  : node_first(block);
		     o != NULL; o = o->next)
			look(cx, o);
	}
}

const struct rule rule_include_glob_empty = {
	.id = "include-glob-empty",
	.family = "upkeep",
	.dialects = DIALECT_UNBOUND,
	.severity = SEV_NOTE,
	.needs = STAGE_LOAD,
	.heuristic = true,
	.summary = "an include pattern that matches no file",
	.explain =
		"Unbound is content when no file matches the pattern of an "
		"include, so a misspelt one goes unnoticed, and with it all "
		"access-control lines that should have come. Where the files "
		"are made when the server is set up, nothing is wrong.",
	.source = "unbound.conf(5), include",
	.bad_unbound = "include: \"/etc/dnslint-none-*.conf\"\n"
		       "server: verbosity: 1",
	.good_unbound = "server: verbosity: 1",
	.check = check,
};
