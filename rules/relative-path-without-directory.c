#include "rules/rule.h"

struct relative {
	const struct node *first; /* the first relative 'file' */
	size_t count;
};

static void
look(struct relative *found, const struct node *block)
{
	NODE_EACH(zone, block, "zone") {
		const struct node *s = node_find(node_block(zone), "file");
		struct slice text = { "", 0 };

		/* Zones that are forwarded or copied need none. */
		if (s != NULL)
			text = node_text(node_term(s, 1));
		if (text.len == 0 || text.data[0] == '/')
			continue;
		if (found->first == NULL)
			found->first = s;
		found->count++;
	}
}

static void
check(struct rule_context *cx)
{
	const struct node *root = cx->config->root;
	struct relative found = { NULL, 0 };

	if (rule_option(cx, NULL, "directory") != NULL)
		return;
	look(&found, root);
	CONFIG_EACH(view, cx->config, "view")
		look(&found, node_block(view));
	if (found.first == NULL)
		return;
	struct diag *d =
		rule_report(cx, found.first->span,
			    "where this file is depends on the directory that "
			    "the server is started in");

	if (found.count > 1)
		diag_remark(cx->diags, d, "so does that of %zu other zone%s",
			    found.count - 1, found.count == 2 ? "" : "s");
	diag_help(cx->diags, d, "write 'directory' in 'options'");
}

const struct rule rule_relative_path_without_directory = {
	.id = "relative-path-without-directory",
	.family = "upkeep",
	.dialects = DIALECT_NAMED,
	.severity = SEV_WARNING,
	.needs = STAGE_LOAD,
	.whole = true,
	.summary = "relative file names and no directory",
	.explain =
		"Relative names are taken from 'directory'. Where it is not "
		"written they are taken from wherever the server was started, "
		"which is one place for an init system and another for the "
		"person who restarts it by hand: the zones are not found, and "
		"their clients get SERVFAIL.",
	.source = "BIND 9 ARM, directory",
	.bad = "options { recursion no; };\n"
	       "zone \"example.com\" { type primary; file \"e.db\"; };",
	.good = "options { recursion no; directory \"/var/named\"; };\n"
		"zone \"example.com\" { type primary; file \"e.db\"; };",
	.check = check,
};
